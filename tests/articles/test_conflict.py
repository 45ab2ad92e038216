"""A save over somebody's newer text is refused with a page of both, and every way out keeps both."""

import datetime as dt
import json
import uuid

import pytest
from django.utils import timezone

from articles import publishing
from articles.models import Article, Revision, UnsavedText
from tests import factories
from tests.articles.desk import change_url, editor, form_data, signed_in

pytestmark = pytest.mark.django_db
BODY = "First, as it was.\n\nSecond, as it was.\n\nThird, as it was."


@pytest.fixture
def ana(edition):
    return editor()


@pytest.fixture
def mira(edition):
    return editor("mira@example.org", name="Mira Kern")


@pytest.fixture
def desk(ana):
    return signed_in(ana)


@pytest.fixture
def story(ana):
    return factories.make_draft(body=BODY, user=ana)


def typed(**changes):
    return form_data(**{"based_on": 1, "body": BODY, **changes})


def mira_saves(mira, story, **changes):
    newest = story.newest_revision().number
    answer = signed_in(mira).post(change_url(story), typed(based_on=newest, **changes))
    assert answer.status_code == 302


def conflict(story):
    return f"/admin/articles/article/{story.pk}/conflict/"


def versions(story):
    return list(story.revisions.order_by("number").values_list("number", "content__title", "created_by__display_name"))


def newest(story):
    return story.newest_revision().content


class TestTheRefusal:
    def test_nothing_is_written_and_both_texts_stand_side_by_side(self, desk, mira, story):
        mira_saves(mira, story, title="Mira's title", reason="Figure corrected")
        answer = desk.post(change_url(story), typed(title="Ana's title"))
        page = answer.content.decode()
        assert answer.status_code == 409
        assert Revision.objects.count() == 2
        assert newest(story)["title"] == "Mira’s title"
        for part in ("Mira Kern saved while you were writing", "Figure corrected", "version 2", "begun from version 1"):
            assert part in page
        assert '<input type="hidden" name="title" value="Ana&#x27;s title">' in page
        assert 'name="seen" value="2"' in page
        for button in ("_mine", "_theirs", "_pieces", "_look", "_write"):
            assert f'name="{button}"' in page
        assert "<script" not in page.split('id="conflict"')[1].split("</form>")[0]

    @pytest.mark.parametrize("action", ["_publish", "_reviewed", "_ask", "_back"])
    def test_every_button_is_refused_also_with_an_unchanged_text(self, desk, mira, story, action):
        mira_saves(mira, story, title="Mira's title")
        assert desk.post(change_url(story), typed(reviewer=mira.pk, **{action: "1"})).status_code == 409
        story.refresh_from_db()
        assert (story.status, story.public_at, story.reviewer, story.reviewed_at) == ("draft", None, None, None)

    def test_a_form_that_does_not_say_what_it_was_taken_from_has_seen_nothing(self, desk, story):
        assert desk.post(change_url(story), typed(based_on="")).status_code == 409

    def test_a_public_and_a_scheduled_story_are_guarded_alike(self, desk, mira):
        public = factories.make_story(body=BODY)
        later = factories.make_story(title="Later", at=timezone.now() + dt.timedelta(days=1))
        Article.objects.filter(pk=later.pk).update(publish_at=later.public_at)
        for article in (public, later):
            publishing.save_story(
                factories.content(title=f"Mira {article.pk}"), language="en", article=article, user=mira, based_on=1
            )
            answer = desk.post(change_url(article), typed(title="Ana's", slug=article.slug, publish_at_was="x"))
            assert answer.status_code in (200, 409)
            assert newest(article)["title"] == f"Mira {article.pk}"
        assert desk.post(change_url(public), typed(title="Ana's", _publish="1")).status_code == 409

    def test_a_save_of_ones_own_in_another_window_is_called_so(self, desk, story):
        desk.post(change_url(story), typed(title="In the first"))
        page = desk.post(change_url(story), typed(title="In the second")).content.decode()
        assert "You saved in another window" in page

    def test_the_way_that_one_side_alone_has_gone_is_proposed(self, desk, mira, story):
        mira_saves(mira, story, body=BODY.replace("First, as it was", "First, as Mira has it"))
        page = desk.post(change_url(story), typed(body=BODY.replace("Third, as it was", "Third, as Ana has it")))
        choices = page.context["choices"]
        assert choices == {"body:1": "old", "body:2": "new"}

    def test_asked_for_while_writing_it_is_an_ordinary_page(self, desk, mira, story):
        mira_saves(mira, story, title="Mira's title")
        answer = desk.post(conflict(story), typed(title="Ana's title", _compare="1"))
        assert answer.status_code == 200
        assert Revision.objects.count() == 2


