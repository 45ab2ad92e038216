"""The page of figures: charts that say the same as their tables, empty states, and the switch of the daily mail."""

import datetime as dt
import re

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments import charts, moderation
from comments.models import Finding
from tests import factories
from tests.reading import Reading, expect_status, in_croatian, read

PAGE, SWITCH = "/admin/comments/figures/", "/admin/comments/figures/digest/"
NOW = dt.datetime(2026, 11, 25, 13, 2, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
CELL = re.compile(r"</t[dh]>")
# Session, account, its two sets of permissions, what waits and is reported (navigation); queue, reported, decisions,
# undone ones, waits, reasons, outcomes, the names of moderators.
QUERIES = 13


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(NOW, tick=False)
    return time_machine


@pytest.fixture
def mia(edition):
    return factories.make_user("mia@example.org", name="Mia Kos", group="Moderators", language="en")


@pytest.fixture
def client(mia):
    client = Client()
    client.force_login(mia)
    return client


def decided(story, user, status="approved", hours=2, **options):
    comment = factories.make_comment(story, status="pending", created_at=timezone.now() - hours * HOUR)
    return moderation.decide(comment, status, user, **options)


def table_of(html, heading):
    """The rows of the first table after this heading, cells parted by a bar."""
    table = html.partition(f" {heading}</h2>")[2].partition("<table")[2].partition("</table>")[0]
    return [" | ".join(Reading(cell).text for cell in CELL.split(row)[:-1]) for row in table.split("<tr>")[1:]]


def html_of(client, **headers):
    response = client.get(PAGE, headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def test_an_empty_house_is_told_what_will_stand_there(client):
    page = read(client, PAGE)
    for sentence in (
        "Nothing waits. How old the waiting comments are will stand here.",
        "No moderator has decided in these weeks. Approved, rejected and spam will stand here, week by week.",
        "No comment that waited was decided on in these weeks. How long they wait will stand here.",
        "The pipeline has noticed nothing in these weeks.",
        "Nobody has decided in these weeks. Who decided how often will stand here.",
    ):
        assert sentence in page.text
    assert not page.all("rect")


def test_what_waits_stands_by_age_with_the_oldest(client, story):
    for hours in (0.5, 30):
        factories.make_comment(story, status="pending", created_at=NOW - hours * HOUR)
    html = html_of(client)
    page = Reading(html)
    assert "2 comments wait" in page.text
    assert "The oldest waits since 24 Nov 2026, 08:02." in page.text
    rows = table_of(html, "What waits now, by age")
    assert rows == [
        "Up to 1 h |  | 1",
        "1 to 6 h |  | 0",
        "6 to 24 h |  | 0",
        "1 to 3 days |  | 1",
        "Longer |  | 0",
    ]


def test_decisions_are_drawn_and_stand_in_the_table(client, story, mia):
    for status in ("approved", "approved", "rejected"):
        decided(story, mia, status)
    moderation.undo(decided(story, mia, "rejected", is_spam=True), mia)
    html = html_of(client)
    page = Reading(html)
    assert "3 decisions this week so far" in page.text
    drawing = page.all("svg", role="img")[0]
    assert drawing["aria-label"] == "Decisions of moderators by week: 3 in the fullest week, 3 in this one so far."
    rows = table_of(html, "Decisions by week")
    assert rows[0].startswith("Week | Approved | Rejected | Spam | Removed | Reports kept | Picks | Taken back | ")
    assert rows[1] == "23 Nov to 29 Nov 2026, so far | 2 | 1 | 0 | 0 | 0 | 0 | 1 | 0 | 0"
    assert rows[2] == "16 Nov to 22 Nov 2026 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0"
    assert len(rows) == 13
    # Two approved of at most four: half of 140 pixels.
    assert [
        (bar["class"], bar["height"]) for bar in page.all("rect") if bar["class"] in ("bar bar--ok", "bar bar--no")
    ][:2] == [("bar bar--ok", "70.0"), ("bar bar--no", "35.0")]
    people = table_of(html, "By moderator, 4 weeks")
    assert people[1] == "Mia Kos | 2 | 1 | 0 | 0 | 0 | 0 | 1"


def test_how_long_comments_waited(client, story, mia):
    for hours in (1, 2, 9):
        decided(story, mia, hours=hours)
    html = html_of(client)
    assert "2 h 0 min half of what was decided this week waited no longer" in Reading(html).text
    label = "How long comments waited, by week: this week half of them 2 h 0 min at most, nine of ten 9 h 0 min."
    assert label in [drawing.get("aria-label") for drawing in Reading(html).all("svg")]
    assert table_of(html, "How long comments waited")[1] == (
        "23 Nov to 29 Nov 2026, so far | 3 | 2 h 0 min | 9 h 0 min"
    )


def test_that_not_all_were_looked_at_is_said(client, story, mia, monkeypatch):
    monkeypatch.setattr("comments.figures.MOST_WAITS", 2)
    for _number in range(6):
        decided(story, mia)
    assert "Of so many decisions one in 3 is looked at." in read(client, PAGE).text


def test_reasons_stand_with_what_became_of_them(client, story, mia):
    for status in ("approved", "rejected", None, None):
        comment = factories.make_comment(story, status="pending")
        Finding.objects.create(comment=comment, phase="suspect_words", verdict="hold")
        if status:
            moderation.decide(comment, status, mia)
    Finding.objects.create(comment=comment, phase="gone_phase", verdict="hold", created_at=NOW - dt.timedelta(weeks=6))
    html = html_of(client)
    assert table_of(html, "Reasons by week") == [
        "Reason | Since 7 Sep | Comments | Approved, 4 weeks",
        "suspect word |  | 4 | 1 of 2",
        "gone phase |  | 1 | –",
    ]


def test_an_editor_looks_without_names_of_moderators_and_without_the_switch(story, mia):
    decided(story, mia)
    editor = Client()
    editor.force_login(factories.make_user(group="Editors", language="en"))
    page = read(editor, PAGE)
    assert "Decisions by week" in page.text
    assert "Mia Kos" not in page.text
    assert not page.all("input", name="daily_digest")


def test_it_speaks_croatian(client, story, mia):
    decided(story, mia)
    type(mia).objects.update(language="hr")
    page = read(client, PAGE)
    assert in_croatian("Figures") in page.text
    # Numbers of a drawing have a point, whatever the language.
    assert not [bar for bar in page.all("rect") if "," in bar["x"] + bar["width"] + bar["y"] + bar["height"]]


def test_it_carries_no_style_of_its_own(client, story, mia):
    """As the policy of the site demands."""
    decided(story, mia)
    html = html_of(client)
    assert " style=" not in html
    assert "<style" not in html


def test_it_costs_so_many_queries_however_much_there_is(client, story, mia):
    def cost():
        with CaptureQueriesContext(connection) as queries:
            html_of(client)
        return len(queries)

    decided(story, mia)
    once = cost()
    for number in range(3):
        user = factories.make_user(f"m{number}@example.org", group="Moderators")
        moderation.undo(decided(story, user, "rejected"), mia)
        Finding.objects.create(comment=decided(story, user).comment, phase="links", verdict="hold")
    assert cost() == once == QUERIES


# The switch of the daily mail


def test_the_mail_is_switched_off_and_on(client, mia):
    assert "checked" in read(client, PAGE).all("input", name="daily_digest")[0]
    for sent, sentence in (
        ({}, "The daily mail is off: you get no more."),
        ({"daily_digest": "on"}, "The daily mail is on."),
    ):
        response = client.post(SWITCH, sent)
        assert (response.status_code, response.url) == (303, f"{PAGE}#digest")
        mia.refresh_from_db()
        assert mia.daily_digest == bool(sent)
        page = read(client, PAGE)
        assert sentence in page.text
        assert ("checked" in page.all("input", name="daily_digest")[0]) == bool(sent)


def test_it_is_each_moderators_own(client, mia):
    other = factories.make_user("ana@example.org", group="Moderators")
    client.post(SWITCH, {})
    other.refresh_from_db()
    assert other.daily_digest


def test_opening_the_address_switches_nothing(client, mia):
    expect_status(client, SWITCH, 405)
    mia.refresh_from_db()
    assert mia.daily_digest


def test_who_may_not_moderate_has_no_mail_to_switch(edition):
    editor = Client()
    user = factories.make_user(group="Editors")
    editor.force_login(user)
    assert editor.post(SWITCH, {}).status_code == 403
    user.refresh_from_db()
    assert user.daily_digest


def test_who_may_see_no_comments_sees_no_figures(edition):
    nobody = Client()
    user = factories.make_user("nobody@example.org")
    nobody.force_login(user)
    expect_status(nobody, PAGE, 403)
    user.user_permissions.add(Permission.objects.get(codename="view_comment"))
    expect_status(nobody, PAGE, 200)


# The axes


@pytest.mark.parametrize(
    ("highest", "top"),
    [(0, 2), (2, 2), (3, 4), (5, 6), (7, 8), (10, 10), (11, 20), (41, 60), (399, 400), (4001, 6000)],
)
def test_the_axis_ends_at_a_round_number_that_halves(highest, top):
    assert charts.count_top(highest) == top
    assert top % 2 == 0


@pytest.mark.parametrize(
    ("minutes", "labels"),
    [
        (1, ["2 min", "1 min", "0"]),
        (61, ["2 h", "1 h", "0"]),
        (721, ["1 d", "12 h", "0"]),
        (5 * 1440, ["8 d", "4 d", "0"]),
        (90 * 1440, ["100 d", "50 d", "0"]),
    ],
)
def test_the_axis_of_times_ends_at_a_round_one(minutes, labels):
    plot = charts.time_plot([charts.Value("", "", [("half", minutes * 60)])])
    assert [line.label for line in plot.lines] == labels


def test_every_axis_begins_at_zero_and_columns_are_as_high_as_their_numbers():
    plot = charts.count_plot([charts.Value("a", "A", [("ok", 50), ("no", 50)]), charts.Value("b", "B", [("ok", 0)])])
    assert [(line.label, line.y) for line in plot.lines] == [("100", "6.0"), ("50", "76.0"), ("0", "146.0")]
    full, empty = plot.columns
    assert [(bar.kind, bar.y, bar.height) for bar in full.bars] == [("ok", "76.0", "70.0"), ("no", "6.0", "70.0")]
    assert empty.bars == []


def test_one_among_thousands_is_seen():
    plot = charts.count_plot([charts.Value("", "", [("ok", 1)]), charts.Value("", "", [("ok", 9000)])])
    assert plot.columns[0].bars[0].height == "1.0"


def test_rows_of_small_columns_share_their_scale():
    assert [bar.height for bar in charts.sparks([4, 0, 2], 8)] == ["12.0", "6.0"]
