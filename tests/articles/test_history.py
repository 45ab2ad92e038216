"""The history of a story at the desk: the list of versions, two side by side, restoring, and what readers saw when."""

import datetime as dt
import re
import time

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Correction, Publication, Revision
from articles.publishing import publish, retract, save_story, unpublish
from authors.models import User
from tests import factories
from tests.articles.desk import change_url, editor, signed_in

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 12, 10, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def ana(edition):
    return editor()


@pytest.fixture
def desk(ana):
    return signed_in(ana)


def save(article, user=None, reason="", **changes):
    return save_story(
        factories.content(**changes), language=article.language, article=article, user=user, reason=reason
    )


def url(article, name):
    return f"/admin/articles/article/{article.pk}/{name}/"


def text(response):
    """The page as somebody reads it: without tags, white space folded."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).replace("&#x27;", "'").split())


def redact(article, number, reason="A court said so."):
    Revision.objects.filter(article=article, number=number).update(
        content={}, redacted_at=timezone.now(), redaction_reason=reason
    )


class TestList:
    def test_every_version_says_who_when_and_why_the_newest_first(self, desk, ana):
        article = factories.make_draft(user=ana)
        save(article, ana, "Figure corrected", title="A model learns to wait longer")
        page = desk.get(url(article, "history"))
        assert [version["row"].number for version in page.context["versions"]] == [2, 1]
        assert text(page).count("Ana Horvat") >= 2
        newest = article.newest_revision()
        for said in ("Figure corrected", newest.sha256[:12], "Version 2", "Version 1"):
            assert said in text(page)
        assert "Europe/Zagreb" in page.content.decode()

    def test_what_is_public_what_was_and_what_waits(self, desk):
        article = factories.make_story()
        save(article, title="Second")
        publish(article)
        save(article, title="Third")
        page = desk.get(url(article, "history"))
        marks = {version["row"].number: " ".join(version["marks"]) for version in page.context["versions"]}
        assert "Readers see it now" in marks[2]
        assert "Update waits" in marks[3]
        assert marks[1] == ""
        spans = {version["row"].number: version["spans"] for version in page.context["versions"]}
        assert "Readers saw it from" in spans[1][0]
        assert "Readers see it since" in spans[2][0]
        assert spans[3] == []

    def test_scheduled_planned_reviewed_and_redacted(self, desk, ana):
        from articles.reviewing import mark_reviewed

        later = timezone.now() + dt.timedelta(days=1)
        scheduled = publish(factories.make_draft(title="Tomorrow"), at=later)
        assert "Goes out" in text(desk.get(url(scheduled, "history")))
        article = factories.make_story()
        save(article, title="Second")
        mark_reviewed(article, article.newest_revision(), ana)
        publish(article, at=later)
        save(article, title="Third")
        redact(article, 3)
        said = text(desk.get(url(article, "history")))
        for sentence in ("Update goes out", "Read by Ana Horvat", "The text is gone for good: A court said so."):
            assert sentence in said

    def test_a_translation_says_which_version_it_follows(self, desk):
        original = factories.make_story()
        save_story(
            factories.content(title="Model uči čekati"),
            language="hr",
            translation_key=original.translation_key,
            translated_from=original.newest_revision(),
        )
        croatian = original.revisions.model.objects.get(article__language="hr").article
        assert "Follows version 1 of the story in this language: English" in text(desk.get(url(croatian, "history")))

    def test_two_are_chosen_and_compared_without_a_script(self, desk):
        article = factories.make_draft()
        save(article, title="Second")
        page = desk.get(url(article, "history")).content.decode()
        assert re.findall(r'name="(\w+)" value="(\d)" checked', page) == [("new", "2"), ("old", "1")]
        assert f'action="{url(article, "compare")}"' in page

    def test_long_histories_have_pages(self, desk):
        article = many_versions(120)
        first = desk.get(url(article, "history"))
        numbers = [version["row"].number for version in first.context["versions"]]
        assert numbers == list(range(120, 70, -1))
        second = desk.get(url(article, "history"), {"before": first.context["older"]})
        assert [version["row"].number for version in second.context["versions"]] == list(range(70, 20, -1))
        assert "with the newest, version 120" in text(second)
        assert desk.get(url(article, "history"), {"before": 21}).context["older"] is None

    @pytest.mark.parametrize("before", ["x", "-1", "9" * 30])
    def test_an_address_that_is_none_is_refused(self, desk, before):
        assert desk.get(url(factories.make_draft(), "history"), {"before": before}).status_code == 400

    def test_500_versions_cost_the_same_few_queries_as_two(self, desk, ana):
        few = queries(desk, url(many_versions(2, ana), "history"))
        many = many_versions(500, ana)
        start = time.process_time()
        assert queries(desk, url(many, "history")) == few
        assert time.process_time() - start < 0.6
        assert few <= 8

    def test_a_story_without_versions_says_so(self, desk):
        article = factories.make_draft()
        number = article.pk
        Article = type(article)
        bare = Article.objects.get(pk=number)
        bare.pk, bare.record_number, bare.slug, bare.translation_key, bare.revision = None, 99, "bare", "bare", None
        bare.save()
        assert "Nothing has been saved yet" in text(desk.get(url(bare, "history")))
        assert desk.get(url(bare, "compare"), {"old": 1, "new": 2}).status_code == 404


def many_versions(count, user=None):
    """Each of them saved by somebody, and following a version of the other language."""
    original = factories.make_draft("hr", title=f"{count} verzija").newest_revision()
    article = factories.make_draft(title=f"{count} versions")
    first = article.newest_revision()
    Revision.objects.bulk_create(
        Revision(
            article=article,
            number=number,
            content=first.content,
            canonical_version=1,
            sha256=first.sha256,
            created_by=user,
            translated_from=original,
        )
        for number in range(2, count + 1)
    )
    return article


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


class TestCompare:
    def test_both_columns_say_who_and_what_changed(self, desk, ana):
        article = factories.make_draft(user=ana)
        save(article, ana, "Six were seven", title="A model learns to sleep", tags=["patience", "rest"])
        page = desk.get(url(article, "compare"), {"old": 1, "new": 2})
        html = page.content.decode()
        assert re.search(r"<del>.*?wait</del>", html)
        assert re.search(r"<ins>.*?sleep</ins>", html)
        assert re.search(r"<del>.*?models</del>", html)
        assert "Six were seven" in text(page)
        assert "Alike in both:" in text(page)
        assert f'href="{url(article, "restore/1")}"' in html
        assert f'href="{url(article, "restore/2")}"' not in html

    def test_the_older_one_stands_at_the_left_however_they_were_named(self, desk):
        article = factories.make_draft()
        save(article, title="Second")
        page = desk.get(url(article, "compare"), {"old": 2, "new": 1})
        assert (page.context["old"]["row"].number, page.context["new"]["row"].number) == (1, 2)

    def test_names_stand_there_instead_of_keys(self, desk):
        photo = factories.make_photo()
        article = factories.make_draft()
        source = {"source": "esa", "url": "", "title": "", "published": ""}
        changes = {"category": "space", "author": "lyra-stanton", "place": "", "sources": [source]}
        save(article, **changes, photos=[factories.photo_row(photo)])
        said = text(desk.get(url(article, "compare"), {"old": 1, "new": 2}))
        for name in ("Space", "Lyra Stanton", "San Francisco, California", "TechCrunch AI", "ESA", "Tech&amp;Space"):
            assert name in said
        assert photo.art.thumb in desk.get(url(article, "compare"), {"old": 1, "new": 2}).content.decode()

    def test_the_place_of_a_photo_stands_with_its_caption_and_credit(self, desk):
        photo = factories.make_photo()
        article = factories.make_draft(photos=[factories.photo_row(photo)])
        photo.texts["en"]["place"] = "Kourou, French Guiana"
        photo.save()
        save(article, photos=[factories.photo_row(photo)])
        said = text(desk.get(url(article, "compare"), {"old": 1, "new": 2}))
        assert said.count("Place: Kourou, French Guiana") == 1

    def test_what_is_alike_says_so(self, desk):
        article = factories.make_draft()
        save(article)
        assert "alike, word for word" in text(desk.get(url(article, "compare"), {"old": 1, "new": 2}))

    @pytest.mark.parametrize(
        "asked", [{}, {"old": 1}, {"old": 1, "new": 9}, {"old": "x", "new": 1}, {"old": -1, "new": 1}]
    )
    def test_versions_that_are_not_there_are_a_page_that_says_which_are(self, desk, asked):
        article = factories.make_draft()
        save(article)
        page = desk.get(url(article, "compare"), asked)
        assert page.status_code == 404
        assert "has the versions 1 to 2" in text(page)

    def test_a_redacted_version_says_why_and_shows_nothing(self, desk):
        article = factories.make_draft()
        save(article, title="Second")
        redact(article, 1)
        page = desk.get(url(article, "compare"), {"old": 1, "new": 2})
        assert "A court said so." in text(page)
        assert "<ins>" not in page.content.decode()
        assert "restore/1/" not in page.content.decode()

    def test_markup_in_a_text_stays_text(self, desk):
        article = factories.make_draft()
        save(article, body="The first <script>alert(1)</script> paragraph.")
        page = desk.get(url(article, "compare"), {"old": 1, "new": 2}).content.decode()
        assert "<script>alert" not in page

    def test_it_costs_few_queries_however_much_differs(self, desk):
        article = factories.make_draft()
        photos = [factories.photo_row(factories.make_photo(title=str(n), width=64 + n)) for n in range(5)]
        save(article, photos=photos, category="space", author="lyra-stanton", place="")
        assert queries(desk, url(article, "compare") + "?old=1&new=2") <= 13


class TestRestore:
    def test_the_page_says_what_would_change_and_the_button_does_it(self, desk, ana):
        article = factories.make_draft()
        save(article, title="Second")
        page = desk.get(url(article, "restore/1"))
        assert re.search(r"<ins>.*?A model learns to wait</ins>", page.content.decode())
        assert "only the desk sees" in text(page)
        answer = desk.post(url(article, "restore/1"), {"based_on": 2}, follow=True)
        assert answer.redirect_chain[-1][0] == change_url(article)
        newest = article.newest_revision()
        assert (newest.number, newest.content["title"], newest.created_by) == (3, "A model learns to wait", ana)
        assert newest.reason == "Restored from version 1"
        article.refresh_from_db()
        assert article.title == "A model learns to wait"

    def test_of_a_public_story_readers_see_no_change(self, desk):
        article = factories.make_story()
        save(article, title="Second")
        publish(article)
        assert "waits as an update" in text(desk.get(url(article, "restore/1")))
        said = text(desk.post(url(article, "restore/1"), {"based_on": 2}, follow=True))
        assert "Readers see it once you publish the change." in said
        article.refresh_from_db()
        assert (article.title, article.revision.number) == ("Second", 2)
        assert article.newest_revision().content["title"] == "A model learns to wait"

    def test_a_retracted_story_keeps_its_retraction(self, desk):
        article = factories.make_story()
        save(article, title="Second")
        retract(article, "It was wrong.")
        assert "stays retracted" in text(desk.get(url(article, "restore/1")))
        desk.post(url(article, "restore/1"), {"based_on": 2})
        article.refresh_from_db()
        assert (article.status, article.newest_revision().number) == ("retracted", 3)

    def test_somebody_was_faster(self, desk):
        article = factories.make_draft()
        save(article, title="Second")
        save(article, factories.make_user("mira@example.org", name="Mira Kern"), title="Third")
        page = desk.post(url(article, "restore/1"), {"based_on": 2})
        assert page.status_code == 409
        assert "Mira Kern saved version 3 meanwhile" in text(page)
        assert article.newest_revision().number == 3
        assert 'name="based_on" value="3"' in page.content.decode()

    def test_what_is_the_same_as_the_newest_is_not_restored(self, desk):
        article = factories.make_draft()
        save(article)
        assert "nothing to restore" in text(desk.get(url(article, "restore/1")))
        assert desk.post(url(article, "restore/1"), {"based_on": 2}).status_code == 422
        assert article.newest_revision().number == 2

    def test_a_version_that_no_longer_fits_says_why(self, desk):
        article = factories.make_draft(slug="first-slug")
        save(article, slug="second-slug")
        factories.make_draft(title="Another", slug="first-slug")
        page = desk.post(url(article, "restore/1"), {"based_on": 2})
        assert page.status_code == 422
        assert "Another story of this language has this slug" in text(page)

    def test_a_redacted_version_cannot_come_back(self, desk):
        article = factories.make_draft()
        save(article, title="Second")
        redact(article, 1)
        page = desk.post(url(article, "restore/1"), {"based_on": 2})
        assert page.status_code == 422
        assert "redacted" in text(page)
        assert article.newest_revision().number == 2

    @pytest.mark.parametrize("data", [{}, {"based_on": "x"}, {"based_on": -1}])
    def test_a_form_that_is_not_whole_is_refused(self, desk, data):
        article = factories.make_draft()
        save(article, title="Second")
        assert desk.post(url(article, "restore/1"), data).status_code == 400

    def test_a_version_that_is_not_there(self, desk):
        assert desk.get(url(factories.make_draft(), "restore/7")).status_code == 404
        assert desk.get(url(factories.make_draft(title="B"), "restore/99999999999999999999")).status_code == 404

    def test_a_scheduled_story_is_restored_by_who_may_publish(self, edition):
        article = factories.make_draft()
        save(article, title="Second")
        publish(article, at=timezone.now() + dt.timedelta(days=1))
        writer = factories.make_user("w@example.org")
        grant(writer, "view_article", "change_article", "view_revision")
        assert signed_in(writer).get(url(article, "restore/1")).status_code == 403
        assert signed_in(writer).post(url(article, "restore/1"), {"based_on": 2}).status_code == 403
        assert "goes out at" in text(signed_in(editor()).get(url(article, "restore/1")))

    def test_an_empty_version_does_not_come_back_into_a_story_that_goes_out_by_itself(self, desk):
        article = factories.make_draft(body="")
        save(article, title="Second")
        publish(article, at=timezone.now() + dt.timedelta(days=1))
        answer = desk.post(url(article, "restore/1"), {"based_on": 2})
        assert answer.status_code == 422
        assert "A story without text cannot be published." in text(answer)
        assert article.newest_revision().number == 2


def grant(user, *codenames):
    from django.contrib.auth.models import Permission

    user.user_permissions.add(*Permission.objects.filter(codename__in=codenames))


@pytest.fixture
def told_day(edition, time_machine):
    """A story and its day, 10 December: out at 9:00, changed at 11:00, off at 12:00 (Zagreb; an hour ahead of UTC)."""
    time_machine.move_to(NOON.replace(hour=7), tick=False)
    article = factories.make_draft(title="First")
    time_machine.move_to(NOON.replace(hour=8), tick=False)
    publish(article)
    time_machine.move_to(NOON.replace(hour=10), tick=False)
    save(article, title="Second")
    publish(article)
    time_machine.move_to(NOON.replace(hour=11), tick=False)
    unpublish(article)
    time_machine.move_to(NOON + dt.timedelta(days=3), tick=False)
    return article


class TestWhatReadersSaw:
    @pytest.fixture
    def desk(self, told_day, ana):
        """Signed in on the last of the days."""
        return signed_in(ana)

    def asked(self, client, article, **data):
        return client.get(url(article, "seen"), data)

    def spans(self, page):
        return [(span["when"], span["row"] and span["row"].revision.number) for span in page.context["spans"]]

    def test_a_day_tells_each_version_and_when_nothing_was_public(self, desk, told_day):
        page = self.asked(desk, told_day, day="2026-12-10")
        assert self.spans(page) == [
            ("10 Dec 2026, 00:00 until 10 Dec 2026, 09:00", None),
            ("10 Dec 2026, 09:00 until 10 Dec 2026, 11:00", 1),
            ("10 Dec 2026, 11:00 until 10 Dec 2026, 12:00", 2),
            ("10 Dec 2026, 12:00 until 11 Dec 2026, 00:00", None),
        ]
        assert "Nothing of this story was public." in text(page)
        assert page.context["frame"].revision.number == 1

    @pytest.mark.parametrize(
        ("time", "number"), [("08:59", None), ("09:00", 1), ("10:59", 1), ("11:00", 2), ("12:00", None)]
    )
    def test_a_minute_in_the_time_of_the_edition(self, desk, told_day, time, number):
        assert [row for _when, row in self.spans(self.asked(desk, told_day, day="2026-12-10", time=time))] == [number]

    def test_the_next_day_it_was_gone(self, desk, told_day):
        assert [row for _when, row in self.spans(self.asked(desk, told_day, day="2026-12-11"))] == [None]

    def test_what_is_public_now_has_no_end(self, desk, told_day, time_machine):
        publish(told_day)
        time_machine.move_to(NOON + dt.timedelta(days=3, minutes=5), tick=False)
        page = self.asked(desk, told_day, day="2026-12-13")
        assert self.spans(page)[-1] == ("13 Dec 2026, 13:00 until now", 2)

    def test_a_day_to_come(self, desk, told_day):
        assert "still to come" in text(self.asked(desk, told_day, day="2026-12-20"))

    def test_the_frame_shows_the_page_of_that_version_and_may_stand_in_the_desk(self, desk, told_day):
        page = self.asked(desk, told_day, day="2026-12-10")
        frame = re.search(r'<iframe[^>]* src="([^"]+)"', page.content.decode())[1].replace("&amp;", "&")
        assert "frame-src 'self'" in page.headers["Content-Security-Policy"]
        seen = desk.get(frame)
        assert "First" in text(seen)
        assert seen.headers["X-Frame-Options"] == "SAMEORIGIN"
        assert "frame-ancestors 'self'" in seen.headers["Content-Security-Policy"]
        assert seen.headers["X-Robots-Tag"] == "noindex"

    def test_another_version_of_the_day_is_shown_when_asked_for(self, desk, told_day):
        second = Publication.objects.get(revision__number=2)
        page = self.asked(desk, told_day, day="2026-12-10", show=second.pk)
        assert page.context["frame"] == second

    def test_the_page_has_the_times_of_then(self, desk, told_day):
        publish(told_day)
        first, second = Publication.objects.order_by("shown_from")[:2]
        times = {}
        for row in (first, second):
            article = desk.get(url(told_day, f"seen/{row.pk}")).context["article"]
            times[row.pk] = article.public_at, article.updated_at
        assert times == {
            first.pk: (NOON.replace(hour=8), None),
            second.pk: (NOON.replace(hour=8), NOON.replace(hour=10)),
        }

    def test_only_the_corrections_that_stood_then(self, desk, told_day):
        Correction.objects.create(article=told_day, text="It was ten.", made_at=NOON.replace(hour=9))
        Correction.objects.create(article=told_day, text="It was later.", made_at=NOON + dt.timedelta(days=1))
        first = Publication.objects.get(revision__number=1)
        said = text(desk.get(url(told_day, f"seen/{first.pk}"), {"day": "2026-12-10"}))
        assert "It was ten." in said
        assert "It was later." not in said
        said = text(desk.get(url(told_day, f"seen/{first.pk}"), {"day": "2026-12-10", "time": "09:30"}))
        assert "It was ten." not in said

    def test_a_redacted_one_says_why(self, desk, told_day):
        redact(told_day, 1)
        assert "A court said so." in text(self.asked(desk, told_day, day="2026-12-10"))
        first = Publication.objects.get(revision__number=1)
        page = desk.get(url(told_day, f"seen/{first.pk}"))
        assert page.status_code == 410
        assert "A court said so." in text(page)

    @pytest.mark.parametrize(
        ("asked", "status"),
        [
            ({}, 422),
            ({"day": "x"}, 422),
            ({"day": "2026-12-10", "time": "25:00"}, 422),
            ({"day": "9999-12-31"}, 422),
            ({"day": "0001-01-01"}, 422),
        ],
    )
    def test_a_day_that_is_none(self, desk, told_day, asked, status):
        assert self.asked(desk, told_day, **asked).status_code == status

    def test_the_page_of_another_story_or_of_a_time_to_come_is_not_there(self, desk, told_day):
        first = Publication.objects.get(revision__number=1)
        other = publish(factories.make_draft(title="Other"), at=timezone.now() + dt.timedelta(days=1))
        assert desk.get(url(other, f"seen/{first.pk}")).status_code == 404
        assert desk.get(url(other, f"seen/{other.publications.get().pk}")).status_code == 404


class TestWhoMay:
    PAGES = ["history", "compare", "seen", "restore/1"]

    @pytest.mark.parametrize("page", PAGES)
    def test_without_the_right_to_read_versions_nothing_is_shown(self, edition, page):
        article = factories.make_story()
        mia = factories.make_user("mia@example.org", group="Moderators")
        assert signed_in(mia).get(url(article, page)).status_code == 403

    @pytest.mark.parametrize("page", PAGES)
    def test_who_is_not_signed_in_is_sent_to_the_door(self, client, edition, page):
        assert client.get(url(factories.make_story(), page)).status_code == 302

    @pytest.mark.parametrize("page", PAGES)
    def test_a_story_that_is_not_there(self, desk, page):
        assert desk.get(f"/admin/articles/article/99/{page}/").status_code == 404

    def test_who_only_reads_restores_nothing(self, edition):
        article = factories.make_draft()
        save(article, title="Second")
        reader = factories.make_user("r@example.org")
        grant(reader, "view_article", "view_revision")
        client = signed_in(reader)
        assert "restore/" not in client.get(url(article, "history")).content.decode()
        assert "restore/" not in client.get(url(article, "compare"), {"old": 1, "new": 2}).content.decode()
        assert client.post(url(article, "restore/1"), {"based_on": 2}).status_code == 403

    @pytest.mark.parametrize("page", ["history", "compare", "seen"])
    def test_nothing_can_be_sent_to_pages_that_only_show(self, desk, page):
        assert desk.post(url(factories.make_draft(), page)).status_code == 405

    def test_restoring_wants_the_token(self, ana):
        from django.test import Client

        article = factories.make_draft()
        save(article, title="Second")
        client = Client(enforce_csrf_checks=True)
        client.force_login(ana)
        assert client.post(url(article, "restore/1"), {"based_on": 2}).status_code == 403


class TestNobodyEditsHistory:
    """Not by any address of the admin, not with any permission, not past the forms."""

    @pytest.fixture
    def root(self, edition):
        return signed_in(factories.make_user("root@example.org", is_superuser=True))

    @pytest.fixture
    def article(self, edition):
        article = factories.make_story()
        save(article, title="Second")
        publish(article)
        return article

    @pytest.mark.parametrize("model", ["revision", "publication"])
    def test_no_address_adds_changes_or_deletes(self, root, article, model):
        row = (Revision if model == "revision" else Publication).objects.first()
        before = list(Revision.objects.values()), list(Publication.objects.values())
        base = f"/admin/articles/{model}/"
        assert root.get(f"{base}add/").status_code == 403
        assert root.post(f"{base}add/", {"number": 9}).status_code == 403
        assert root.get(f"{base}{row.pk}/delete/").status_code == 403
        assert root.post(f"{base}{row.pk}/delete/", {"post": "yes"}).status_code == 403
        assert root.get(f"{base}{row.pk}/change/").status_code == 200
        assert root.post(f"{base}{row.pk}/change/", {"reason": "x", "shown_from_0": "2020-01-01"}).status_code == 403
        root.post(base, {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"})
        root.post(base, {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1, "form-0-id": row.pk, "_save": "Save"})
        assert (list(Revision.objects.values()), list(Publication.objects.values())) == before

    def test_the_admin_offers_no_actions_there(self, root, article):
        for model in ("revision", "publication"):
            assert 'name="action"' not in root.get(f"/admin/articles/{model}/").content.decode()

    def test_a_story_with_a_history_cannot_be_deleted(self, root, article):
        assert root.post(f"/admin/articles/article/{article.pk}/delete/", {"post": "yes"}).status_code == 403

    def test_nor_a_person_who_saved_something(self, root, article, ana):
        save(article, ana, title="Third")
        root.post(f"/admin/authors/user/{ana.pk}/delete/", {"post": "yes"})
        assert User.objects.filter(pk=ana.pk).exists()

    @pytest.mark.parametrize(
        "change",
        [
            lambda: Revision.objects.update(reason="x"),
            lambda: Revision.objects.first().save(),
            lambda: Revision.objects.all().delete(),
            lambda: Publication.objects.filter(shown_until__isnull=False).update(shown_until=None),
            lambda: Publication.objects.filter(shown_until__isnull=False).delete(),
            lambda: Publication.objects.update(shown_from=timezone.now()),
        ],
    )
    def test_the_database_refuses_what_the_orm_would_do(self, article, change):
        before = list(Revision.objects.values()), list(Publication.objects.values())
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
        assert (list(Revision.objects.values()), list(Publication.objects.values())) == before
