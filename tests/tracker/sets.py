"""Element sets for tests and benchmarks: one with the shape of the station's orbit, and any number of made-up ones.

Nothing here is a real satellite's orbit, and nothing outside the tests may show it as one.
"""

import datetime as dt
import random

from django.utils import timezone

from tracker.models import Satellite

# Orbits of the usual kinds, to build on: make_satellite(39084, **SUN_SYNCHRONOUS).
STATION = {
    "mean_motion": 15.49512345,
    "eccentricity": 0.0004231,
    "inclination": 51.6412,
    "ascending_node": 247.4627,
    "argument_of_perigee": 130.5360,
    "mean_anomaly": 325.0288,
    "bstar": 0.00028098,
}
SUN_SYNCHRONOUS = {
    "mean_motion": 14.57114321,
    "eccentricity": 0.0001405,
    "inclination": 98.2211,
    "ascending_node": 38.7321,
    "argument_of_perigee": 92.1183,
    "mean_anomaly": 268.0178,
    "bstar": 0.00003712,
}
NAVIGATION = {
    "mean_motion": 2.00563412,
    "eccentricity": 0.0071203,
    "inclination": 55.4312,
    "ascending_node": 121.7719,
    "argument_of_perigee": 52.3312,
    "mean_anomaly": 308.4213,
    "bstar": 0.0,
}
MOLNIYA = {
    "mean_motion": 2.00621874,
    "eccentricity": 0.7218433,
    "inclination": 63.1703,
    "ascending_node": 206.8876,
    "argument_of_perigee": 278.9311,
    "mean_anomaly": 13.2207,
    "bstar": 0.00012,
}
GEOSTATIONARY = {
    "mean_motion": 1.00271219,
    "eccentricity": 0.0002012,
    "inclination": 0.0521,
    "ascending_node": 88.1023,
    "argument_of_perigee": 201.4432,
    "mean_anomaly": 110.2231,
    "bstar": 0.0,
}


def a_satellite(number=25544, **fields):
    """Not saved; the station's orbit, its epoch now, where `fields` say nothing else."""
    now = timezone.now()
    names = {"name": "ISS (ZARYA)", "designator": "1998-067A", "group": "stations"}
    if number != 25544:
        names = {"name": f"TEST {number}", "designator": "", "group": "visual"}
    return Satellite(number=number, **{**names, "epoch": now, "fetched_at": now, **STATION, **fields})


def make_satellite(number=25544, **fields):
    satellite = a_satellite(number, **fields)
    satellite.save(force_insert=True)
    return satellite


# How many of a hundred; mean motion, eccentricity and inclination, each from and to.
KINDS = [
    (55, "SHELL", "stations", (15.00, 15.12), (0.0001, 0.0003), (52.9, 53.3)),
    (8, "POLAR SHELL", "visual", (13.10, 13.20), (0.0001, 0.0003), (87.8, 87.95)),
    (14, "IMAGER", "weather", (14.3, 15.3), (0.0001, 0.0030), (97.2, 98.9)),
    (9, "DEBRIS", "visual", (13.0, 15.3), (0.001, 0.0800), (62.0, 101.0)),
    (5, "NAVIGATION", "gnss", (1.70, 2.14), (0.0001, 0.0150), (54.0, 65.5)),
    (7, "RELAY", "science", (1.0026, 1.0028), (0.0001, 0.0005), (0.01, 7.0)),
    (2, "ELLIPSE", "science", (2.00, 2.30), (0.6800, 0.7400), (62.5, 64.5)),
]


def synthetic_sets(count, epoch, seed=7, first=70_001):
    """`count` satellites, not saved (bulk_create them), with epochs of the three days before `epoch`.

    The kinds are mixed as in the public catalogue, and the figures have as many digits as there.
    """
    chance = random.Random(seed)
    kinds = chance.choices(KINDS, weights=[kind[0] for kind in KINDS], k=count)
    return [_synthetic(first + place, kind, epoch, chance) for place, kind in enumerate(kinds)]


def _synthetic(number, kind, epoch, chance):
    _, name, group, motion, eccentricity, inclination = kind
    return Satellite(
        number=number,
        name=f"{name}-{number % 10_000}",
        designator=f"{chance.randint(1998, 2026)}-{chance.randint(1, 180):03}{chance.choice('ABCDEFGHJKLMN')}",
        group=group,
        # A set of two lines gives its epoch in hundred-millionths of a day.
        epoch=epoch - dt.timedelta(microseconds=864 * chance.randrange(3 * 10**8)),
        fetched_at=epoch,
        mean_motion=round(chance.uniform(*motion), 8),
        eccentricity=round(chance.uniform(*eccentricity), 7),
        inclination=round(chance.uniform(*inclination), 4),
        ascending_node=round(chance.uniform(0, 360), 4),
        argument_of_perigee=round(chance.uniform(0, 360), 4),
        mean_anomaly=round(chance.uniform(0, 360), 4),
        bstar=float(f"{10 ** chance.uniform(-5, -3.2):.4e}"),
    )
