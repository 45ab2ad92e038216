"""Comments where they stand, with JavaScript: read, written, answered, liked and hidden without leaving the page."""

import re

import pytest
from playwright.sync_api import expect

from comments.models import Comment
from comments.moderation import decide
from tests import factories
from tests.browser.commenting import (
    SCREENS,
    Talk,
    at_end,
    be_signed_in,
    comment,
    own_part,
    post,
    press,
    top_composer,
    write,
)


@pytest.fixture(params=SCREENS, ids=[f"{language}-{width}" for language, width in SCREENS])
def screen(request):
    return request.param


@pytest.fixture
def talk(site, screen):
    return Talk(screen[0])


@pytest.fixture
def page(new_context, screen):
    return new_context(viewport={"width": screen[1], "height": 900}).new_page()


@pytest.fixture(autouse=True)
def _nobody_is_too_fast(settings, guard):
    settings.MODERATION = {**settings.MODERATION, "fastest": 0}
    guard.expect_status(400, 409, 429)


@pytest.fixture
def others(new_context, talk):
    """Another reader's browser on the same page."""
    other = new_context().new_page()
    other.goto(talk.story)
    return other


# Reading


def test_more_comments_join_those_that_are_read(page, talk):
    oldest, *_, newest = [talk.add(f"Reader {n}", f"Word {n}", age=100 - n) for n in range(23)]
    page.goto(talk.path)
    own_part(page, newest).locator("[data-like] button").click()
    expect(own_part(page, newest).locator("button[value=unlike]")).to_be_visible()
    comments, more = page.locator("[data-threads] > li"), page.locator("a[data-more]")
    expect(comments).to_have_count(20)
    expect(more).to_have_text(talk.word("Load more"))
    more.click()
    expect(comments).to_have_count(23)
    expect(comments.nth(20)).to_be_focused()
    expect(page.locator("[data-live]")).to_have_text(talk.word("More comments follow."))
    expect(more).to_have_count(0)
    expect(page).to_have_url(re.compile(r"\?before="))
    expect(own_part(page, oldest).locator("[data-hide]")).to_be_visible()
    expect(own_part(page, oldest).locator("time")).to_have_attribute("title", re.compile("."))
    page.reload()
    expect(comments).to_have_count(3)


def test_more_comments_are_a_page_of_their_own_where_they_do_not_come(page, talk, guard):
    guard.expect_status(503)
    for n in range(21):
        talk.add(f"Reader {n}", age=100 - n)
    page.goto(talk.path)
    page.route("**/comments/?before=*", lambda route: route.fulfill(status=503, body=""), times=1)
    page.locator("a[data-more]").click()
    expect(page.locator("[data-threads] > li")).to_have_count(1)


# Writing


@pytest.mark.parametrize("place", ["story", "path"])
def test_a_guest_posts_and_sees_the_comment_that_waits(page, talk, others, place):
    first = talk.add()
    address = getattr(talk, place)
    page.goto(address)
    mine = post(page, top_composer(page), "A *new* word.")
    assert mine.evaluate("comment => comment.nextElementSibling.id") == f"c{first.pk}"
    expect(mine).to_be_focused()
    expect(mine.locator("em")).to_have_text("new")
    state = talk.word("Awaiting moderation. Only you see it.")
    expect(mine.locator(".comment-state")).to_have_text(state)
    expect(page.locator("[data-live]")).to_have_text(state)
    expect(page).to_have_url(at_end(address))
    expect(top_composer(page).locator("[name=body]")).to_have_value("")
    page.reload()
    expect(mine).to_be_visible()
    expect(mine.locator("[data-delete]")).to_be_visible()
    others.reload()
    expect(comment(others, first)).to_be_visible()
    expect(others.locator(".comment")).to_have_count(1)


def test_only_who_posted_has_a_cookie_and_asks_for_own_comments(page, talk, others):
    asked = []
    others.on("request", lambda request: asked.append(request.url))
    page.goto(talk.story)
    press(top_composer(page), "preview")
    expect(top_composer(page).locator("[data-error=body]")).to_be_visible()
    assert page.context.cookies() == []
    post(page, top_composer(page), "A word.")
    assert [cookie["name"] for cookie in page.context.cookies()] == ["reader"]
    others.reload()
    others.wait_for_load_state("networkidle")
    assert others.context.cookies() == []
    assert not [url for url in asked if "mine" in url or "stamp" in url]


