"""The Foto Review: a page of figures without a script; with it a gallery for keys, fingers and the address line."""

import re

import pytest
from playwright.sync_api import expect

from photos import making
from photos.models import Photo
from tests.browser.places import GROK, LANGUAGES, say
from tests.browser.small_edition import read_photo
from tests.browser.test_accessibility import check
from tests.browser.test_layout import MOST_SHIFT, SHIFT

REVIEW = {language: f"{path}photos/" for language, path in GROK.items()}
COUNT = 5
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
SAYS = "Photo %(number)s of %(count)s: %(alt)s"


def alt(number, language="en"):
    return read_photo(f"grok-distillation{'' if number == 1 else f'-{number}'}")["alt"][language]


def expect_photo(page, number, language="en"):
    """This photo is in view, named, and in the address."""
    expect(page.locator("dialog.gallery")).to_be_visible()
    [says] = say(language, SAYS)
    values = {"number": number, "count": COUNT, "alt": alt(number, language)}
    expect(page.get_by_role("status").filter(visible=True).locator("visible=true").first).to_have_text(says % values)
    expect(page.locator(".gallery-slide:not([inert]) img")).to_have_attribute("alt", alt(number, language))
    expect(page.locator(".gallery-words .frame-n")).to_have_text(f"0{number} / 0{COUNT}")
    expect(page).to_have_url(re.compile(f"#photo-{number}$"))
    box = page.locator(".gallery-slide:not([inert])").bounding_box()
    stage = page.locator(".gallery-stage").bounding_box()
    assert box["x"] == pytest.approx(stage["x"], abs=1)


def expect_closed(page, focused):
    expect(page.locator("dialog.gallery")).to_be_hidden()
    expect(page.locator(f"#photo-{focused} .frame-open")).to_be_focused()
    expect(page.locator(f"#photo-{focused} .frame-open")).to_be_in_viewport()
    expect(page).to_have_url(re.compile("/photos/$"))


def open_gallery(page, number=1, language="en"):
    page.goto(REVIEW[language])
    page.locator(f"#photo-{number} .frame-open").click()
    expect_photo(page, number, language)
    return page


def zoom_of(page):
    return page.locator(".gallery-slide:not([inert]) img").evaluate("(art) => new DOMMatrix(art.style.transform).a")


def place_of(page):
    return page.locator(".gallery-slide:not([inert]) img").evaluate(
        "(art) => { const { e, f } = new DOMMatrix(art.style.transform); return [e, f]; }"
    )


# By keyboard and mouse


def test_keys_lead_through_the_photos_and_stop_at_the_ends(page):
    open_gallery(page, 2)
    for key, number in [
        ("ArrowRight", 3),
        ("ArrowLeft", 2),
        ("End", 5),
        ("ArrowRight", 5),
        ("Home", 1),
        ("ArrowLeft", 1),
    ]:
        page.keyboard.press(key)
        expect_photo(page, number)
    page.keyboard.press("Escape")
    expect_closed(page, focused=1)


def test_it_opens_by_keyboard_and_the_focus_comes_back_to_the_photo_last_seen(page):
    page.goto(REVIEW["en"])
    page.locator("#photo-1 .frame-open").focus()
    page.keyboard.press("Enter")
    expect_photo(page, 1)
    assert page.evaluate("document.querySelector('dialog.gallery').contains(document.activeElement)")
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    expect_photo(page, 4)
    page.keyboard.press("Escape")
    expect_closed(page, focused=4)


def test_the_focus_stays_in_the_gallery(page):
    open_gallery(page)
    names = []
    for _press in range(6):
        names.append(page.evaluate("document.activeElement.closest('dialog') && document.activeElement.ariaLabel"))
        page.keyboard.press("Tab")
    assert names[:5] == ["Zoom in", "Close", "Previous photo", "Next photo", "Caption"]


