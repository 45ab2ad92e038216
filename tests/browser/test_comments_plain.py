"""Comments without JavaScript: forms and links with pages of their own."""

import re

import pytest
from playwright.sync_api import expect

from comments.models import Comment, Report
from tests.browser.commenting import SCREENS, Talk, at_end, comment, own_part, press, top_composer, write


@pytest.fixture(params=SCREENS, ids=[f"{language}-{width}" for language, width in SCREENS])
def screen(request):
    return request.param


@pytest.fixture
def talk(site, screen):
    return Talk(screen[0])


@pytest.fixture
def page(new_context, screen):
    options = {"viewport": {"width": screen[1], "height": 900}, "java_script_enabled": False}
    return new_context(**options).new_page()


@pytest.fixture(autouse=True)
def _nobody_is_too_fast(settings, guard):
    settings.MODERATION = {**settings.MODERATION, "fastest": 0}
    guard.expect_status(400, 409)


def publish(page, talk, body="A word.", name="Ivo Ivić"):
    """Writes below the story, reads it over, posts. Ends on the page of own comments."""
    page.goto(talk.story)
    write(top_composer(page), body, name)
    press(top_composer(page), "post")
    expect(page.locator(".compose .is-pending .comment-body")).to_be_visible()
    press(top_composer(page), "post")
    mine = talk.newest()
    expect(page).to_have_url(at_end(f"{talk.path}mine/#c{mine.pk}"))
    return mine


# Reading


def test_comments_are_read_in_three_orders(page, talk):
    old, liked, new = talk.add("Old", age=30), talk.add("Liked", age=20), talk.add("New", age=10)
    Comment.objects.filter(pk=liked.pk).update(like_count=7)
    page.goto(talk.story)
    page.locator(f".comments .label-row a[href='{talk.path}']").click()
    expected = {"Newest": [new, liked, old], "Oldest": [old, liked, new], "Most liked": [liked, new, old]}
    for name in ("Oldest", "Most liked", "Newest"):
        page.locator(".orders").get_by_role("link", name=talk.word(name), exact=True).click()
        expect(page.locator(".orders [aria-current]")).to_have_text(talk.word(name))
        shown = [one.get_attribute("id") for one in page.locator("[data-threads] > li").all()]
        assert shown == [f"c{one.pk}" for one in expected[name]]


def test_a_deep_thread_goes_on_on_a_page_of_its_own(page, talk):
    root, _second, third, fourth, fifth = talk.add_thread(5)
    page.goto(talk.path)
    expect(comment(page, third)).to_be_visible()
    expect(comment(page, fourth)).to_have_count(0)
    comment(page, third).locator(".comment-more a").click()
    expect(page).to_have_url(re.compile(rf"\?thread={third.pk}"))
    expect(comment(page, fourth)).to_be_visible()
    expect(comment(page, fifth)).to_be_visible()
    expect(page.locator(".comment-above")).to_contain_text("Writer 1")
    page.locator(".comment-above a").last.click()
    expect(comment(page, root)).to_be_visible()


def test_more_comments_stand_on_the_next_page(page, talk):
    for n in range(22):
        talk.add(f"Reader {n}", age=100 - n)
    page.goto(talk.path)
    page.locator("a[rel=next]").click()
    expect(page.locator("[data-threads] > li")).to_have_count(2)
    page.locator("a[rel=prev]").click()
    expect(page.locator("[data-threads] > li")).to_have_count(20)


def test_only_what_works_is_offered(page, talk):
    one = talk.add()
    page.goto(talk.path)
    acts = own_part(page, one).locator(".comment-acts :is(a, button):visible")
    expect(acts).to_have_count(3)
    expect(page.locator("[data-account], [data-preview], [data-error]").locator("visible=true")).to_have_count(0)


# Writing


def test_a_guest_posts_and_finds_the_comment_that_waits(page, talk, new_context):
    mine = publish(page, talk, "A *new* word.")
    assert (mine.name, mine.body, mine.status) == ("Ivo Ivić", "A *new* word.", "pending")
    expect(comment(page, mine).locator("em")).to_have_text("new")
    state = talk.word("Awaiting moderation. Only you see it.")
    expect(comment(page, mine).locator(".comment-state")).to_have_text(state)
    other = new_context(java_script_enabled=False).new_page()
    for path in (talk.story, talk.path, f"{talk.path}mine/"):
        other.goto(path)
        expect(other.locator(".comment")).to_have_count(0)
    assert other.context.cookies() == []


def test_a_preview_asks_for_nothing_else(page, talk):
    page.goto(talk.path)
    write(top_composer(page), "An *idea*.")
    press(top_composer(page), "preview")
    expect(page.locator(".is-pending em")).to_have_text("idea")
    expect(top_composer(page).locator("[name=body]")).to_have_value("An *idea*.")
    expect(top_composer(page).locator("[name=name]")).to_have_value("Ivo Ivić")
    assert page.context.cookies() == []
    assert not Comment.objects.filter(article=talk.article).exists()


