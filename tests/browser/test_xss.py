"""Hostile text in a real browser, through every channel, with the content security policy off and then on."""

import contextlib
import functools
import itertools
import json

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.utils import timezone
from playwright.sync_api import Error

from authors.models import RateLimit, User
from authors.names import check_name
from comments.dialect import render_comment
from comments.identity import reader_of
from comments.models import Comment, Finding, Mail, NoticeAddress, Report
from comments.notice_mails import message_of
from comments.threads import PAGE
from tests import factories, hostile
from tests.browser.commenting import LONG_AGO, be_signed_in
from tests.browser.detector import EVENTS, FOREIGN, Detector

TEXTS = ".comment-body"
TOUCHED = ".comment-body, .comment-body *, .comment-who, .comment-who *, .person, .answered *, output *, [data-name] *"
TOKEN = "b" * 32
# Three levels of a page of comments, whole: the root, its replies, and the replies to each.
IN_THREAD = 1 + PAGE.replies * (1 + PAGE.deeper)
ON_PAGE = PAGE.roots * IN_THREAD
IN_SCRIPT = 100
numbers = itertools.count(1)


@pytest.fixture(params=["off", "on"])
def policy(request, settings):
    if request.param == "off":
        settings.CONTENT_SECURITY_POLICY = None
    return request.param


@pytest.fixture
def guard(site):
    """Replaces the guard of all browser tests by one that sees scripts run."""
    detector = Detector(site)
    yield detector
    assert not detector.faults, "\n".join(detector.faults[:20])


@pytest.fixture
def context(new_context):
    return new_context()


@pytest.fixture
def visit(context, guard, policy):
    """Opens a page and does to every hostile element what a reader could."""
    page = context.new_page()
    guard.follow(page)

    def open_page(path, touched=TOUCHED):
        answer = guard.expect_page(page, path)
        assert answer.status == 200, path
        assert ("content-security-policy" in answer.headers) == (policy == "on")
        return check(page, touched)

    return open_page


def check(page, touched=TOUCHED):
    page.evaluate(EVENTS, touched)
    assert page.evaluate(FOREIGN, TEXTS) == []
    # Nothing has swallowed or closed what comes behind the comments.
    assert page.evaluate("document.body.lastElementChild.closest('body > *') !== null")
    return page


def some(rows, policy):
    """All of them without the policy; with it every third, since the same text was seen to be clean already."""
    return rows if policy == "off" else rows[::3]


def chunks(rows, size):
    return [rows[start : start + size] for start in range(0, len(rows), size)]


@functools.cache
def name_of(payload):
    """The payload as a name, where it may be one."""
    try:
        return check_name(payload[:60])
    except ValidationError:
        return "Petra K."


def stored():
    """All payloads of our own that can be comments."""
    return [payload for payload in hostile.without_null(hostile.own_payloads()) if payload.strip()]


def make_story():
    title = f"A story below hostile text {next(numbers)}"
    return factories.make_story("en", timezone.now() - LONG_AGO, title=title)


def add_approved(article, payloads):
    """As threads that one page of comments shows whole: the first as the site stores them, the others all at once."""
    first, rest = payloads[:IN_THREAD], payloads[IN_THREAD:]
    root = factories.make_comment(article, name_of(first[0]), first[0])
    for bodies in chunks(first[1:], 1 + PAGE.deeper):
        parent = factories.make_comment(article, name_of(bodies[0]), bodies[0], parent=root)
        for body in bodies[1:]:
            factories.make_comment(article, name_of(body), body, parent=parent)
    shown = {"article": article, "status": "approved", "is_shown": True}
    threads = chunks(rest, IN_THREAD)
    roots = bulk([(thread[0], {**shown, "reply_count": PAGE.replies}) for thread in threads])
    replies, deeper = [], []
    for root, thread in zip(roots, threads, strict=True):
        below = {**shown, "root": root}
        for number, bodies in enumerate(chunks(thread[1:], 1 + PAGE.deeper), 1):
            place = {"parent": root, "depth": 1, "number": number, "reply_count": len(bodies) - 1}
            replies.append((bodies[0], {**below, **place}))
            deeper.append(bodies[1:])
    for parent, bodies in zip(bulk(replies), deeper, strict=True):
        place = {**shown, "root": parent.root, "parent": parent, "depth": 2}
        bulk([(body, {**place, "number": number}) for number, body in enumerate(bodies, 1)])


def bulk(rows):
    """Comments of (body, fields)."""
    made = (Comment(name=name_of(body), body=body, html=render_comment(body), **fields) for body, fields in rows)
    return Comment.objects.bulk_create(made)


def add_pending(article, payloads):
    """Of the reader with the cookie TOKEN."""
    bulk([(body, {"article": article, "reader": reader_of(TOKEN)}) for body in payloads])


@pytest.fixture(scope="module")
def approved(site):
    stories = []
    for payloads in chunks(stored(), ON_PAGE):
        stories.append(make_story())
        add_approved(stories[-1], payloads)
    return stories


