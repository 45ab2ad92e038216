"""An editor writes: toolbar and keys, the live preview, pictures by mouse and by keyboard, counters, a phone."""

import re

import pytest
from playwright.sync_api import expect

from articles.models import Article
from photos.models import Photo
from tests import factories
from tests.browser.writing import ADD, drop, field, make_editor, preview, retire, sign_in

WIDE = {"width": 1440, "height": 1000}
MIDDLE = {"width": 1100, "height": 900}
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def editor(site):
    user = make_editor("writer@example.com")
    yield user
    retire(user)


@pytest.fixture
def desk(new_context, editor):
    """A page of the signed-in editor at a wide desk."""
    page = new_context(viewport=WIDE).new_page()
    sign_in(page, editor)
    return page


@pytest.fixture
def body(desk):
    desk.goto(ADD)
    return field(desk, "Text")


def choose(body, text):
    """Selects this piece of the text."""
    body.evaluate(
        "(field, text) => { const at = field.value.indexOf(text); field.focus();"
        " field.setSelectionRange(at, at + text.length); }",
        text,
    )


def has_value(locator, value):
    expect(locator).to_have_value(value)


class TestToolbar:
    def test_marks_go_round_the_chosen_words_and_off_again(self, desk, body):
        body.fill("One two three")
        choose(body, "two")
        desk.get_by_role("button", name="Bold").click()
        has_value(body, "One **two** three")
        desk.get_by_role("button", name="Bold").click()
        has_value(body, "One two three")
        body.press("Control+i")
        has_value(body, "One *two* three")
        body.press("Control+b")
        has_value(body, "One ***two*** three")
        body.press("Control+i")
        has_value(body, "One **two** three")

    def test_the_fields_own_undo_takes_a_mark_back(self, body):
        body.press_sequentially("One two")
        choose(body, "two")
        body.press("Control+b")
        has_value(body, "One **two**")
        body.press("Control+z")
        has_value(body, "One two")

    def test_lines_become_headings_lists_and_quotes(self, desk, body):
        body.fill("One\nTwo")
        choose(body, "One")
        body.press("Control+Alt+2")
        has_value(body, "## One\nTwo")
        body.press("Control+Alt+3")
        has_value(body, "### One\nTwo")
        body.press("Control+Alt+3")
        has_value(body, "One\nTwo")
        body.press("Control+a")
        desk.get_by_role("button", name="Numbered list").click()
        has_value(body, "1. One\n2. Two")
        desk.get_by_role("button", name="List", exact=True).click()
        has_value(body, "- One\n- Two")
        desk.get_by_role("button", name="Pull quote").click()
        has_value(body, "> [!pull] One\n> Two")

    def test_enter_continues_a_list_and_ends_it(self, body):
        body.press_sequentially("1. One")
        body.press("Enter")
        body.press_sequentially("Two")
        body.press("Enter")
        has_value(body, "1. One\n2. Two\n3. ")
        body.press("Enter")
        has_value(body, "1. One\n2. Two\n")

    def test_a_link_a_table_and_a_footnote(self, desk, body):
        body.fill("See the paper")
        choose(body, "paper")
        body.press("Control+k")
        body.press_sequentially("https://example.org/a")
        has_value(body, "See the [paper](https://example.org/a)")
        body.press("End")
        desk.get_by_role("button", name="Footnote").click()
        desk.keyboard.type("Page 4.")
        has_value(body, "See the [paper](https://example.org/a)[^1]\n\n[^1]: Page 4.")
        body.press("Control+Home")
        desk.get_by_role("button", name="Table").click()
        expect(body).to_have_value(re.compile(r"^\| Head \| Head \|\n\| --- \| --- \|\n\| Cell \| Cell \|\n\nSee"))

    def test_an_address_pasted_over_words_makes_a_link(self, body):
        body.fill("See the paper")
        choose(body, "paper")
        body.evaluate(
            """(field) => {
                const clipboardData = new DataTransfer();
                clipboardData.setData("text/plain", "https://example.org/b");
                field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
            }"""
        )
        has_value(body, "See the [paper](https://example.org/b)")

    def test_one_stop_for_tab_and_arrow_keys_within(self, desk, body):
        bold, italic = (desk.get_by_role("button", name=name) for name in ("Bold", "Italic"))
        bold.focus()
        desk.keyboard.press("ArrowRight")
        expect(italic).to_be_focused()
        desk.keyboard.press("End")
        expect(desk.get_by_role("button", name="What works here: marks and shortcuts")).to_be_focused()
        desk.keyboard.press("Tab")
        expect(body).to_be_focused()
        desk.keyboard.press("Shift+Tab")
        desk.keyboard.press("Enter")
        expect(desk.get_by_role("dialog", name=re.compile("What works here"))).to_be_visible()


