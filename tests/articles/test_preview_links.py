"""A preview link shows the newest version to whoever has the address, until it expires or is revoked."""

import datetime as dt
import re

import pytest
from django.contrib.admin.models import LogEntry
from django.core import signing
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import publishing, reviewing
from articles.models import PreviewLink
from articles.preview_links import address
from tests import factories
from tests.articles.desk import change_url, editor, signed_in

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}
NOW = dt.datetime(2026, 3, 2, 8, 0, tzinfo=dt.UTC)


@pytest.fixture
def ana(edition):
    return editor()


@pytest.fixture
def desk(ana):
    return signed_in(ana)


@pytest.fixture
def article(edition):
    return factories.make_draft()


def links_url(article):
    return f"/admin/articles/article/{article.pk}/preview-links/"


def revoke_url(link):
    return f"{links_url(link.article)}{link.pk}/revoke/"


def make_link(article, user, days=7, **fields):
    expires_at = timezone.now() + dt.timedelta(days=days)
    return PreviewLink.objects.create(
        article=article, created_by=user, expires_at=expires_at, **{"purpose": "Dr. Okafor", **fields}
    )


def page_of(response):
    return response.content.decode()


class TestTheReader:
    def test_reads_the_newest_version_in_the_look_of_the_public_page(self, client, ana, article):
        link = make_link(article, ana)
        publishing.save_story(factories.content(title="The newer title"), language="en", article=article)
        response = client.get(address(link))
        assert response.status_code == 200
        assert "articles/story.html" in [template.name for template in response.templates]
        page = page_of(response)
        assert "The newer title" in page
        assert "Preview, not published." in page
        assert "For: Dr. Okafor." in page

    def test_is_told_until_when(self, client, ana, article, time_machine):
        time_machine.move_to(NOW, tick=False)
        page = page_of(client.get(address(make_link(article, ana))))
        assert "open until 9 Mar 2026, 09:00 (Europe/Zagreb)" in page

    def test_leaves_no_trace_on_the_way(self, client, ana, article):
        response = client.get(address(make_link(article, ana)))
        assert response["Cache-Control"] == "private, no-store"
        assert response["X-Robots-Tag"] == "noindex, nofollow, noarchive"
        assert response["Referrer-Policy"] == "no-referrer"
        assert '<meta name="robots" content="noindex">' in page_of(response)
        assert 'rel="canonical"' not in page_of(response)
        assert not response.cookies
        assert "Cookie" not in response.get("Vary", "")

    def test_finds_no_form_and_no_link_that_leads_nowhere(self, client, ana, edition):
        photos = [factories.photo_row(factories.make_photo(title)) for title in ("One", "Two")]
        body = f"First.\n\n![Here](photo:{photos[0]['photo']})"
        article = factories.make_draft(photos=photos, body=body)
        page = page_of(client.get(address(make_link(article, ana))))
        assert 'class="like"' not in page
        assert 'method="post"' not in page
        assert article.get_absolute_url() not in page
        assert f"/db/{article.record_number}/" not in page
        for source in set(re.findall(r'<img[^>]* src="([^"]+)"', page)):
            assert client.get(source).status_code == 200

    def test_sees_no_claim_of_a_review_or_a_fingerprint(self, client, ana, article):
        reviewing.mark_reviewed(article, article.newest_revision(), ana)
        page = page_of(client.get(address(make_link(article, ana))))
        assert "Ana Horvat" not in page
        assert article.newest_revision().sha256 not in page

    def test_reads_it_in_the_language_of_the_story(self, client, ana):
        article = factories.make_draft("hr", title="Model uči čekati")
        response = client.get(address(make_link(article, ana)))
        assert '<html lang="hr">' in page_of(response)
        assert response["Content-Language"] == "hr"

    def test_is_told_when_it_is_only_a_change(self, client, ana, edition):
        article = factories.make_story()
        link = make_link(article, ana)
        assert "This text is public now." in page_of(client.get(address(link)))
        publishing.save_story(factories.content(title="The change"), language="en", article=article)
        page = page_of(client.get(address(link)))
        assert "Preview of a change that is not published." in page
        assert "The change" in page
        assert "The change" not in page_of(client.get(article.get_absolute_url()))

    def test_may_ask_for_the_head_and_send_nothing(self, client, ana, article):
        path = address(make_link(article, ana))
        head = client.head(path)
        assert (head.status_code, head.content) == (200, b"")
        assert head["Cache-Control"] == "private, no-store"
        assert client.post(path).status_code == 405

    def test_costs_a_bounded_number_of_queries_and_writes_nothing(self, client, ana, article):
        path = address(make_link(article, ana))
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        assert len(queries) <= 20
        assert not [query for query in queries if not query["sql"].lstrip("(").startswith("SELECT")]


