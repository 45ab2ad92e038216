"""Bulk actions of the list: said before, done one by one, written into each history, and taken back."""

import datetime as dt

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from articles import bulk, publishing
from articles.bulk_changes import Change
from articles.models import Article, Category, Presence, Revision
from articles.publishing import archive, publish, retract, save_story, unpublish
from articles.reviewing import ask_review
from tests import factories
from tests.articles.desk import editor, signed_in

pytestmark = pytest.mark.django_db
LIST = "/admin/articles/article/"
BULK = "/admin/articles/article/bulk/"


@pytest.fixture(autouse=True)
def _patience(monkeypatch):
    """On a busy machine too one request does it all, where the test is not about that."""
    monkeypatch.setattr(bulk, "STEP_SECONDS", 600)


@pytest.fixture
def ana(edition):
    return editor()


@pytest.fixture
def desk(ana):
    return signed_in(ana)


@pytest.fixture
def writer(edition):
    """Somebody who may change stories and not publish them."""
    from django.contrib.auth.models import Permission

    user = factories.make_user("writer@example.org", "Wanda Writer")
    user.user_permissions.add(*Permission.objects.filter(codename__in=["change_article", "view_article"]))
    return signed_in(user)


def post(desk, action, stories, step="_do", **data):
    ids = [getattr(story, "pk", story) for story in stories]
    return desk.post(BULK, {"action": action, "_selected_action": ids, step: "", **data})


def do(desk, action, stories, **data):
    """The page of results."""
    response = post(desk, action, stories, **data)
    assert response.status_code == 302, response.content.decode()
    return desk.get(response.headers["Location"])


def undo(desk, done):
    response = desk.post(f"{BULK}{done.context['job']['key']}/undo/")
    assert response.status_code == 302
    return desk.get(response.headers["Location"])


def left(response):
    return {story.title if story else None: why for story, why in response.context["left"]}


def done(response):
    return [story.title for story in response.context["done"]]


def newest(article):
    return Article.objects.get(pk=article.pk).newest_revision()


def update_of(article, **changes):
    return save_story(factories.content(slug=article.slug, **changes), language="en", article=article)


