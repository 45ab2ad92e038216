"""satellites.json: columns of element sets, packed once, the same for every reader."""

import datetime as dt
import gzip
import json

import brotli
import pytest

from tests.tracker.sets import make_satellite, synthetic_sets
from tracker.models import Feed, Satellite, SatelliteFile
from tracker.satellite_file import rebuild_file

pytestmark = pytest.mark.django_db
PATH = "/space-tracker/satellites.json"
NOW = dt.datetime(2026, 11, 26, 3, tzinfo=dt.UTC)
HOURS = dt.timedelta(hours=1)
COLUMNS = [
    *("number", "name", "designator", "group", "epoch", "mean_motion", "eccentricity", "inclination"),
    *("ascending_node", "argument_of_perigee", "mean_anomaly", "bstar"),
]


@pytest.fixture(autouse=True)
def _groups(settings):
    settings.SATELLITE_GROUPS = ["stations", "visual"]


@pytest.fixture
def two():
    for group, age in (("stations", 1), ("visual", 5)):
        Feed.objects.create(key=f"satellites:{group}", address="https://example.org/", fetched_at=NOW - age * HOURS)
    make_satellite(25544, group="stations", epoch=NOW - 2 * HOURS, bstar=-1.2e-05)
    make_satellite(5, name="ĐURĐICA", group="visual", epoch=NOW - 3 * HOURS + dt.timedelta(microseconds=123_456))
    rebuild_file(NOW)


def ask(client, path=PATH, coding="gzip", **headers):
    return client.get(path, headers={"accept-encoding": coding, **headers})


def content(client, path=PATH):
    response = client.get(path)
    assert response.status_code == 200
    return response.json()


def test_columns_of_equal_length(client, two):
    file = content(client)
    assert {key: file[key] for key in file if key not in COLUMNS} == {
        "made_at": "2026-11-26T03:00:00+00:00",
        "fetched_at": "2026-11-25T22:00:00+00:00",
        "source": "CelesTrak",
        "is_demo": False,
        "groups": ["stations", "visual"],
        "epoch_base": "2026-11-26T00:00:00+00:00",
    }
    assert {key: file[key] for key in COLUMNS} == {
        "number": [5, 25544],
        "name": ["ĐURĐICA", "ISS (ZARYA)"],
        "designator": ["", "1998-067A"],
        "group": [1, 0],
        "epoch": [0.123456, 3600.0],
        "mean_motion": [15.49512345, 15.49512345],
        "eccentricity": [0.0004231, 0.0004231],
        "inclination": [51.6412, 51.6412],
        "ascending_node": [247.4627, 247.4627],
        "argument_of_perigee": [130.536, 130.536],
        "mean_anomaly": [325.0288, 325.0288],
        "bstar": [0.00028098, -1.2e-05],
    }


def test_epochs_keep_their_microseconds_over_ninety_days(client):
    first = NOW - 90 * 24 * HOURS + dt.timedelta(microseconds=1)
    make_satellite(1, epoch=first)
    make_satellite(2, epoch=NOW + 72 * HOURS - dt.timedelta(microseconds=1))
    rebuild_file(NOW)
    file = content(client)
    base = dt.datetime.fromisoformat(file["epoch_base"])
    assert [base + dt.timedelta(seconds=seconds) for seconds in file["epoch"]] == [
        first,
        NOW + 72 * HOURS - dt.timedelta(microseconds=1),
    ]


def test_no_sets_older_than_ninety_days_and_none_of_the_demo_beside_real_ones(client):
    make_satellite(1, epoch=NOW - 90 * 24 * HOURS)
    make_satellite(2, epoch=NOW - 90.01 * 24 * HOURS)
    make_satellite(3, epoch=NOW, is_demo=True)
    rebuild_file(NOW)
    assert content(client)["number"] == [1]


def test_the_demo_alone(client):
    make_satellite(5, group="", epoch=dt.datetime(2000, 6, 27, 18, 50, 19, tzinfo=dt.UTC), is_demo=True)
    Feed.objects.create(key="satellites:stations", address="https://example.org/", fetched_at=NOW)
    rebuild_file(NOW)
    file = content(client)
    assert (file["is_demo"], file["source"], file["fetched_at"]) == (True, "sgp4", None)
    assert (file["number"], file["groups"], file["group"]) == ([5], [""], [0])


def test_before_anything_was_stored(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        file = content(client)
    assert (file["is_demo"], file["fetched_at"], file["groups"]) == (False, None, [])
    assert all(file[name] == [] for name in COLUMNS)


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=1.0, gzip;q=0.8, *;q=0.1", "br"),
        ("gzip", "gzip"),
        ("GZIP", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("br; q=0.0, gzip;q=0", None),
        ("identity", None),
        ("", None),
    ],
)
def test_packed_as_the_browser_takes_it(client, two, accepted, coding):
    response = ask(client, coding=accepted)
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[coding]
    assert response.get("Content-Encoding") == coding
    assert response["Content-Type"] == "application/json"
    assert json.loads(unpack(response.content))["number"] == [5, 25544]
    assert "Accept-Encoding" in response["Vary"]


def test_caches_may_keep_it_and_ask_again(client, two, django_assert_num_queries):
    with django_assert_num_queries(2):
        response = ask(client)
    assert response["Cache-Control"] == "public, max-age=600"
    assert response["ETag"].startswith('W/"')  # one for all packings
    assert "Cookie" not in response["Vary"]
    assert not response.cookies
    for coding in ("gzip", "br", ""):
        with django_assert_num_queries(1):
            again = ask(client, coding=coding, if_none_match=response["ETag"])
        assert (again.status_code, again.content) == (304, b"")
        assert (again["ETag"], again["Cache-Control"]) == (response["ETag"], "public, max-age=600")
        assert "Accept-Encoding" in again["Vary"]


def test_a_change_has_another_etag(client, two):
    first = ask(client)["ETag"]
    rebuild_file(NOW)
    assert ask(client)["ETag"] == first
    Satellite.objects.filter(number=5).update(bstar=0.5)
    rebuild_file(NOW)
    assert ask(client, if_none_match=first).status_code == 200
    assert SatelliteFile.objects.count() == 1


def test_the_same_in_croatian(client, two):
    assert ask(client, f"/hr{PATH}").content == ask(client).content


def test_other_methods(client, two):
    assert client.post(PATH).status_code == 405
    response = client.head(PATH, headers={"accept-encoding": "br"})
    assert (response.status_code, response.content, response["Content-Encoding"]) == (200, b"", "br")


def test_ten_thousand_in_less_than_half_a_megabyte(django_assert_max_num_queries):
    Satellite.objects.bulk_create(synthetic_sets(10_000, NOW), batch_size=500)
    with django_assert_max_num_queries(8):
        rebuild_file(NOW)
    file = SatelliteFile.objects.get()
    assert len(json.loads(gzip.decompress(file.gzip))["number"]) == 10_000
    assert gzip.decompress(file.gzip) == brotli.decompress(file.brotli)
    assert len(file.brotli) < 500_000
    assert len(file.gzip) < 500_000