def test_a_reply_has_a_page_of_its_own(page, talk):
    answered = talk.add("Ana", "Why?")
    page.goto(talk.story)
    own_part(page, answered).locator("[data-reply]").click()
    expect(page.locator(".answered")).to_contain_text("Why?")
    expect(top_composer(page).locator("[data-label]")).to_have_text(talk.word("Reply to %(name)s") % {"name": "Ana"})
    write(top_composer(page), "Because.")
    press(top_composer(page), "post")
    assert talk.newest().parent == answered


def test_a_quotation_is_an_address(page, talk):
    answered = talk.add("Ana", "One *thought*.\nAnother.")
    page.goto(f"{talk.path}{answered.pk}/reply/?quote=1")
    expect(top_composer(page).locator("[name=body]")).to_have_value("> One *thought*.\n> Another.\n\n")


def test_errors_keep_the_text(page, talk):
    page.goto(talk.story)
    write(top_composer(page), "Kept.", name="")
    press(top_composer(page), "post")
    name = top_composer(page).locator("[name=name]")
    expect(name).to_have_attribute("aria-invalid", "true")
    sentence = talk.word("Say under which name your comment is to stand.")
    expect(page.locator(f"#{name.get_attribute('aria-describedby')}")).to_have_text(sentence)
    expect(top_composer(page).locator("[name=body]")).to_have_value("Kept.")


def test_who_is_too_fast_is_told_so_and_posts_again(page, talk, settings):
    settings.MODERATION = {**settings.MODERATION, "fastest": 3600}
    page.goto(talk.story)
    write(top_composer(page), "Quick.")
    press(top_composer(page), "post")
    press(top_composer(page), "post")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(top_composer(page).locator("[name=body]")).to_have_value("Quick.")
    assert not Comment.objects.filter(article=talk.article).exists()
    settings.MODERATION = {**settings.MODERATION, "fastest": 0}
    press(top_composer(page), "post")
    assert talk.newest().body == "Quick."


# One's own


def test_an_own_comment_is_changed(page, talk):
    mine = publish(page, talk)
    page.locator("[data-edit]").click()
    form = page.locator(".compose form")
    form.locator("[name=body]").fill("")
    press(form, "post")
    expect(page.locator("#error-body")).to_be_visible()
    form.locator("[name=body]").fill("Another *word*.")
    press(form, "preview")
    expect(page.locator(".is-pending em")).to_have_text("word")
    press(form, "post")
    expect(page).to_have_url(at_end(f"{talk.path}mine/#c{mine.pk}"))
    expect(comment(page, mine).locator(".comment-body")).to_have_text("Another word.")
    expect(comment(page, mine).locator(".comment-edited")).to_be_visible()


def test_an_own_comment_is_deleted_after_a_question(page, talk):
    mine = publish(page, talk)
    page.locator("[data-delete]").click()
    expect(page.locator(".comment-body")).to_have_text("A word.")
    page.locator(".compose form button").click()
    expect(page).to_have_url(at_end(f"{talk.path}mine/"))
    expect(page.locator(".empty")).to_be_visible()
    mine.refresh_from_db()
    assert (mine.status, mine.body, mine.name) == ("withdrawn", "", "")


def test_all_own_comments_are_taken_along_and_deleted(page, talk):
    mine = publish(page, talk)
    page.locator("main a[href$='/comments/mine/']").last.click()
    expect(comment(page, mine)).to_be_visible()
    with page.expect_download() as download:
        page.locator("main [download]").click()
    assert "A word." in download.value.path().read_text()
    page.locator("button[value=delete_all]").click()
    page.locator("button[value=yes]").click()
    expect(page.get_by_role("status")).to_be_visible()
    expect(page.locator(".comment")).to_have_count(0)


# Likes, reports


def test_a_like_of_a_comment_has_a_page_with_the_opposite(page, talk):
    liked = talk.add()
    page.goto(talk.path)
    own_part(page, liked).locator("[data-like] button").click()
    expect(page).to_have_url(at_end(f"{talk.path}{liked.pk}/like/"))
    page.get_by_role("button", name=talk.word("Take back")).click()
    expect(page.get_by_role("button", name=talk.word("Like"), exact=True)).to_be_visible()
    page.locator("main a.more").click()
    expect(page).to_have_url(re.compile(rf"\?thread={liked.pk}#c{liked.pk}$"))


def test_a_comment_is_reported_with_a_reason(page, talk):
    bad = talk.add("Spammer", "Buy now.")
    page.goto(talk.story)
    own_part(page, bad).locator("a[href$='/report/']").click()
    press_send = page.locator(".report-form button")
    page.locator("[name=note]").fill("It sells something.")
    press_send.click()
    expect(page.locator("#error-reason")).to_be_visible()
    expect(page.locator("[name=note]")).to_have_value("It sells something.")
    page.locator("[name=reason][value=spam]").check()
    press_send.click()
    expect(page).to_have_url(re.compile(r"\?sent=1$"))
    report = Report.objects.get(comment=bad)
    assert (report.reason, report.note) == ("spam", "It sells something.")
    assert page.context.cookies() == []