class TestBefore:
    def test_the_list_offers_what_the_person_may_do(self, desk, writer):
        factories.make_draft()
        for client, offered in ((desk, True), (writer, False)):
            page = client.get(LIST).content.decode()
            assert 'value="bulk_add_tags"' in page
            assert ('value="bulk_unpublish"' in page) is offered
        moderator = signed_in(factories.make_user("mia@example.org", group="Moderators"))
        assert "bulk_" not in moderator.get(LIST).content.decode()

    def test_the_button_of_the_list_leads_to_a_page_that_asks(self, desk):
        article = factories.make_draft(title="Chosen")
        page = desk.post(LIST, {"action": "bulk_add_tags", "_selected_action": [article.pk]})
        assert page.status_code == 200
        assert "Show what will happen" in page.content.decode()
        assert "Chosen" in page.content.decode()
        assert newest(article).number == 1

    def test_a_story_that_fell_out_of_the_filter_is_still_the_selected_one(self, desk):
        article = factories.make_draft(title="Chosen")
        page = desk.post(f"{LIST}?is=public", {"action": "bulk_unpublish", "_selected_action": [article.pk]})
        assert "Is not public." in page.content.decode()

    def test_what_will_happen_is_said_for_each_story_and_nothing_is_done(self, desk):
        draft, public = factories.make_draft(title="Draft"), factories.make_story(title="Public")
        waiting, scheduled = factories.make_story(title="Waiting"), factories.make_draft(title="Scheduled")
        update_of(waiting, title="Waiting")
        publish(scheduled, at=timezone.now() + dt.timedelta(days=1))
        has, wrong = factories.make_draft(title="Has", tags=["moon"]), factories.make_story(title="Wrong")
        retract(wrong, "Wrong.")
        stories = [draft, public, waiting, scheduled, has, wrong]
        page = post(desk, "bulk_add_tags", [*stories, 999], step="_look", tags="moon")
        said = {row["story"].title if row["story"] else None: row["says"] for row in page.context["rows"]}
        assert said["Draft"] == "Changed; only the desk sees this story."
        assert said["Public"] == "The change waits until somebody publishes it."
        assert said["Waiting"] == "The change joins the update that waits."
        assert said["Scheduled"].startswith("Goes out with the change at ")
        assert said["Has"] == "Has this already."
        assert said["Wrong"] == "Retracted: its address tells readers why, for good."
        assert said[None] == "This story is not there any more."
        assert page.context["touched"] == 4
        assert Revision.objects.filter(reason__startswith="Bulk").count() == 0

    def test_who_has_it_open_is_said(self, desk):
        article = factories.make_draft()
        Presence.objects.create(article=article, user=factories.make_user("marko@example.org", "Marko Marić"))
        page = post(desk, "bulk_add_tags", [article], step="_look", tags="moon")
        assert "Open now by Marko Marić." in page.content.decode()

    @pytest.mark.parametrize(
        ("action", "data", "sentence"),
        [
            ("bulk_add_tags", {"tags": " , "}, "Name at least one tag."),
            ("bulk_add_tags", {"tags": "x" * 61}, "is too long for a tag."),
            ("bulk_move", {"section": "nowhere"}, "Select a valid choice"),
            ("bulk_ask_review", {"reviewer": "999"}, "Select a valid choice"),
        ],
    )
    def test_bad_input_comes_back_with_a_sentence(self, desk, action, data, sentence):
        article = factories.make_draft()
        page = post(desk, action, [article], **data)
        assert page.status_code == 422
        assert sentence in page.content.decode()
        assert newest(article).number == 1

    @pytest.mark.parametrize("ids", [[], ["x"], ["-1"], ["9" * 30], list(range(1, 202))])
    def test_an_impossible_selection_is_refused(self, desk, ids):
        assert post(desk, "bulk_unpublish", ids).status_code == 400

    def test_an_unknown_action_is_refused(self, desk):
        assert post(desk, "bulk_delete", [factories.make_draft()]).status_code == 400

    def test_only_by_post(self, desk):
        assert desk.get(BULK).status_code == 405


