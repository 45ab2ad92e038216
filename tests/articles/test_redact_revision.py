"""`manage.py redact_revision`: the text of one version goes for good, and the history says that it was there."""

import datetime as dt
import io

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles.desk_search import find
from articles.models import Revision, UnsavedText
from articles.publishing import publish, save_story, unpublish
from tests import factories
from tests.articles.desk import change_url, editor, form_data, signed_in

pytestmark = pytest.mark.django_db
REASON = "Court order 12/2026"


def redact(article, number, *options, reason=REASON):
    out = io.StringIO()
    call_command(
        "redact_revision", f"db#{article.record_number}", str(number), "--reason", reason, "--yes", *options, stdout=out
    )
    return out.getvalue()


def save(article, **changes):
    return save_story(factories.content(**changes), language=article.language, article=article)


@pytest.fixture
def article(edition):
    """Public in its second version; the first held what has to go."""
    article = factories.make_story(title="Somebody's secret", body="The secret of somebody.")
    save(article, title="No secret")
    return publish(article)


def test_the_text_is_gone_and_number_author_time_hash_and_reason_stay(article):
    before = Revision.objects.get(number=1)
    said = redact(article, 1)
    after = Revision.objects.get(number=1)
    assert (after.content, after.redaction_reason) == ({}, REASON)
    assert after.redacted_at is not None
    for name in ("number", "created_at", "created_by", "sha256", "reason"):
        assert getattr(after, name) == getattr(before, name)
    assert before.sha256 in said


@pytest.mark.parametrize("record", ["3629", "db#3629", "db 3629", "DB#3629"])
def test_the_story_is_named_by_its_record_number(edition, record):
    article = factories.make_draft(record_number=3629)
    save(article, title="Second")
    call_command("redact_revision", record, "1", "--reason", REASON, "--yes", stdout=io.StringIO())
    assert Revision.objects.get(number=1).redacted_at


class TestRefused:
    def refused(self, *args, **options):
        before = list(Revision.objects.values())
        with pytest.raises(CommandError) as error:
            redact(*args, **options)
        assert list(Revision.objects.values()) == before
        return str(error.value)

    def test_what_readers_see_now(self, article):
        assert "is what readers see now. Publish another version, or unpublish" in self.refused(article, 2)

    def test_what_is_about_to_go_out(self, edition):
        later = timezone.now() + dt.timedelta(hours=2)
        assert "scheduled" in self.refused(publish(factories.make_draft(), at=later), 1)
        story = factories.make_story(title="Public")
        save(story, title="Planned")
        publish(story, at=later)
        assert "Cancel the update first" in self.refused(story, 2)

    def test_a_second_time(self, article):
        redact(article, 1)
        assert REASON in self.refused(article, 1, reason="Other")

    @pytest.mark.parametrize("reason", ["", "   ", "x" * 301])
    def test_without_a_fitting_reason(self, article, reason):
        assert "reason" in self.refused(article, 1, reason=reason)

    def test_a_version_or_story_that_is_not_there(self, article):
        assert "1 to 2" in self.refused(article, 9)
        with pytest.raises(CommandError, match="no story"):
            call_command("redact_revision", "db#999", "1", "--reason", REASON, "--yes")
        with pytest.raises(CommandError, match="no story"):
            call_command("redact_revision", "secret", "1", "--reason", REASON, "--yes")


class TestConfirmation:
    def asked(self, monkeypatch, answer):
        monkeypatch.setattr("builtins.input", answer)
        call_command("redact_revision", "db#3629", "1", "--reason", REASON, stdout=io.StringIO())

    @pytest.fixture(autouse=True)
    def _article(self, edition):
        save(factories.make_draft(record_number=3629), title="Second")

    def test_typing_the_name_is_a_yes(self, monkeypatch):
        self.asked(monkeypatch, lambda prompt: "db#3629 version 1")
        assert Revision.objects.get(number=1).redacted_at

    def test_anything_else_is_a_no(self, monkeypatch):
        with pytest.raises(CommandError, match="Nothing was redacted"):
            self.asked(monkeypatch, lambda prompt: "yes")
        assert Revision.objects.get(number=1).redacted_at is None

    def test_so_is_nobody_at_the_keyboard(self, monkeypatch):
        def nobody(prompt):
            raise EOFError

        with pytest.raises(CommandError, match="Nothing was redacted"):
            self.asked(monkeypatch, nobody)