@pytest.fixture(scope="module")
def pending(site):
    stories = []
    for payloads in chunks(stored(), IN_SCRIPT):
        stories.append(make_story())
        add_pending(stories[-1], payloads)
    return stories


def be_the_reader(context, site):
    context.add_cookies([{"name": "reader", "value": TOKEN, "url": site}])


def test_the_collection_is_large_enough():
    assert len(set(hostile.own_payloads())) >= 300
    assert all(len(payloads) >= 15 for payloads in hostile.own().values())
    assert len(stored()) > 0.95 * len(hostile.own_payloads())


def test_pages_of_comments(visit, approved):
    shown = 0
    for article in approved:
        path = article.get_absolute_url()
        page = visit(f"{path}comments/")
        shown += page.locator(".comment-body").count()
        visit(path)
        thread = Comment.objects.filter(article=article, parent=None).earliest("id")
        visit(f"{path}comments/?thread={thread.pk}")
        visit(f"{path}comments/{thread.pk}/reply/?quote=1")
    # None is missing: nothing was swallowed by the one before it.
    assert shown == len(stored()) + len(approved)  # and the hidden place for a preview


def test_own_comments_on_a_page_and_by_script(visit, context, site, pending):
    be_the_reader(context, site)
    paths = [f"{article.get_absolute_url()}comments/" for article in pending]
    context.add_init_script(f"localStorage.setItem('commented', JSON.stringify({json.dumps(paths)}))")
    shown = 0
    for path in paths:
        page = visit(path)
        page.locator("[data-own]").first.wait_for()
        shown += check(page).locator("[data-own]").count()
        visit(f"{path}mine/")
    assert shown == len(stored())


def test_previews(visit, guard, approved, policy):
    """By script into the page, and the page that answers without one, with name and address filled in again."""
    RateLimit.objects.all().delete()
    path = f"{approved[0].get_absolute_url()}comments/"
    for bodies in some(list(batches(stored())), policy):
        page = visit(path)
        form = page.locator(".composer--top")
        form.locator("[name=body]").fill(bodies)
        form.locator("[name=name]").fill(bodies[:60])
        form.locator("button[value=preview]").click()
        page.locator("[data-preview]:not([hidden])").wait_for()
        check(page)
        # 400 where the name or the address is refused; the text is shown in any case.
        guard.expect_status(400)
        with page.expect_navigation():
            page.evaluate(SUBMIT, {"body": bodies, "name": bodies.strip()[:60], "email": bodies.split("\n")[0]})
        assert page.locator(".compose .comment-body").count() >= 1
        check(page)


SUBMIT = """
(fields) => {
  const form = document.createElement("form");
  Object.assign(form, { method: "post", action: document.querySelector("[data-composer]").getAttribute("action") });
  for (const [name, value] of Object.entries({ ...fields, action: "preview" })) {
    const input = document.createElement("textarea");
    Object.assign(input, { name, value });
    form.append(input);
  }
  document.body.append(form);
  form.submit();
}
"""


def batches(payloads, most=3900):
    """The payloads as few texts, each in a paragraph of its own."""
    text = ""
    for payload in payloads:
        if text and len(text) + len(payload) + 2 > most:
            yield text
            text = ""
        text += f"{payload}\n\n"
    yield text


def test_the_feed(context, guard, approved, policy):
    page = context.new_page()
    guard.follow(page)
    for article in approved:
        answer = guard.expect_page(page, f"{article.get_absolute_url()}comments/rss.xml")
        assert answer.status == 200
        assert ("content-security-policy" in answer.headers) == (policy == "on")
        assert page.evaluate(EVENTS, "*") > 0
        assert "hostile text" in page.content()


def test_the_text_of_a_notice(context, guard, approved, policy):
    """Mail programs show text; so does a browser that is told that it is one."""
    replies = list(
        Comment.objects.filter(article__in=approved, parent__isnull=False).select_related("article__category")
    )
    address = NoticeAddress.objects.create(email="petra@example.org", language="en")
    mails = [Mail(pk=1, kind="reply", address=address, reply=reply) for reply in replies]
    text = "\n\n".join(message_of(mail).body for mail in mails)
    address.delete()
    page = context.new_page()
    guard.follow(page)
    page.route("**/mail.txt", lambda route: route.fulfill(body=text, content_type="text/plain; charset=utf-8"))
    guard.expect_page(page, "/mail.txt")
    page.evaluate(EVENTS, "*")
    assert page.locator("body *").count() == 1  # the <pre> that shows text
    assert page.locator("pre").inner_text().count("replied to your comment") == len(replies)


