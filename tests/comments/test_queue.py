"""The lists of the moderators' queue and the card that is open: what stands where, in which order, and for whom."""

import datetime as dt

import pytest
from django.db import connection
from django.utils import timezone

from comments import queues
from comments.models import Comment
from comments.posting import edit_comment, withdraw
from tests import factories
from tests.articles.desk import signed_in
from tests.comments.queueing import QUEUE, found, listed, open_card, page, reported, waiting
from tests.reading import read

pytestmark = pytest.mark.django_db
OLD = "/admin/comments/comment/"


@pytest.fixture
def mia():
    return factories.make_user("mia@example.org", name="Mia", group="Moderators")


@pytest.fixture
def queue(mia):
    return signed_in(mia)


@pytest.fixture
def one_of_each(story):
    return {status: factories.make_comment(story, body=status, status=status) for status in Comment.Status}


def test_what_waits_stands_there_the_oldest_on_top_and_its_card_is_open(queue, story):
    first, second = waiting(story, "The first."), waiting(story, "The second.")
    factories.make_comment(story, body="Long approved.")
    assert listed(queue) == [first, second]
    assert open_card(queue) == first.pk


def test_a_line_opens_its_card(queue, story):
    waiting(story, "The first.")
    second = waiting(story, "The second.")
    link = page(queue).all("a", **{"data-line": str(second.pk)})[0]["href"]
    response = read(queue, link)
    assert [line["data-line"] for line in response.all("a") if line.get("aria-current") and "data-line" in line] == [
        str(second.pk)
    ]
    assert "The second." in response.main


@pytest.mark.parametrize(
    ("tab", "statuses"),
    [
        ("pending", ["pending"]),
        ("approved", ["approved"]),
        ("rejected", ["removed", "rejected"]),
        ("all", ["withdrawn", "removed", "rejected", "approved", "pending"]),
    ],
)
def test_each_list_has_its_comments_the_newest_decided_on_top(queue, one_of_each, tab, statuses):
    assert [comment.status for comment in listed(queue, tab=tab)] == statuses


def test_what_was_reported_stands_there_the_most_reported_on_top(queue, story):
    once = reported(story, "spam", body="Once.")
    thrice = reported(story, "spam", "hate", "insult", body="Three times.")
    factories.make_comment(story, body="Never.")
    waits = reported(story, "spam", "false", body="Changed since.")
    edit_comment(waits.pk, "Changed since, really.")
    assert listed(queue, tab="reported") == [thrice, waits, once]


@pytest.mark.parametrize(
    ("tab", "order", "bodies"),
    [
        ("pending", "", ["81", "-1", "12"]),
        ("pending", "doubtful", ["-1", "12", "81"]),
        ("pending", "likely", ["81", "12", "-1"]),
        # An order that a list does not have is the one that it has.
        ("pending", "reports", ["81", "-1", "12"]),
    ],
)
def test_the_orders_of_what_waits(queue, story, tab, order, bodies):
    for likeness in (81, -1, 12):
        waiting(story, str(likeness), likeness=likeness)
    assert [comment.body for comment in listed(queue, tab=tab, order=order)] == bodies


def test_what_was_decided_is_listed_from_the_oldest_too(queue, story):
    rows = [
        factories.make_comment(story, body=str(number), status=status)
        for number, status in enumerate(["rejected", "removed", "rejected"])
    ]
    assert listed(queue, tab="rejected") == rows[::-1]
    assert listed(queue, tab="rejected", order="oldest") == rows


@pytest.mark.parametrize(
    ("tab", "order"), [("pending", ""), ("pending", "doubtful"), ("pending", "likely"), ("all", "")]
)
def test_every_comment_is_on_exactly_one_page_and_back_is_where_one_was(queue, story, monkeypatch, tab, order):
    monkeypatch.setattr(queues, "LINES", 3)
    made = [waiting(story, f"{number}", likeness=[-1, 0, 40, 40, 99][number % 5]) for number in range(8)]
    if tab == "all":
        made += [factories.make_comment(story, body=status, status=status) for status in ("approved", "removed")]
    query, seen, firsts = f"?tab={tab}&order={order}", [], []
    while query:
        reading = read(queue, QUEUE + query)
        lines = [link["data-line"] for link in reading.all("a") if "data-line" in link]
        seen += lines
        firsts.append(lines)
        more, back = ([a["href"] for a in reading.all("a") if name in a] for name in ("data-further", "data-nearer"))
        assert bool(back) == (len(firsts) > 1)
        query = more[0] if more else ""
    assert len(seen) == len(set(seen)) == len(made)
    before = read(queue, QUEUE + back[0])
    assert [link["data-line"] for link in before.all("a") if "data-line" in link] == firsts[-2]


