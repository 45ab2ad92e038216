"""A reader reports a comment: with a reason, without a name, once."""

import pytest
from django.test import Client
from django.utils import timezone

from articles.publishing import retract
from comments.models import Report
from comments.moderation import decide
from comments.posting import edit_comment
from tests import factories
from tests.articles.desk import signed_in
from tests.reading import expect_status, read

pytestmark = pytest.mark.django_db
STORY = "/ai/a-model-learns-to-wait/"
SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def story(edition):
    return factories.make_story()


@pytest.fixture
def comment(story):
    return factories.make_comment(story)


def address(comment):
    return f"{STORY}comments/{comment.pk}/report/"


def post(client, comment, reason="insult", note="", headers=SAME_ORIGIN, **extra):
    return client.post(address(comment), {"reason": reason, "note": note}, headers=headers, **extra)


def count(comment):
    comment.refresh_from_db()
    assert comment.report_count == comment.reports.filter(handled_at=None).count()
    return comment.report_count


def test_the_page_offers_each_reason(client, comment):
    page = read(client, address(comment))
    values = [radio["value"] for radio in page.all("input", type="radio", name="reason")]
    assert values == ["spam", "insult", "hate", "private", "false", "other"]
    assert "Advertising or spam" in page.main
    assert "A good word." in page.main
    assert page.all("meta", name="robots", content="noindex")
    assert "no-store" in client.get(address(comment))["Cache-Control"]


def test_a_report_is_kept_with_reason_and_note_and_thanked_for(client, comment):
    response = post(client, comment, "private", "  Gives away\r\nmy street.\x1f ")
    assert (response.status_code, response["Location"]) == (303, f"{address(comment)}?sent=1")
    report = Report.objects.get()
    assert (report.comment, report.reason, report.note) == (comment, "private", "Gives away\nmy street.")
    assert "Thank you" in read(client, response["Location"]).main
    assert count(comment) == 1


def test_a_report_sets_no_cookie(client, comment):
    assert client.get(address(comment)).cookies == {}
    assert post(client, comment).cookies == {}
    assert client.get(f"{address(comment)}?sent=1").cookies == {}


def test_a_second_report_of_one_network_changes_nothing_and_is_thanked_for(client, comment):
    post(client, comment, "spam")
    response = post(Client(), comment, "hate", "Again.")
    assert (response.status_code, response["Location"]) == (303, f"{address(comment)}?sent=1")
    assert list(Report.objects.values_list("reason", "note")) == [("spam", "")]
    assert count(comment) == 1


def test_networks_browsers_and_accounts_report_once_each(client, comment):
    reader = Client()
    reader.cookies["reader"] = "a" * 32
    member = signed_in(factories.make_user("petra@example.org", is_staff=False))
    staff = signed_in(factories.make_user("ana@example.org", group="Editors"))
    for browser in (client, reader, member, staff) * 2:
        assert post(browser, comment).status_code == 303
    assert post(client, comment, REMOTE_ADDR="198.51.100.7").status_code == 303
    assert count(comment) == 5


def test_an_account_is_one_reporter_in_every_browser(comment):
    user = factories.make_user("petra@example.org", is_staff=False)
    one, two = signed_in(user), signed_in(user)
    two.cookies["reader"] = "b" * 32
    post(one, comment)
    post(two, comment, REMOTE_ADDR="198.51.100.7")
    assert count(comment) == 1


def test_reports_cannot_be_linked(client, story, comment):
    other = factories.make_comment(story, body="Another.")
    client.cookies["reader"] = "c" * 32
    post(client, comment)
    post(client, other)
    one, two = Report.objects.order_by("id").values_list("reporter", flat=True)
    assert one != two
    assert "c" * 32 not in one + two


def test_what_a_moderator_has_handled_is_not_reported_anew_by_the_same_reader(client, comment):
    post(client, comment)
    decide(comment, "approved")
    assert count(comment) == 0
    assert post(client, comment).status_code == 303
    assert count(comment) == 0
    post(client, comment, REMOTE_ADDR="198.51.100.7")
    assert count(comment) == 1


