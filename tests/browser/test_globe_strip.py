"""The live globe of story and home: it comes late, takes the drawn map's place, turns once, and leads to stories."""

import base64
import gzip
import io
import json
import re
from pathlib import Path

import brotli
import pytest
from django.conf import settings
from PIL import Image, ImageChops
from playwright.sync_api import expect

from tests.browser.places import GROK, HOME, LANGUAGES, say
from tests.browser.test_accessibility import violations
from tests.factories import make_story

SAN_FRANCISCO = ("37.77", "-122.42")
MODULE = re.compile(r"/globe/strip[.\w]*\.js$")
UNSEEN = "inset(50%)"
ACCENT = (0xF2, 0xB6, 0x61)
# Counts what is drawn, notes each way that the globe faces, and how far anything has moved.
WATCH = """
window.drawn = 0; window.faced = []; window.shifts = [];
const clear = CanvasRenderingContext2D.prototype.clearRect;
CanvasRenderingContext2D.prototype.clearRect = function (...box) { window.drawn += 1; return clear.apply(this, box); };
new MutationObserver((changes) => {
  for (const { target } of changes) window.faced.push([target.dataset.facesLatitude, target.dataset.facesLongitude]);
}).observe(document, { subtree: true, attributeFilter: ["data-faces-longitude"] });
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.shifts.push(entry.value);
}).observe({ type: "layout-shift", buffered: true });
"""
FRAMES = "async (n) => { while (n--) await new Promise(requestAnimationFrame); return window.drawn; }"
DRAWN_MAP = """
() => {
  for (const layer of document.querySelectorAll(".globe-canvas, .globe-points")) layer.hidden = true;
  delete document.querySelector("[data-is-live]").dataset.isLive;
}
"""


def make_page(new_context, **options):
    page = new_context(**options).new_page()
    page.add_init_script(WATCH)
    page.modules = []
    page.on("request", lambda request: MODULE.search(request.url) and page.modules.append(request.url))
    return page


@pytest.fixture
def page(new_context):
    return make_page(new_context)


def live(page, path, selector=".globe-strip"):
    """Opens the page, waits until its globe stands still with its points, and answers its section."""
    page.goto(path)
    section = page.locator(selector)
    section.scroll_into_view_if_needed()
    expect(section).to_have_attribute("data-places", re.compile(r"\d"))
    expect(section).to_have_attribute("data-turn", "still")
    expect(section).to_have_attribute("data-state", "ready")
    return section


def faces(section):
    return section.get_attribute("data-faces-latitude"), section.get_attribute("data-faces-longitude")


def picture(section):
    return Image.open(io.BytesIO(section.locator(".globe-view").screenshot(animations="disabled"))).convert("RGB")


def painted(section):
    """The share of the canvas that has been drawn on."""
    data = section.locator("canvas").evaluate("canvas => canvas.toDataURL()").partition(",")[2]
    alpha = Image.open(io.BytesIO(base64.b64decode(data))).getchannel("A")
    return 1 - alpha.histogram()[0] / (alpha.width * alpha.height)


def differing(one, other):
    """The share of pixels of two pictures that are not the same."""
    changed = ImageChops.difference(one, other).convert("L").point(lambda value: 255 if value > 8 else 0)
    return changed.histogram()[255] / (one.width * one.height)


def requested(page, language):
    """What stories.json has, without the story that is read."""
    path = f"{HOME[language]}space-tracker/stories.json"
    places = page.request.get(path).json()["places"]
    for place in places:
        place["stories"] = [story for story in place["stories"] if story["path"] not in page.url]
    return [place for place in places if place["stories"]]


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_globe_takes_the_drawn_maps_place(new_context, language, width):
    page = make_page(new_context, viewport={"width": width, "height": 900})
    section = live(page, GROK[language])
    expect(section.locator(".gs-live")).to_be_visible()
    expect(section.locator(".gs-wait")).to_be_hidden()
    assert painted(section) > 0.1
    with_globe = picture(section)
    page.evaluate(DRAWN_MAP)
    with_map = picture(section)
    page.locator(".gs-globe").evaluate("svg => svg.remove()")
    blank = picture(section)
    assert differing(with_globe, with_map) > 0.02
    assert differing(with_globe, blank) > 0.02
    assert differing(with_map, blank) > 0.02


def test_it_turns_to_the_place_once_and_stands_still(new_context):
    page = make_page(new_context, reduced_motion="no-preference")
    section = live(page, GROK["en"])
    assert faces(section) == SAN_FRANCISCO
    longitudes = [float(longitude) for _latitude, longitude in page.evaluate("window.faced")]
    assert len(set(longitudes)) > 8
    turned = longitudes[0] - longitudes[-1]
    assert abs((turned + 180) % 360 - 180) > 60
    page.evaluate(FRAMES, 5)
    assert page.evaluate(FRAMES, 20) == page.evaluate("window.drawn")
    before = page.evaluate("window.drawn")
    assert page.evaluate(FRAMES, 20) == before