class TestPoints:
    def test_rows_are_written_moved_and_removed_by_keyboard(self, desk, body):
        first = desk.get_by_role("textbox", name="Key point 1")
        first.fill("One")
        first.press("Enter")
        desk.keyboard.type("Two")
        desk.keyboard.press("Enter")
        desk.keyboard.type("Three")
        truth = desk.locator("#id_key_points")
        has_value(truth, "One\nTwo\nThree")
        desk.keyboard.press("Alt+ArrowUp")
        has_value(truth, "One\nThree\nTwo")
        expect(desk.get_by_role("textbox", name="Key point 2")).to_be_focused()
        desk.keyboard.press("Control+a")
        desk.keyboard.press("Delete")
        desk.keyboard.press("Backspace")
        has_value(truth, "One\nTwo")
        expect(first).to_be_focused()

    def test_rows_are_dragged_by_their_grip(self, desk, body):
        first = desk.get_by_role("textbox", name="Key point 1")
        first.fill("One")
        desk.get_by_role("textbox", name="Key point 2").fill("Two")
        grips = [desk.get_by_role("button", name=f"Move Key point {n}") for n in (1, 2)]
        start, end = (grip.bounding_box() for grip in grips)
        desk.mouse.move(start["x"] + 8, start["y"] + 8)
        desk.mouse.down()
        desk.mouse.move(end["x"] + 8, end["y"] + 12, steps=5)
        desk.mouse.up()
        has_value(desk.locator("#id_key_points"), "Two\nOne")

    def test_rows_follow_a_script_that_sets_the_field(self, desk, body):
        desk.locator("#id_key_points").evaluate(
            "(field) => { field.value = 'A\\nB'; field.dispatchEvent(new Event('input', { bubbles: true })); }"
        )
        has_value(desk.get_by_role("textbox", name="Key point 2"), "B")

    def test_several_pasted_lines_become_rows(self, desk, body):
        desk.get_by_role("textbox", name="Key point 1").evaluate(
            "(field) => { field.value = 'A\\nB\\nC'; field.dispatchEvent(new Event('input', { bubbles: true })); }"
        )
        has_value(desk.locator("#id_key_points"), "A\nB\nC")
        has_value(desk.get_by_role("textbox", name="Key point 3"), "C")


def test_counters_speak_before_they_shout(desk, body):
    title = field(desk, "Title")
    count = desk.locator("[data-count=id_title]")
    expect(count).to_have_text("0 of 90")
    title.fill("x" * 57)
    expect(count).to_have_text("57 of 90")
    expect(count).to_have_attribute("class", "count")
    title.fill("x" * 91)
    expect(count).to_have_text("91 of 160")
    expect(count).to_have_class("count count--near")
    title.fill("x" * 161)
    expect(count).to_have_text("161 of 160")
    expect(count).to_have_class("count count--over")
    expect(desk.locator("#story-says")).to_have_text("Title: 161 of 160")
    body.fill("One two three.[^1]\n\n[^1]: Four")
    expect(desk.locator("[data-figures]")).to_contain_text("footnote")


def test_title_slug_and_tags(desk, body):
    title = field(desk, "Title")
    expect(title).to_be_focused()
    title.press_sequentially("Đavolje oko")
    has_value(desk.locator("#id_slug"), "davolje-oko")
    title.press("Enter")
    expect(field(desk, "Quick article interpreter")).to_be_focused()
    has_value(title, "Đavolje oko")
    tag = desk.get_by_label("Add a tag")
    tag.fill("moon")
    tag.press("Enter")
    tag.fill("Probes")
    has_value(desk.locator("#id_tags"), "moon, Probes")  # what is still being typed is not lost
    tag.press("Enter")
    desk.get_by_role("button", name="Remove moon").click()
    has_value(desk.locator("#id_tags"), "probes")