def test_the_queue(visit, context, site, approved, pending, policy):
    email = f"mia{next(numbers)}@example.com"
    mia = User.objects.create_user(email, "x", display_name="Mia", is_staff=True, language="en")
    mia.groups.add(Group.objects.get(name="Moderators"))
    page = context.new_page()
    be_signed_in(page, site, mia)
    touched, queue = ".say-big *, .asks *, .reasons *, .reported *, .wrote *", "/admin/comments/queue/"
    shown, query = 0, "?"
    while query:
        opened = visit(queue + query, touched)
        shown += opened.locator("[data-line]").count()
        further = opened.locator("a[data-further]")
        query = further.get_attribute("href") if further.count() else ""
    assert shown >= len(stored())
    comment = Comment.objects.filter(article=approved[0]).earliest("id")
    for notes in chunks(list(batches(stored(), 500)), 50):
        Report.objects.filter(comment=comment).delete()
        Report.objects.bulk_create(
            Report(comment=comment, reporter=str(number), reason="spam", note=note[:500])
            for number, note in enumerate(notes)
        )
        opened = visit(f"{queue}?tab=all&c={comment.pk}", touched)
        assert opened.locator(".reported li").count() == len(notes)
    for article in some(pending, policy):
        comment = Comment.objects.filter(article=article).earliest("id")
        # What was found in a text is marked in it, and comes from it.
        links = [comment.body[:20], *comment.body.split()[:20]]
        details = {"links": links, "number": len(links)}
        Finding.objects.update_or_create(comment=comment, phase="links", verdict="hold", defaults={"details": details})
        visit(f"{queue}?c={comment.pk}", touched)


def test_the_name_of_an_account(visit, context, site, approved, policy):
    """On its own page, and where the composer says who is signed in."""
    names = [name for payload in stored() if (name := name_of(payload)) != "Petra K."]
    assert len(names) > 200
    user = User.objects.create_user(f"reader{next(numbers)}@example.com", "x", display_name="Petra")
    page = context.new_page()
    be_signed_in(page, site, user)
    for name in some(names[:: len(names) // 5], policy):
        User.objects.filter(pk=user.pk).update(display_name=name)
        visit("/accounts/")
        composed = visit(f"{approved[0].get_absolute_url()}comments/")
        composed.locator(".composer--top [name=body]").focus()
        composed.locator("[data-name]", has_text=name.strip()[:5]).first.wait_for()
        check(composed)


FRAMES = """
(payloads) => {
  for (const [index, payload] of payloads.entries()) {
    const frame = document.createElement("iframe");
    frame.name = index;
    frame.srcdoc = payload;
    document.body.append(frame);
  }
}
"""


class TestTheDetector:
    """The same payloads, unescaped in a page that the test makes."""

    @pytest.fixture
    def guard(self, site):
        """Its faults are what the test wants."""
        return Detector(site)

    @pytest.fixture
    def plant(self, context, guard):
        page = context.new_page()
        guard.follow(page)

        def open_planted(html, policy=""):
            headers = {"content-security-policy": policy} if policy else {}
            page.unroute("**/planted/")
            page.route("**/planted/", lambda route: route.fulfill(body=html, content_type="text/html", headers=headers))
            guard.faults.clear()
            guard.expect_page(page, "/planted/")
            with contextlib.suppress(Error):  # the page may have been left by then
                page.evaluate(EVENTS, TOUCHED)
            page.wait_for_timeout(200)
            return "\n".join(guard.faults), page

        return open_planted

    @pytest.mark.parametrize(
        ("html", "seen"),
        [
            ("<script>hit()</script>", "script ran: hit"),
            ("<script>alert(1)</script>", "script ran: alert"),
            ("<img src=x onerror=hit()>", "script ran: hit"),
            ("<p class=comment-who><b onclick=hit()>x</b></p>", "script ran: hit"),
            ("<p class=comment-body><a href=javascript:hit()>x</a></p>", "script ran: hit"),
            ("<img src=https://evil.example/x.gif>", "request to another host"),
            ("<iframe src=about:blank></iframe>", "frame:"),
            ("<script>onload = () => location = '/elsewhere/'</script>", "page left for:"),
        ],
    )
    def test_sees_what_runs(self, plant, html, seen):
        assert seen in plant(html)[0]

    def test_sees_what_the_policy_stops(self, plant):
        assert "Content Security Policy broken" in plant("<script>hit()</script>", "default-src 'none'")[0]

    def test_sees_foreign_elements_in_a_text(self, plant):
        for html in ("<u>x</u>", "<p onclick=x>x</p>", "<svg></svg>", "<a href=data:,x>x</a>"):
            _faults, page = plant(f"<div class=comment-body>{html}</div>")
            assert len(page.evaluate(FOREIGN, TEXTS)) == 1
        _faults, page = plant("<div class=comment-body><p><a href=http://x.example rel=x>x</a></div>")
        assert page.evaluate(FOREIGN, TEXTS) == []

    def test_sees_most_payloads_that_are_markup(self, plant, guard):
        """Each in a frame of its own. The others need an old browser, a filter that mangles them, or a template."""
        live = [payload for payload in hostile.own_payloads() if "hit" in payload][::3]
        markup = [f"<div class=comment-body>{payload}</div>" for payload in live]
        _faults, page = plant("<title>frames</title>")
        page.evaluate(FRAMES, markup)
        for frame in page.frames:
            frame.evaluate(EVENTS, TOUCHED + ", *")
        page.wait_for_timeout(500)
        assert sum("script ran: hit" in fault for fault in guard.faults) > len(live) / 3
