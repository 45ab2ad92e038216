"""An open form: its unsaved text is kept on the server, and who else has it open is named. No history comes of it."""

import datetime as dt
import json
import re
import uuid

import pytest
import time_machine
from django.utils import timezone

from articles.models import Presence, Revision, UnsavedText
from articles.working import here
from tests import factories
from tests.articles.desk import ADD, change_url, editor, form_data, signed_in

pytestmark = pytest.mark.django_db
NEW = "/admin/articles/article/working/"
NOON = dt.datetime(2026, 11, 25, 11, 0, tzinfo=dt.UTC)  # 12:00 in Zagreb


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
def story(edition):
    return factories.make_draft()


def working(story):
    return f"/admin/articles/article/{story.pk}/working/"


def pairs(**changes):
    return [[name, str(value)] for name, value in form_data(**changes).items()]


def text(key=None, based_on=1, **changes):
    """What an open form sends to have its text kept."""
    return {"key": key or uuid.uuid4(), "based_on": based_on, "fields_json": json.dumps(pairs(**changes))}


class TestKeeping:
    def test_unsaved_text_is_kept_and_no_history_comes_of_it(self, desk, ana, story):
        key = uuid.uuid4()
        with time_machine.travel(NOON, tick=False):
            answer = desk.post(working(story), text(key, title="Half a title")).json()
        assert answer["kept"] == "12:00:00"
        row = UnsavedText.objects.get()
        assert (row.key, row.user, row.article, row.language) == (key, ana, story, "en")
        assert (row.title, row.based_on) == ("Half a title", 1)
        assert ["body", "The first paragraph.\n\nThe second paragraph."] in row.fields
        assert Revision.objects.count() == 1
        story.refresh_from_db()
        assert story.title == "A model learns to wait"

    def test_the_same_form_is_one_row(self, desk, story):
        key = uuid.uuid4()
        desk.post(working(story), text(key, title="One"))
        desk.post(working(story), text(key, title="Two"))
        assert UnsavedText.objects.get().title == "Two"

    def test_a_story_that_does_not_exist_yet_is_kept_too(self, desk):
        assert desk.post(NEW, text(language="hr", title="Naslov")).status_code == 200
        row = UnsavedText.objects.get()
        assert (row.article, row.language, row.title) == (None, "hr", "Naslov")

    def test_saving_takes_the_text_away_in_the_same_step(self, desk, story):
        key = uuid.uuid4()
        desk.post(working(story), text(key))
        refused = desk.post(change_url(story), form_data(based_on=1, desk_key=key, title=""))
        assert refused.status_code == 200
        assert f'name="desk_key" value="{key}"' in refused.content.decode()
        assert UnsavedText.objects.exists()
        saved = desk.post(change_url(story), form_data(based_on=1, desk_key=key, title="Whole"))
        assert saved.url == f"{change_url(story)}?saved={key}"
        assert not UnsavedText.objects.exists()

    def test_a_refused_publication_keeps_it(self, desk, story):
        key = uuid.uuid4()
        desk.post(working(story), text(key))
        desk.post(change_url(story), form_data(based_on=1, desk_key=key, body="", _publish="1"))
        assert UnsavedText.objects.filter(key=key).exists()

    def test_token_and_key_are_not_kept_and_odd_characters_do_no_harm(self, desk, story):
        odd = [["csrfmiddlewaretoken", "secret"], ["desk_key", "x"], ["body", "a\x00b\ud83d"], ["title", "T"]]
        answer = desk.post(working(story), {"key": uuid.uuid4(), "fields_json": json.dumps(odd)})
        assert answer.status_code == 200
        assert UnsavedText.objects.get().fields == [["body", "ab?"], ["title", "T"]]

    @pytest.mark.parametrize(
        "sent",
        [
            {"fields_json": "no json"},
            {"fields_json": "[" * 100_000},
            {"fields_json": '{"a": 1}'},
            {"fields_json": '[["a", 1]]'},
            {"fields_json": '[["a"]]'},
            {"fields_json": json.dumps([["a", "b"]] * 1501)},
            {"key": "x"},
            {"key": ""},
            {"based_on": "-1"},
            {"based_on": "9" * 30},
            {"part": "x" * 61},
        ],
    )
    def test_what_no_form_sends_is_refused(self, desk, story, sent):
        assert desk.post(working(story), {**text(), **sent}).status_code == 400
        assert not UnsavedText.objects.exists()

    def test_more_than_three_hundred_kilobytes_are_refused(self, desk, story):
        assert desk.post(working(story), text(body="č" * 26_000)).status_code == 200
        answer = desk.post(working(story), text(body="č" * 150_001))
        assert answer.status_code == 413
        assert "too long" in answer.json()["error"]
        assert UnsavedText.objects.count() == 1

    def test_a_text_belongs_to_the_person_who_typed_it(self, desk, mira, story):
        key = uuid.uuid4()
        desk.post(working(story), text(key, title="Ana's"))
        other = signed_in(mira)
        assert other.post(working(story), text(key, title="Mira's")).status_code == 403
        other.post(f"/admin/articles/article/working/{key}/drop/")
        assert UnsavedText.objects.get().title == "Ana's"
        assert "Ana&#x27;s" not in other.get(f"{change_url(story)}?take={key}").content.decode()
        assert other.get(change_url(story)).context["bench"]["waiting"] is None

    def test_fifty_texts_a_person_and_thirty_days(self, desk, ana, mira, story):
        now = timezone.now()
        for number in range(50):
            UnsavedText.objects.create(user=ana, language="en", kept_at=now - dt.timedelta(minutes=number + 1))
        old = UnsavedText.objects.create(user=mira, language="en", kept_at=now - dt.timedelta(days=31))
        oldest = UnsavedText.objects.filter(user=ana).earliest("kept_at")
        desk.post(working(story), text())
        assert UnsavedText.objects.filter(user=ana).count() == 50
        assert not UnsavedText.objects.filter(key__in=[old.key, oldest.key]).exists()


