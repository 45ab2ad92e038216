"""The frame of every page of the desk: what the list at the left shows to whom, the language, the person's menu."""

import re

import pytest

from authors.models import User
from comments.reports import report
from tests import factories
from tests.articles.desk import editor, signed_in

pytestmark = pytest.mark.django_db
SOURCES = "/admin/articles/source/"
# Session, account, its two sets of permissions, the bounded count of the list, its rows.
QUERIES = 6


@pytest.fixture
def story(edition):
    return factories.make_story()


def member(group, email="mia@example.org", **fields):
    return signed_in(factories.make_user(email, group=group, **fields))


def shown(client, path="/admin/"):
    """{name: (its address, the rest of its tag)} of the list at the left."""
    page = client.get(path).content.decode()
    nav = page[page.index('<nav id="nav-sidebar"') :]
    links = re.findall(r'<a href="([^"]+)"([^>]*)>([^<]+)', nav[: nav.index("</nav>")])
    return {name.strip(): (url, rest) for url, rest, name in links}


def waiting(client, path="/admin/", name="Comments"):
    found = re.search(rf"{name} <b[^>]*><span[^>]*>([^<]*)<", client.get(path).content.decode())
    return found and found[1]


DESK = ["My desk", "Stories", "Front page", "Photos"]
READERS = ["Comments", "Reports", "Commenters", "Word lists", "Log", "Figures"]
HOUSE = ["Authors", "Sources", "Places", "Sections", "Pages", "Tags", "Corrections"]


@pytest.mark.parametrize(
    ("group", "names"),
    [
        ("Editors", [*DESK, "Comments", "Figures", *HOUSE, "Space data"]),
        ("Chief editors", [*DESK, *READERS, *HOUSE, "Redirects", "Space data", "Staff"]),
        ("Moderators", ["My desk", "Stories", *READERS, "Authors"]),
        (None, ["My desk"]),
    ],
)
def test_everybody_sees_what_they_may_open(edition, group, names):
    client = member(group)
    links = shown(client)
    assert list(links) == [*names, "View site"]
    assert {client.get(links[name][0]).status_code for name in names} == {200}


def test_a_superuser_reaches_the_groups_too(edition):
    assert "Groups" in shown(member(None, is_superuser=True))


@pytest.mark.parametrize(
    ("path", "name", "current"),
    [
        ("/admin/", "My desk", "page"),
        ("/admin/articles/article/", "Stories", "page"),
        ("/admin/articles/article/add/", "Stories", "true"),
        ("/admin/articles/revision/", "Stories", "true"),
        ("/admin/articles/placement/", "Front page", "true"),
        ("/admin/articles/source/add/", "Sources", "true"),
        ("/admin/comments/queue/", "Comments", "page"),
        ("/admin/comments/discussion/", "Comments", "true"),
        ("/admin/tracker/feed/", "Space data", "page"),
        ("/admin/tracker/launch/", "Space data", "true"),
    ],
)
def test_the_page_that_one_is_on_is_marked(story, path, name, current):
    links = shown(member("Editors"), path)
    assert [other for other, (_url, rest) in links.items() if "aria-current" in rest] == [name]
    assert f'aria-current="{current}"' in links[name][1]


def test_of_the_queue_and_its_list_of_reports_one_is_marked(story):
    mia = member("Moderators")
    for query, marked in (("", "Comments"), ("?tab=approved", "Comments"), ("?tab=reported", "Reports")):
        links = shown(mia, f"/admin/comments/queue/{query}")
        assert [name for name, (_url, rest) in links.items() if "aria-current" in rest] == [marked]


def test_no_other_list_of_everything_is_loaded(edition):
    page = member("Editors").get(SOURCES).content.decode()
    assert page.count('id="nav-sidebar"') == 1
    for name in ("nav_sidebar.js", "nav_sidebar.css", "admin/js/theme.js", "dark_mode.css", "nav-filter"):
        assert name not in page