def test_the_first_comment_takes_the_place_of_the_note_that_there_are_none(page, talk):
    page.goto(talk.story)
    expect(page.locator(".comments .empty")).to_be_visible()
    post(page, top_composer(page), "The first word.")
    expect(page.locator(".comments .empty")).to_have_count(0)
    post(page, top_composer(page), "The second word.")
    expect(page.locator("[data-threads] > .comment")).to_have_count(2)
    expect(page.locator("[data-threads] > .comment").first).to_contain_text("The second word.")


def test_a_preview_stands_in_place_and_stores_nothing(page, talk):
    page.goto(talk.story)
    form = top_composer(page)
    write(form, "An *idea*.", name="")
    press(form, "preview")
    preview = form.locator("[data-preview]")
    expect(preview.locator("em")).to_have_text("idea")
    expect(preview).to_be_focused()
    expect(form.locator("[name=body]")).to_have_value("An *idea*.")
    assert not Comment.objects.filter(article=talk.article).exists()
    mine = post(page, form, "Another idea.")
    expect(mine).to_contain_text("Another idea.")
    expect(preview).to_be_hidden()


def test_an_account_writes_under_its_name(page, talk, site):
    user = factories.make_user(f"reader-{talk.article.pk}@example.org", "Rea Reader", is_staff=False)
    be_signed_in(page, site, user)
    page.goto(talk.story)
    form = top_composer(page)
    form.locator("[name=body]").focus()
    expect(form.locator("[data-name]")).to_have_text("Rea Reader")
    expect(form.locator("[name=name]")).to_be_hidden()
    expect(form.locator("[name=notify]")).to_be_visible()
    mine = post(page, form, "A word with a name.")
    expect(mine.locator(".comment-who")).to_have_text("Rea Reader")
    assert talk.newest().user == user


def test_what_staff_write_stands_there_at_once(page, talk, site, others):
    be_signed_in(page, site, factories.make_user(f"staff-{talk.article.pk}@example.org", "Sara Staff"))
    page.goto(talk.story)
    top_composer(page).locator("[name=body]").focus()
    expect(top_composer(page).locator("[name=name]")).to_be_hidden()
    post(page, top_composer(page), "From the desk.")
    others.reload()
    expect(others.locator(".comment")).to_contain_text("From the desk.")
    page.reload()
    expect(page.locator(".comment [data-delete]")).to_have_count(1)


def test_a_reply_stands_below_what_it_answers(page, talk):
    above, answered, below = talk.add("Above", age=1), talk.add("Ana", "Why?", age=2), talk.add("Below", age=3)
    first = talk.add("Early", "Because.", parent=answered)
    page.goto(talk.path)
    link = own_part(page, answered).locator("[data-reply]")
    link.click()
    form = comment(page, answered).locator("> .composer--reply")
    expect(form.locator("[name=body]")).to_be_focused()
    expect(form.locator("[data-label]")).to_have_text(talk.word("Reply to %(name)s") % {"name": "Ana"})
    expect(link).to_have_attribute("aria-expanded", "true")
    mine = post(page, form, "Therefore.")
    expect(comment(page, answered).locator("> .thread > .comment")).to_have_count(2)
    expect(mine).to_be_focused()
    expect(form).to_have_count(0)
    assert talk.newest().parent == answered
    page.reload()
    order = [above, answered, first, talk.newest(), below]
    expect(mine).to_be_visible()
    assert page.locator(".comment").evaluate_all("all => all.map(one => one.id)") == [f"c{one.pk}" for one in order]


def test_a_reply_quotes_what_it_answers(page, talk):
    answered = talk.add("Ana", "One *thought*.\nAnother.")
    page.goto(talk.path)
    own_part(page, answered).locator("[data-reply]").click()
    form = comment(page, answered).locator("> .composer--reply")
    write(form, "I agree.")
    form.locator("[data-quote]").click()
    expect(form.locator("[name=body]")).to_have_value("> One *thought*.\n> Another.\n\nI agree.")
    expect(form.locator("[name=body]")).to_be_focused()


