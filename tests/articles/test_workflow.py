"""The steps of a story, taken in its form: ask, read, give back, publish, plan, archive, bring back."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from articles import publishing, reviewing
from articles.desk_forms import StoryForm
from articles.models import Article
from tests import factories
from tests.articles.desk import ADD, change_url, editor, errors_of, form_data, signed_in

pytestmark = pytest.mark.usefixtures("edition")


@pytest.fixture
def ana():
    return editor()


@pytest.fixture
def desk(ana):
    return signed_in(ana)


@pytest.fixture
def mira():
    return editor("mira@example.org", name="Mira Kern")


def post(desk, article, **changes):
    changes.setdefault("based_on", article.newest_revision().number)
    return desk.post(change_url(article), form_data(**changes))


def read(article):
    return Article.objects.get(pk=article.pk)


def names(response):
    return [step.name for step in response.context["steps"]]


def at_seven():
    """(the moment, what the form sends for it): tomorrow at seven in the edition's time zone."""
    moment = timezone.now() + dt.timedelta(days=1)
    day = timezone.localtime(moment, dt.timezone(dt.timedelta(hours=1))).date()
    return {"publish_at_0": str(day + dt.timedelta(days=1)), "publish_at_1": "07:00"}


def test_asking_for_a_review_names_the_reader_and_waits_for_them(desk, mira):
    desk.post(ADD, form_data(reviewer=mira.pk, _ask="1"))
    article = Article.objects.get()
    assert (article.status, article.reviewer) == ("in_review", mira)
    assert article.review_asked_at is not None
    page = signed_in(mira).get(change_url(article))
    assert names(page)[0] == "_reviewed"
    assert "Mira Kern was asked to read it" in page.content.decode()
    assert names(desk.get(change_url(article)))[0] == "_publish"


def test_somebody_must_be_asked(desk):
    response = desk.post(ADD, form_data(_ask="1"))
    assert errors_of(response)["reviewer"] == ["Choose who should read the story, then ask again."]
    assert not Article.objects.exists()


def test_who_has_read_it_is_on_record_and_is_asked_no_more(desk, mira):
    article = factories.make_draft()
    post(desk, article, reviewer=mira.pk, _ask="1")
    post(signed_in(mira), article, reviewer=mira.pk, _reviewed="1")
    article = read(article)
    assert (article.reviewed_by, article.review_asked_at, article.status) == (mira, None, "in_review")
    assert article.reviewed_revision == article.newest_revision()
    post(desk, article, reviewer=mira.pk, _publish="1")
    assert read(article).is_public
    assert read(article).is_reviewed


def test_another_reader_may_be_asked_without_taking_the_word_of_the_first(desk, ana, mira):
    article = factories.make_draft()
    post(desk, article, _reviewed="1")
    post(desk, article, title="Changed since", reviewer=mira.pk, _ask="1")
    article = read(article)
    assert (article.reviewed_by, article.reviewer) == (ana, mira)
    assert "Ana Horvat has read an earlier version." in desk.get(change_url(article)).content.decode()


def test_a_review_is_taken_back(desk, mira):
    article = factories.make_draft()
    post(desk, article, reviewer=mira.pk, _ask="1")
    post(signed_in(mira), article, reviewer=mira.pk, _back="1")
    assert (read(article).status, read(article).review_asked_at) == ("draft", None)


def test_publishing_ends_the_asking(desk, mira):
    article = factories.make_draft()
    post(desk, article, reviewer=mira.pk, _ask="1")
    post(desk, article, reviewer=mira.pk, _publish="1")
    assert (read(article).status, read(article).review_asked_at) == ("published", None)