def test_a_page_that_was_emptied_meanwhile_shows_the_first(queue, story):
    first = waiting(story)
    assert open_card(queue, before="9-9") == first.pk


def test_the_tabs_count_what_waits_and_what_was_reported_up_to_a_bound(queue, story, monkeypatch):
    monkeypatch.setattr(queues, "MOST_COUNTED", 3)
    reported(story, "spam")
    for number in range(2):
        waiting(story, f"{number}")
    assert queues.waiting().counts == {"pending": "2", "reported": "1"}
    assert "Waiting 2" in page(queue).main
    waiting(story, "more")
    waiting(story, "and more")
    assert queues.waiting().counts == {"pending": "2+", "reported": "1"}


def test_nothing_waits_and_the_page_says_what_will_stand_there(queue, story):
    assert "Nothing waits." in page(queue).main
    assert "No report waits." in page(queue, tab="reported").main
    assert open_card(queue) is None
    assert queues.waiting().oldest is None


# Search


@pytest.mark.parametrize(
    ("q", "bodies"),
    [
        ("weights", ["The weights of šest models"]),
        ("MODELS weights", ["The weights of šest models"]),
        ("vedran", ["By name"]),
        ("ŠEST", ["The weights of šest models"]),
        ("weights vedran", []),
        ("100%", ["100% sure"]),
        ("100_", []),
    ],
)
def test_words_are_found_in_texts_and_names(queue, story, q, bodies):
    waiting(story, "The weights of šest models")
    waiting(story, "By name", name="Vedran")
    waiting(story, "100% sure")
    factories.make_comment(story, body="The weights, approved")
    assert [comment.body for comment in listed(queue, q=q)] == bodies


def test_a_search_looks_at_the_newest_of_each_list_and_says_so(queue, story, monkeypatch):
    monkeypatch.setattr(queues, "MOST_SEARCHED", 2)
    for number in range(3):
        waiting(story, f"Word {number}")
    assert [comment.body for comment in listed(queue, q="word")] == ["Word 1", "Word 2"]
    assert "Searched: the newest 2 of this list." in page(queue, q="word").main


def test_a_search_in_several_statuses(queue, one_of_each):
    assert {comment.status for comment in listed(queue, tab="rejected", q="re")} == {"rejected", "removed"}


def test_without_a_hit_the_page_says_so(queue, story):
    waiting(story)
    assert "No comment of this list has these words." in page(queue, q="nothing like it").main


# Who may, and what else is at the address


def test_editors_look_and_have_no_buttons(story):
    comment = reported(story, "hate", body="Reported.")
    ana = signed_in(factories.make_user("ana@example.org", group="Editors"))
    reading = page(ana, tab="all")
    assert "Reported." in reading.main
    assert not reading.all("button", name="action")
    assert not reading.all("input", name="selected")
    # What readers report is for those alone who decide.
    assert "Note 0." not in reading.text
    assert "1 report" not in reading.text
    assert not reading.all("b", **{"data-count": "reported"})
    assert not any("tab=reported" in (link or "") for link in reading.links)
    for path in (f"{QUEUE}?tab=reported", f"{QUEUE}lines/?tab=reported"):
        assert ana.get(path).status_code == 403
    assert b'class="reasons"' not in ana.get(f"{QUEUE}{comment.pk}/card/?on=page").content
    assert ana.post(f"{QUEUE}{comment.pk}/decide/", {"action": "approve"}).status_code == 403


@pytest.mark.parametrize("path", ["", "lines/", "{pk}/card/"])
def test_who_may_not_see_comments_sees_none(story, path):
    comment = waiting(story)
    client = signed_in(factories.make_user("none@example.org"))
    assert client.get(QUEUE + path.format(pk=comment.pk)).status_code == 403


def test_the_old_addresses_lead_to_the_queue(queue, story):
    comment = factories.make_comment(story, status="rejected")
    assert queue.get(OLD).headers["location"] == QUEUE
    there = queue.get(f"{OLD}{comment.pk}/change/").headers["location"]
    assert there == f"{QUEUE}?tab=all&c={comment.pk}"
    assert open_card(queue, tab="all", c=comment.pk) == comment.pk


def test_the_old_addresses_are_closed_to_who_may_see_no_comments(story):
    client = signed_in(factories.make_user("none@example.org"))
    assert client.get(OLD).status_code == 403
    assert client.get(f"{OLD}1/change/").status_code == 403