class TestTakingBack:
    def kept(self, desk, story, **changes):
        key = uuid.uuid4()
        assert desk.post(working(story) if story else NEW, text(key, **changes)).status_code == 200
        return key

    def test_the_form_offers_the_text_and_does_not_use_it_unasked(self, desk, story):
        with time_machine.travel(NOON, tick=False):
            key = self.kept(desk, story, title="Typed and lost")
            page = desk.get(change_url(story))
        html = page.content.decode()
        assert "that was never saved is kept" in html
        assert f"?take={key}" in html
        assert page.context["adminform"].form.initial["title"] == "A model learns to wait"

    def test_nothing_is_offered_where_nothing_was_lost(self, desk, story):
        self.kept(desk, None, title="A new one")
        page = desk.get(change_url(story))
        assert page.context["bench"]["waiting"] is None
        assert re.search(r'<section [^>]*id="kept"[^>]* hidden>', page.content.decode())

    def test_taken_back_it_fills_the_form_with_rows_time_and_all(self, desk, story, mira):
        photos = [factories.make_photo("One"), factories.make_photo("Two", width=65)]
        key = self.kept(
            desk,
            story,
            title="Typed and lost",
            key_points="One.\nTwo.",
            tags="one, two",
            publish_at_0="2040-07-01",
            publish_at_1="07:00",
            reviewer=mira.pk,
            reason="Because",
            sources=[
                {"source": "techcrunch-ai", "ORDER": 2},
                {"source": "esa", "title": "Original", "ORDER": 1},
                {"source": "esa", "DELETE": "on"},
            ],
            photos=[{"photo": photo.pk, "alt": f"Alt {photo.pk}"} for photo in photos],
        )
        page = desk.get(f"{change_url(story)}?take={key}")
        form = page.context["adminform"].form
        html = page.content.decode()
        assert [row["source"] for row in form.sources.initial] == ["esa", "techcrunch-ai"]
        assert [row["photo"] for row in form.photos.initial] == [str(photo.pk) for photo in photos]
        for part in ("Typed and lost", "One.\nTwo.", 'value="2040-07-01"', 'value="07:00"', "Original", "Because"):
            assert part in html
        assert f'<option value="{mira.pk}" selected>' in html
        assert f'name="desk_key" value="{key}"' in html
        assert 'name="based_on" value="1"' in html
        assert "Please correct" not in html

    def test_a_new_story_is_taken_back_on_its_own_page(self, desk):
        key = self.kept(desk, None, based_on=0, language="hr", title="Naslov", category="space")
        page = desk.get(f"{ADD}?take={key}")
        form = page.context["adminform"].form
        assert (form.story_language, form.initial["title"], form.initial["category"]) == ("hr", "Naslov", "space")
        offered = desk.get(f"{ADD}?language=hr").content.decode()
        assert f"?take={key}" in offered
        assert f"?take={key}" not in desk.get(f"{ADD}?language=en").content.decode()

    def test_what_it_was_based_on_stays_so_that_a_newer_version_is_not_overwritten(self, desk, mira, story):
        key = self.kept(desk, story, title="Ana's")
        signed_in(mira).post(change_url(story), form_data(based_on=1, title="Mira's"))
        assert 'name="based_on" value="1"' in desk.get(f"{change_url(story)}?take={key}").content.decode()

    @pytest.mark.parametrize("key", ["x", uuid.uuid4()])
    def test_what_is_kept_no_longer_is_said(self, desk, story, key):
        page = desk.get(f"{change_url(story)}?take={key}", follow=True)
        assert "not kept any longer" in page.content.decode()
        assert desk.get(f"{ADD}?take={key}").status_code == 200

    def test_it_can_be_thrown_away(self, desk, story):
        key = self.kept(desk, story)
        answer = desk.post(f"/admin/articles/article/working/{key}/drop/", follow=True)
        assert answer.redirect_chain[0][0] == change_url(story)
        assert "thrown away" in answer.content.decode()
        assert not UnsavedText.objects.exists()

    def test_for_a_script_without_a_message_also_when_it_has_gone_already(self, desk, story):
        key = self.kept(desk, story)
        for _time in range(2):
            answer = desk.post(f"/admin/articles/article/working/{key}/drop/", headers={"accept": "application/json"})
            assert answer.status_code == 200
        assert not UnsavedText.objects.exists()
        assert "thrown away" not in desk.get(change_url(story)).content.decode()

    def test_reading_the_page_throws_nothing_away(self, desk, story):
        key = self.kept(desk, story)
        assert desk.get(f"/admin/articles/article/working/{key}/drop/").status_code == 405
        assert UnsavedText.objects.exists()