class TestTheWaysOut:
    @pytest.fixture
    def both(self, mira, story):
        mira_saves(mira, story, title="Mira's title", body=BODY.replace("First, as it was", "First, as Mira has it"))

    def decide(self, desk, story, decision, seen=2, **changes):
        data = {"title": "Ana's title", "body": BODY.replace("Third, as it was", "Third, as Ana has it"), **changes}
        return desk.post(conflict(story), typed(seen=seen, **{f"_{decision}": "1"}, **data))

    def test_keep_mine(self, desk, story, both):
        key = uuid.uuid4()
        UnsavedText.objects.create(key=key, user=editor("x@example.org"), language="en")
        answer = self.decide(desk, story, "mine", desk_key=str(uuid.uuid4()), reason="Mine is right")
        assert answer.url.startswith(f"{change_url(story)}?saved=")
        assert versions(story) == [
            (1, "A model learns to wait", "Ana Horvat"),
            (2, "Mira’s title", "Mira Kern"),
            (3, "Ana’s title", "Ana Horvat"),
        ]
        assert story.newest_revision().reason == "Mine is right"
        story.refresh_from_db()
        assert story.title == "Ana’s title"

    def test_keep_theirs_and_mine_stays_in_the_history(self, desk, story, both):
        self.decide(desk, story, "theirs")
        assert [title for _number, title, _who in versions(story)] == [
            "A model learns to wait",
            "Mira’s title",
            "Ana’s title",
            "Mira’s title",
        ]
        assert [row.reason for row in story.revisions.order_by("number")][2:] == [
            "Set aside for version 2",
            "Restored from version 2",
        ]
        story.refresh_from_db()
        assert story.title == "Mira’s title"

    def test_piece_by_piece(self, desk, story, both):
        pieces = {"piece-title": "old", "piece-body:1": "old", "piece-body:2": "new"}
        self.decide(desk, story, "pieces", tags="ana, other", **pieces)
        content = newest(story)
        assert content["title"] == "Mira’s title"
        assert content["body"] == "First, as Mira has it.\n\nSecond, as it was.\n\nThird, as Ana has it."
        assert content["tags"] == ["ana", "other"]
        assert [title for _number, title, _who in versions(story)][1:] == [
            "Mira’s title",
            "Ana’s title",
            "Mira’s title",
        ]

    def test_nothing_but_mine_piece_by_piece_is_mine(self, desk, story, both):
        self.decide(desk, story, "pieces")
        assert len(versions(story)) == 3

    def test_a_look_at_the_pieces_in_the_form_before_they_are_saved(self, desk, ana, story, both):
        answer = self.decide(desk, story, "look", **{"piece-title": "old"})
        page = desk.get(answer.url)
        form = page.context["adminform"].form
        assert form.initial["title"] == "Mira’s title"
        assert form.initial["body"].endswith("Third, as Ana has it.")
        assert [row["source"] for row in form.sources.initial] == ["techcrunch-ai"]
        # Nothing is decided: theirs is the newest, and both are in the history.
        assert newest(story)["title"] == "Mira’s title"
        assert "Ana’s title" in [title for _number, title, _who in versions(story)]
        key, based_on = form.initial["desk_key"], form.initial["based_on"]
        saved = desk.post(change_url(story), typed(based_on=based_on, desk_key=key, title="Both"))
        assert saved.status_code == 302
        assert not UnsavedText.objects.exists()

    def test_back_to_my_text_writes_nothing(self, desk, story, both):
        answer = self.decide(desk, story, "write")
        form = desk.get(answer.url).context["adminform"].form
        assert form.initial["title"] == "Ana's title"
        assert form.initial["based_on"] == 1
        assert len(versions(story)) == 2

    @pytest.mark.parametrize("decision", ["mine", "theirs", "pieces", "look"])
    def test_a_third_save_meanwhile_is_refused_again(self, desk, mira, story, both, decision):
        mira_saves(mira, story, title="Mira's second")
        answer = self.decide(desk, story, decision)
        assert answer.status_code == 409
        assert 'name="seen" value="3"' in answer.content.decode()
        assert len(versions(story)) == 3

    @pytest.mark.parametrize("seen", ["", "x", "99", "9" * 30])
    def test_a_version_that_was_never_shown_decides_nothing(self, desk, story, both, seen):
        for decision in ("mine", "theirs", "pieces", "look"):
            assert self.decide(desk, story, decision, seen=seen).status_code == 409
        assert len(versions(story)) == 2

    def test_pieces_that_do_not_go_together_are_refused_with_a_sentence(self, desk, mira, story):
        photo = factories.make_photo()
        mira_saves(mira, story, title="Mira's title")
        answer = desk.post(
            conflict(story),
            typed(
                seen=2,
                body=f"{BODY}\n\n![Seen](photo:{photo.pk})",
                photos=[{"photo": photo.pk}],
                _pieces="1",
                **{"piece-photos": "old"},
            ),
        )
        assert answer.status_code == 422
        assert "not among the story" in answer.content.decode()
        assert len(versions(story)) == 2

    def test_a_text_with_a_fault_goes_back_to_the_form_and_is_kept(self, desk, story, both):
        answer = self.decide(desk, story, "mine", title="", interpreter="Typed with care.")
        page = desk.get(answer.url).content.decode()
        assert "Mend this first" in page
        assert "Typed with care." in page
        assert len(versions(story)) == 2

    def test_the_unsaved_text_is_forgotten_once_it_is_in_the_history(self, desk, story, both):
        for decision in ("mine", "theirs"):
            key = str(uuid.uuid4())
            told = {"key": key, "based_on": 1, "fields_json": json.dumps([["title", "Ana's title"]])}
            desk.post(f"/admin/articles/article/{story.pk}/working/", told)
            assert UnsavedText.objects.exists()
            self.decide(desk, story, decision, seen=story.newest_revision().number, desk_key=key)
            assert not UnsavedText.objects.exists()

    def test_what_the_public_reads_stays_as_it_is(self, desk, mira, client):
        article = factories.make_story(body=BODY)
        publishing.save_story(factories.content(title="Mira"), language="en", article=article, user=mira)
        for decision in ("mine", "theirs", "pieces", "look"):
            number = article.newest_revision().number
            self.decide(desk, article, decision, seen=number, title=f"Ana {decision}", **{"piece-title": "old"})
        article.refresh_from_db()
        assert article.title == "A model learns to wait"
        assert article.revision.number == 1