def test_buttons_do_the_same_and_say_where_it_ends(page):
    open_gallery(page, 4)
    following, previous = (
        page.get_by_role("button", name="Next photo"),
        page.get_by_role("button", name="Previous photo"),
    )
    following.click()
    expect_photo(page, 5)
    expect(following).to_have_attribute("aria-disabled", "true")
    following.click(force=True)
    expect_photo(page, 5)
    previous.click()
    expect_photo(page, 4)
    expect(following).to_have_attribute("aria-disabled", "false")
    page.get_by_role("button", name="Close").click()
    expect_closed(page, focused=4)


def test_keys_of_the_browser_are_left_to_it(page):
    open_gallery(page, 2)
    page.keyboard.press("Control+ArrowRight")
    page.keyboard.press("Shift+Tab")
    expect_photo(page, 2)


def test_the_contact_sheet_opens_it_and_marks_the_photo_last_seen(page):
    page.goto(REVIEW["en"])
    frames = page.locator(".sheet a")
    frames.nth(2).click()
    expect_photo(page, 3)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    expect_closed(page, focused=4)
    expect(page.locator(".sheet a[aria-current]")).to_have_count(1)
    expect(frames.nth(3)).to_have_attribute("aria-current", "true")
    expect(frames.nth(3).locator(".grease")).to_have_css("opacity", "1")
    expect(frames.nth(2).locator(".grease")).to_have_css("opacity", "0")


# The address


def test_back_closes_it_in_one_step_and_forward_opens_it(page):
    open_gallery(page, 1)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect_photo(page, 3)
    page.go_back()
    expect_closed(page, focused=3)
    page.go_forward()
    expect_photo(page, 3)


def test_closing_leaves_no_step_behind(page):
    page.goto(GROK["en"])
    open_gallery(page, 1)
    page.keyboard.press("Escape")
    expect_closed(page, focused=1)
    page.go_back()
    expect(page).to_have_url(re.compile(re.escape(GROK["en"]) + "$"))


def test_a_link_to_a_photo_opens_it_and_back_leads_where_it_came_from(page):
    page.goto(GROK["en"])
    page.locator(".film a").nth(2).click()
    expect_photo(page, 3)
    page.keyboard.press("ArrowRight")
    page.go_back()
    expect(page).to_have_url(re.compile(re.escape(GROK["en"]) + "$"))
    page.goto(REVIEW["en"] + "#photo-3")
    expect_photo(page, 3)
    page.keyboard.press("Escape")
    expect_closed(page, focused=3)


def test_a_reload_keeps_the_photo_and_back_still_closes_it(page):
    open_gallery(page, 2)
    page.reload()
    expect_photo(page, 2)
    page.keyboard.press("Escape")
    expect_closed(page, focused=2)


@pytest.mark.parametrize("fragment", ["", "#photo-0", "#photo-6", "#photo-", "#main", "#%22%3E"])
def test_other_fragments_open_nothing(page, fragment):
    page.goto(REVIEW["en"] + fragment)
    page.wait_for_load_state()
    expect(page.locator("dialog.gallery")).to_be_hidden()


@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_moves_when_a_link_opens_it(new_context, width):
    page = new_context(viewport={"width": width, "height": 900}).new_page()
    page.goto(REVIEW["en"] + "#photo-2")
    expect_photo(page, 2)
    assert page.evaluate(SHIFT) <= MOST_SHIFT


# Fingers


@pytest.fixture
def phone(new_context):
    return new_context(**PHONE).new_page()


class Hand:
    """Real touch events, as Chromium gets them from a screen."""

    def __init__(self, page):
        self.session = page.context.new_cdp_session(page)

    def send(self, kind, *points):
        touches = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)]
        self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

    def drag(self, start, end, steps=8):
        self.send("touchStart", start)
        for step in range(1, steps + 1):
            self.send("touchMove", tuple(a + (b - a) * step / steps for a, b in zip(start, end, strict=True)))
        self.send("touchEnd")

    def tap(self, point):
        self.send("touchStart", point)
        self.send("touchEnd")

    def pinch(self, middle, apart, to, steps=8):
        x, y = middle
        for step in range(steps + 1):
            half = (apart + (to - apart) * step / steps) / 2
            self.send("touchMove" if step else "touchStart", (x - half, y), (x + half, y))
        self.send("touchEnd")