def test_the_change_of_a_public_story_is_planned_and_says_so(desk):
    article = factories.make_story()
    response = desk.post(
        change_url(article), form_data(based_on=1, title="Planned", _publish="1", **at_seven()), follow=True
    )
    page = response.content.decode()
    assert "Saved. The update goes out at" in page
    assert "Version 2 goes out at" in page
    article = read(article)
    assert (article.title, article.update_revision.number) == ("A model learns to wait", 2)
    assert f"{timezone.localtime(article.update_at, dt.timezone(dt.timedelta(hours=1))):%H:%M}" == "07:00"


def test_a_save_after_the_plan_says_that_it_is_not_what_goes_out(desk):
    article = factories.make_story()
    when = at_seven()
    post(desk, article, title="Planned", _publish="1", **when)
    response = desk.post(change_url(article), form_data(based_on=2, title="Later", **when), follow=True)
    assert "version 2 goes out as planned, not what you saved now" in response.content.decode()
    assert read(article).update_revision.number == 2


def test_a_plain_save_moves_the_plan_to_the_time_in_the_form(desk):
    article = factories.make_story()
    when = at_seven()
    post(desk, article, title="Planned", _publish="1", **when)
    before = read(article).update_at
    post(desk, article, title="Planned", **{**when, "publish_at_1": "08:30"})
    assert read(article).update_at == before + dt.timedelta(minutes=90)
    assert read(article).update_revision.number == 2


def test_a_plan_is_not_dropped_by_an_empty_time(desk):
    article = factories.make_story()
    post(desk, article, title="Planned", _publish="1", **at_seven())
    response = post(desk, article, title="Planned")
    assert "Do not send the update" in errors_of(response)["publish_at"][0]
    assert read(article).update_at
    post(desk, article, title="Planned", _cancel_update="1")
    assert read(article).update_at is None


def test_the_form_of_a_public_story_shows_the_time_of_its_update_only(desk):
    article = factories.make_draft()
    publishing.publish(article, at=timezone.now() + dt.timedelta(hours=1))
    factories.backdate(article, timezone.now() - dt.timedelta(hours=1))
    form = desk.get(change_url(article)).context["adminform"].form
    assert form.initial["publish_at"] == read(article).publish_at is not None
    Article.objects.filter(pk=article.pk).update(publish_at=timezone.now() - dt.timedelta(hours=1))
    assert desk.get(change_url(article)).context["adminform"].form.initial["publish_at"] is None


def test_archiving_and_bringing_back(desk):
    article = factories.make_story()
    base = f"/admin/articles/article/{article.pk}"
    assert desk.get(f"{base}/archive/").status_code == 200
    assert read(article).is_public
    desk.post(f"{base}/archive/")
    assert (read(article).status, read(article).public_at) == ("archived", None)
    page = desk.get(change_url(article))
    assert names(page) == []
    assert f"{base}/bring-back/" in page.content.decode()
    desk.post(f"{base}/bring-back/")
    assert read(article).status == "draft"


def test_a_retraction_between_the_question_and_the_step_stays(desk, monkeypatch):
    article = factories.make_story()
    unpublish = publishing.unpublish

    def too_late(story):
        publishing.retract(read(story), "The figure was wrong.")
        return unpublish(story)

    monkeypatch.setattr(publishing, "unpublish", too_late)
    page = desk.post(f"/admin/articles/article/{article.pk}/unpublish/", follow=True)
    assert "tells readers why, for good" in page.content.decode()
    assert read(article).status == "retracted"


@pytest.mark.parametrize("step", ["archive", "bring-back", "unpublish", "retract"])
def test_a_retracted_story_takes_no_further_step(desk, step):
    article = factories.make_story()
    publishing.retract(article, "The figure was wrong.")
    response = desk.post(f"/admin/articles/article/{article.pk}/{step}/", {"reason": "Again."}, follow=True)
    assert "does not fit where the story stands" in response.content.decode()
    assert (read(article).status, read(article).retraction_reason) == ("retracted", "The figure was wrong.")


