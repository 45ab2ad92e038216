import re
from pathlib import Path

import brotli
import pytest
from django.template import Context, Template
from django.utils import translation

from tests.tracker.paths import points

PLACES = [
    ("San Francisco, California", 37.7749, -122.4194, 3),
    ("London", 51.5074, -0.1278, 2),
    ("Kourou, French Guiana", 5.1597, -52.6503, 1),
]
NASTY = '<script>alert("x")</script>'


def strip(name="San Francisco, California", latitude=37.7749, longitude=-122.4194, language="en"):
    template = Template("{% load globe %}{% globe_strip name latitude longitude language %}")
    with translation.override(language):
        return template.render(
            Context({"name": name, "latitude": latitude, "longitude": longitude, "language": language})
        )


def horizon(places=PLACES, language="en"):
    template = Template("{% load globe %}{% horizon places language %}")
    with translation.override(language):
        return template.render(Context({"places": places, "language": language}))


def test_strip_says_where():
    html = strip()
    assert 'class="globe-strip night" data-state="loading"' in html
    assert "INITIALIZING GLOBE FEED…" in html
    assert '<b>San Francisco, California</b> <span class="gs-pos">37.77° N, 122.42° W</span>' in html
    assert '<g class="g-mark" transform="translate(0 -963)">' in html
    assert 'href="/space-tracker/"' in html


def test_strip_in_croatian():
    html = strip("San Francisco, Kalifornija", language="hr")
    assert "37,77° S, 122,42° Z" in html
    assert 'href="/hr/space-tracker/"' in html
    # A decimal comma has no business in a drawing.
    assert all("," not in path for path in re.findall(r' (?:d|viewBox|transform)="([^"]*)"', html))


def test_strip_without_a_place_has_no_mark():
    html = strip("", None, None)
    assert "No place recorded" in html
    assert "g-mark" not in html
    assert "°" not in html
    assert 'class="g-day" d="M' in html


def test_strip_at_zero_has_a_mark():
    assert "0.00° N, 0.00° E" in strip("Null Island", 0.0, 0.0)


@pytest.mark.parametrize(
    "position",
    [(37.77, -122.42), (45.81, 15.98), (-90, 0), (90, 0), (78.2, 15.6), (-77.8, 166.7), (0, 180), (30, -180)],
)
def test_strip_is_small(position):
    html = strip("A place", *position)
    assert len(html.encode()) <= 9_000
    assert len(brotli.compress(html.encode(), quality=5)) <= 3_500


def test_horizon_says_how_many():
    html = horizon()
    assert "6 stories in 3 places." in html
    assert 'aria-label="Globe seen from low orbit, with marks on: San Francisco, California; London' in html
    assert html.count('class="g-dot"') == html.count('class="g-ring"') >= 2
    assert ">San Francisco</text>" in html
    assert 'href="/space-tracker/"' in html


def test_horizon_of_one_story():
    assert "1 story in 1 place." in horizon(PLACES[2:])


def test_horizon_without_places():
    html = horizon([])
    assert "No story has a place yet." in html
    assert 'aria-label="Globe seen from low orbit"' in html
    assert "g-dot" not in html


def test_horizon_marks_at_most_eight_places():
    places = [(f"Place {number}", 10 + number % 4 * 10, -60 + number // 4 * 15, 1) for number in range(20)]
    html = horizon(places)
    assert html.count("g-dot") == 8
    assert "20 stories in 20 places." in html


def test_near_places_share_a_mark_on_the_horizon():
    html = horizon([*PLACES, ("Oakland, California", 37.80, -122.27, 1)])
    assert ">San Francisco +1</text>" in html
    assert "San Francisco +1 (San Francisco, California; Oakland, California); London" in html


def test_horizon_marks_the_middle_of_the_news_wherever_it_is():
    for latitude, longitude in [(90, 0), (-90, 0), (0, 180), (0, -180), (-35, 150), (64, -22)]:
        assert "g-dot" in horizon([("There", latitude, longitude, 1)]), (latitude, longitude)


def test_horizon_draws_land_to_its_edges():
    land = re.search(r'class="g-day" d="([^"]*)"', horizon())[1]
    assert all(-951 <= x <= 761 and -825 <= y <= -371 for x, y in points(land))


@pytest.mark.parametrize("html", [strip, horizon], ids=["strip", "horizon"])
def test_names_are_escaped(html):
    text = html(NASTY) if html is strip else html([(NASTY, 0, 0, 1)])
    assert "<script" not in text
    assert "&lt;script&gt;" in text


@pytest.mark.parametrize("html", [strip, horizon], ids=["strip", "horizon"])
def test_nothing_the_content_policy_refuses(html):
    assert " style=" not in html()
    assert "<script" not in html()
    assert not re.search(r"\son\w+=", html())


def test_land_table_is_small():
    assert (Path(__file__).parents[2] / "tracker" / "land.json").stat().st_size < 25_000


@pytest.mark.parametrize("language", ["en", "hr"])
@pytest.mark.parametrize("html", [strip, horizon], ids=["strip", "horizon"])
def test_the_live_globe_is_told_where_to_look_and_what_to_load(html, language):
    text, prefix = html(language=language), "" if language == "en" else "/hr"
    section = re.search(r"<section [^>]*>", text)[0]
    # With a point in Croatian too: a script reads it.
    assert re.search(r'data-latitude="-?[\d.]+" data-longitude="-?[\d.]+"', section)
    assert re.search(r'data-globe="/static/js/globe/strip[.\w]*\.js"', section)
    assert f'data-stories="{prefix}/space-tracker/stories.json"' in section
    assert re.search(r'<nav class="globe-list" aria-label="[^"]+" hidden>', text)


def test_the_strip_tells_the_place_of_its_story_and_whether_it_has_one():
    assert 'data-place data-latitude="37.77" data-longitude="-122.42"' in strip()
    nowhere = strip("", None, None)
    assert 'data-latitude="45.0" data-longitude="10.0"' in nowhere
    assert "data-place" not in nowhere


def test_the_colours_of_the_canvas_are_those_of_the_style_sheet():
    static = Path(__file__).parents[2] / "static"
    colours = dict(re.findall(r'const (\w+) = "(#\w+)"', (static / "js/globe/colours.js").read_text()))
    sheet = (static / "css/components/globe.css").read_text()
    rules = dict(re.findall(r"^\.g-(\w+) \{\n  (?:fill|stroke): (#\w+);", sheet, re.MULTILINE))
    assert {name: colours[name.upper()] for name in rules if name.upper() in colours} == {
        name: rules[name] for name in ("sea", "grid", "limb", "day", "night")
    }
    tokens = dict(re.findall(r"^  --(\w+): (#\w+);", (static / "css/tokens.css").read_text(), re.MULTILINE))
    for name in ("accent", "wash", "ice", "ink", "deep"):
        assert colours[name.upper()] == tokens[name], name