class TestWhatIsClosed:
    def test_an_expired_link_says_whom_to_ask(self, client, ana, article, time_machine):
        time_machine.move_to(NOW, tick=False)
        path = address(make_link(article, ana, days=1))
        time_machine.move_to(NOW + dt.timedelta(hours=23, minutes=59), tick=False)
        assert client.get(path).status_code == 200
        time_machine.move_to(NOW + dt.timedelta(days=1), tick=False)
        response = client.get(path)
        assert response.status_code == 410
        assert "has expired. Ask Ana Horvat, who made it, for a new one." in page_of(response)
        assert article.title not in page_of(response)
        assert response["Cache-Control"] == "private, no-store"
        assert response["X-Robots-Tag"].startswith("noindex")

    def test_a_revoked_link_stays_closed_though_another_is_open(self, client, desk, ana, article):
        link, other = make_link(article, ana), make_link(article, ana)
        assert client.get(address(link)).status_code == 200
        assert desk.post(revoke_url(link), headers=JSON).status_code == 201
        response = client.get(address(link))
        assert response.status_code == 410
        assert "has been revoked. Ask Ana Horvat" in page_of(response)
        assert client.get(address(other)).status_code == 200

    def test_a_story_that_is_withdrawn_is_not_shown(self, client, ana, edition):
        article = factories.make_story()
        link = make_link(article, ana)
        article = publishing.retract(article, "It was wrong.")
        response = client.get(address(link))
        assert response.status_code == 410
        assert "no longer being prepared" in page_of(response)
        assert article.title not in page_of(response)
        draft = factories.make_draft(title="Another")
        publishing.archive(draft)
        assert client.get(address(make_link(draft, ana))).status_code == 410

    def test_a_redacted_version_is_not_shown(self, client, ana, article):
        link = make_link(article, ana)
        article.revisions.update(redacted_at=timezone.now(), redaction_reason="By a court", content={})
        response = client.get(address(link))
        assert response.status_code == 410
        assert "has been taken away" in page_of(response)

    @pytest.mark.parametrize("language", ["en", "hr"])
    def test_it_is_said_in_the_language_of_the_story(self, client, ana, edition, language):
        response = client.get(address(make_link(factories.make_draft(language), ana, revoked_at=timezone.now())))
        assert f'<html lang="{language}">' in page_of(response)

    def test_what_we_have_not_signed_is_not_found(self, client, ana, article):
        link = make_link(article, ana)
        path = address(link)
        token = path.split("/")[2]
        forged = [
            token[:-1],
            token[:-1] + ("A" if token[-1] != "A" else "B"),
            token.replace(".", "x"),
            "." + token,
            link.token.hex,
            signing.Signer(sep=".", salt="something.else").sign(token.split(".")[0]),
            signing.Signer(sep=".", salt="articles.preview_links").sign("abc"),
            signing.Signer(sep=".", salt="articles.preview_links").sign("ž" * 22),
            signing.Signer(sep=".", salt="articles.preview_links").sign("A" * 22),
            "x" * 3000,
        ]
        for wrong in forged:
            response = client.get(f"/preview/{wrong}/")
            assert response.status_code == 404, wrong
            assert response["Cache-Control"] == "private, no-store"
        assert client.get(path).status_code == 200

    def test_a_link_outlives_a_change_of_the_secret(self, client, ana, article, settings):
        path = address(make_link(article, ana))
        old, settings.SECRET_KEY = settings.SECRET_KEY, "another-secret-that-is-long-enough-for-a-test-of-ours"
        assert client.get(path).status_code == 404
        settings.SECRET_KEY_FALLBACKS = [old]
        assert client.get(path).status_code == 200

    def test_no_machine_is_told_of_it(self, client, ana, edition):
        token = address(make_link(factories.make_story(), ana)).split("/")[2]
        for path in ("/robots.txt", "/sitemap.xml", "/sitemap-pages.xml", "/sitemap-1.xml", "/feeds/rss.xml", "/"):
            page = client.get(path).getvalue().decode()
            assert "/preview/" not in page
            assert token not in page