class TestPresence:
    def beat(self, user, story, part="", based_on=1, **more):
        return signed_in(user).post(working(story), {"part": part, "based_on": based_on, **more}).json()

    def test_the_second_sees_who_is_there_where_and_since_when(self, ana, mira, story):
        with time_machine.travel(NOON, tick=False):
            assert self.beat(mira, story, "key_points")["here"] == []
        with time_machine.travel(NOON + dt.timedelta(seconds=30), tick=False):
            told = self.beat(ana, story, "title")["here"]
        assert told == [{"name": "Mira Kern", "initials": "MK", "sentence": "Mira Kern is in Key points, since 12:00"}]

    @pytest.mark.parametrize(
        ("control", "words"),
        [
            ("sources-0-url", "is in Sources"),
            ("photos-3-alt", "is in Photos"),
            ("publish_at_0", "is in Goes out"),
            ("based_on", "has the story open"),
            ("nonsense", "has the story open"),
            ("", "has the story open"),
        ],
    )
    def test_the_part_is_named_by_its_label(self, ana, mira, story, control, words):
        self.beat(mira, story, control)
        assert words in self.beat(ana, story)["here"][0]["sentence"]

    def test_since_lasts_while_the_form_is_open_and_begins_anew_after(self, mira, story):
        with time_machine.travel(NOON, tick=False) as clock:
            self.beat(mira, story)
            clock.shift(40)
            self.beat(mira, story, "body")
            assert Presence.objects.get().since == NOON
            clock.shift(46)
            self.beat(mira, story)
            assert Presence.objects.get().since == NOON + dt.timedelta(seconds=86)

    def test_who_was_not_seen_for_45_seconds_has_gone(self, ana, mira, story):
        with time_machine.travel(NOON, tick=False) as clock:
            self.beat(mira, story)
            clock.shift(45)
            assert len(self.beat(ana, story)["here"]) == 1
            clock.shift(1)
            assert self.beat(ana, story)["here"] == []

    def test_leaving_is_told_at_once(self, ana, mira, story):
        self.beat(mira, story)
        self.beat(mira, story, leaving="on")
        assert self.beat(ana, story)["here"] == []

    def test_two_windows_of_one_person_are_no_stranger(self, ana, story):
        self.beat(ana, story, "title")
        assert self.beat(ana, story, "body")["here"] == []
        assert Presence.objects.count() == 1

    def test_rows_of_yesterday_go(self, ana, mira, story):
        with time_machine.travel(NOON, tick=False) as clock:
            self.beat(mira, story)
            clock.shift(dt.timedelta(days=1, seconds=1))
            self.beat(ana, story)
        assert Presence.objects.get().user == ana

    def test_somebody_elses_save_is_told_and_ones_own_from_another_window(self, ana, mira, story):
        with time_machine.travel(NOON, tick=False):
            assert self.beat(ana, story)["newer"] == ""
            signed_in(mira).post(change_url(story), form_data(based_on=1, title="Mira's"))
            assert self.beat(ana, story)["newer"] == "Mira Kern saved version 2 at 12:00 while you write."
            assert self.beat(mira, story)["newer"] == "You saved version 2 at 12:00 in another window."
            assert self.beat(mira, story, based_on=2)["newer"] == ""

    def test_a_beat_costs_few_queries(self, ana, mira, story, django_assert_num_queries):
        self.beat(mira, story)
        client = signed_in(ana)
        client.post(working(story), {"part": "title", "based_on": 1})
        # Session and account, its rights (two), the story, my row, the others, the newest version.
        with django_assert_num_queries(8):
            client.post(working(story), {"part": "body", "based_on": 1})

    def test_the_names_for_a_list_of_stories_take_one_query(self, ana, mira, story, django_assert_num_queries):
        other, empty = factories.make_draft(title="Other"), factories.make_draft(title="Empty")
        self.beat(ana, story)
        self.beat(mira, story)
        self.beat(mira, other)
        with django_assert_num_queries(1):
            found = here([story.pk, other.pk, empty.pk])
        assert found == {story.pk: ["Ana Horvat", "Mira Kern"], other.pk: ["Mira Kern"]}


