"""The moderators' figures in a browser: read by everybody, on a phone too, and without a script."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from comments import moderation
from comments.models import Finding
from tests.browser.moderating import empty_the_queue, fill, make_moderator
from tests.browser.places import LANGUAGES
from tests.browser.test_accessibility import check
from tests.browser.writing import retire, sign_in

FIGURES = "/admin/comments/figures/"


@pytest.fixture
def mia(site):
    """With something to count: what waits, decisions of each kind, one that was taken back."""
    user = make_moderator()
    empty_the_queue()
    _talk, comments = fill(6)
    actions = [("approved", False), ("rejected", False), ("rejected", True), ("approved", False)]
    for comment, (status, is_spam) in zip(comments, actions, strict=False):
        made = moderation.decide(comment, status, user, is_spam=is_spam)
    moderation.undo(made, user)
    for comment, phase in zip(comments, ["links", "capitals", "links", "newcomer"], strict=False):
        week = timezone.now() - dt.timedelta(weeks=comment.pk % 3)
        Finding.objects.create(comment=comment, phase=phase, verdict="hold", created_at=week)
    yield user
    retire(user)


def figures(page, user):
    sign_in(page, user)
    page.goto(FIGURES)
    expect(page.locator("svg.plot")).to_have_count(2)
    return page


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(page, mia, language, width):
    type(mia).objects.filter(pk=mia.pk).update(language=language)
    page.set_viewport_size({"width": width, "height": 900})
    figures(page, mia)
    page.evaluate("document.querySelectorAll('details.numbers').forEach((details) => (details.open = true))")
    faults = []
    check(page, "figures", faults)
    assert not faults, "\n".join(faults)
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_columns_are_drawn_to_scale_within_their_chart(page, mia):
    figures(page, mia)
    plot = page.locator("svg.plot").first
    chart, approved = plot.bounding_box(), plot.locator(".so-far .bar--ok").bounding_box()
    ground = plot.locator(".ground").bounding_box()["y"]
    assert approved["y"] + approved["height"] == pytest.approx(ground, abs=1.5)
    number = int(page.locator("details.numbers tbody tr:first-child td").first.text_content())
    highest = int(plot.locator("text").first.text_content().replace(",", ""))
    assert approved["height"] == pytest.approx(140 * number / highest, abs=1)
    for text in plot.locator("text").all():
        box = text.bounding_box()
        assert box["x"] >= chart["x"] - 1
        assert box["x"] + box["width"] <= chart["x"] + chart["width"] + 1


def test_the_numbers_open_by_keyboard(page, mia):
    figures(page, mia)
    page.locator("details.numbers > summary").first.focus()
    page.keyboard.press("Enter")
    table = page.get_by_role("group", name="Decisions by week").get_by_role("table")
    expect(table.get_by_role("row").nth(1)).to_contain_text("so far")


def test_the_daily_mail_is_switched_off_without_a_script(new_context, mia):
    page = figures(new_context(java_script_enabled=False).new_page(), mia)
    box = page.get_by_role("checkbox", name="Every morning at 07:00")
    box.uncheck()
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".messagelist")).to_have_text("The daily mail is off: you get no more.")
    expect(box).not_to_be_checked()
    mia.refresh_from_db()
    assert not mia.daily_digest