class TestTags:
    def test_one_revision_each_that_changes_nothing_else(self, desk, ana):
        stories = [factories.make_draft(title="One"), factories.make_draft("hr", title="Dva")]
        before = [newest(story).content for story in stories]
        result = do(desk, "bulk_add_tags", stories, tags="Moon, patience")
        assert done(result) == ["One", "Dva"]
        for story, content in zip(stories, before, strict=True):
            revision = newest(story)
            assert revision.content == {**content, "tags": ["patience", "models", "moon"]}
            assert (revision.number, revision.created_by) == (2, ana)
            assert revision.reason == "Bulk: tags added: moon, patience"

    def test_the_newest_text_is_the_one_that_is_changed(self, desk):
        article = factories.make_story(title="Public")
        update_of(article, title="Newer", body="A newer text.")
        do(desk, "bulk_add_tags", [article], tags="moon", publish_too="on")
        content = newest(article).content
        assert (content["title"], content["body"], content["tags"][-1]) == ("Newer", "A newer text.", "moon")
        article.refresh_from_db()
        assert article.title == "Public", "an update that waited is not published by the way"

    def test_a_save_in_between_is_built_upon(self, desk, monkeypatch):
        article, save = factories.make_draft(), Change._save

        def racing(self, story, *rest):
            update_of(article, title="By somebody else")
            return save(self, story, *rest)

        monkeypatch.setattr(Change, "_save", racing)
        do(desk, "bulk_add_tags", [article], tags="moon")
        assert newest(article).number == 3
        assert newest(article).content["title"] == "By somebody else"
        assert newest(article).content["tags"][-1] == "moon"

    def test_scheduled_in_between_it_is_left_to_those_who_may_publish(self, writer, monkeypatch):
        article, save = factories.make_draft(title="Draft"), Change._save

        def racing(self, story, *rest):
            publish(Article.objects.get(pk=article.pk), at=timezone.now() + dt.timedelta(days=1))
            return save(self, story, *rest)

        monkeypatch.setattr(Change, "_save", racing)
        assert left(do(writer, "bulk_add_tags", [article], tags="moon"))["Draft"].startswith("Scheduled: ")
        assert newest(article).number == 1

    def test_the_text_is_never_laid_over_one_that_was_not_read(self, desk, monkeypatch):
        """Each save says which revision it was made from: publishing refuses it when that is not the newest."""
        told, save = [], publishing.save_story
        monkeypatch.setattr(publishing, "save_story", lambda raw, **named: told.append(named) or save(raw, **named))
        article = factories.make_draft()
        update_of(article, title="Second")
        do(desk, "bulk_add_tags", [article], tags="moon")
        assert [named["based_on"] for named in told] == [2]

    def test_a_public_story_waits_or_is_published_too(self, desk):
        waits, shown = factories.make_story(title="Waits"), factories.make_story(title="Shown")
        do(desk, "bulk_add_tags", [waits], tags="moon")
        do(desk, "bulk_add_tags", [shown], tags="moon", publish_too="on")
        names = {story.title: [name for name, _slug in story.tags_json] for story in Article.objects.all()}
        assert "moon" not in names["Waits"]
        assert "moon" in names["Shown"]

    def test_publishing_needs_its_right(self, writer):
        article = factories.make_story(title="Public")
        scheduled = factories.make_draft(title="Scheduled")
        publish(scheduled, at=timezone.now() + dt.timedelta(days=1))
        result = do(writer, "bulk_add_tags", [article, scheduled], tags="moon", publish_too="on")
        assert done(result) == ["Public"]
        assert left(result) == {"Scheduled": "Scheduled: only somebody who may publish can change it now."}
        article.refresh_from_db()
        assert "moon" not in [name for name, _slug in article.tags_json]

    def test_remove(self, desk):
        has, has_not = factories.make_draft(title="Has"), factories.make_draft(title="Has not", tags=["x"])
        result = do(desk, "bulk_remove_tags", [has, has_not], tags="models")
        assert left(result) == {"Has not": "Does not have this."}
        assert newest(has).content["tags"] == ["patience"]
        assert newest(has).reason == "Bulk: tag removed: models"

    def test_no_story_gets_more_tags_than_fit(self, desk):
        full = factories.make_draft(title="Full", tags=[f"tag {number}" for number in range(12)])
        assert left(do(desk, "bulk_add_tags", [full], tags="moon")) == {"Full": "It would have more than 12 tags."}


class TestMove:
    def test_each_story_in_its_language(self, desk):
        english, croatian = factories.make_draft(title="One"), factories.make_draft("hr", title="Dva")
        there = factories.make_draft(title="There", category="space")
        result = do(desk, "bulk_move", [english, croatian, there], section="space")
        assert left(result) == {"There": "Is in this section already."}
        sections = [Article.objects.get(pk=story.pk).category for story in (english, croatian)]
        assert [(section.key, section.language) for section in sections] == [("space", "en"), ("space", "hr")]
        assert newest(english).reason == "Bulk: moved to section: space"

    def test_a_section_that_a_language_lacks(self, desk):
        Category.objects.filter(key="energy", language="hr").delete()
        english, croatian = factories.make_draft(title="One"), factories.make_draft("hr", title="Dva")
        result = do(desk, "bulk_move", [english, croatian], section="energy")
        assert left(result) == {"Dva": "This section does not exist in Croatian."}
        assert done(result) == ["One"]


