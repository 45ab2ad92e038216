"""Answers in the shape of Launch Library 2; nothing in them is a real launch."""

import copy
import json

RECORD = {
    "id": "0b5d9a4e-5a83-4b4e-9d58-5e7c1ef7a001",
    "url": "https://example.org/2.3.0/launches/0b5d9a4e-5a83-4b4e-9d58-5e7c1ef7a001/",
    "name": "Test rocket | Test payload",
    "response_mode": "normal",
    "slug": "test-rocket-test-payload",
    "status": {"id": 1, "name": "Go for Launch", "abbrev": "Go", "description": "Current T-0 confirmed."},
    "last_updated": "2026-11-25T18:04:11Z",
    "net": "2026-11-28T22:55:00Z",
    "net_precision": {"id": 1, "name": "Minute", "abbrev": "MIN", "description": "The T-0 is accurate to the minute."},
    "window_start": "2026-11-28T22:55:00Z",
    "window_end": "2026-11-28T23:40:00Z",
    "image": None,
    "probability": 60,
    "weather_concerns": "",
    "launch_service_provider": {"id": 999, "name": "Test Launch Service", "abbrev": "TLS"},
    "rocket": {"id": 1, "configuration": {"id": 1, "name": "Test rocket"}},
    "mission": None,
    "pad": {
        "id": 1,
        "active": True,
        "name": "Test pad 4",
        "latitude": 5.256,
        "longitude": -52.7869,
        "country": {"id": 7, "name": "French Guiana", "alpha_2_code": "GF"},
        "location": {"id": 13, "name": "Test Space Centre, French Guiana", "total_launch_count": 325},
    },
    "webcast_live": False,
    "program": [],
}


def key(number):
    return f"0b5d9a4e-5a83-4b4e-9d58-5e7c1ef7a{number:03}"


def record(number=1, **changes):
    """A record of 2.3.0. `changes` replace what stands at the top; `pad`, `status` … as a whole."""
    return {**copy.deepcopy(RECORD), "id": key(number), **changes}


def older(number=1, **changes):
    """The same as 2.2.0 has it: positions as text, an unknown probability as -1."""
    row = record(number)
    pad = {**row["pad"], "latitude": "5.256", "longitude": "-52.7869"}
    return {**row, "probability": -1, "infourl": None, "holdreason": "", "pad": pad, **changes}


def answer(*records, following=None):
    rows = {"count": len(records), "next": following, "previous": None, "results": list(records)}
    return json.dumps(rows).encode()