def test_a_reply_is_put_aside_and_taken_up_again(page, talk):
    answered = talk.add()
    page.goto(talk.path)
    link = own_part(page, answered).locator("[data-reply]")
    link.click()
    form = comment(page, answered).locator("> .composer--reply")
    write(form, "Half a thou")
    form.locator("[data-close]").click()
    expect(form).to_be_hidden()
    expect(link).to_be_focused()
    link.press("Enter")
    expect(form.locator("[name=body]")).to_have_value("Half a thou")


def test_the_page_of_a_thread_answers_its_first_comment(page, talk):
    top, below = talk.add_thread(2)
    page.goto(f"{talk.path}?thread={top.pk}")
    own_part(page, top).locator("[data-reply]").click()
    expect(top_composer(page).locator("[name=body]")).to_be_focused()
    post(page, top_composer(page), "To the top.")
    assert talk.newest().parent == top
    own_part(page, below).locator("[data-reply]").click()
    post(page, comment(page, below).locator("> .composer--reply"), "To the other.")
    assert talk.newest().parent == below


# Refusals


def test_errors_stand_beside_their_fields_and_keep_the_text(page, talk):
    page.goto(talk.story)
    form = top_composer(page)
    write(form, "Kept.", name="")
    press(form, "post")
    name = form.locator("[name=name]")
    expect(name).to_be_focused()
    expect(name).to_have_attribute("aria-invalid", "true")
    expect(name).to_have_accessible_description(talk.word("Say under which name your comment is to stand."))
    expect(form.locator("[name=body]")).to_have_value("Kept.")
    expect(form.locator("[name=body]")).not_to_have_attribute("aria-invalid", "true")
    post(page, form, "Kept.")
    expect(form.locator("[data-error]:visible")).to_have_count(0)
    expect(name).not_to_have_attribute("aria-invalid", "true")


def test_who_is_too_fast_is_told_so_and_posts_again(page, talk, settings):
    settings.MODERATION = {**settings.MODERATION, "fastest": 3600}
    page.goto(talk.story)
    form = top_composer(page)
    write(form, "Quick.")
    press(form, "post")
    expect(form.get_by_role("alert")).to_be_visible()
    expect(form.get_by_role("alert")).not_to_be_empty()
    expect(form.locator("[name=body]")).to_have_value("Quick.")
    settings.MODERATION = {**settings.MODERATION, "fastest": 0}
    post(page, form, "Quick.")
    expect(form.get_by_role("alert")).to_be_hidden()


def test_too_many_comments_are_refused_with_a_sentence(page, talk, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "comment-network": (1, 600)}
    page.goto(talk.story)
    post(page, top_composer(page), "One.")
    write(top_composer(page), "Two.")
    press(top_composer(page), "post")
    expect(top_composer(page).get_by_role("alert")).to_contain_text(re.compile(r"\d"))
    expect(top_composer(page).locator("[name=body]")).to_have_value("Two.")


def test_what_is_answered_may_be_gone_and_the_text_is_kept(page, talk):
    answered = talk.add()
    page.goto(talk.path)
    own_part(page, answered).locator("[data-reply]").click()
    form = comment(page, answered).locator("> .composer--reply")
    write(form, "Too late.")
    decide(answered, Comment.Status.REMOVED)
    press(form, "post")
    gone = talk.word("The comment that you answer is no longer there. Post your text as one of its own.")
    expect(form.get_by_role("alert")).to_have_text(gone)
    expect(form.locator("[name=body]")).to_have_value("Too late.")


# What is typed is not lost


def test_a_lost_network_and_a_reload_lose_nothing(page, talk, guard):
    answered = talk.add()
    page.goto(talk.story)
    write(top_composer(page), "A long thought.", "Ivo Ivić")
    own_part(page, answered).locator("[data-reply]").click()
    reply = comment(page, answered).locator("> .composer--reply")
    write(reply, "A short one.")
    page.route("**/comments/", lambda route: route.abort(), times=1)
    press(top_composer(page), "post")
    failed = top_composer(page).get_by_role("alert")
    expect(failed).to_have_text(
        talk.word("That could not be sent. Your text is still here: check your connection and try again.")
    )
    guard.faults.clear()
    page.reload()
    expect(top_composer(page).locator("[name=body]")).to_have_value("A long thought.")
    expect(top_composer(page).locator("[name=name]")).to_have_value("Ivo Ivić")
    expect(reply.locator("[name=body]")).to_have_value("A short one.")
    post(page, top_composer(page), "A long thought.")
    page.reload()
    expect(reply.locator("[name=body]")).to_have_value("A short one.")
    expect(top_composer(page).locator("[name=body]")).to_have_value("")