def test_comments_are_neither_written_nor_deleted_in_the_admin(story):
    comment = waiting(story)
    root = signed_in(factories.make_user("root@example.org", is_superuser=True))
    assert root.get(f"{OLD}add/").status_code == 403
    assert root.post(f"{OLD}{comment.pk}/delete/", {"post": "yes"}).status_code == 403
    root.post(OLD, {"action": "delete_selected", "_selected_action": [comment.pk], "post": "yes"})
    assert Comment.objects.filter(pk=comment.pk).exists()


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("?tab=nothing", 400),
        ("?order=nothing", 400),
        ("?c=x", 400),
        ("?c=0", 400),
        (f"?c={2**63}", 400),
        ("?c=999999", 404),
        ("?before=x", 400),
        ("?before=-5-1", 400),
        (f"?order=doubtful&before=-1-{10**17}", 200),
        (f"?order=doubtful&before={10**17}-1", 200),
        ("?q=%27%22", 200),
        ("?q=%00", 400),
        (f"?q={'w' * 201}", 400),
        ("?done=x", 400),
        ("?done=999999", 200),
    ],
)
def test_a_broken_address_is_answered_calmly(queue, story, query, status):
    waiting(story)
    assert queue.get(QUEUE + query).status_code == status


def test_lists_are_not_kept_by_the_browser(queue, story):
    assert "no-store" in queue.get(QUEUE).headers["cache-control"]


# Lines for a script


def test_a_script_goes_on_with_the_list_and_comes_to_its_end(queue, story, monkeypatch):
    monkeypatch.setattr(queues, "LINES", 2)
    made = [waiting(story, f"{number}") for number in range(3)]
    nav = page(queue).all("nav", **{"class": "line-up"})[0]
    fragment = read(queue, nav["data-more"])
    assert [link["data-line"] for link in fragment.all("a")] == [str(made[2].pk)]
    assert "data-more" not in fragment.all("nav")[0]
    assert not fragment.all("html")
    for comment in made:
        withdraw(comment.pk)
    assert not read(queue, nav["data-more"]).all("a")


def test_a_line_says_what_there_is_to_know(queue, story):
    comment = waiting(story, "Long " * 100, name="Vedran", created_at=timezone.now() - dt.timedelta(hours=3))
    found(comment, "newcomer", approved=1, until=3)
    found(comment, "links", links=["www.example.org"], number=1, most=1)
    text = page(queue).main
    assert "Vedran 3 h" in " ".join(text.split()) or "Vedran3 h" in text
    assert "newcomer · links" in text


# What it costs


def test_the_queue_takes_the_same_queries_whatever_its_length(queue, mia, story, django_assert_num_queries):
    """Two of the lists, each twice."""
    counts = []
    for more in (1, 9):
        for number in range(more):
            comment = waiting(story, f"{more} {number}", user=mia)
            found(comment, "newcomer", approved=0, until=3)
            reported(story, "spam", "hate", body=f"Reported {more} {number}")
        queue.get(QUEUE)
        with django_assert_num_queries(QUERIES) as first:
            queue.get(QUEUE)
        counts.append(len(first))
    assert counts[0] == counts[1]


# Session, account, its two sets of permissions, the lines with their findings, what waits, the switch; then the card,
# which asks for the newest model of the classifier.
QUERIES = 20


def test_the_card_takes_the_same_queries_whatever_there_is_to_say(queue, story, django_assert_num_queries):
    root = factories.make_comment(story)
    comment = reported(story, "spam", parent=root, reader="r" * 64, network="n" * 64)
    with django_assert_num_queries(17):
        queue.get(f"{QUEUE}{comment.pk}/card/")


def test_lists_are_ranges_of_their_indexes(story):
    """Each as it is asked for a page deep in it."""
    if connection.vendor == "postgresql":
        # It walks a table of a few rows as a whole, and knows other ways to find them.
        with connection.cursor() as cursor:
            for way in ("seqscan", "sort", "bitmapscan"):
                cursor.execute(f"SET LOCAL enable_{way} = off")
    waiting(story)
    wanted = {"oldest": "comment_queue", "doubtful": "comment_ranked", "likely": "comment_ranked"}
    for order, index in wanted.items():
        assert index in plan(queues.Asked("pending", order, before="5-5"))
    assert "comment_reported" in plan(queues.Asked("reported", "reports", before="5-5"))


def plan(asked):
    """How the database finds the lines, in its own words."""
    said, explain = [], "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN"

    def ask(execute, sql, params, many, context):
        execute(f"{explain} {sql}", params, many, context)
        said.append(str(context["cursor"].cursor.fetchall()))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(ask):
        queues.listed(asked)
    return said[0]
