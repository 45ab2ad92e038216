"""The script that makes the land table, on a small world of its own."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "make_land_table.py"


def table(tmp_path, *rings):
    """The table of a world whose land is these rings of (longitude, latitude), one arc each, in whole degrees."""
    arcs = []
    for ring in rings:
        steps, last = [], (0, 0)
        for x, y in [*ring, ring[0]]:
            steps.append([x - last[0], y - last[1]])
            last = x, y
        arcs.append(steps)
    geometry = {"type": "MultiPolygon", "arcs": [[[number]] for number in range(len(arcs))]}
    topology = {
        "transform": {"scale": [1, 1], "translate": [0, 0]},
        "objects": {"land": {"geometries": [geometry]}},
        "arcs": arcs,
    }
    source, target = tmp_path / "land.json", tmp_path / "table.json"
    source.write_text(json.dumps(topology))
    subprocess.run([sys.executable, SCRIPT, source, target], check=True, capture_output=True)
    return json.loads(target.read_text())


def test_a_square_with_a_lake(tmp_path):
    square, lake = [(0, 0), (20, 0), (20, 20), (0, 20)], [(5, 8), (10, 8), (10, 12), (5, 12)]
    found = table(tmp_path, square, lake)
    assert found["15"] == [0, 200]
    assert found["10"] == [0, 50, 100, 200]
    assert "25" not in found


def test_land_across_the_antimeridian(tmp_path):
    assert table(tmp_path, [(170, 0), (-170, 0), (-170, 10), (170, 10)])["5"] == [1700, 1900]


def test_land_around_the_south_pole(tmp_path):
    found = table(tmp_path, [(-180, -70), (-90, -70), (0, -70), (90, -70), (180, -70)])
    assert found["-80"] == [-1800, 1800]
    assert "-60" not in found


@pytest.mark.parametrize(("width", "expected"), [(0, None), (1, [0, 10])])
def test_dots_are_left_out(tmp_path, width, expected):
    land = [(0, 0), (width, 0), (width, 10), (0, 10)]
    far = [(50, 0), (60, 0), (60, 10), (50, 10)]
    assert table(tmp_path, land, far)["5"] == [*(expected or []), 500, 600]