class TestWhoMay:
    def test_a_token_that_holds_is_given_to_who_may_write(self, desk, ana, story):
        for address in (NEW, working(story)):
            told = desk.get(address).json()
            assert (told["user"], len(told["csrf"])) == (ana.pk, 64)

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_without_an_account_the_login_is_all_there_is(self, client, story, method):
        for address in (NEW, working(story), f"/admin/articles/article/working/{uuid.uuid4()}/drop/"):
            answer = getattr(client, method)(address, text())
            assert answer.status_code == 302
            assert answer.url.startswith("/admin/login/")
        assert not UnsavedText.objects.exists()

    def test_who_may_only_read_keeps_nothing_and_is_not_there(self, edition, story):
        mia = signed_in(factories.make_user("mia@example.org", group="Moderators"))
        for address in (NEW, working(story)):
            assert mia.post(address, text()).status_code == 403
            assert mia.get(address).status_code == 403
        assert not Presence.objects.exists()
        assert 'data-working="' not in mia.get(change_url(story)).content.decode()

    def test_who_may_no_longer_write_throws_nothing_away(self, edition, story):
        mia = factories.make_user("mia@example.org", group="Moderators")
        for article in (story, None):
            row = UnsavedText.objects.create(user=mia, article=article, language="en")
            assert signed_in(mia).post(f"/admin/articles/article/working/{row.key}/drop/").status_code == 403
        assert UnsavedText.objects.count() == 2

    def test_an_unknown_story_is_not_found(self, desk):
        assert desk.post("/admin/articles/article/99999/working/", text()).status_code == 404


class TestTheStateLine:
    def line(self, desk, story):
        html = desk.get(change_url(story) if story else ADD).content.decode()
        return html.split("data-saved>")[1].split("<")[0]

    def test_it_says_what_is_saved(self, desk):
        with time_machine.travel(NOON, tick=False) as clock:
            assert self.line(desk, None) == "Not saved yet"
            story = factories.make_draft()
            assert self.line(desk, story) == "Saved as draft 12:00"
            desk.post(change_url(story), form_data(based_on=1, _publish="1"))
            assert self.line(desk, story) == "Published version 2, 12:00"
            clock.shift(60)
            desk.post(change_url(story), form_data(based_on=2, title="Changed"))
            assert self.line(desk, story) == "Saved as version 3, 12:01, not public yet"
            clock.shift(dt.timedelta(days=1))
            assert "25 Nov 2026, 12:01" in self.line(desk, story)

    def test_a_later_version_that_says_the_very_same_is_public_too(self, desk):
        with time_machine.travel(NOON, tick=False):
            story = factories.make_draft()
            desk.post(change_url(story), form_data(based_on=1, _publish="1"))
            for number, title in enumerate(("Changed", form_data()["title"]), 2):
                desk.post(change_url(story), form_data(based_on=number, title=title))
            assert story.newest_revision().number == 4
            assert self.line(desk, story) == "Published version 2, 12:00"
