"""Makes tracker/land.json: where each parallel of the globe crosses land.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python scripts/make_land_table.py package/land-50m.json tracker/land.json

The input is TopoJSON of Natural Earth's land (public domain). The output is small enough to commit: one line for each
whole degree of latitude, its spans of land one after the other as west, east, west, east … in tenths of a degree.
A span over the antimeridian has an eastern end beyond 180°.
"""

import argparse
import json
from itertools import pairwise
from pathlib import Path

# Shorter spans would be dots, narrower waters would not show: with them the map is a third larger and no better.
SHORTEST, NARROWEST = 0.4, 0.3


def decode_arcs(topology):
    """The arcs in degrees: TopoJSON stores whole numbers, each point as its distance from the one before."""
    (scale_x, scale_y), (start_x, start_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * scale_x + start_x, y * scale_y + start_y))
        yield points


def rings(topology):
    """Every coast line as a closed list of (longitude, latitude). A negative arc number is an arc run backwards."""
    arcs = list(decode_arcs(topology))
    for geometry in topology["objects"]["land"]["geometries"]:
        for polygon in geometry["arcs"]:
            for ring in polygon:
                points = []
                for number in ring:
                    arc = arcs[number] if number >= 0 else arcs[~number][::-1]
                    points += arc[1:] if points else arc
                yield points


def unrolled(ring):
    """The ring without jumps at the antimeridian, its middle between 180° west and east. The ring around the South
    Pole is closed along latitude 90° S."""
    points = [ring[0]]
    for longitude, latitude in ring[1:]:
        turns = round((points[-1][0] - longitude) / 360)
        points.append((longitude + 360 * turns, latitude))
    if abs(points[-1][0] - points[0][0]) > 180:
        points += [(points[-1][0], -90), (points[0][0], -90), points[0]]
    middle = (min(longitude for longitude, _ in points) + max(longitude for longitude, _ in points)) / 2
    shift = 360 * round(middle / 360)
    return [(longitude - shift, latitude) for longitude, latitude in points]


def crossings(coast, latitude):
    """Where the coast lines cross a parallel, from west to east: land begins and ends there in turn."""
    found = []
    for ring in coast:
        for (lon0, lat0), (lon1, lat1) in pairwise(ring):
            if (lat0 > latitude) != (lat1 > latitude):
                found.append(lon0 + (latitude - lat0) * (lon1 - lon0) / (lat1 - lat0))
    return sorted(found)


def spans(coast, latitude):
    """The spans of land on a parallel, in tenths of a degree, each beginning between 180° west and 180° east."""
    found = crossings(coast, latitude)
    joined = []
    for west, east in zip(found[::2], found[1::2], strict=True):
        if joined and west - joined[-1][1] < NARROWEST:
            joined[-1][1] = east
        else:
            joined.append([west, east])
    shifted = [(west, east, 360 * ((west + 180) // 360)) for west, east in joined if east - west >= SHORTEST]
    return sorted([round((west - shift) * 10), round((east - shift) * 10)] for west, east, shift in shifted)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("topology", type=Path)
    parser.add_argument("table", type=Path)
    options = parser.parse_args()
    coast = [unrolled(ring) for ring in rings(json.loads(options.topology.read_text()))]
    rows = {latitude: spans(coast, latitude) for latitude in range(-89, 90)}
    lines = [
        f'"{latitude}":{json.dumps([end for span in row for end in span], separators=(",", ":"))}'
        for latitude, row in rows.items()
        if row
    ]
    options.table.write_text("{\n" + ",\n".join(lines) + "\n}\n")
    print(f"{options.table}: {len(lines)} parallels, {options.table.stat().st_size} bytes")


if __name__ == "__main__":
    main()