def test_nothing_is_typed_into_a_text_that_is_on_its_way(page, talk):
    page.goto(talk.story)
    body, seen = top_composer(page).locator("[name=body]"), []
    page.route("**/comments/", lambda route: (seen.append(body.is_editable()), route.continue_()))
    post(page, top_composer(page), "On its way.")
    assert seen == [False]
    expect(body).to_be_editable()


def test_where_the_script_fails_the_form_goes_plainly(page, talk, guard):
    guard.expect_status(502)
    page.goto(talk.story)
    page.route("**/comments/", lambda route: route.fulfill(status=502, body="<p>bad"), times=1)
    write(top_composer(page), "Plainly.")
    press(top_composer(page), "post")
    expect(page).to_have_url(re.compile(re.escape(talk.path) + r"mine/#c\d+$"))
    expect(page.locator(".comment")).to_contain_text("Plainly.")
    page.goto(talk.story)
    expect(page.locator(".comment.is-pending")).to_contain_text("Plainly.")
    expect(top_composer(page).locator("[name=body]")).to_have_value("")


# One's own


def test_an_own_comment_is_changed_in_place(page, talk):
    answered = talk.add()
    page.goto(talk.story)
    own_part(page, answered).locator("[data-reply]").click()
    mine = post(page, comment(page, answered).locator("> .composer--reply"), "A word.")
    form = mine.locator("> form")
    mine.locator("[data-edit]").click()
    expect(form.locator("[name=body]")).to_be_focused()
    form.locator("[data-stop]").click()
    expect(form).to_have_count(0)
    expect(mine.locator("[data-edit]")).to_be_focused()
    mine.locator("[data-edit]").click()
    form.locator("[name=body]").fill("")
    press(form, "post")
    expect(form.locator("[data-error=body]")).to_be_visible()
    form.locator("[name=body]").fill("Another *word*.")
    press(form, "preview")
    expect(form.locator("[data-preview] em")).to_have_text("word")
    press(form, "post")
    expect(mine.locator("> article .comment-body")).to_have_text("Another word.")
    expect(mine.locator(".comment-edited")).to_be_visible()
    expect(mine).to_be_focused()
    assert talk.newest().body == "Another *word*."


def test_an_own_comment_is_deleted_by_a_second_click(page, talk):
    first = talk.add()
    page.goto(talk.story)
    mine = post(page, top_composer(page), "A word.")
    link = mine.locator("[data-delete]")
    link.click()
    expect(link).to_have_text(talk.word("Delete for good?"))
    expect(page.locator("[data-live]")).to_have_text(talk.word("Delete for good?"))
    assert talk.newest().status == Comment.Status.PENDING
    link.click()
    expect(mine).to_have_count(0)
    assert talk.newest().status == Comment.Status.WITHDRAWN
    expect(page.locator("[data-live]")).to_have_text(talk.word("Deleted by its author"))
    page.reload()
    expect(comment(page, first)).to_be_visible()
    expect(page.locator(".comment")).to_have_count(1)


def test_an_own_comment_that_was_answered_leaves_a_note(page, talk):
    page.goto(talk.story)
    mine = post(page, top_composer(page), "A word.")
    decide(talk.newest(), Comment.Status.APPROVED)
    answer = talk.add("Ana", "An answer.", parent=talk.newest())
    page.reload()
    mine.locator("> article [data-delete]").click()
    mine.locator("> article [data-delete]").click()
    expect(mine.locator("> .comment-gone")).to_have_text(talk.word("Deleted by its author"))
    expect(mine).to_be_focused()
    expect(comment(page, answer)).to_be_visible()


