"""Requests that no browser sends: answered with a sentence, never with a fault or another reader's page."""

import pytest
from django.test import Client

from comments.models import Comment
from tests import factories
from tests.comments.writing import PAGE, SAME_ORIGIN, SCRIPT, STORY, form, stamp_of
from tests.reading import Reading

pytestmark = pytest.mark.django_db
CODINGS = ["utf-7", "unicode_escape", "raw_unicode_escape", "utf-16", "cp037", "punycode"]


@pytest.fixture
def story(edition):
    return factories.make_story()


def post_as(client, coding, **changes):
    """The form's bytes as they are, and a header that says what they are read as."""
    parts = (
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in changes.items()
    )
    kind = f"multipart/form-data; boundary=x; charset={coding}"
    return client.generic("POST", PAGE, f"{''.join(parts)}--x--\r\n".encode(), kind, headers=SAME_ORIGIN)


@pytest.mark.parametrize("coding", CODINGS)
def test_a_form_in_another_coding(client, story, coding):
    """Python reads half characters out of some, which no database takes."""
    body = r"+2AA- \ud800 +ADw-script+AD4-"
    answer = post_as(client, coding, **form(story, body=body))
    assert answer.status_code == 400
    assert "." in Reading(answer.content.decode()).main
    assert not Comment.objects.exists()


def test_a_form_that_says_that_it_is_utf_8(client, story):
    for coding in ("utf-8", "UTF8", "no-such-coding"):
        assert post_as(client, coding, **form(story, body=f"Čekaj {coding}.")).status_code == 303
    assert Comment.objects.filter(body__startswith="Čekaj").count() == 3


# Django itself fails over an address in punycode, before anything of ours is asked.
@pytest.mark.parametrize("coding", CODINGS[:-1])
def test_an_address_in_another_coding_gives_no_other_page(client, story, coding):
    """A cache keeps a page by its address alone."""
    answer = client.get("/search/?q=%2B2AA-%5Cud800", headers={"Content-Type": f"text/plain; charset={coding}"})
    assert answer.status_code == 400


@pytest.mark.parametrize("header", ["Accept", "Accept-Language", "Cookie", "X-Forwarded-Host", "X-Requested-With"])
def test_public_pages_are_the_same_whatever_is_sent_along(client, story, header):
    factories.make_comment(story)
    values = {
        "Accept": "application/json",
        "Accept-Language": "hr",
        "Cookie": f"reader={'a' * 32}; sessionid={'x' * 32}",
    }
    for path in (STORY, PAGE, f"{PAGE}?thread={Comment.objects.get().pk}", f"{PAGE}rss.xml"):
        plain, other = client.get(path), Client().get(path, headers={header: values.get(header, "evil.example")})
        assert plain.content == other.content
        assert not other.cookies
        assert "Cookie" not in other.get("Vary", "")


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
def test_other_methods_do_nothing(client, story, method):
    comment = factories.make_comment(story)
    below = [f"{comment.pk}/{name}/" for name in ("edit", "delete", "like", "report", "reply")]
    for path in ("", "mine/", "rss.xml", "stamp/", *below):
        assert getattr(client, method)(PAGE + path, headers=SAME_ORIGIN).status_code == 405
    assert (
        client.post(PAGE, form(story), headers={**SAME_ORIGIN, "X-HTTP-Method-Override": "DELETE"}).status_code == 303
    )


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": ""},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
        {"Origin": "null"},
        {"Origin": "https://evil.example"},
        {"Origin": "http://testserver.evil.example"},
        {"Referer": "http://testserver/"},
    ],
)
def test_no_other_site_can_write_for_a_reader(client, story, headers):
    client.cookies["reader"] = "a" * 32
    comment = factories.make_comment(story)
    for path, fields in [
        (PAGE, form(story)),
        (f"{PAGE}{comment.pk}/like/", {"action": "like"}),
        (f"{PAGE}{comment.pk}/report/", {"reason": "spam"}),
        (f"{PAGE}{comment.pk}/edit/", {"body": "x"}),
        (f"{PAGE}{comment.pk}/delete/", {}),
        ("/comments/mine/", {"action": "delete_all", "confirm": "yes"}),
    ]:
        assert client.post(path, fields, headers=headers).status_code == 403
    comment.refresh_from_db()
    assert (Comment.objects.count(), comment.like_count, comment.report_count) == (1, 0, 0)


def test_fields_sent_twice_and_fields_that_are_none_of_ours(client, story):
    sent = {
        **form(story),
        "body": ["first", "second"],
        "status": "approved",
        "is_pick": "1",
        "user": "1",
        "reader": "x",
    }
    assert client.post(PAGE, sent, headers=SCRIPT).status_code == 201
    comment = Comment.objects.get()
    assert (comment.body, comment.status, comment.is_pick, comment.user) == ("second", "pending", False, None)


def test_a_stamp_of_another_story_or_changed_by_a_letter(client, story):
    other = factories.make_story(title="Another one")
    good = stamp_of(story)
    for stamp in (stamp_of(other), good[:-1] + ("A" if good[-1] != "A" else "B"), good.swapcase(), f"{good}:{good}"):
        assert client.post(PAGE, form(story, stamp=stamp), headers=SCRIPT).status_code == 409
    assert not Comment.objects.exists()


@pytest.mark.parametrize("act", ["edit", "delete"])
def test_the_comment_of_somebody_else(client, story, act):
    """By no number, no story and no cookie that looks like one."""
    other = factories.make_story(title="Another one")
    comment = factories.make_comment(story, status="pending", reader="f" * 64)
    for token in ("", "f" * 64, "f" * 32, "a" * 33, "A" * 32, "' OR 1=1", "*"):
        client.cookies["reader"] = token
        for path in (PAGE, f"{other.get_absolute_url()}comments/"):
            assert client.post(f"{path}{comment.pk}/{act}/", {"body": "x"}, headers=SCRIPT).status_code == 404
    comment.refresh_from_db()
    assert (comment.status, comment.body) == ("pending", "A good word.")


@pytest.mark.parametrize(
    "target",
    [
        *("//evil.example/", "https://evil.example/", "/\\evil.example", "\\\\evil.example", "/\t/evil.example"),
        "javascript:hit()",
    ],
)
def test_signing_in_leads_to_no_other_site(client, target):
    from tests.authors.accounts import PASSWORD, make_reader

    make_reader()
    sent = {"login": "petra@example.org", "password": PASSWORD, "next": target}
    answer = client.post("/accounts/login/", sent)
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/")