class TestWithoutTheRightToPublish:
    @pytest.fixture
    def writer(self):
        from django.contrib.auth.models import Permission

        user = factories.make_user("writer@example.org")
        rights = ["add_article", "change_article", "view_article"]
        user.user_permissions.add(*Permission.objects.filter(codename__in=rights))
        return signed_in(user)

    def test_asking_is_the_next_step(self, writer, mira):
        assert names(writer.get(ADD)) == ["_ask"]
        assert writer.post(ADD, form_data(reviewer=mira.pk, _ask="1")).status_code == 302
        assert Article.objects.get().status == "in_review"

    def test_what_is_scheduled_at_this_moment_is_not_changed(self, writer, monkeypatch):
        article, is_valid = factories.make_draft(), StoryForm.is_valid

        def racing(form):
            publishing.publish(read(article), at=timezone.now() + dt.timedelta(days=1))
            return is_valid(form)

        monkeypatch.setattr(StoryForm, "is_valid", racing)
        assert "Only somebody who may publish" in post(writer, article, title="Late").content.decode()
        assert article.newest_revision().number == 1

    def test_a_planned_update_is_not_moved_or_stopped(self, desk, writer):
        article = factories.make_story()
        when = at_seven()
        post(desk, article, title="Planned", _publish="1", **when)
        planned = read(article).update_at
        refused = post(writer, article, title="Planned", **{**when, "publish_at_1": "23:00"})
        assert "Only somebody who may publish" in refused.content.decode()
        assert post(writer, article, title="Planned", _cancel_update="1").status_code == 403
        assert read(article).update_at == planned
        assert post(writer, article, title="A text that waits", **when).status_code == 302
        assert read(article).update_revision.content["title"] == "Planned"

    @pytest.mark.parametrize("step", ["archive", "bring-back"])
    def test_the_archive_is_closed(self, writer, step):
        article = factories.make_draft()
        assert writer.post(f"/admin/articles/article/{article.pk}/{step}/").status_code == 403


def test_a_change_of_a_public_story_is_read_before_it_is_planned(desk, mira):
    article = factories.make_story()
    post(desk, article, title="Planned", reviewer=mira.pk, _ask="1")
    assert (read(article).status, read(article).is_public) == ("published", True)
    post(desk, article, title="Planned", reviewer=mira.pk, _publish="1", **at_seven())
    assert read(article).update_revision.number == 2
    assert read(article).review_asked_at is None


def test_taking_a_question_back_leaves_a_public_story_public(desk, mira):
    article = factories.make_story()
    post(desk, article, title="A change", reviewer=mira.pk, _ask="1")
    post(desk, article, title="A change", reviewer=mira.pk, _back="1")
    assert (read(article).status, read(article).review_asked_at) == ("published", None)
    assert read(article).is_public


@pytest.mark.parametrize(
    "leave", [publishing.archive, lambda story: publishing.retract(story, "The figure was wrong.")]
)
def test_nobody_is_asked_to_read_what_is_put_away(mira, leave):
    article = leave(factories.make_story())
    with pytest.raises(ValidationError, match="retracted or archived"):
        reviewing.ask_review(article, mira)
    assert read(article).review_asked_at is None


def test_only_who_may_change_stories_is_asked_to_read_one(desk, ana, mira):
    mia = factories.make_user("mia@example.org", name="Mia", group="Moderators")
    left = editor("left@example.org", name="Left", is_active=False)
    root = factories.make_user("root@example.org", name="Root", is_superuser=True)
    offered = set(desk.get(ADD).context["adminform"].form.fields["reviewer"].queryset)
    assert offered == {ana, mira, root}
    for person in (mia, left):
        assert "reviewer" in errors_of(desk.post(ADD, form_data(reviewer=person.pk, _ask="1")))
    assert not Article.objects.exists()


def test_saving_what_readers_see_already_says_so(desk):
    article = factories.make_draft()
    post(desk, article, _publish="1")
    response = desk.post(change_url(article), form_data(based_on=article.newest_revision().number), follow=True)
    assert "Readers see the same text already." in response.content.decode()