class TestSteps:
    def test_unpublish(self, desk, client):
        public, draft = factories.make_story(title="Public"), factories.make_draft(title="Draft")
        address = public.get_absolute_url()
        result = do(desk, "bulk_unpublish", [public, draft])
        assert left(result) == {"Draft": "Is not public."}
        assert client.get(address).status_code == 404
        assert LogEntry.objects.get().change_message == "Bulk: unpublished"

    def test_unpublish_and_archive_need_the_right_to_publish(self, writer):
        article = factories.make_story()
        for action in ("bulk_unpublish", "bulk_archive"):
            assert post(writer, action, [article]).status_code == 403
        assert writer.post(LIST, {"action": "bulk_unpublish", "_selected_action": [article.pk]}).status_code == 302
        article.refresh_from_db()
        assert article.is_public

    def test_send_to_review(self, desk):
        marko = factories.make_user("marko@example.org", group="Chief editors")
        draft, public, old = (factories.make_draft(title="D"), factories.make_story(title="P"), factories.make_draft())
        archive(old)
        result = do(desk, "bulk_ask_review", [draft, public, old], reviewer=marko.pk)
        assert len(done(result)) == 2
        for story in (draft, public):
            story.refresh_from_db()
            assert story.reviewer == marko
            assert story.review_asked_at
        assert (draft.status, public.status) == ("in_review", "published")

    def test_archive(self, desk):
        draft, wrong = factories.make_draft(title="Draft"), factories.make_story(title="Wrong")
        retract(wrong, "Wrong.")
        result = do(desk, "bulk_archive", [draft, wrong])
        assert list(left(result)) == ["Wrong"]
        assert Article.objects.get(pk=draft.pk).status == "archived"

    def test_what_changed_after_the_look_is_left_alone(self, desk):
        article = factories.make_story(title="Public")
        assert post(desk, "bulk_unpublish", [article], step="_look").context["touched"] == 1
        unpublish(article)
        assert left(do(desk, "bulk_unpublish", [article])) == {"Public": "Is not public."}


class TestUndo:
    def test_tags_come_back_as_they_were_and_the_history_says_so(self, desk):
        stories = [factories.make_draft(title="One"), factories.make_draft(title="Two")]
        result = do(desk, "bulk_add_tags", stories, tags="moon")
        update_of(stories[1], title="Two by somebody else")
        back = undo(desk, result)
        assert done(back) == ["One"]
        assert left(back) == {"Two by somebody else": "An import has saved it since; that stays."}
        assert newest(stories[0]).content["tags"] == ["patience", "models"]
        assert newest(stories[0]).reason == "Restored from version 1"

    def test_what_was_published_too_is_taken_from_readers_again(self, desk):
        article = factories.make_story()
        result = do(desk, "bulk_add_tags", [article], tags="moon", publish_too="on")
        undo(desk, result)
        article.refresh_from_db()
        assert "moon" not in [name for name, _slug in article.tags_json]
        assert article.revision == newest(article)

    def test_a_change_that_only_waited_leaves_nothing_waiting(self, desk):
        article = factories.make_story()
        undo(desk, do(desk, "bulk_add_tags", [article], tags="moon"))
        assert not Article.objects.get(pk=article.pk).desk_row.update_waits

    def test_unpublished_stories_are_public_again_under_their_old_date(self, desk, client):
        at = timezone.now() - dt.timedelta(days=30)
        public = factories.make_story(title="Public", at=at)
        update_of(public, title="A waiting update")
        scheduled = factories.make_draft(title="Scheduled")
        later = timezone.now() + dt.timedelta(days=1)
        publish(scheduled, at=later)
        result = do(desk, "bulk_unpublish", [public, scheduled])
        assert not Article.objects.exclude(public_at=None).exists()
        undo(desk, result)
        public.refresh_from_db()
        scheduled.refresh_from_db()
        assert (public.public_at, public.title) == (at, "Public")
        assert client.get(public.get_absolute_url()).status_code == 200
        assert (scheduled.public_at, scheduled.publish_at) == (later, later)
        # That readers did not have it for a while stays true.
        spans = public.publications.order_by("shown_from").values_list("shown_from", "shown_until")
        assert spans[0][1] <= spans[1][0]
        assert spans[1][1] is None

    def test_a_planned_update_is_planned_again(self, desk):
        article, later = factories.make_story(), timezone.now() + dt.timedelta(days=1)
        update_of(article, title="Planned")
        publish(article, at=later)
        undo(desk, do(desk, "bulk_archive", [article]))
        article.refresh_from_db()
        assert article.update_at == later
        assert article.update_revision == newest(article)

    def test_a_story_that_somebody_worked_on_stays(self, desk):
        article = factories.make_story(title="Public")
        result = do(desk, "bulk_unpublish", [article])
        publish(article)
        assert left(undo(desk, result)) == {"Public": "Somebody has worked on it since; that stays."}

    def test_review_and_archive(self, desk):
        marko = factories.make_user("marko@example.org", group="Chief editors")
        asked, archived = factories.make_draft(title="Asked"), factories.make_draft(title="Archived")
        ask_review(archived, marko)
        undo(desk, do(desk, "bulk_ask_review", [asked], reviewer=marko.pk))
        undo(desk, do(desk, "bulk_archive", [archived]))
        asked.refresh_from_db()
        archived.refresh_from_db()
        assert (asked.status, asked.review_asked_at) == ("draft", None)
        assert (archived.status, archived.reviewer) == ("in_review", marko)

    def test_only_once_and_only_by_who_did_it(self, desk, writer):
        article = factories.make_draft()
        result = do(desk, "bulk_add_tags", [article], tags="moon")
        address = f"{BULK}{result.context['job']['key']}/"
        assert writer.get(address).status_code == 404
        assert writer.post(f"{address}undo/").status_code == 404
        undo(desk, result)
        undo(desk, result)
        assert newest(article).number == 3

    def test_what_was_scheduled_since_is_left_to_those_who_may_publish(self, writer):
        article = factories.make_draft(title="Draft")
        result = do(writer, "bulk_add_tags", [article], tags="moon")
        publish(article, at=timezone.now() + dt.timedelta(days=1))
        assert left(undo(writer, result))["Draft"].startswith("Scheduled: ")
        assert "moon" in newest(article).content["tags"]

    def test_the_oldest_of_the_jobs_that_a_session_remembers(self, desk):
        article, *others = (factories.make_draft(title=title) for title in ("First", "Second", "Third"))
        first = do(desk, "bulk_add_tags", [article], tags="moon")
        for other in others:
            do(desk, "bulk_add_tags", [other], tags="moon")
        assert done(undo(desk, first)) == ["First"]
        assert "moon" not in newest(article).content["tags"]


