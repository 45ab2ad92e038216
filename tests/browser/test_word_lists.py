"""A moderator lists words, sees what they would have caught, and puts them live."""

import pytest
from playwright.sync_api import expect

from comments.models import Comment, ListedWord
from comments.word_lists import take_off
from comments.words import fold_entry
from tests.browser.commenting import Talk
from tests.browser.moderating import make_moderator
from tests.browser.test_accessibility import check
from tests.browser.test_layout import look_at_all_widths
from tests.browser.writing import retire, sign_in

LISTS = "/admin/comments/listedword/"
SMALL = """
() => [...document.querySelectorAll("#content :is(a.button, button, input:not([type=hidden]), select, textarea)")]
  .filter((one) => one.checkVisibility() && !one.closest("#changelist thead, #changelist tbody, .breadcrumbs"))
  .map((one) => one.matches("[type=checkbox], [type=radio]") ? one.closest("label, td") : one)
  .filter((one) => one.getBoundingClientRect().height < 43.5)
  .map((one) => one.outerHTML.slice(0, 120))
"""


@pytest.fixture
def mia(site):
    user = make_moderator()
    yield user
    take_off(list(ListedWord.objects.all()), user)
    ListedWord.objects.all().delete()
    retire(user)


@pytest.fixture
def desk(page, mia):
    sign_in(page, mia)
    return page


def make_word(text, **fields):
    return ListedWord.objects.create(
        text=text, folded=fold_entry(text), **{"list": "suspect", "how": "forms", **fields}
    )


def test_from_the_queue_of_words_to_a_live_entry(desk):
    talk = Talk("hr")
    talk.add("Lea", "Takvi seljaci ne znaju ništa.", status=Comment.Status.REJECTED)
    desk.goto(LISTS)
    desk.get_by_role("link", name="Add a word").click()
    desk.get_by_label("Word or phrase").fill("seljak")
    desk.get_by_label("Language:").select_option(label="Hrvatski")
    expect(desk.get_by_label("The word in all its forms")).to_be_checked()
    desk.get_by_role("button", name="Save and preview").click()
    expect(desk.get_by_role("heading", name="“seljak”")).to_be_visible()
    expect(desk.locator("mark", has_text="seljaci")).to_be_visible()
    expect(desk.locator(".caught")).to_contain_text("Turned down")
    desk.get_by_role("button", name="Put live").click()
    expect(desk.locator(".messagelist")).to_contain_text("1 entry is live now: “seljak”")
    expect(desk.locator("#result_list")).to_contain_text("Live")
    assert ListedWord.objects.get().is_live


def test_many_are_pasted_and_what_caught_approved_comments_is_not_ticked(desk, guard):
    guard.expect_status(400)
    Talk("en").add("Petra K.", "A fine telescope.")
    desk.goto(f"{LISTS}many/")
    desk.get_by_label("Words and phrases").fill("moronic\ntelescope\n!")
    desk.get_by_role("button", name="Store and preview").click()
    expect(desk.get_by_role("alert")).to_contain_text("This would match nearly everything")
    expect(desk.get_by_label("Words and phrases")).to_have_value("!")
    desk.goto(f"{LISTS}try/")
    expect(desk.get_by_label("Put live: moronic")).to_be_checked()
    expect(desk.get_by_label("Put live: telescope")).not_to_be_checked()
    desk.get_by_role("button", name="Put live what is ticked").click()
    expect(desk.locator(".messagelist")).to_contain_text("1 entry is live now: “moronic”")


def test_axe_has_nothing_against_them_and_nothing_is_too_small_or_too_wide(desk, guard):
    guard.expect_status(400)
    Talk("en").add("Petra K.", "An idiotic telescope. " + "Telescope" * 12, status=Comment.Status.PENDING)
    word, faults = make_word("telescope", note="A long note. " * 20), []
    make_word("verylongwordwithoutanyspaceinitatalltobreakatwherever")
    make_word("telescopetelescope", how="start")
    for path in ("", "add/", "many/", "try/", f"{word.pk}/preview/", f"{word.pk}/change/", f"{word.pk}/delete/"):
        desk.goto(LISTS + path)
        check(desk, path, faults)
        faults += look_at_all_widths(desk, path)
        desk.set_viewport_size({"width": 390, "height": 900})
        faults += [f"{path}: too small to hit: {one}" for one in desk.evaluate(SMALL)]
    desk.goto(f"{LISTS}many/")
    desk.get_by_role("button", name="Store and preview").click()
    check(desk, "many, refused", faults)
    assert not faults, "\n".join(faults)