def test_it_stands_there_at_once_where_motion_is_not_wanted(page):
    section = live(page, GROK["en"])
    assert faces(section) == SAN_FRANCISCO
    assert {tuple(seen) for seen in page.evaluate("window.faced.slice(1)")} <= {SAN_FRANCISCO}


def test_a_story_without_a_place_has_a_globe_too(page):
    story = make_story(title="A story from nowhere", place=None)
    section = live(page, story.get_absolute_url())
    expect(section).to_contain_text("No place recorded")
    assert faces(section) == ("45.00", "10.00")
    assert painted(section) > 0.1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_point_leads_to_its_story(page, language):
    section = live(page, GROK[language])
    point = section.locator(".globe-point").last
    box, headline = point.bounding_box(), point.get_attribute("title").split("\n")[0]
    assert min(box["width"], box["height"]) >= 24
    # It is where the canvas has a dot.
    shot = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    middle = shot.getpixel((box["x"] + box["width"] / 2, box["y"] + box["height"] / 2))
    assert all(abs(one - other) < 40 for one, other in zip(middle, ACCENT, strict=True)), middle
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.get_by_role("heading", level=1)).to_have_text(headline)


def test_points_that_would_lie_on_each_other_are_one(page):
    section = live(page, GROK["en"])
    boxes = [point.bounding_box() for point in section.locator(".globe-point").all()]
    middles = [(box["x"], box["y"]) for box in boxes]
    apart = [abs(complex(*one) - complex(*other)) for one in middles for other in middles if one != other]
    assert boxes
    assert all(distance >= 24 for distance in apart)


def test_several_stories_at_one_place_are_all_in_the_list_and_counted_at_its_point(page):
    live(page, GROK["en"])
    places = requested(page, "en")
    told = [(story, place) for place in places for story in place["stories"]]
    for link, (story, place) in zip(page.locator(".globe-list a").all(), told, strict=True):
        assert link.text_content() == story["title"]
        assert place["name"] in link.locator("xpath=following-sibling::*").text_content()
    assert [place for place in places if len(place["stories"]) > 1]
    titles = [point.get_attribute("title") for point in page.locator(".globe-point").all()]
    assert any(re.search(r"\nStories here: \d+$", title) for title in titles)