class TestProgress:
    @pytest.fixture(autouse=True)
    def _one_at_a_time(self, monkeypatch):
        monkeypatch.setattr(bulk, "STEP_SECONDS", -1)

    def test_a_long_job_goes_on_where_it_stopped(self, desk):
        stories = [factories.make_draft(title=f"Story {number}") for number in range(3)]
        page = do(desk, "bulk_add_tags", stories, tags="moon")
        assert (page.context["number"], page.context["all"]) == (1, 3)
        assert "Undo" not in page.content.decode()
        assert "A bulk action stopped after 1 of 3 stories." in desk.get(LIST).content.decode()
        address = f"{BULK}{page.context['job']['key']}/"
        for _step in range(2):
            assert desk.post(f"{address}go-on/").status_code == 302
        page = desk.get(address)
        assert done(page) == ["Story 0", "Story 1", "Story 2"]
        assert "A bulk action stopped" not in desk.get(LIST).content.decode()

    def test_a_step_whose_end_was_lost_is_not_done_twice(self, desk):
        article = factories.make_draft()
        page = do(desk, "bulk_add_tags", [article, factories.make_draft(title="Another")], tags="moon")
        session = desk.session
        job = session["bulk"][page.context["job"]["key"]]
        job["rest"], job["done"] = [article.pk, *job["rest"]], []
        session.save()
        address = f"{BULK}{job['key']}/"
        desk.post(f"{address}go-on/")
        assert newest(article).number == 2
        assert len(desk.get(address).context["done"]) == 1

    def test_a_right_that_was_taken_meanwhile_ends_it(self, desk, ana):
        page = do(desk, "bulk_add_tags", [factories.make_draft(), factories.make_draft(title="Another")], tags="moon")
        ana.groups.clear()
        assert desk.post(f"{BULK}{page.context['job']['key']}/go-on/").status_code == 403
