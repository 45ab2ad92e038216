"""`make manual-pictures`: walks through docs/editing.md at a desk of its own and takes the pictures of docs/img/ anew.

The demonstration edition in a folder that is thrown away, two browsers: the demo editor and the demo chief editor. A
step that fails is a step that the manual tells wrongly.
"""

import datetime as dt
import io
import os
import re
import subprocess
import tempfile
from pathlib import Path
from zoneinfo import ZoneInfo

from PIL import Image
from playwright.sync_api import expect, sync_playwright

import chromium
from bench_weight import FLAGS, server
from prepare import PYTHON, ROOT, say

FOLDER = ROOT / "docs" / "img"
DESK, WIDE, PHONE = {"width": 1280, "height": 860}, {"width": 1440, "height": 900}, {"width": 390, "height": 844}
MOST_BYTES = 50_000
# Pixels round a piece of a page.
EDGE = 16
EDITION = ZoneInfo("Europe/Zagreb")
STORIES, ADD = "/admin/articles/article/", "/admin/articles/article/add/"
TITLE = "A trial story for the manual: why the Moon looks spotted"
SUMMARY = (
    "The dark spots of the Moon are plains of cooled lava. Early astronomers took them for seas, and the name stayed."
)
POINTS = (
    "The spots are basalt: lava that filled old impact basins.",
    "Most of it is more than three billion years old.",
    "The Latin word for them, maria, means seas.",
)
BODY = (
    "Look up at a full Moon and you see a grey face. The dark parts are **maria**, plains of basalt that flooded old "
    "impact basins and cooled.\n\n## Why they are dark\n\n"
    "Basalt holds more iron than the bright highlands around it.\n\n"
)
SECOND_TITLE = "A trial story for the manual: the month and the Moon"
SECOND_SUMMARY = "From one full Moon to the next it is about 29 and a half days."
# Nothing in view is on its way any more.
SETTLED = """async () => {
    await document.fonts.ready;
    const inView = [...document.images].filter(image => image.src && image.getBoundingClientRect().top < innerHeight);
    await Promise.all(inView.map(image => image.decode().catch(() => null)));
}"""
MOON = "Chandrayaan 3"


def main():
    with tempfile.TemporaryDirectory(prefix="newsroom-manual-") as folder:
        environment, accounts = make_site(Path(folder))
        with server(environment) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium.ensure(), args=FLAGS)
            try:
                Walk(browser, address, accounts).all()
            finally:
                browser.close()


def make_site(folder):
    """(environment, {e-mail: password}) of a new database with the demonstration edition."""
    environment = {**os.environ, "NEWSROOM_ENV": "local", "DATA_DIR": str(folder), "STATIC_ROOT": f"{folder}/static"}
    environment["DATABASE_URL"] = f"sqlite:///{folder}/db.sqlite3"
    for command in (["migrate", "-v0"], ["collectstatic", "--noinput", "-v0"], ["first_run"]):
        say("site", command[0])
        told = subprocess.run(
            [PYTHON, ROOT / "manage.py", *command],
            cwd=ROOT,
            env=environment,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        ).stdout
    return environment, dict(re.findall(r"(\S+@example\.org) +(\S+)", told))