class TestPreview:
    def test_it_follows_the_typing_and_keeps_its_document(self, desk, body):
        field(desk, "Title").fill("A first title")
        shown = preview(desk)
        expect(shown.get_by_role("heading", level=1)).to_have_text("A first title")
        shown.locator("html").evaluate("(html) => (html.ownerDocument.defaultView.isTheSame = true)")
        field(desk, "Title").fill("A second title")
        body.fill("\n\n".join(f"Paragraph {n}." for n in range(60)))
        expect(shown.locator(".prose p")).to_have_count(60)
        shown.locator("html").evaluate("(html) => (html.scrollTop = 900)")
        body.press_sequentially(" And more.")
        expect(shown.locator(".prose")).to_contain_text("And more.")
        assert shown.locator("html").evaluate("(html) => html.ownerDocument.defaultView.isTheSame")
        assert shown.locator("html").evaluate("(html) => html.scrollTop") == 900
        expect(desk.locator("[data-says]")).to_have_text(re.compile(r"^Preview of \d\d:\d\d:\d\d$"))

    def test_phone_and_wide_night_and_day(self, desk, body):
        field(desk, "Title").fill("Wide and narrow")
        shown = preview(desk)
        expect(shown.get_by_role("heading", level=1)).to_be_visible()
        width = "(html) => html.ownerDocument.defaultView.innerWidth"
        assert 380 <= shown.locator("html").evaluate(width) <= 390
        desk.get_by_role("button", name="Wide").click()
        assert shown.locator("html").evaluate(width) == 1280
        assert desk.locator("#look iframe").bounding_box()["width"] < 420
        background = "(html) => getComputedStyle(html).backgroundColor"
        desk.get_by_role("button", name="Day").click()
        day = shown.locator("html").evaluate(background)
        desk.get_by_role("button", name="Night").click()
        assert shown.locator("html").evaluate(background) != day

    def test_either_language(self, desk, editor):
        english = factories.make_draft(title="The two of them", category="space")
        factories.make_draft("hr", title="Njih dvoje", translation_key=english.translation_key, category="space")
        desk.goto(f"/admin/articles/article/{english.pk}/change/")
        shown = preview(desk)
        expect(shown.get_by_role("heading", level=1)).to_have_text("The two of them")
        look = desk.locator("#look")
        look.get_by_role("button", name="HR").click()
        expect(shown.get_by_role("heading", level=1)).to_have_text("Njih dvoje")
        expect(shown.locator("html")).to_have_attribute("lang", "hr")
        expect(desk.locator("[data-says]")).to_have_text("Newest version in HR")
        look.get_by_role("button", name="EN").click()
        expect(shown.get_by_role("heading", level=1)).to_have_text("The two of them")

    def test_a_text_that_makes_no_page_says_why_and_the_last_good_one_stays(self, desk, body):
        field(desk, "Title").fill("Good")
        shown = preview(desk)
        body.fill("The good text.")
        expect(shown.locator(".prose")).to_contain_text("The good text.")
        body.fill("> " * 40 + "deep")
        expect(desk.locator("[data-faults]")).to_contain_text("nested too deeply")
        expect(shown.locator(".prose")).to_contain_text("The good text.")
        body.fill("Mended.")
        expect(shown.locator(".prose")).to_contain_text("Mended.")
        expect(desk.locator("[data-faults]")).to_be_empty()

    def test_links_in_it_lead_nowhere(self, desk, body):
        field(desk, "Title").fill("Stay")
        body.fill("[Away](https://example.org/)\n\nA note.[^1]\n\n[^1]: Here.")
        shown = preview(desk)
        shown.get_by_role("link", name="Away").click()
        shown.locator(".footnote-ref").click()
        shown.locator(".wordmark").first.click()
        expect(shown.get_by_role("heading", level=1)).to_have_text("Stay")

    def test_without_an_answer_it_says_so(self, desk, body, guard):
        guard.expect_status(503)
        desk.route("**/preview/**", lambda route: route.fulfill(status=503))
        field(desk, "Title").fill("Nobody there")
        expect(desk.locator("[data-says]")).to_contain_text("could not be fetched")
        desk.unroute("**/preview/**")
        body.fill("Again.")
        expect(preview(desk).locator(".prose")).to_contain_text("Again.")

    def test_the_checks_follow_too(self, desk, body):
        checks = desk.locator("[data-checks]")
        expect(checks).to_contain_text("No interpreter yet")
        field(desk, "Quick article interpreter").fill("It matters.")
        expect(checks).not_to_contain_text("No interpreter yet")