def test_a_swipe_leads_on_and_back_and_not_past_the_ends(phone):
    open_gallery(phone)
    hand = Hand(phone)
    for start, end, number in [((300, 300), (80, 310), 2), ((300, 300), (80, 290), 3), ((80, 300), (300, 300), 2)]:
        hand.drag(start, end)
        expect_photo(phone, number)
    hand.drag((80, 300), (300, 300))
    hand.drag((80, 300), (300, 300))
    expect_photo(phone, 1)


def test_a_finger_that_goes_down_or_hardly_moves_leads_nowhere(phone):
    open_gallery(phone, 2)
    hand = Hand(phone)
    hand.drag((200, 150), (290, 420))
    expect_photo(phone, 2)
    hand.tap((200, 300))
    expect_photo(phone, 2)


def test_the_photo_follows_the_finger(phone):
    open_gallery(phone, 2)
    hand = Hand(phone)
    hand.send("touchStart", (300, 300))
    for x in (280, 240, 200):
        hand.send("touchMove", (x, 300))
    slide = "document.querySelector('.gallery-slide:not([inert])')"
    phone.wait_for_function(f"() => Math.abs({slide}.getBoundingClientRect().x + 100) < 2")
    hand.send("touchCancel")
    expect_photo(phone, 2)


def test_two_fingers_zoom_one_pans_and_a_swipe_moves_on_again_when_it_is_small(phone):
    open_gallery(phone, 2)
    hand = Hand(phone)
    hand.pinch((195, 280), 80, 240)
    assert zoom_of(phone) == pytest.approx(3, abs=0.1)
    expect(phone.get_by_role("button", name="Zoom in")).to_have_attribute("aria-pressed", "true")
    before = place_of(phone)
    hand.drag((200, 280), (120, 280))
    assert place_of(phone)[0] == pytest.approx(before[0] - 80, abs=2)
    hand.drag((100, 280), (390, 280))
    hand.drag((100, 280), (390, 280))
    hand.drag((100, 280), (390, 280))
    # No further than its edge.
    assert place_of(phone)[0] == pytest.approx(390 * (zoom_of(phone) - 1) / 2, abs=2)
    expect_photo(phone, 2)
    hand.pinch((195, 280), 240, 40)
    assert zoom_of(phone) == 1
    assert place_of(phone) == [0, 0]
    hand.drag((300, 280), (80, 280))
    expect_photo(phone, 3)


def test_a_pinch_keeps_what_is_between_the_fingers_there(phone):
    open_gallery(phone, 2)
    art = phone.locator(".gallery-slide:not([inert]) img")
    box = art.bounding_box()
    point = (box["x"] + box["width"] * 0.75, box["y"] + box["height"] / 2)
    Hand(phone).pinch(point, 60, 150)
    grown = art.bounding_box()
    assert grown["width"] > 2 * box["width"]
    assert (point[0] - grown["x"]) / grown["width"] == pytest.approx(0.75, abs=0.02)


def test_a_double_tap_zooms_in_there_and_out_again(phone):
    open_gallery(phone, 2)
    hand = Hand(phone)
    hand.tap((300, 280))
    hand.tap((300, 280))
    assert zoom_of(phone) == 2.5
    assert place_of(phone)[0] < -100
    hand.tap((200, 280))
    hand.tap((200, 280))
    assert zoom_of(phone) == 1


def test_the_page_itself_is_not_zoomed_or_scrolled(phone):
    open_gallery(phone, 2)
    hand, top = Hand(phone), phone.evaluate("scrollY")
    hand.pinch((195, 280), 80, 240)
    hand.drag((200, 400), (200, 100))
    assert phone.evaluate("[visualViewport.scale, scrollY]") == [1, top]