def test_moderators_see_how_many_comments_wait(story):
    for number in range(3):
        factories.make_comment(story, body=f"Word {number}", status="pending")
    reported = factories.make_comment(story)
    report(reported.pk, "r" * 64, "spam")
    mia, ana = member("Moderators"), member("Editors", "ana@example.org")
    assert (waiting(mia), waiting(mia, name="Reports")) == ("3", "1")
    assert waiting(ana) is None


def test_beyond_a_bound_the_number_is_not_counted(story, monkeypatch):
    monkeypatch.setattr("comments.queues.MOST_COUNTED", 3)
    for number in range(5):
        factories.make_comment(story, body=f"Word {number}", status="pending")
    assert waiting(member("Moderators")) == "2+"


def test_nothing_is_asked_for_the_number_where_nobody_may_moderate(story, django_assert_num_queries):
    ana, marko = member("Editors"), member("Chief editors", "marko@example.org")
    with django_assert_num_queries(QUERIES):
        ana.get(SOURCES)
    with django_assert_num_queries(QUERIES + 1):
        marko.get(SOURCES)


def test_a_popup_has_no_frame_and_asks_for_nothing(story, django_assert_num_queries):
    marko = member("Chief editors")
    with django_assert_num_queries(QUERIES):
        page = marko.get(f"{SOURCES}?_popup=1").content.decode()
    assert "nav-sidebar" not in page
    assert 'id="keys"' not in page


def test_the_sign_in_has_no_frame(client):
    page = client.get("/admin/login/").content.decode()
    assert "nav-sidebar" not in page
    assert "finder" not in page


# The language of the desk


def test_a_click_changes_the_language_of_the_account(edition):
    ana = editor(language="en")
    client = signed_in(ana)
    response = client.post("/admin/language/", {"language": "hr", "next": f"{SOURCES}?q=esa"})
    assert (response.status_code, response.url) == (302, f"{SOURCES}?q=esa")
    ana.refresh_from_db()
    assert ana.language == "hr"
    assert '<html lang="hr"' in client.get("/admin/").content.decode()


@pytest.mark.parametrize("path", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
def test_it_leads_nowhere_else(edition, path):
    response = signed_in(editor()).post("/admin/language/", {"language": "hr", "next": path})
    assert response.url == "/admin/"


@pytest.mark.parametrize("data", [{}, {"language": "xx"}, {"language": ""}])
def test_a_language_that_the_desk_does_not_speak_is_refused(edition, data):
    ana = editor(language="en")
    assert signed_in(ana).post("/admin/language/", data).status_code == 400
    assert User.objects.get(pk=ana.pk).language == "en"


def test_reading_the_address_changes_nothing(edition):
    ana = editor(language="en")
    assert signed_in(ana).get("/admin/language/", {"language": "hr"}).status_code == 405
    assert User.objects.get(pk=ana.pk).language == "en"


def test_the_language_needs_a_member_of_the_staff(client, edition):
    reader = factories.make_user("petra@example.org", is_staff=False, language="en")
    client.force_login(reader)
    assert client.post("/admin/language/", {"language": "hr"}).url.startswith("/admin/login/")
    assert User.objects.get(pk=reader.pk).language == "en"


# The person


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Ana Babić", "AB"), ("šime", "Š"), ("Ana Marija Horvat", "AH"), ("  ", "?"), ("", "A")],
)
def test_initials_stand_for_a_name(name, initials):
    assert User(email="ana@example.org", display_name=name).initials == initials


def test_the_menu_says_who_is_signed_in(edition):
    page = signed_in(editor(name="Ana Babić")).get("/admin/").content.decode()
    assert '<span class="person" aria-hidden="true">AB</span>' in page
    assert "ana@example.org" in page
    assert "/admin/password_change/" in page
    assert 'action="/admin/logout/"' in page


def test_an_account_without_a_password_is_offered_no_new_one(edition):
    ana = editor()
    ana.set_unusable_password()
    ana.save()
    assert "/admin/password_change/" not in signed_in(ana).get("/admin/").content.decode()