class TestPictures:
    def fill_dialog(self, page, alt="Craters at dawn", credit="ESA", mark="photograph"):
        dialog = page.get_by_role("dialog", name=re.compile("Photo"))
        expect(dialog).to_be_visible()
        dialog.get_by_label("Description (alt)").fill(alt)
        dialog.get_by_label("Caption").fill("Craters [at dawn].")
        dialog.get_by_label("Credit").fill(credit)
        dialog.get_by_label(mark).check()
        return dialog

    def test_a_dropped_picture_stands_in_the_text_as_a_figure(self, desk, body, new_context):
        field(desk, "Title").fill("A picture dropped into the text")
        field(desk, "Quick article interpreter").fill("It was dropped.")
        body.fill("Before.\n\nAfter.")
        choose(body, "Before.")
        body.press("ArrowRight")
        drop(desk, "#id_body", "craters.png")
        dialog = self.fill_dialog(desk)
        dialog.get_by_role("button", name="Upload and place").click()
        expect(dialog).to_be_hidden()
        photo = Photo.objects.latest("pk")
        assert (photo.credit, photo.mark, photo.texts["en"]["alt"]) == ("ESA", "photograph", "Craters at dawn")
        has_value(body, f"Before.\n\n![Craters (at dawn).](photo:{photo.pk})\n\nAfter.")
        figure = preview(desk).locator(".prose figure.plate")
        expect(figure).to_contain_text("Craters (at dawn).")
        expect(figure.get_by_role("img")).to_have_attribute("alt", "Craters at dawn")
        expect(desk.get_by_role("button", name="Photo 1: Craters, lead")).to_be_visible()
        self.publish(desk)
        reader = new_context().new_page()
        reader.goto(Article.objects.get(title="A picture dropped into the text").get_absolute_url())
        expect(reader.locator(".prose figure.plate img")).to_have_attribute("alt", "Craters at dawn")

    def publish(self, page):
        field(page, "Section").select_option(label="Space")
        field(page, "Author").select_option(label="Lyra Stanton")
        field(page, "Origin").select_option(label="AI assisted")
        page.get_by_role("button", name="Publish now").click()
        expect(page.locator(".messagelist")).to_contain_text("Published")

    def test_what_a_photo_needs_is_asked_for(self, desk, body):
        drop(desk, "#id_body", "unknown.png")
        dialog = desk.get_by_role("dialog", name=re.compile("Photo"))
        dialog.get_by_role("button", name="Upload and place").click()
        expect(dialog.get_by_text("This is needed: say what the picture shows.")).to_be_visible()
        expect(dialog.get_by_text("Choose one of the four.")).to_be_visible()
        expect(dialog.get_by_label("Description (alt)")).to_be_focused()

    def test_a_failure_keeps_what_was_typed_and_is_tried_again(self, desk, body, guard):
        guard.expect_status(500)
        desk.route("**/photo/upload/", lambda route: route.fulfill(status=500, body="no"))
        drop(desk, "#id_body", "tried-again.png")
        dialog = self.fill_dialog(desk, alt="Typed with care")
        dialog.get_by_role("button", name="Upload and place").click()
        expect(dialog.get_by_role("alert")).to_contain_text("did not take it (500)")
        has_value(dialog.get_by_label("Description (alt)"), "Typed with care")
        desk.unroute("**/photo/upload/")
        dialog.get_by_role("button", name="Try again").click()
        expect(dialog).to_be_hidden()
        expect(body).to_have_value(re.compile(r"!\[.*\]\(photo:\d+\)"))

    def test_several_at_once_come_one_after_the_other(self, desk, body):
        drop(desk, "#id_body", "one-of-two.png", "second-of-them.png")
        dialog = self.fill_dialog(desk)
        expect(dialog).to_contain_text("Picture 1 of 2")
        dialog.get_by_role("button", name="Upload and place").click()
        expect(dialog).to_contain_text("Picture 2 of 2")
        # Credit and origin stay; what the picture shows is asked anew.
        has_value(dialog.get_by_label("Description (alt)"), "")
        has_value(dialog.get_by_label("Credit"), "ESA")
        dialog.get_by_label("Description (alt)").fill("The second")
        dialog.get_by_label("Description (alt)").press("Enter")
        expect(dialog).to_be_hidden()
        assert body.input_value().count("photo:") == 2

    def test_one_from_the_library_is_picked_by_keyboard(self, desk, body):
        photo = factories.make_photo("Observatory in the snow", width=93)
        body.focus()
        body.press("Control+Alt+p")
        dialog = desk.get_by_role("dialog", name=re.compile("Photo"))
        dialog.get_by_role("tab", name="Upload").focus()
        desk.keyboard.press("ArrowRight")
        expect(dialog.get_by_role("tab", name="From the library")).to_be_focused()
        desk.keyboard.press("Tab")
        desk.keyboard.type("snow")
        expect(dialog.locator("[data-photos] li")).to_have_count(1)
        desk.keyboard.press("Tab")
        desk.keyboard.press("Enter")
        expect(dialog).to_be_hidden()
        expect(body).to_be_focused()
        has_value(body, f"![Six domes.](photo:{photo.pk})\n\n")
        has_value(desk.locator("[name=photos-0-photo]"), str(photo.pk))
        has_value(desk.locator("[name=photos-0-alt]"), "Six domes under stars")

    def test_the_storys_photos_are_ordered_and_removed(self, desk, body):
        for n, title in enumerate(("First dome", "Second dome")):
            factories.make_photo(title, width=94 + n)
            desk.get_by_role("link", name="Library").click()
            dialog = desk.get_by_role("dialog", name=re.compile("Photo"))
            dialog.get_by_label("Search the photos").fill(title)
            dialog.get_by_role("button", name=title).click()
            expect(dialog).to_be_hidden()
        assert body.input_value() == ""
        second = desk.get_by_role("button", name="Photo 2: Second dome")
        second.focus()
        desk.keyboard.press("Alt+ArrowLeft")
        expect(desk.get_by_role("button", name="Photo 1: Second dome, lead")).to_be_focused()
        assert [desk.locator(f"[name=photos-{n}-ORDER]").input_value() for n in (0, 1)] == ["2", "1"]
        desk.get_by_role("button", name="Photo 2: First dome").click()
        desk.locator(".photo-row.is-open").get_by_role("button", name="Remove").click()
        expect(desk.get_by_role("button", name=re.compile("First dome"))).to_be_hidden()
        expect(desk.locator("[name=photos-0-DELETE]")).to_be_checked()


