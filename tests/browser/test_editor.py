"""An editor writes a story on the desk, sees it as readers will, publishes it; a reader without an account reads it."""

import re
from pathlib import Path

import brotli
import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import expect

from articles.models import Article
from authors.models import Author
from photos.models import Photo
from tests import factories
from tests.browser.test_accessibility import check
from tests.browser.writing import ADD, field, make_editor, preview, retire, sign_in

TITLE = "A probe calls home from behind the Moon"
INTERPRETER = "A small probe sent its first picture from the far side. It matters because nothing there can listen."
BODY = "The first picture came at dawn.\n\n## What it shows\n\nCraters, *mostly*.\n\n> [!pull]\n> It came at dawn."
WIDE = {"width": 1440, "height": 1000}
MOST_REQUESTS, MOST_BYTES = 25, 300 * 1024
MOST_CLICKS, MOST_KEYS = 7, 2


@pytest.fixture
def editor(site):
    user = make_editor()
    yield user
    retire(user)


def write(page):
    page.goto(f"{ADD}?language=en")
    field(page, "Title").fill(TITLE)
    field(page, "Quick article interpreter").fill(INTERPRETER)
    for number, point in enumerate(("It is small.", "It is far away.", "It still calls."), 1):
        page.get_by_role("textbox", name=f"Key point {number}").fill(point)
    field(page, "Text").fill(BODY)
    field(page, "Section").select_option(label="Space")
    field(page, "Author").select_option(label="Lyra Stanton")
    field(page, "Origin").select_option(label="AI rewritten")
    for tag in ("moon", "probes"):
        page.get_by_label("Add a tag").fill(tag)
        page.get_by_label("Add a tag").press("Enter")
    page.locator("select[name$='-source']").first.select_option(index=1)
    page.get_by_role("button", name="Drop or add").click()
    page.get_by_role("tab", name="From the library").click()
    page.locator("[data-photos] button").first.click()