def test_the_next_photo_begins_whole(phone):
    open_gallery(phone, 2)
    Hand(phone).pinch((195, 280), 80, 240)
    phone.get_by_role("button", name="Next photo").click()
    expect_photo(phone, 3)
    assert zoom_of(phone) == 1
    phone.get_by_role("button", name="Previous photo").click()
    assert zoom_of(phone) == 1


# Zoom without a gesture


def test_zoom_by_button_and_keys(page):
    open_gallery(page, 2)
    button = page.get_by_role("button", name="Zoom in")
    button.click()
    assert zoom_of(page) == 2.5
    expect(button).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    assert place_of(page) == [-80, -80]
    expect_photo(page, 2)
    button.click()
    assert (zoom_of(page), place_of(page)) == (1, [0, 0])
    page.keyboard.press("+")
    page.keyboard.press("+")
    assert zoom_of(page) == pytest.approx(2.25)
    page.keyboard.press("-")
    assert zoom_of(page) == pytest.approx(1.5)
    page.keyboard.press("0")
    assert zoom_of(page) == 1
    expect(button).to_have_attribute("aria-pressed", "false")


def test_the_mouse_drags_and_clicks_twice(page):
    open_gallery(page, 2)
    page.mouse.dblclick(400, 400)
    assert zoom_of(page) == 2.5
    page.mouse.dblclick(400, 400)
    page.mouse.move(600, 400)
    page.mouse.down()
    page.mouse.move(300, 400, steps=5)
    page.mouse.up()
    expect_photo(page, 3)


def test_a_larger_photo_asks_for_a_larger_file(page):
    open_gallery(page, 2)
    art = page.locator(".gallery-slide:not([inert]) img")
    whole = int(art.get_attribute("sizes").removesuffix("px"))
    assert whole == pytest.approx(art.bounding_box()["width"], abs=1)
    page.get_by_role("button", name="Zoom in").click()
    assert int(art.get_attribute("sizes").removesuffix("px")) == pytest.approx(2.5 * whole, abs=2)


# What is loaded


def test_the_next_photo_is_there_before_it_is_asked_for_and_no_other(page):
    """The page's own figures are moved so far down that the browser has no reason yet to load them."""
    asked = []
    page.route(re.compile("/photos/$"), far_apart)
    page.on("request", lambda request: asked.append(request.url))
    open_gallery(page, 1)
    files = page.locator(".frame-open").evaluate_all("(links) => links.map((link) => link.href)")
    tokens = dict(enumerate((url.split("/")[-3] for url in files), 1))

    def loaded():
        return {number for number, token in tokens.items() if any(token in url for url in asked)}

    expect(page.locator(".gallery-slide img")).to_have_count(2)
    assert loaded() == {1, 2}
    with page.expect_request(re.compile(tokens[3])):
        page.keyboard.press("ArrowRight")
    expect_photo(page, 2)
    following = page.locator(".gallery-slide img").last
    assert following.evaluate("async (art) => { await art.decode(); return art.naturalWidth; }") > 0
    assert loaded() == {1, 2, 3}


def far_apart(route):
    answer = route.fetch()
    route.fulfill(response=answer, body=answer.text().replace("<figure", '<svg height="9000"></svg><figure'))


# On each screen


@pytest.fixture
def whole_set(site):
    """Photo 2 with all that is made of a photo: a picture of several formats is more than one element."""
    making.make_now(Photo.objects.get(key="grok-distillation-2"))