def picture(name, page, width=1280, **options):
    """Writes what a page shows now, as small as it can be read."""
    page.evaluate(SETTLED)
    data = page.screenshot(animations="disabled", caret="hide", **options)
    image = Image.open(io.BytesIO(data)).convert("RGB")
    if image.width > width:
        image = image.resize((width, image.height * width // image.width), Image.Resampling.LANCZOS)
    path = FOLDER / f"{name}.webp"
    for quality in (82, 74, 66, 58, 50, 42, 34):
        image.save(path, "WEBP", quality=quality, method=6)
        if path.stat().st_size <= MOST_BYTES:
            break
    say("picture", f"{path.relative_to(ROOT)}  {image.width} × {image.height}  {path.stat().st_size // 1000} KB")


def upper(height):
    """The upper part of a page as wide as DESK."""
    return {"x": 0, "y": 0, "width": DESK["width"], "height": height}


def part(name, page, first, last):
    """A picture of a piece of the page, from the top of one part to the end of another."""
    boxes = [page.locator(selector).bounding_box() for selector in (first, last)]
    left = min(box["x"] for box in boxes) - EDGE
    top, right = boxes[0]["y"] - EDGE, max(box["x"] + box["width"] for box in boxes) + EDGE
    size = page.viewport_size
    left, top, right = max(left, 0), max(top, 0), min(right, size["width"])
    bottom = boxes[1]["y"] + boxes[1]["height"] + EDGE
    clip = {"x": left, "y": top, "width": right - left, "height": bottom - top}
    picture(name, page, clip=clip)


class Walk:
    """A working day of two people."""

    def __init__(self, browser, address, accounts):
        self.browser, self.address, self.accounts = browser, address, accounts
        self.editor, self.chief = self.signed_in("editor"), self.signed_in("chief")

    def signed_in(self, who, size=DESK, **options):
        context = self.browser.new_context(
            viewport=size,
            base_url=self.address,
            locale="en-GB",
            reduced_motion="reduce",
            color_scheme="light",
            **options,
        )
        page = context.new_page()
        page.goto("/admin/")
        page.get_by_label("E-mail").fill(f"{who}@example.org")
        page.get_by_label("Password").fill(self.accounts[f"{who}@example.org"])
        page.get_by_role("button", name="Log in").click()
        expect(page.locator("#user-tools")).to_be_visible()
        return page

    def all(self):
        self.write()
        self.ask()
        self.plan()
        self.begin_a_day()
        self.keep()
        self.meet()
        self.publish()
        self.look_back()
        self.see_photos()
        self.arrange()
        self.list_stories()
        self.use_a_phone()

    def write(self):
        page = self.editor
        page.set_viewport_size(WIDE)
        page.goto(ADD)
        page.locator("#id_title").fill(TITLE)
        page.locator("#id_interpreter").fill(SUMMARY)
        for number, point in enumerate(POINTS, 1):
            page.get_by_role("textbox", name=f"Key point {number}").fill(point)
            page.keyboard.press("Enter")
        self.fill_rail(page)
        page.locator("#id_body").fill(BODY)
        self.place_a_picture(page)
        self.add_tags(page, "moon", "geology")
        page.locator("#id_title").focus()
        page.evaluate("scrollTo(0, 0)")
        expect(page.frame_locator("#look iframe").get_by_role("heading", level=1)).to_have_text(TITLE)
        expect(page.locator("[data-checks] .is-open")).to_have_count(0)
        picture("write", page)
        page.locator("[data-save]").click()
        expect(page.locator(".messagelist")).to_contain_text("Only the desk can see this story")
        self.story = page.url.split("?")[0]

    def place_a_picture(self, page):
        page.locator("#id_body").press("Control+End")
        page.get_by_role("toolbar").get_by_role("button", name="Photo", exact=True).click()
        page.get_by_role("tab", name="From the library").click()
        page.get_by_label("Search the photos").fill(MOON[:8])
        photo = page.locator("#picture [data-photos] button").first
        expect(page.locator("#picture [data-photos] li")).to_have_count(1)
        page.get_by_label("Search the photos").fill("")
        expect(page.locator("#picture [data-photos] li")).not_to_have_count(1)
        part("picture", page, "#picture", "#picture")
        page.get_by_label("Search the photos").fill(MOON[:8])
        expect(page.locator("#picture [data-photos] li")).to_have_count(1)
        photo.click()
        expect(page.locator("#id_body")).to_have_value(re.compile(r"!\[.*\]\(photo:\d+\)"))

    def ask(self):
        page = self.editor
        page.locator("#id_reviewer").select_option(label="Demo chief editor")
        page.get_by_role("button", name="Ask for a review").click()
        expect(page.locator(".messagelist")).to_contain_text("is asked to read this version")
        part("next-step", page, ".part.next", ".part.next")
        page.locator("#note_text").fill("Please look at the second key point.")
        page.get_by_role("button", name="Add note").click()
        expect(page.locator("#notes .notes li")).to_have_count(1)
        page.locator("#link_purpose").fill("A geologist whom we ask")
        page.get_by_role("button", name="Make a link").click()
        expect(page.locator("#preview-links .links li")).to_have_count(1)
        page.locator("#notes").scroll_into_view_if_needed()
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        part("notes", page, "#notes", "#preview-links")

    def plan(self):
        """A story that goes out tomorrow, a change that waits and one that is planned: for the chief editor's desk."""
        page, tomorrow = self.chief, dt.datetime.now(EDITION) + dt.timedelta(days=1)
        page.goto(ADD)
        page.locator("#id_title").fill(SECOND_TITLE)
        page.locator("#id_interpreter").fill(SECOND_SUMMARY)
        page.locator("#id_body").fill(SECOND_SUMMARY)
        self.fill_rail(page)
        set_time(page, tomorrow.replace(hour=7, minute=0))
        page.get_by_role("button", name="Publish at").click()
        expect(page.locator(".messagelist")).to_contain_text("The story goes out at")
        self.open(page, "DART moved an asteroid")
        self.add_tags(page, "kinetic impactor")
        page.locator("[data-save]").click()
        expect(page.locator(".messagelist")).to_contain_text("Update waits")
        self.open(page, "How Voyager 1 was mended")
        self.add_tags(page, "probes")
        set_time(page, tomorrow.replace(hour=9, minute=30))
        page.get_by_role("button", name="Send the change at").click()
        expect(page.locator(".messagelist")).to_contain_text("The update goes out at")

    def begin_a_day(self):
        self.chief.goto("/admin/")
        picture("my-desk", self.chief, width=960, full_page=True)

    def keep(self):
        page = self.editor
        page.goto(self.story)
        page.locator("#id_body").press("Control+End")
        page.locator("#id_body").press_sequentially("\n\nThe highlands around them are older.")
        expect(page.locator("[data-kept]")).to_contain_text("kept here and on the server", timeout=30_000)
        context = page.context
        page.close()
        self.editor = page = context.new_page()
        page.goto(self.story)
        expect(page.locator("#kept")).to_be_visible()
        part("kept", page, "#header", "#kept")
        page.get_by_role("link", name="Take it back").click()
        expect(page.locator("#id_body")).to_have_value(re.compile("The highlands around them are older"))

    def meet(self):
        mine, theirs = self.chief, self.editor
        mine.goto(self.story)
        change(mine, "#id_body", "Basalt holds more iron", "Basalt holds more iron and less aluminium")
        change(mine, "#id_title", "looks spotted", "has dark spots")
        mine.locator("#id_body").focus()
        change(theirs, "#id_body", "more iron", "much more iron")
        theirs.locator("[data-save]").click()
        expect(theirs.locator(".messagelist")).to_be_visible()
        expect(theirs.locator("#here")).to_contain_text("Demo chief editor", timeout=30_000)
        expect(mine.locator("#newer")).to_be_visible(timeout=30_000)
        part("two-people", mine, "#header", "#newer")
        mine.locator("[data-save]").click()
        expect(mine.get_by_role("heading", name="Two versions of one story")).to_be_visible()
        picture("conflict", mine, full_page=True)
        mine.get_by_role("button", name="Save my choice, piece by piece").click()
        expect(mine.locator(".messagelist")).to_contain_text("Saved, piece by piece")

    def publish(self):
        page = self.chief
        page.get_by_role("button", name="I have read this version").click()
        expect(page.locator(".messagelist")).to_contain_text("marked as read by you")
        page.get_by_role("button", name="Publish now").click()
        expect(page.locator(".messagelist")).to_contain_text("Readers see it now")
        change(page, "#id_body", "Look up at a full Moon", "Look at a full Moon")
        page.locator("#id_reason").fill("A shorter beginning")
        page.get_by_role("button", name="Publish the change now").click()
        expect(page.locator(".messagelist")).to_contain_text("Readers see it now")

    def look_back(self):
        page = self.chief
        page.get_by_role("link", name="History").click()
        expect(page.get_by_role("heading", name="Saved versions")).to_be_visible()
        picture("history", page, clip=upper(720))
        page.get_by_role("button", name="Compare the two chosen").click()
        picture("compare", page, clip=upper(600))

    def see_photos(self):
        page = self.chief
        page.goto("/admin/photos/photo/")
        picture("photos", page, clip=upper(720))
        page.get_by_role("link", name=MOON).click()
        picture("focal-point", page, clip=upper(720))

    def arrange(self):
        page = self.chief
        page.set_viewport_size(WIDE)
        page.goto("/admin/front-page/?language=en")
        row = page.locator("#pool [data-pick][data-story-section='ai']:not([hidden])").first
        row.drag_to(page.locator(".place[data-place='ai:3']"))
        expect(page.locator("b[data-count]")).to_have_text("1 change not put up yet")
        page.evaluate("scrollTo(0, 0)")
        picture("front-page", page)
        page.set_viewport_size(DESK)

    def list_stories(self):
        page = self.chief
        page.goto(STORIES)
        for _ in range(3):
            page.keyboard.press("j")
            page.keyboard.press("x")
        expect(page.locator(".actions .action-counter")).to_contain_text("3")
        picture("stories", page, clip=upper(720))

    def use_a_phone(self):
        page = self.signed_in("chief", PHONE, has_touch=True, is_mobile=True)
        page.goto(self.story)
        page.get_by_role("tab", name="Publish").click()
        picture("phone", page)

    # What several steps need

    def open(self, page, title):
        page.goto(STORIES)
        page.locator("#searchbar").fill(title)
        page.keyboard.press("Enter")
        page.get_by_role("link", name=re.compile(f"^{title}")).click()
        expect(page.locator("#saved")).to_contain_text("Published version")

    def fill_rail(self, page):
        page.locator("#id_category").select_option(label="Space")
        page.locator("#id_author").select_option(label="Lyra Stanton")
        page.locator("#id_origin").select_option(label="AI assisted")

    def add_tags(self, page, *tags):
        for tag in tags:
            page.get_by_label("Add a tag").fill(tag)
            page.keyboard.press("Enter")


def change(page, field, old, new):
    """As a person who types over some words of a field."""
    text = page.locator(field).input_value()
    page.locator(field).fill(text.replace(old, new))


def set_time(page, time):
    page.locator("#id_publish_at_0").fill(f"{time:%Y-%m-%d}")
    page.locator("#id_publish_at_1").fill(f"{time:%H:%M}")


if __name__ == "__main__":
    main()