class TestWhatIsNoVersion:
    """Times and reviewer stand on the story: an old form does not undo what somebody else has set."""

    def test_the_reviewer_that_another_has_set_stays(self, desk, mira, story):
        publishing.save_story(factories.content(body=BODY), language="en", article=story, user=mira, reviewer=mira)
        self.post_on_top(desk, story, reviewer="", reviewer_was="")
        story.refresh_from_db()
        assert story.reviewer == mira

    def test_what_this_person_has_changed_is_written(self, desk, mira, story):
        self.post_on_top(desk, story, reviewer=mira.pk, reviewer_was="")
        story.refresh_from_db()
        assert story.reviewer == mira
        self.post_on_top(desk, story, reviewer="", reviewer_was=str(mira.pk))
        story.refresh_from_db()
        assert story.reviewer is None

    def test_the_time_that_another_has_set_stays(self, desk, story):
        at = dt.datetime(2040, 7, 1, 5, 0, tzinfo=dt.UTC)
        Article.objects.filter(pk=story.pk).update(publish_at=at)
        self.post_on_top(desk, story, publish_at_0="", publish_at_1="", publish_at_was="")
        story.refresh_from_db()
        assert story.publish_at == at
        shown = {
            "publish_at_0": "2040-07-01",
            "publish_at_1": "07:00:00",
            "publish_at_was": "2040-07-01T05:00:00+00:00",
        }
        Article.objects.filter(pk=story.pk).update(publish_at=at + dt.timedelta(days=1))
        self.post_on_top(desk, story, **shown)
        story.refresh_from_db()
        assert story.publish_at == at + dt.timedelta(days=1)
        self.post_on_top(desk, story, **{**shown, "publish_at_0": "", "publish_at_1": ""})
        story.refresh_from_db()
        assert story.publish_at is None

    def test_the_page_carries_what_stood_there(self, desk, mira, story):
        at = dt.datetime(2040, 7, 1, 5, 0, tzinfo=dt.UTC)
        Article.objects.filter(pk=story.pk).update(publish_at=at, reviewer=mira)
        page = desk.get(change_url(story)).content.decode()
        assert 'name="publish_at_was" value="2040-07-01T05:00:00+00:00"' in page
        assert f'name="reviewer_was" value="{mira.pk}"' in page

    def post_on_top(self, desk, story, **changes):
        answer = desk.post(change_url(story), typed(based_on=story.newest_revision().number, **changes))
        assert answer.status_code == 302


class TestWhoMay:
    def test_the_page_is_for_those_who_may_write(self, client, story):
        assert client.post(conflict(story), typed()).url.startswith("/admin/login/")
        mia = signed_in(factories.make_user("mia@example.org", group="Moderators"))
        assert mia.post(conflict(story), typed(seen=1, _mine="1")).status_code == 403
        assert len(versions(story)) == 1

    def test_opened_without_a_text_it_leads_to_the_form(self, desk, story):
        assert desk.get(conflict(story)).url == change_url(story)
        assert desk.get("/admin/articles/article/99999/conflict/").status_code == 404

    def test_a_scheduled_story_is_decided_by_who_may_publish(self, edition, mira):
        from django.contrib.auth.models import Permission

        article = factories.make_story(at=timezone.now() + dt.timedelta(days=1))
        user = factories.make_user("writer@example.org")
        rights = ["add_article", "change_article", "view_article"]
        user.user_permissions.add(*Permission.objects.filter(codename__in=rights))
        publishing.save_story(factories.content(title="Mira"), language="en", article=article, user=mira)
        data = typed(seen=2, title="Smuggled", _theirs="1")
        assert signed_in(user).post(conflict(article), data).status_code == 403
        assert len(versions(article)) == 2