def test_a_comment_that_waits_again_is_shown_to_its_writer_alone(page, talk, others):
    """Others see the note in its place; its writer sees the text there, with the replies."""
    page.goto(talk.story)
    mine = post(page, top_composer(page), "A word.")
    decide(talk.newest(), Comment.Status.APPROVED)
    root = talk.newest()
    talk.add("Ana", "An answer.", parent=root)
    page.reload()
    mine.locator("> article [data-edit]").click()
    mine.locator("> form [name=body]").fill("A secret.")
    press(mine.locator("> form"), "post")
    expect(mine.locator("> article .comment-body")).to_have_text("A secret.")
    page.reload()
    expect(mine.locator("> article .comment-body")).to_have_text("A secret.")
    expect(mine.locator(".comment")).to_contain_text("An answer.")
    others.reload()
    expect(comment(others, root).locator("> .comment-gone")).to_be_visible()
    expect(others.locator("body")).not_to_contain_text("A secret.")


def test_nobody_is_offered_to_report_or_hide_what_they_wrote(page, talk):
    page.goto(talk.story)
    mine = post(page, top_composer(page), "A word.")
    decide(talk.newest(), Comment.Status.APPROVED)
    other = talk.add("Ana")
    page.reload()
    expect(mine.locator("[data-delete]")).to_be_visible()
    expect(mine.locator("[href$='/report/'], [data-hide]").filter(visible=True)).to_have_count(0)
    expect(own_part(page, other).locator("[href$='/report/'], [data-hide]").filter(visible=True)).to_have_count(2)


def test_a_long_name_without_a_space_fits_the_screen(page, talk):
    named = talk.add("W" * 60)
    reply = talk.add("Ana", parent=named)
    for path in ("", f"comments/{named.pk}/reply/", f"comments/?thread={reply.pk}"):
        page.goto(f"{talk.story}{path}")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


# Likes, hiding


def test_a_like_of_a_comment_changes_its_name_and_is_taken_back(page, talk):
    liked, other = talk.add(), talk.add("Ana", age=1)
    page.goto(talk.path)
    button = own_part(page, liked).locator("[data-like] button")
    expect(button).to_have_accessible_name(f"{talk.word('Like this comment')} 0")
    button.click()
    expect(button).to_have_accessible_name(f"{talk.word('You like this')} 1")
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[data-live]")).to_have_text(f"{talk.word('You like this')} 1")
    page.reload()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(own_part(page, other).locator("[data-like] button")).to_have_attribute("aria-pressed", "false")
    button.press("Enter")
    expect(button).to_have_accessible_name(f"{talk.word('Like this comment')} 0")
    page.reload()
    expect(button).to_have_attribute("aria-pressed", "false")


def test_a_writer_is_hidden_for_this_reader_alone(page, talk, others):
    loud, again, calm = talk.add("Loud", "Noise."), talk.add("Loud", "More noise.", age=1), talk.add("Calm", age=2)
    answer = talk.add("Ana", "An answer.", parent=loud)
    page.goto(talk.story)
    assert own_part(page, loud).locator("[data-hide]").inner_text().endswith("Loud")
    own_part(page, loud).locator("[data-hide]").click()
    line = comment(page, loud).locator("> .comment-hidden")
    expect(line).to_contain_text(talk.word("Hidden by you."))
    expect(line.locator("[data-show]")).to_be_focused()
    expect(own_part(page, loud)).to_be_hidden()
    expect(own_part(page, again)).to_be_hidden()
    expect(own_part(page, calm)).to_be_visible()
    expect(own_part(page, answer)).to_be_visible()
    page.goto(talk.path)
    expect(own_part(page, again)).to_be_hidden()
    line.locator("[data-show]").click()
    expect(own_part(page, loud)).to_be_visible()
    expect(own_part(page, again)).to_be_hidden()
    comment(page, again).locator("[data-unhide]").click()
    expect(page.locator(".comment-hidden")).to_have_count(0)
    page.reload()
    expect(own_part(page, again)).to_be_visible()
    others.reload()
    expect(own_part(others, loud)).to_be_visible()


def test_an_ai_editor_can_be_hidden_too(page, talk):
    editor = talk.add("Nexus Vale", "A machine's word.", author=talk.article.author)
    page.goto(talk.story)
    own_part(page, editor).locator("[data-hide]").click()
    expect(own_part(page, editor)).to_be_hidden()