@pytest.mark.parametrize(
    ("reason", "note", "sentence"),
    [
        ("", "A word.", "Choose what is wrong"),
        ("boring", "A word.", "Choose one of these"),
        ("spam", "x" * 501, "At most 500 characters; these are 501."),
    ],
)
def test_a_faulty_report_is_shown_again_with_what_was_typed(client, comment, reason, note, sentence):
    response = post(client, comment, reason, note)
    assert response.status_code == 400
    assert sentence in response.content.decode()
    assert note in response.content.decode()
    assert ('value="spam" checked' in response.content.decode()) == (reason == "spam")
    assert count(comment) == 0


@pytest.mark.parametrize("status", ["pending", "rejected", "removed"])
def test_only_what_readers_see_is_reported(client, story, status):
    comment = factories.make_comment(story, status=status)
    expect_status(client, address(comment), 404)
    assert post(client, comment).status_code == 404
    assert Report.objects.count() == 0


def test_a_tombstone_is_not_reported_nor_its_text_read(client, story, comment):
    factories.make_comment(story, parent=comment)
    edit_comment(comment.pk, "Not for everyone yet.")
    expect_status(client, address(comment), 404)
    assert "Not for everyone" not in read(client, f"{address(comment)}?sent=1").main
    assert post(client, comment).status_code == 404


def test_what_was_removed_between_the_page_and_the_report_is_not_counted(comment):
    from comments.reports import report

    decide(comment, "removed")
    assert report(comment.pk, "r" * 64, "spam") is False
    assert count(comment) == 0


def test_the_thanks_stand_also_where_the_comment_is_gone_by_now(client, comment):
    post(client, comment)
    decide(comment, "removed")
    page = read(client, f"{address(comment)}?sent=1")
    assert "Thank you" in page.main
    assert "A good word." not in page.main


def test_a_comment_of_another_story_is_a_404(client, comment):
    other = factories.make_comment(factories.make_story(title="Another one"))
    expect_status(client, address(other), 404)
    expect_status(client, f"{address(other)}?sent=1", 404)
    assert post(client, other).status_code == 404
    expect_status(client, f"{STORY}comments/{2**70}/report/", 404)


@pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Site": "cross-site"}])
def test_a_form_from_elsewhere_is_refused(client, comment, headers):
    assert post(client, comment, headers=headers).status_code == 403
    assert count(comment) == 0


def test_too_many_of_one_network_are_a_429_that_keeps_the_text(client, story, settings, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "report-network": (2, 600)}
    comments = [factories.make_comment(story, body=f"Number {number}.") for number in range(3)]
    answers = [post(client, comment, "spam", "My own words.") for comment in comments]
    assert [answer.status_code for answer in answers] == [303, 303, 429]
    assert 0 < int(answers[2]["Retry-After"]) <= 600
    page = answers[2].content.decode()
    assert "Too many reports" in page
    assert "My own words." in page
    assert Report.objects.count() == 2


def test_below_a_retracted_story_nothing_can_be_reported(client, story, comment):
    retract(story, "Wrong.")
    expect_status(client, address(comment), 404)
    assert post(client, comment).status_code == 404
    assert not Report.objects.exists()


@pytest.mark.parametrize("page", ["report", "like"])
def test_a_name_that_looks_like_html_is_shown_as_text(client, story, page):
    comment = factories.make_comment(story, name="<b>Ivo</b>")
    html = client.get(f"{STORY}comments/{comment.pk}/{page}/").content.decode()
    assert "&lt;b&gt;Ivo&lt;/b&gt;" in html
    assert "<b>Ivo" not in html


def test_a_demonstration_is_not_there_where_none_is_public(client, story, settings):
    comment = factories.make_comment(story, is_demo=True)
    assert read(client, address(comment))
    settings.DEMO_IS_PUBLIC = False
    expect_status(client, address(comment), 404)
    assert post(client, comment).status_code == 404
    assert count(comment) == 0


def test_the_queries_of_the_page_are_few(client, comment, django_assert_num_queries):
    client.get(address(comment))
    with django_assert_num_queries(2):
        client.get(address(comment))