def test_points_are_for_pointing_alone(page):
    section = live(page, GROK["en"])
    layer = section.locator(".globe-points")
    expect(layer).to_have_attribute("aria-hidden", "true")
    assert {point.get_attribute("tabindex") for point in layer.locator("a").all()} == {"-1"}
    # Between the points a finger meets nothing, and the link beside the globe is not covered.
    section.click(position={"x": 20, "y": 4})
    expect(page).to_have_url(re.compile(re.escape(GROK["en"])))
    section.locator(".gs-link").click()
    expect(page).to_have_url(re.compile("/space-tracker/"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_links_by_keyboard(page, language):
    section = live(page, GROK[language])
    places, nav = requested(page, language), section.locator(".globe-list")
    (name,) = say(language, "Stories on the globe")
    expect(nav).to_have_attribute("aria-label", name)
    top = page.locator("main").bounding_box()["y"]
    expect(nav).to_have_css("clip-path", UNSEEN)
    section.locator(".gs-link").focus()
    page.keyboard.press("Tab")
    summary = nav.locator("summary")
    expect(summary).to_be_focused()
    paths = [story["path"] for place in places for story in place["stories"]]
    expect(summary).to_have_text(f"{name} {len(paths)}")
    expect(nav).to_have_css("clip-path", "none")
    page.keyboard.press("Enter")
    links = nav.locator("li a")
    expect(links).to_have_count(len(paths))
    assert [link.get_attribute("href") for link in links.all()] == paths
    page.keyboard.press("Tab")
    expect(links.first).to_be_focused()
    position = (f"{places[0]['latitude']:.2f}", f"{places[0]['longitude']:.2f}")
    expect(section).to_have_attribute("data-faces-longitude", position[1])
    assert faces(section) == position
    assert page.locator("main").bounding_box()["y"] == top
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(places[0]["stories"][0]["title"])


def test_the_list_closes_by_escape_and_when_it_is_left(page):
    section = live(page, GROK["en"])
    nav = section.locator(".globe-list")
    nav.locator("summary").focus()
    page.keyboard.press("Enter")
    nav.locator("a").nth(2).focus()
    expect(section).not_to_have_attribute("data-faces-longitude", SAN_FRANCISCO[1])
    page.keyboard.press("Escape")
    expect(nav.locator("summary")).to_be_focused()
    expect(nav.locator("details")).not_to_have_attribute("open", "")
    expect(section).to_have_attribute("data-faces-longitude", SAN_FRANCISCO[1])
    page.keyboard.press("Enter")
    nav.locator("a").nth(2).focus()
    page.locator(".story a").first.focus()
    expect(nav.locator("details")).not_to_have_attribute("open", "")
    expect(section).to_have_attribute("data-faces-longitude", SAN_FRANCISCO[1])
    expect(nav).to_have_css("clip-path", UNSEEN)


def test_it_waits_for_the_load_event(page):
    held = []
    page.route("**/media/**", lambda route: held.append(route))
    page.goto(GROK["en"], wait_until="domcontentloaded")
    expect(page.locator("h1")).to_be_visible()
    page.evaluate(FRAMES, 30)
    assert held
    assert not page.modules
    for route in held:
        route.continue_()
    page.unroute("**/media/**")
    expect(page.locator(".globe-strip")).to_have_attribute("data-is-live", "")
    assert len(page.modules) == 1


def test_it_waits_until_it_is_in_view(page):
    page.goto(HOME["en"])
    section = page.locator(".horizon")
    expect(section).to_have_attribute("data-state", "ready")
    page.evaluate(FRAMES, 30)
    assert not page.modules
    section.scroll_into_view_if_needed()
    expect(section).to_have_attribute("data-is-live", "")
    assert len(page.modules) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_readers_who_save_data_have_the_drawn_map(page, language):
    page.add_init_script("Object.defineProperty(navigator, 'connection', { value: { saveData: true } })")
    page.goto(GROK[language])
    section = page.locator(".globe-strip")
    expect(section).to_have_attribute("data-state", "ready")
    expect(section.locator(".gs-live")).to_contain_text("San Francisco")
    expect(section.locator(".g-land")).to_have_css("opacity", "1")
    page.evaluate(FRAMES, 30)
    assert not page.modules
    assert page.locator("canvas").count() == 0


def test_without_javascript_the_drawn_map_is_there(new_context):
    page = make_page(new_context, java_script_enabled=False)
    page.goto(GROK["en"])
    expect(page.locator(".gs-live")).to_contain_text("San Francisco, California")
    expect(page.locator(".g-land")).to_have_css("opacity", "1")
    expect(page.locator(".globe-list")).to_be_hidden()
    assert not page.modules


def test_a_module_that_cannot_be_had_leaves_the_drawn_map(page, guard):
    guard.expect_cuts()
    page.route(MODULE, lambda route: route.abort())
    page.goto(GROK["en"])
    section = page.locator(".globe-strip")
    expect(section).to_have_attribute("data-state", "ready")
    expect(section.locator(".gs-live")).to_contain_text("San Francisco, California")
    expect(section.locator(".g-land")).to_have_css("opacity", "1")
    assert len(page.modules) == 1
    assert page.locator("canvas").count() == 0


def test_a_module_that_does_not_come_is_not_waited_for(page):
    page.clock.install()
    held = []
    page.route(MODULE, lambda route: held.append(route))
    page.goto(GROK["en"])
    page.clock.run_for(1000)
    section = page.locator(".globe-strip")
    expect(section.locator(".gs-wait")).to_be_visible()
    page.clock.run_for(8000)
    expect(section).to_have_attribute("data-state", "ready")
    expect(section.locator(".gs-live")).to_contain_text("San Francisco, California")
    for route in held:
        route.abort("aborted")


@pytest.mark.parametrize("answer", [{"status": 500}, {"body": "<!doctype html>"}, {"body": "{}"}])
def test_without_the_list_of_stories_the_globe_stands_alone(page, guard, answer):
    guard.expect_status(500)
    page.route("**/stories.json", lambda route: route.fulfill(**answer))
    with page.expect_response("**/stories.json"):
        page.goto(GROK["en"])
    section = page.locator(".globe-strip")
    expect(section).to_have_attribute("data-turn", "still")
    expect(section).to_have_attribute("data-state", "ready")
    page.evaluate(FRAMES, 5)
    assert painted(section) > 0.1
    assert section.locator(".globe-point").count() == 0
    expect(section.locator(".globe-list")).to_be_hidden()


def test_a_hostile_headline_is_text(page):
    title = '<img src=x onerror="document.title = 1"> & more'
    story = {"title": title, "path": "/ai/x/", "section": "ai", "section_name": "AI", "is_demo": False}
    place = {"key": "x", "name": "<b>Los Angeles</b>, x", "latitude": 34, "longitude": -118, "stories": [story]}
    body = json.dumps({"places": [place]})
    page.route("**/stories.json", lambda route: route.fulfill(body=body, content_type="application/json"))
    section = live(page, GROK["en"])
    assert section.locator(".globe-point").get_attribute("title") == f"{title}\n<b>Los Angeles</b>, x"
    assert section.locator(".globe-list a").text_content() == title
    assert section.locator(".globe-list img, .globe-list b").count() == 0


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_moves(new_context, width, motion):
    for path, selector in ((GROK["en"], ".globe-strip"), (HOME["en"], ".horizon")):
        page = make_page(new_context, viewport={"width": width, "height": 900}, reduced_motion=motion)
        section = live(page, path, selector)
        section.locator(".globe-list summary").focus()
        page.keyboard.press("Enter")
        page.evaluate(FRAMES, 5)
        assert round(sum(page.evaluate("window.shifts")), 3) == 0, path


def test_it_fits_itself_to_the_window(page):
    section = live(page, GROK["en"])
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate(FRAMES, 3)
        assert section.locator("canvas").evaluate("canvas => canvas.width") == width
        assert painted(section) > 0.1
        box = section.locator(".globe-point").first.bounding_box()
        assert 0 < box["x"] < width


@pytest.mark.parametrize(("density", "drawn"), [(1, 1280), (2, 2560), (3, 2560)])
def test_it_is_sharp_but_never_more_than_twice_as_dense(new_context, density, drawn):
    page = make_page(new_context, device_scale_factor=density)
    assert live(page, GROK["en"]).locator("canvas").evaluate("canvas => canvas.width") == drawn


def test_nothing_is_drawn_while_it_is_out_of_view(page):
    live(page, GROK["en"])
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    before = page.evaluate(FRAMES, 5)
    page.set_viewport_size({"width": 1000, "height": 700})
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    assert page.evaluate(FRAMES, 5) == before
    page.evaluate("scrollTo(0, 0)")
    page.wait_for_function("before => window.drawn > before", arg=before)


@pytest.mark.parametrize("media", [{"forced_colors": "active"}, {"media": "print"}])
def test_the_drawn_map_stands_on_paper_and_in_a_readers_own_colours(page, media):
    section = live(page, HOME["en"], ".horizon")
    page.emulate_media(**media, reduced_motion="reduce")
    expect(section.locator("canvas")).to_be_hidden()
    expect(section.locator(".globe-points")).to_be_hidden()
    expect(section.locator(".hz-globe")).to_have_css("opacity", "1")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("path", "selector"), [(GROK, ".globe-strip"), (HOME, ".horizon")])
def test_axe_finds_nothing_by_day_and_by_night(page, language, path, selector):
    section = live(page, path[language], selector)
    section.locator(".globe-list summary").focus()
    page.keyboard.press("Enter")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert not violations(page), scheme


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_horizon_comes_to_life(page, language):
    section = live(page, HOME[language], ".horizon")
    assert painted(section) > 0.3
    points = section.locator(".globe-point")
    assert points.count() > 1
    assert section.locator(".globe-label").count() > 1
    text = page.locator(".horizon-in > p").bounding_box()
    assert all(point.bounding_box()["x"] > text["x"] + text["width"] for point in points.all())
    headline = points.first.get_attribute("title").split("\n")[0]
    with_globe = picture(section)
    page.evaluate(DRAWN_MAP)
    assert differing(with_globe, picture(section)) > 0.02
    page.evaluate("for (const layer of document.querySelectorAll('[hidden]')) layer.hidden = false")
    points.first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(headline)


def test_the_horizon_turns_to_where_most_stories_are(new_context):
    """A telephone shows half of the drawn globe's width: another view may show more."""
    page = make_page(new_context, viewport={"width": 390, "height": 800})
    story = {"title": "A", "path": "/ai/x/", "section": "ai", "section_name": "AI", "is_demo": False}
    section = live(page, HOME["en"], ".horizon")
    middle = float(section.get_attribute("data-longitude"))
    place = {"key": "x", "name": "There", "latitude": 40, "longitude": middle + 75, "stories": [story]}
    body = json.dumps({"places": [place]})
    page.route("**/stories.json", lambda route: route.fulfill(body=body, content_type="application/json"))
    section = live(page, HOME["en"], ".horizon")
    assert float(faces(section)[1]) > middle + 20
    assert section.locator(".globe-point").count() == 1


def test_the_globes_code_is_light():
    """At most 60 KB, coast lines included, however it is compressed."""
    code = (Path(settings.BASE_DIR) / "static/dist/js/globe/strip.js").read_bytes()
    assert len(brotli.compress(code)) < 45_000
    assert len(gzip.compress(code, 6)) < 60_000
    assert b"twoline2satrec" not in code  # propagation is Space Tracker's