class TestCopies:
    LONG = "A paragraph that is long enough to be no chance, about somebody."

    def test_other_versions_with_the_text_are_named(self, edition):
        article = factories.make_draft(body=self.LONG)
        save(article, body=self.LONG)
        save(article, body=f"Before it.\n\n{self.LONG}", interpreter="Another interpreter.")
        save(article, body="Nothing of it.", interpreter="Another interpreter.")
        said = redact(article, 1)
        assert "Version 2 is the same text." in said
        assert "Version 3 has 1 of its paragraphs." in said
        assert "Version 4" not in said

    def test_unsaved_forms_are_named_and_deleted_when_told_so(self, article):
        UnsavedText.objects.create(user=editor(), article=article, language="en", title="secret")
        assert "An unsaved form of Ana Horvat" in redact(article, 1)
        assert UnsavedText.objects.count() == 1
        save(article, title="Third")
        publish(article)
        assert "Deleted 1 unsaved form" in redact(article, 2, "--delete-unsaved")
        assert UnsavedText.objects.count() == 0

    def test_a_translation_that_follows_it_is_named(self, article):
        original = Revision.objects.get(number=1)
        factories.make_draft("hr", translation_key=article.translation_key)
        save_story(
            factories.content(title="Prijevod"),
            language="hr",
            article=article.__class__.objects.get(language="hr"),
            translated_from=original,
        )
        assert "(hr) follows it" in redact(article, 1)

    def test_the_row_of_a_story_that_left_the_public_is_blanked(self, edition, client):
        photo = factories.make_photo()
        article = factories.make_story(title="Somebody's secret", slug="a-story", photos=[factories.photo_row(photo)])
        unpublish(article)
        redact(article, 1)
        article.refresh_from_db()
        assert article.title == f"db#{article.record_number}"
        assert (article.body, article.html, article.interpreter, article.hero) == ("", "", "", None)
        assert (article.tags_json, article.sources_json, article.key_points) == ([], [], [])
        assert not article.photos.exists()
        assert not article.article_tags.exists()
        assert list(find("secret")) == []

    def test_the_desk_no_longer_finds_a_waiting_update_by_its_words(self, article):
        save(article, title="Unspeakable words")
        assert list(find("unspeakable")) == [article.pk]
        redact(article, 3)
        assert list(find("unspeakable")) == []


class TestDeskAfterwards:
    """The newest version is redacted: the story can still be opened, saved and published."""

    @pytest.fixture(params=["waiting", "draft"])
    def story(self, request, article):
        if request.param == "draft":
            draft = factories.make_draft(title="Only version")
            redact(draft, 1)
            return draft
        save(article, title="Waiting update")
        redact(article, 3)
        return article

    @pytest.fixture
    def desk(self, edition):
        return signed_in(editor())

    def test_the_form_opens_empty_and_saves(self, desk, story):
        page = desk.get(change_url(story))
        assert page.status_code == 200
        newest = story.newest_revision()
        data = form_data(based_on=newest.number, title="Written anew")
        assert desk.post(change_url(story), {**data, "_save": ""}).status_code == 302
        assert story.newest_revision().content["title"] == "Written anew"

    def test_it_cannot_be_published_by_itself(self, story):
        from django.core.exceptions import ValidationError

        with pytest.raises(ValidationError, match="redacted"):
            publish(story)

    def test_history_list_and_start_page_open(self, desk, story):
        for address in ("", "articles/article/", f"articles/article/{story.pk}/history/"):
            assert desk.get(f"/admin/{address}").status_code == 200

    def test_an_earlier_version_is_restored_where_there_is_one(self, desk, story):
        number = story.newest_revision().number
        address = f"/admin/articles/article/{story.pk}/restore/2/"
        if number == 1:
            assert desk.get(address).status_code == 404
            return
        assert desk.get(address).status_code == 200
        assert desk.post(address, {"based_on": number}).status_code == 302
        assert story.newest_revision().content["title"] == "No secret"

    def test_the_preview_says_why_there_is_none(self, desk, story):
        page = desk.get(f"/admin/articles/revision/{story.newest_revision().pk}/preview/")
        assert page.status_code == 410
        assert REASON in page.content.decode()
        assert desk.get(f"/admin/articles/revision/{story.newest_revision().pk}/change/").status_code == 200

    def test_a_translation_can_be_begun(self, desk, story):
        address = f"/admin/articles/article/add/?language=hr&translation_of={story.pk}"
        assert desk.get(address).status_code == 200
