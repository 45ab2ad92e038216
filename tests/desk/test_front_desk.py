"""The front page's desk: what it shows, what it puts up, what it refuses, and that nobody is silently overwritten."""

import datetime as dt

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Category, Placement
from articles.publishing import publish, unpublish
from tests import factories
from tests.articles.desk import editor, signed_in
from tests.reading import Reading

pytestmark = pytest.mark.django_db
URL = "/admin/front-page/"
BOARD, STORIES, PREVIEW = f"{URL}board/", f"{URL}stories/", f"{URL}preview/"
# Three o'clock in the afternoon in Zagreb.
NOW = dt.datetime(2026, 11, 25, 14, 0, tzinfo=dt.UTC)
MORNING = dt.datetime(2026, 11, 26, 6, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _now(edition, time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def desk():
    return signed_in(editor())


@pytest.fixture
def stories():
    factories.make_story(title="Energy", category="energy", at=NOW - dt.timedelta(minutes=30))
    return [factories.make_story(title=f"Story {n}", at=NOW - dt.timedelta(hours=n + 1)) for n in range(6)]


def place(article, slot="lead", **fields):
    return Placement.objects.create(article=article, slot=slot, **{"shown_from": NOW - dt.timedelta(hours=1), **fields})


def based_on(client, language="en"):
    return client.get(f"{URL}?language={language}").context["board"].fingerprint


def draft(*changes, **fields):
    """What the browser sends: changes as (place, story or "", {start, until})."""
    data = {"language": "en", "when": "now", "changes-TOTAL_FORMS": len(changes), "changes-INITIAL_FORMS": 0, **fields}
    for index, (spot, story, *times) in enumerate(changes):
        data |= {f"changes-{index}-place": spot, f"changes-{index}-story": story.pk if story else ""}
        data |= {f"changes-{index}-{name}": value for name, value in (times[0] if times else {}).items()}
    return data


def put_up(client, *changes, **fields):
    return client.post(URL, draft(*changes, **{"based_on": based_on(client), **fields}))


def spots(response):
    """{place: (title, note)} as the page shows them."""
    board = response.context["board"]
    return {str(spot.place): (spot.card.title if spot.card else None, spot.note) for spot in board.spots}


def text(response):
    return Reading(response.content.decode()).text


class TestTheOutline:
    def test_each_place_shows_what_stands_there(self, desk, stories):
        place(stories[4], shown_until=MORNING)
        place(stories[5], "section", position=2)
        shown = spots(desk.get(URL))
        assert shown["lead"] == ("Story 4", "until Thu 26, 07:00")
        assert [shown[f"ai:{n}"] for n in (1, 2, 3, 4)] == [
            ("Story 0", "newest"),
            ("Story 5", "no end"),
            ("Story 1", "newest"),
            ("Story 2", "newest"),
        ]
        assert shown["space:1"] == (None, "")
        page = text(desk.get(URL))
        assert f"db#{stories[4].record_number}" in page
        assert "Energy" in page

    def test_what_is_to_come_and_what_is_passed_over_stand_with_their_place(self, desk, stories):
        place(stories[4])
        hidden = place(stories[5], shown_from=NOW - dt.timedelta(minutes=1))
        unpublish(stories[5])
        coming = place(stories[3], shown_from=MORNING)
        lead = desk.get(URL).context["board"].lead
        assert lead.card.title == "Story 4"
        assert [(one.row, one.why) for one in lead.to_come] == [(hidden, "passed over: not public"), (coming, "")]
        assert "from Thu 26, 07:00" in text(desk.get(URL))

    def test_a_short_section_keeps_its_places_apart(self, desk, stories):
        probe = factories.make_story(title="Probe", category="space", at=NOW - dt.timedelta(hours=1))
        place(probe, "section", position=4)
        shown = spots(desk.get(URL))
        assert [shown[f"space:{n}"] for n in (1, 4)] == [(None, ""), ("Probe", "no end")]

    def test_the_lead_waits_at_its_place_of_the_section(self, desk, stories):
        place(stories[4])
        place(stories[4], "section", position=1)
        board = desk.get(URL).context["board"]
        first = board.sections[0][1][0]
        assert (first.card.title, [one.why for one in first.to_come]) == ("Story 0", ["waits: it leads the page"])

    def test_what_lies_under_a_later_one_is_not_listed(self, desk, stories):
        place(stories[4], shown_from=NOW - dt.timedelta(hours=2))
        place(stories[5])
        assert desk.get(URL).context["board"].lead.to_come == []

    def test_the_edition_is_chosen_in_the_address_and_follows_the_account(self, desk, stories):
        factories.make_story("hr", title="Hrvatski", at=NOW)
        assert spots(desk.get(f"{URL}?language=hr"))["lead"][0] == "Hrvatski"
        croatian = signed_in(editor("iva@example.org", language="hr"))
        assert spots(croatian.get(URL))["lead"][0] == "Hrvatski"
        assert desk.get(f"{URL}?language=xx").status_code == 400

    def test_an_empty_edition_has_an_outline(self, desk):
        assert spots(desk.get(URL))["lead"] == (None, "")
        Category.objects.all().delete()
        assert desk.get(URL).status_code == 200

    def test_it_costs_the_same_few_queries_with_many_stories(self, desk, stories):
        def count():
            with CaptureQueriesContext(connection) as captured:
                assert desk.get(URL).status_code == 200
            return len(captured)

        place(stories[0])
        desk.get(URL)
        few = count()
        for number in range(8):
            story = factories.make_story(title=f"More {number}", category="space", at=NOW)
            place(story, "section", position=number % 4 + 1, shown_from=NOW + dt.timedelta(hours=number))
        assert count() == few <= 10


class TestStoriesToPlace:
    def titles(self, response):
        return [story.title for story in response.context["stories"]]

    def test_those_not_placed_newest_first_and_those_to_come(self, desk, stories):
        publish(factories.make_draft(title="Tomorrow"), at=MORNING)
        factories.make_draft(title="Draft")
        factories.make_story("hr", title="Hrvatski")
        place(stories[0])
        assert self.titles(desk.get(URL)) == ["Tomorrow", "Energy", *(f"Story {n}" for n in range(1, 6))]
        assert "goes out Thu 26, 07:00" in text(desk.get(URL))

    @pytest.mark.parametrize("query", ["distil", "Grok learns", "db#3629", "#3629", "3629"])
    def test_one_is_found_by_words_or_number(self, desk, stories, query):
        factories.make_story(title="Grok learns distillation", record_number=3629, at=NOW - dt.timedelta(days=900))
        found = desk.get(STORIES, {"language": "en", "q": query})
        assert self.titles(found) == ["Grok learns distillation"]

    def test_a_place_of_a_section_is_offered_its_own(self, desk, stories):
        assert self.titles(desk.get(STORIES, {"language": "en", "place": "energy:1"})) == ["Energy"]
        assert "Energy" in self.titles(desk.get(STORIES, {"language": "en", "place": "lead"}))

    def test_nothing_found_says_so(self, desk, stories):
        assert "No such story is public or scheduled" in text(desk.get(STORIES, {"language": "en", "q": "zebra"}))

    def test_a_placed_one_is_found_when_it_is_asked_for(self, desk, stories):
        place(stories[0])
        assert self.titles(desk.get(URL, {"language": "en", "q": "Story 0"})) == ["Story 0"]


class TestPuttingUp:
    def test_several_changes_at_once(self, desk, stories):
        response = put_up(desk, ("lead", stories[3]), ("ai:2", stories[4]), key="abc")
        assert response.status_code == 303
        assert response["Location"] == f"{URL}?language=en&put=abc"
        page = desk.get(response["Location"])
        assert "2 changes are up." in text(page)
        assert spots(page)["lead"][0] == "Story 3"
        assert Client().get("/").context["lead"].title == "Story 3"

    def test_later_by_the_editions_clock(self, desk, stories, time_machine):
        response = put_up(desk, ("lead", stories[3]), when="later", at="2026-11-26T07:00")
        assert "1 change will be put up at 26 Nov 2026, 07:00" in text(desk.get(response["Location"]))
        assert Placement.objects.get().shown_from == MORNING
        assert Client().get("/").context["lead"].title == "Energy"
        time_machine.move_to(MORNING, tick=False)
        assert Client().get("/").context["lead"].title == "Story 3"

    def test_from_and_until_of_one_change(self, desk, stories):
        put_up(desk, ("lead", stories[3], {"start": "2026-11-26T07:00", "until": "2026-11-26T12:00:00"}))
        placement = Placement.objects.get()
        assert (placement.shown_from, placement.shown_until) == (MORNING, MORNING + dt.timedelta(hours=5))

    def test_one_to_come_is_taken_away(self, desk, stories):
        coming = place(stories[3], shown_from=MORNING)
        assert put_up(desk, cancel=[coming.pk]).status_code == 303
        assert not Placement.objects.exists()

    def test_a_place_is_left_to_the_newest(self, desk, stories):
        placement = place(stories[3])
        put_up(desk, ("lead", None))
        placement.refresh_from_db()
        assert placement.shown_until == NOW

    def test_what_stands_there_already_changes_nothing(self, desk, stories):
        place(stories[3])
        response = put_up(desk, ("lead", stories[3]))
        assert "Nothing was changed" in text(desk.get(response["Location"]))

    def test_later_without_a_time_is_asked_for(self, desk, stories):
        response = put_up(desk, ("lead", stories[3]), when="later", at="")
        assert response.status_code == 422
        assert "Choose the day and the time" in text(response)
        assert not Placement.objects.exists()

    def test_what_cannot_be_put_up_is_said_and_what_was_typed_stays(self, desk, stories):
        response = put_up(desk, ("energy:1", stories[3], {"until": "2026-11-26T07:00"}))
        assert response.status_code == 422
        assert "belongs to another section" in text(response)
        assert 'value="2026-11-26T07:00"' in response.content.decode()
        assert not Placement.objects.exists()

    def test_a_story_that_went_away_meanwhile(self, desk, stories):
        unpublish(stories[3])
        response = put_up(desk, ("lead", stories[3]))
        assert response.status_code == 422
        assert "neither public nor scheduled" in text(response)

    @pytest.mark.parametrize(
        "wrong",
        [
            {"language": "xx"},
            {"changes-0-place": "nowhere"},
            {"changes-0-place": "ai:5"},
            {"changes-0-place": ""},
            {"changes-0-story": "x"},
            {"changes-0-story": str(2**70)},
            {"changes-0-start": "yesterday"},
            {"cancel": ["x"]},
            {"cancel": [str(2**70)]},
            {"cancel": ["9" * 5000]},
            {"key": "<b>"},
            {"changes-TOTAL_FORMS": "x"},
            {"changes-TOTAL_FORMS": "5000"},
            {"when": "never"},
        ],
    )
    def test_what_no_page_of_ours_sends(self, desk, stories, wrong):
        data = {**draft(("lead", stories[0]), based_on=based_on(desk)), **wrong}
        for address in (URL, BOARD, PREVIEW):
            assert desk.post(address, data).status_code == 400
        assert not Placement.objects.exists()


class TestWithoutScript:
    """One place at a time, each with a plain form that puts up at once."""

    def test_a_place_has_its_form_with_the_stories_as_buttons(self, desk, stories):
        page = desk.get(URL, {"language": "en", "place": "ai:2"})
        reading = Reading(page.content.decode())
        assert reading.all("a", **{"data-do": "choose"})[0]["href"] == f"{URL}?language=en&place=lead#pool"
        assert [button["value"] for button in reading.all("button", form="place-form")] == [
            str(story.pk) for story in stories
        ]
        form = {field["name"]: field.get("value", "") for field in reading.all("input", type="hidden")}
        assert form["changes-TOTAL_FORMS"] == "1"
        fields = ("language", "based_on", "when", "changes-TOTAL_FORMS", "changes-INITIAL_FORMS")
        data = {name: form[name] for name in fields} | {"changes-0-place": "ai:2", "changes-0-story": stories[4].pk}
        assert desk.post(URL, data).status_code == 303
        assert spots(desk.get(URL))["ai:2"] == ("Story 4", "no end")

    def test_one_to_come_has_a_button_that_takes_it_away(self, desk, stories):
        coming = place(stories[3], "section", position=2, shown_from=MORNING)
        reading = Reading(desk.get(URL, {"language": "en", "place": "ai:2"}).content.decode())
        assert reading.all("input", name="cancel", value=str(coming.pk))


class TestSomebodyFaster:
    def test_the_page_shows_both_and_writes_nothing(self, desk, stories):
        seen = based_on(desk)
        marko = signed_in(factories.make_user("marko@example.org", name="Marko Babić", group="Chief editors"))
        put_up(marko, ("lead", stories[1]))
        response = desk.post(URL, draft(("lead", stories[2]), ("ai:1", None), based_on=seen, key="abc"))
        assert response.status_code == 409
        page = text(response)
        assert "Marko Babić put up something else at 15:00" in page
        assert "Story 1 no end Story 2" in page
        assert Placement.objects.get().article == stories[1]

    def test_going_on_from_there_puts_it_up(self, desk, stories, time_machine):
        seen = based_on(desk)
        place(stories[1])
        response = desk.post(URL, draft(("lead", stories[2]), based_on=seen, at="2026-11-26T07:00", when="later"))
        fields = Reading(response.content.decode()).all("input", type="hidden")
        data = {field["name"]: field["value"] for field in fields if field["name"] != "csrfmiddlewaretoken"}
        assert desk.post(URL, data).status_code == 303
        assert Placement.objects.get(article=stories[2]).shown_from == MORNING
        assert Placement.objects.get(article=stories[1]).shown_until == MORNING

    def test_the_outline_says_so_as_soon_as_it_is_drawn(self, desk, stories):
        seen = based_on(desk)
        place(stories[1])
        drawn = desk.post(BOARD, draft(("ai:1", stories[2]), based_on=seen))
        assert "Somebody put up something else after you began." in text(drawn)
        assert spots(drawn)["lead"][0] == "Story 1"
        assert "data-overtaken" in drawn.content.decode()
        assert "data-overtaken" not in desk.post(BOARD, draft(based_on=seen)).content.decode()

    def test_without_a_word_on_what_it_is_built_nothing_is_put_up(self, desk, stories):
        assert desk.post(URL, draft(("lead", stories[0]))).status_code == 409


class TestTheDraft:
    def test_it_is_laid_over_what_stands_there_and_not_written(self, desk, stories):
        place(stories[5])
        data = draft(("lead", None), ("ai:3", stories[4]), based_on=based_on(desk))
        drawn = desk.post(BOARD, data)
        shown = spots(drawn)
        assert (shown["lead"], shown["ai:3"]) == (("Energy", "newest"), ("Story 4", "no end"))
        assert "2 changes not put up yet" in drawn.content.decode()
        assert Placement.objects.count() == 1

    def test_what_can_be_shown_is_shown_and_the_rest_is_said(self, desk, stories):
        data = draft(("lead", stories[2]), ("energy:1", stories[1]), based_on=based_on(desk))
        drawn = desk.post(BOARD, data)
        assert spots(drawn)["lead"][0] == "Story 2"
        assert "belongs to another section" in text(drawn)
        assert Reading(drawn.content.decode()).all("button", **{"data-drop": "energy:1"})


class TestPreview:
    def look(self, client, *changes, **fields):
        return client.post(PREVIEW, draft(*changes, **{"based_on": based_on(client), **fields}))

    def test_the_real_page_with_the_draft(self, desk, stories):
        response = self.look(desk, ("lead", stories[3]), ("ai:4", stories[5]))
        assert response.templates[0].name == "articles/home.html"
        assert response.context["lead"].title == "Story 3"
        assert [card.title for card in response.context["blocks"][0]["cards"]][3] == "Story 5"
        assert not Placement.objects.exists()

    def test_at_a_time(self, desk, stories):
        place(stories[1], shown_from=MORNING)
        publish(factories.make_draft(title="Early", category="space"), at=MORNING - dt.timedelta(hours=1))
        now, then = self.look(desk), self.look(desk, look="2026-11-26T07:00")
        assert (now.context["lead"].title, then.context["lead"].title) == ("Energy", "Story 1")
        assert "Early" in text(then)
        assert "Early" not in text(now)
        other = self.look(desk, look="", look_other="2026-11-26T06:59")
        assert other.context["lead"].title == "Early"

    def test_a_change_for_later_shows_later(self, desk, stories):
        change = ("lead", stories[2], {"start": "2026-11-26T07:00"})
        assert self.look(desk, change).context["lead"].title == "Energy"
        assert self.look(desk, change, look="2026-11-26T07:00").context["lead"].title == "Story 2"

    def test_what_stood_there_in_the_past(self, desk, stories):
        place(stories[5], shown_from=NOW - dt.timedelta(hours=3), shown_until=NOW - dt.timedelta(hours=2))
        response = self.look(desk, ("lead", stories[1]), look="2026-11-25T12:30")
        assert response.context["lead"].title == "Story 5"

    def test_it_speaks_the_language_of_the_edition(self, desk, stories):
        factories.make_story("hr", title="Hrvatski", at=NOW)
        data = draft(language="hr", based_on=based_on(desk, "hr"))
        assert Reading(desk.post(PREVIEW, data).content.decode()).language == "hr"

    def test_nobody_indexes_caches_or_frames_it_but_the_desk(self, desk, stories):
        response = self.look(desk)
        assert response["X-Robots-Tag"] == "noindex"
        assert '<meta name="robots" content="noindex">' in response.content.decode()
        assert "no-store" in response["Cache-Control"]
        assert response["X-Frame-Options"] == "SAMEORIGIN"
        assert "frame-ancestors 'self'" in response["Content-Security-Policy"]
        page = desk.get(URL)
        assert "frame-src 'self'" in page["Content-Security-Policy"]
        assert page["X-Frame-Options"] == "DENY"


class TestRights:
    def ask(self, client):
        data = draft(based_on="x")
        return [
            client.get(URL).status_code,
            client.post(URL, data).status_code,
            client.post(BOARD, data).status_code,
            client.get(STORIES).status_code,
            client.post(PREVIEW, data).status_code,
        ]

    def test_editors_and_chief_editors_may(self, desk):
        chief = signed_in(factories.make_user("marko@example.org", group="Chief editors"))
        for client in (desk, chief):
            assert self.ask(client) == [200, 409, 200, 200, 200]

    def test_a_moderator_may_not_and_sees_no_way_there(self):
        mia = signed_in(factories.make_user("mia@example.org", group="Moderators"))
        assert self.ask(mia) == [403] * 5
        assert URL not in mia.get("/admin/").content.decode()

    @pytest.mark.parametrize("right", ["add_placement", "change_placement", "view_placement"])
    def test_one_right_is_not_enough(self, right):
        user = factories.make_user("eva@example.org")
        user.user_permissions.add(Permission.objects.get(codename=right))
        assert self.ask(signed_in(user)) == [403] * 5

    def test_readers_and_strangers_are_asked_to_sign_in(self):
        reader = signed_in(factories.make_user("reader@example.org", is_staff=False))
        for client in (Client(), reader):
            assert self.ask(client) == [302] * 5

    def test_a_form_of_another_page_is_refused(self, stories):
        client = Client(enforce_csrf_checks=True)
        client.force_login(editor())
        assert client.post(URL, draft(("lead", stories[0]))).status_code == 403
        assert client.post(BOARD, draft()).status_code == 403

    def test_only_the_methods_that_are_meant(self, desk):
        assert desk.get(BOARD).status_code == 405
        assert desk.get(PREVIEW).status_code == 405
        assert desk.post(STORIES).status_code == 405
        assert desk.delete(URL).status_code == 405


def test_the_account_language_speaks_and_times_are_the_editions(desk, stories):
    place(stories[0], shown_until=dt.datetime(2026, 11, 25, 23, 30, tzinfo=dt.UTC))
    assert "until Thu 26, 00:30" in text(desk.get(URL))
    assert timezone.now() == NOW