def test_a_story_from_the_first_word_to_its_reader(page, editor, new_context):
    page.set_viewport_size(WIDE)
    sign_in(page, editor)
    write(page)
    shown = preview(page)
    expect(shown.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(shown.locator(".prose")).to_contain_text("The first picture came at dawn.")
    expect(shown.locator(".pull")).to_contain_text("It came at dawn.")
    expect(shown.locator(".plate--hero img")).to_be_visible()
    with page.expect_popup() as popup:
        page.get_by_role("button", name="Preview in a tab").click()
    expect(popup.value.get_by_role("heading", level=1)).to_have_text(TITLE)
    popup.value.close()

    page.get_by_role("button", name=re.compile("^Save")).click()
    expect(page.locator(".messagelist")).to_be_visible()
    reader = new_context().new_page()
    assert_unknown(reader)

    page.get_by_role("button", name="Publish now").click()
    expect(page.get_by_role("link", name="View on site").first).to_be_visible()
    reader.goto("/")
    reader.get_by_role("link", name=TITLE).first.click()
    expect(reader.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(reader.locator(".standfirst")).to_have_text(INTERPRETER)
    expect(reader.locator(".keypoints li")).to_have_count(3)
    expect(reader.get_by_role("heading", name="What it shows")).to_be_visible()
    expect(reader.locator(".demo-note")).to_have_count(0)


def assert_unknown(reader):
    reader.goto("/space/")
    expect(reader.get_by_role("link", name=TITLE)).to_have_count(0)


class Hand:
    """Does what a person does, and counts it: every click, every key beside the typing, every file dialog."""

    def __init__(self, page):
        self.page, self.clicks, self.keys, self.files = page, 0, 0, 0

    def click(self, locator):
        self.clicks += 1
        locator.click()

    def press(self, key):
        self.keys += 1
        self.page.keyboard.press(key)

    def type(self, text):
        """Where the focus is: a field that was not clicked and does not have it gets nothing."""
        self.page.wait_for_function("document.activeElement.matches('input:not([type=file]), textarea')", timeout=5_000)
        self.page.keyboard.type(text)

    def choose_file(self, locator, file):
        self.files += 1
        with self.page.expect_file_chooser() as chooser:
            self.click(locator)
        chooser.value.set_files(file)


def test_from_the_start_page_to_a_published_story_in_seven_clicks(new_context, editor):
    """With title, interpreter, body, picture and tag; of a person who has published before, and not since midnight."""
    own = Author.objects.create(name="Ana Editor", slug="ana-editor", kind="human", user=editor)
    factories.make_draft(user=editor, category="space", author=own.slug, origin="human", title="The one before")
    factories.make_photo(credit="ESA", mark="photograph", uploaded_by=editor, width=97)
    page = new_context(viewport=WIDE).new_page()
    sign_in(page, editor)
    page.goto("/admin/")
    hand = Hand(page)
    hand.click(page.get_by_role("link", name=re.compile("^New story")).first)
    hand.type("Seven clicks to the Moon")
    hand.press("Enter")
    hand.type("It takes seven clicks. That matters because eight were too many.")
    hand.click(page.locator("#id_body"))
    hand.type("The first words, then a picture.")
    hand.click(page.get_by_role("button", name="Photo", exact=True))
    picture = {"name": "moon.png", "mimeType": "image/png", "buffer": factories.png(98, 50).read()}
    hand.choose_file(page.get_by_text("Choose a file"), picture)
    hand.type("The Moon")
    hand.press("Enter")
    expect(page.locator("#picture")).to_be_hidden()
    hand.click(page.get_by_label("Add a tag"))
    hand.type("moon")
    hand.click(page.get_by_role("button", name="Publish now"))
    expect(page.locator(".messagelist")).to_contain_text("Published")
    story = Article.objects.get(title="Seven clicks to the Moon")
    assert story.is_public
    assert story.tags_json[0][0] == "moon"
    assert f"photo:{Photo.objects.latest('pk').pk}" in story.body
    assert hand.clicks <= MOST_CLICKS
    assert hand.keys <= MOST_KEYS
    assert hand.files == 1


def weight(response):
    """What travels: whitenoise sends the brotli copies of static texts, which the test's server does not make.

    None for what the browser took from its memory, as the frame does with the fonts that the desk has loaded.
    """
    sizes = response.request.sizes()
    if sizes["responseBodySize"] < 0:
        return None
    if static := re.search(r"/static/(.*\.(css|js|svg))$", response.url):
        return len(brotli.compress(Path(finders.find(static[1])).read_bytes()))
    return sizes["responseBodySize"]


def opened_cold(new_context, editor, address):
    """(requests, bytes) of the form in a browser that has nothing but the session."""
    page = new_context(viewport=WIDE).new_page()
    sign_in(page, editor)
    responses = []
    page.on("response", lambda response: responses.append(response))
    page.goto(address, wait_until="networkidle")
    if "/add/" not in address:
        expect(preview(page).get_by_role("heading", level=1)).to_be_visible()
        page.wait_for_load_state("networkidle")
    weights = [found for response in responses if (found := weight(response)) is not None]
    return len(weights), sum(weights)


@pytest.mark.parametrize("is_new", [True, False])
def test_the_form_opens_light(new_context, editor, is_new):
    story = Article.objects.filter(language="en", hero__isnull=False).earliest("pk")
    address = ADD if is_new else f"/admin/articles/article/{story.pk}/change/"
    requests, size = opened_cold(new_context, editor, address)
    assert (requests <= MOST_REQUESTS, size <= MOST_BYTES) == (True, True), f"{requests} requests, {size} bytes"


@pytest.mark.parametrize("is_new", [True, False])
@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing_in_the_form(new_context, editor, width, is_new):
    page = new_context(viewport={"width": width, "height": 900}).new_page()
    sign_in(page, editor)
    story = Article.objects.filter(language="en", hero__isnull=False).earliest("pk")
    faults = []
    page.goto(ADD if is_new else f"/admin/articles/article/{story.pk}/change/", wait_until="networkidle")
    check(page, "form", faults)
    for tab in page.locator("[data-tabs] [role=tab]:visible").all()[1:]:
        tab.click()
        check(page, tab.inner_text(), faults)
    page.evaluate("document.querySelector('#picture').showModal()")
    check(page, "dialog", faults)
    assert not faults, "\n".join(faults)
