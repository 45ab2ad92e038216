"""A file that says of itself that AI made it: the origin is chosen before it is sent, another one needs a reason."""

import io
import re
import secrets

import pytest
from PIL import Image, PngImagePlugin
from playwright.sync_api import expect

from photos.models import Photo
from photos.source_types import VOCABULARY, WORDS
from tests.browser.test_accessibility import check
from tests.browser.writing import ADD, field, make_editor, retire, sign_in

LIBRARY = "/admin/photos/photo/"
ASKED = re.compile("The file itself says “AI-generated”")
REASON = "The agency's export names every picture so."
WIDE, PHONE = {"width": 1440, "height": 1000}, {"width": 390, "height": 844}


@pytest.fixture
def editor(site):
    user = make_editor("marker@example.com")
    yield user
    retire(user)


@pytest.fixture
def desk(new_context, editor):
    page = new_context(viewport=WIDE).new_page()
    sign_in(page, editor)
    return page


def picture(name, mark="ai_generated", format="JPEG"):
    """As Playwright's file chooser takes it; no two are the same."""
    options = {"xmp": f"<x Iptc4xmpExt:DigitalSourceType='{VOCABULARY}{WORDS[mark]}'/>".encode()} if mark else {}
    buffer = io.BytesIO()
    Image.new("RGB", (90, 60), tuple(secrets.token_bytes(3))).save(buffer, format, **options)
    return {"name": name, "mimeType": "image/jpeg", "buffer": buffer.getvalue()}


def compressed(name):
    """Says the same in a compressed text, which the page's script does not unpack."""
    info = PngImagePlugin.PngInfo()
    info.add_itxt("XML:com.adobe.xmp", f"<x>{VOCABULARY}{WORDS['ai_generated']}</x>", zip=True)
    buffer = io.BytesIO()
    Image.new("RGB", (90, 60), tuple(secrets.token_bytes(3))).save(buffer, "PNG", pnginfo=info)
    return {"name": name, "mimeType": "image/png", "buffer": buffer.getvalue()}


def is_accessible(page):
    faults = []
    check(page, "the form", faults)
    assert faults == []


def newest():
    photo = Photo.objects.latest("pk")
    return photo.mark, photo.declared, photo.mark_reason


class TestLibrary:
    def choose(self, page, *files):
        page.goto(LIBRARY)
        page.locator("[data-files]").set_input_files(list(files))
        page.locator("#batch-mark").select_option(label="photograph")
        page.locator("#batch-credit").fill("ESO")
        for line in page.locator(".upload").all():
            line.get_by_label("Description (alt) (English)").fill("Domes")
        return page.locator(".upload")

    def send(self, page):
        page.get_by_role("button", name="Upload all").click()

    def test_its_origin_is_chosen_and_says_why(self, desk):
        line = self.choose(desk, picture("robot.jpg"))
        expect(line.get_by_label("Origin", exact=True)).to_have_value("ai_generated")
        expect(line.get_by_text("The file itself says so.")).to_be_visible()
        is_accessible(desk)
        self.send(desk)
        expect(line).to_contain_text("In the library as")
        assert newest() == ("ai_generated", "ai_generated", "")

    @pytest.mark.parametrize("mark", [None, "photograph"])
    def test_a_file_that_says_nothing_of_ai_has_the_origin_of_all(self, desk, mark):
        line = self.choose(desk, picture("camera.jpg", mark))
        self.send(desk)
        expect(line).to_contain_text("In the library as")
        assert newest() == ("photograph", mark or "", "")
        expect(line.get_by_text("The file itself says so.")).to_be_hidden()

    def test_another_origin_needs_a_reason(self, desk, guard):
        guard.expect_status(422)
        line = self.choose(desk, picture("robot.jpg"))
        reason = line.get_by_label("Why the file is wrong about its origin")
        expect(reason).to_be_hidden()
        line.get_by_label("Origin", exact=True).select_option(label="photograph")
        expect(line.get_by_text("The file itself says so.")).to_be_hidden()
        self.send(desk)
        expect(line.get_by_text(ASKED)).to_be_visible()
        expect(reason).to_be_visible()
        expect(reason).to_have_attribute("aria-invalid", "true")
        is_accessible(desk)
        reason.fill(REASON)
        line.get_by_role("button", name="Try again").click()
        expect(line).to_contain_text("In the library as")
        assert newest() == ("photograph", "ai_generated", REASON)

    def test_what_only_the_server_can_read_is_asked_for_too(self, desk, guard):
        guard.expect_status(422)
        line = self.choose(desk, compressed("robot.png"))
        self.send(desk)
        expect(line.get_by_text(ASKED)).to_be_visible()
        line.get_by_label("Origin", exact=True).select_option(label="AI-generated")
        line.get_by_role("button", name="Try again").click()
        expect(line).to_contain_text("In the library as")
        assert newest() == ("ai_generated", "ai_generated", "")