class TestSmallScreens:
    def test_on_a_phone_the_parts_are_tabs(self, new_context, editor):
        page = new_context(viewport=PHONE).new_page()
        sign_in(page, editor)
        page.goto(ADD)
        expect(page.locator("#write")).to_be_visible()
        expect(page.locator("#rail")).to_be_hidden()
        field(page, "Title").fill("On the way")
        page.get_by_role("tab", name="Write").focus()
        page.keyboard.press("ArrowRight")
        expect(page.locator("#write")).to_be_hidden()
        expect(preview(page).get_by_role("heading", level=1)).to_have_text("On the way")
        page.keyboard.press("ArrowRight")
        expect(page.locator("#rail")).to_be_visible()
        expect(page.get_by_role("tab", name=re.compile("Publish"))).to_have_attribute("aria-selected", "true")
        page.get_by_role("link", name=re.compile("Show ?: No interpreter yet")).click()
        expect(field(page, "Quick article interpreter")).to_be_focused()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390

    def test_at_a_middle_width_preview_and_rail_take_turns(self, new_context, editor):
        page = new_context(viewport=MIDDLE).new_page()
        sign_in(page, editor)
        page.goto(ADD)
        expect(page.locator("#rail")).to_be_visible()
        expect(page.locator("#look")).to_be_hidden()
        field(page, "Title").fill("In turns")
        page.get_by_role("tab", name="Preview").click()
        expect(preview(page).get_by_role("heading", level=1)).to_have_text("In turns")
        expect(page.locator("#write")).to_be_visible()
        expect(page.locator("#rail")).to_be_hidden()

    def test_without_a_script_everything_is_there(self, new_context, editor):
        page = new_context(java_script_enabled=False, viewport=PHONE).new_page()
        sign_in(page, editor)
        page.goto(ADD)
        for label in ("Title", "Slug", "Quick article interpreter", "Key points", "Text", "Section", "Tags", "Photo"):
            expect(field(page, label)).to_be_visible()
        expect(page.get_by_role("button", name="Preview in a tab")).to_be_visible()