@pytest.mark.parametrize("size", [(390, 844), (1440, 900), (844, 390), (360, 640)])
def test_the_photo_fits_and_the_words_can_be_read(new_context, whole_set, size):
    width, height = size
    page = new_context(viewport={"width": width, "height": height}).new_page()
    open_gallery(page, 2)
    art, stage = (page.locator(name).bounding_box() for name in (".gallery-slide:not([inert]) img", ".gallery-stage"))
    for start, extent in (("x", "width"), ("y", "height")):
        assert art[start] >= stage[start] - 1
        assert art[start] + art[extent] <= stage[start] + stage[extent] + 1
        assert art[start] + art[extent] / 2 == pytest.approx(stage[start] + stage[extent] / 2, abs=1)
    # As large as fits: it touches two edges, or is stretched as far as is good for it.
    assert art["width"] >= stage["width"] - 1 or art["height"] >= stage["height"] - 1 or art["width"] == 960
    assert art["width"] / art["height"] == pytest.approx(1.5, abs=0.01)
    words = page.locator(".gallery-words").bounding_box()
    assert words["width"] >= 200
    assert words["height"] >= 120
    sizes = page.locator(".gallery-words").evaluate(
        "(box) => parseFloat(getComputedStyle(box.querySelector('.frame-c')).fontSize)"
    )
    assert sizes >= 16
    for button in page.locator(".gallery button").all():
        box = button.bounding_box()
        assert min(box["width"], box["height"]) >= 44
        assert box["x"] >= 0
        assert box["y"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] + box["height"] <= height
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_it_fits_anew_when_the_telephone_is_turned(phone):
    open_gallery(phone, 2)
    phone.set_viewport_size({"width": 844, "height": 390})
    expect_photo(phone, 2)
    art = phone.locator(".gallery-slide:not([inert]) img")
    stage = phone.locator(".gallery-stage").bounding_box()
    assert art.bounding_box()["height"] == pytest.approx(stage["height"], abs=1)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing_in_the_open_gallery(new_context, language, width):
    page = new_context(viewport={"width": width, "height": 900}).new_page()
    open_gallery(page, 2, language)
    faults = []
    check(page, "gallery", faults)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_speaks_the_language_of_the_page(page, language):
    open_gallery(page, 1, language)
    names = say(language, "Zoom in", "Close", "Previous photo", "Next photo")
    assert [button.get_attribute("aria-label") for button in page.locator(".gallery button").all()] == names


def test_photos_glide_unless_the_reader_wants_no_motion(new_context):
    gliding = open_gallery(new_context(reduced_motion="no-preference").new_page())
    assert gliding.locator(".gallery-track").evaluate("(row) => getComputedStyle(row).transitionDuration") == "0.28s"
    still = open_gallery(new_context(reduced_motion="reduce").new_page())
    assert still.locator(".gallery-track").evaluate("(row) => getComputedStyle(row).transitionDuration") == "0s"


# Without a script


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_script_it_is_a_page_of_figures(new_context, language):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(REVIEW[language])
    figures = page.locator("figure.frame")
    expect(figures).to_have_count(COUNT)
    for number in range(1, COUNT + 1):
        figure = figures.nth(number - 1)
        caption = read_photo(f"grok-distillation{'' if number == 1 else f'-{number}'}")["caption"][language]
        expect(figure.locator("img")).to_be_visible()
        expect(figure.locator("img")).to_have_attribute("alt", alt(number, language))
        expect(figure.locator(".frame-c")).to_have_text(caption.replace("'", "’"))
        expect(figure.locator(".stamp")).to_be_visible()
        expect(figure.locator(".credit")).to_contain_text("/ Tech&Space")
    expect(page.locator("dialog.gallery")).to_be_hidden()
    page.locator(".sheet a").nth(3).click()
    expect(page.locator("#photo-4")).to_be_in_viewport()


def test_without_a_script_a_picture_is_a_link_to_its_file(new_context):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(REVIEW["en"])
    with page.expect_response(re.compile("/media/photos/.+/natural-640")) as answer:
        page.locator("#photo-2 .frame-open").click()
    assert answer.value.status == 200
    expect(page).to_have_url(re.compile("/media/photos/"))