class TestStory:
    def choose(self, page, *files):
        page.goto(ADD)
        field(page, "Text").fill("Words.")
        page.get_by_role("button", name=re.compile("^Photo|^Picture|Insert a photo", re.IGNORECASE)).first.click()
        dialog = page.get_by_role("dialog", name=re.compile("Photo"))
        dialog.locator("[name=upload]").set_input_files(list(files))
        dialog.get_by_label("Description (alt)").fill("Domes")
        dialog.get_by_label("Credit").fill("ESO")
        return dialog

    def test_its_origin_is_chosen_and_another_one_needs_a_reason(self, desk, guard):
        guard.expect_status(422)
        dialog = self.choose(desk, picture("robot.jpg"))
        expect(dialog.get_by_label("AI-generated")).to_be_checked()
        expect(dialog.get_by_text("The file itself says so.")).to_be_visible()
        reason = dialog.get_by_label("Why the file is wrong about its origin")
        expect(reason).to_be_hidden()
        dialog.get_by_label("photograph").check()
        expect(dialog.get_by_text("The file itself says so.")).to_be_hidden()
        dialog.get_by_role("button", name="Upload and place").click()
        expect(dialog.get_by_text(ASKED)).to_be_visible()
        expect(reason).to_be_focused()
        is_accessible(desk)
        reason.fill(REASON)
        dialog.get_by_role("button", name="Upload and place").click()
        expect(dialog).to_be_hidden()
        assert newest() == ("photograph", "ai_generated", REASON)

    def test_the_next_file_is_asked_nothing_that_it_does_not_need(self, desk, guard):
        guard.expect_status(422)
        dialog = self.choose(desk, picture("robot.jpg"))
        dialog.get_by_label("photograph").check()
        dialog.get_by_role("button", name="Upload and place").click()
        expect(dialog.get_by_text(ASKED)).to_be_visible()
        dialog.locator("[name=upload]").set_input_files([picture("camera.jpg", None)])
        expect(dialog.get_by_text(ASKED)).to_be_hidden()
        expect(dialog.get_by_label("Why the file is wrong about its origin")).to_be_hidden()
        dialog.get_by_role("button", name="Upload and place").click()
        expect(dialog).to_be_hidden()
        assert newest() == ("photograph", "", "")


def test_without_a_script_the_form_asks_again(new_context, editor):
    context = new_context(viewport=PHONE, java_script_enabled=False)
    sign_in(context, editor)
    page = context.new_page()
    page.goto(f"{LIBRARY}add/")
    page.get_by_label("Picture").set_input_files([picture("robot.jpg")])
    page.get_by_label("Title").fill("Domes")
    page.get_by_label("Description (alt) (English)").fill("Domes")
    page.locator("#id_mark").select_option(label="photograph")
    page.get_by_label("Credit").fill("ESO")
    page.locator("[name=_save]").click()
    expect(page.get_by_text(ASKED)).to_be_visible()
    page.get_by_label("Why the file is wrong about its origin").fill(REASON)
    page.get_by_label("Picture").set_input_files([picture("robot.jpg")])
    page.locator("[name=_save]").click()
    expect(page.locator(".messagelist")).to_be_visible()
    assert newest() == ("photograph", "ai_generated", REASON)