class TestTheDesk:
    def test_an_editor_makes_a_link_and_has_its_address(self, desk, ana, article, client, settings, time_machine):
        settings.SITE_URL = "https://news.example.org"
        time_machine.move_to(NOW, tick=False)
        response = desk.post(links_url(article), {"purpose": " Dr.  Okafor ", "days": "7"}, headers=JSON)
        assert response.status_code == 201
        link = PreviewLink.objects.get()
        assert (link.article, link.created_by, link.purpose) == (article, ana, "Dr. Okafor")
        assert (link.created_at, link.expires_at) == (NOW, NOW + dt.timedelta(days=7))
        assert f'value="https://news.example.org{address(link)}"' in response.json()["html"]
        assert response.json()["says"] == "Link made for Dr. Okafor."
        assert client.get(address(link)).status_code == 200

    @pytest.mark.parametrize("days", [1, 7, 30])
    def test_it_is_open_for_as_long_as_was_chosen(self, desk, article, days):
        desk.post(links_url(article), {"purpose": "A", "days": days}, headers=JSON)
        link = PreviewLink.objects.get()
        assert link.expires_at - link.created_at == dt.timedelta(days=days)

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"purpose": ""}, "Say for whom"),
            ({"purpose": "x" * 121}, "at most 120 characters"),
            ({"days": "365"}, "Select a valid choice"),
            ({"days": "x"}, "Select a valid choice"),
            ({"days": ""}, "This field is required"),
        ],
    )
    def test_what_cannot_be_is_refused_and_kept(self, desk, article, changes, sentence):
        data = {"purpose": "Typed with care", "days": "7", **changes}
        for headers in (JSON, {}):
            response = desk.post(links_url(article), data, headers=headers)
            assert response.status_code == 422
            answer = response.json()["html"] if headers else page_of(response)
            assert sentence in answer
            assert data["purpose"] in answer
        assert not PreviewLink.objects.exists()

    def test_the_storys_page_lists_them_and_shows_the_address_again(self, desk, ana, article):
        link = make_link(article, ana)
        closed = make_link(article, ana, purpose="The lawyer", revoked_at=timezone.now())
        page = page_of(desk.get(change_url(article)))
        assert 'id="preview-links"' in page
        assert address(link) in page
        assert "The lawyer" in page
        assert address(closed) not in page

    def test_without_a_script_they_have_a_page_of_their_own(self, desk, article):
        response = desk.post(links_url(article), {"purpose": "A", "days": "1"})
        assert (response.status_code, response.url) == (303, links_url(article))
        link = PreviewLink.objects.get()
        page = page_of(desk.get(response.url))
        assert address(link) in page
        assert f'action="{revoke_url(link)}"' in page
        assert desk.post(revoke_url(link)).status_code == 303
        assert "The link for A is revoked." in page_of(desk.get(response.url))

    def test_it_is_on_record_who_made_and_who_revoked(self, desk, ana, article):
        iva = signed_in(editor("iva@example.org", name="Iva Perić"))
        desk.post(links_url(article), {"purpose": "A", "days": "1"}, headers=JSON)
        link = PreviewLink.objects.get()
        iva.post(revoke_url(link), headers=JSON)
        link.refresh_from_db()
        first = link.revoked_at
        iva.post(revoke_url(link), headers=JSON)
        link.refresh_from_db()
        assert first is not None
        assert link.revoked_at == first
        log = LogEntry.objects.order_by("pk").values_list("user__display_name", "object_id")
        assert list(log)[:2] == [("Ana Horvat", str(article.pk)), ("Iva Perić", str(article.pk))]

    def test_a_link_of_another_story_is_not_revoked_here(self, desk, ana, article):
        link = make_link(factories.make_draft(title="Another"), ana)
        assert desk.post(f"{links_url(article)}{link.pk}/revoke/").status_code == 404
        assert desk.post(f"{links_url(article)}99999/revoke/").status_code == 404
        link.refresh_from_db()
        assert link.is_open()

    def test_twenty_links_may_be_open_at_a_time(self, desk, ana, article):
        links = [make_link(article, ana) for _turn in range(20)]
        response = desk.post(links_url(article), {"purpose": "One more", "days": "1"}, headers=JSON)
        assert response.status_code == 422
        assert "20 open links" in response.json()["html"]
        desk.post(revoke_url(links[0]), headers=JSON)
        assert desk.post(links_url(article), {"purpose": "One more", "days": "1"}, headers=JSON).status_code == 201

    def test_revoking_is_posted(self, desk, ana, article):
        link = make_link(article, ana)
        assert desk.get(revoke_url(link)).status_code == 405
        link.refresh_from_db()
        assert link.is_open()

    def test_who_may_not_change_the_story_has_no_part_in_it(self, ana, article):
        link = make_link(article, ana)
        mia = signed_in(factories.make_user("mia@example.org", group="Moderators"))
        assert address(link) not in page_of(mia.get(change_url(article)))
        assert mia.get(links_url(article)).status_code == 403
        assert mia.post(links_url(article), {"purpose": "A", "days": "1"}).status_code == 403
        assert mia.post(revoke_url(link)).status_code == 403
        link.refresh_from_db()
        assert link.is_open()
        assert PreviewLink.objects.count() == 1

    def test_a_reader_is_sent_to_the_login(self, client, ana, article):
        link = make_link(article, ana)
        for url in (links_url(article), revoke_url(link)):
            assert client.post(url).url.startswith("/admin/login/")
