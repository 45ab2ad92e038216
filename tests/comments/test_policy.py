"""Who may comment: the site's switch, a story's own mode, the day on which it closes, and what pages say of it."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError

from articles import navigation
from articles.models import Article, StandingPage
from comments import policy
from comments.models import Decision, SiteDiscussion
from comments.moderation import decide
from comments.policy import policy_of, set_site, set_story
from tests import factories
from tests.comments.writing import PAGE, STORY, TOKEN
from tests.reading import read

pytestmark = pytest.mark.django_db
RULES = "/house-rules/"
PAGES = [STORY, PAGE]


@pytest.fixture
def mia():
    return factories.make_user("mia@example.org", "Mia", group="Moderators")


@pytest.fixture
def rules():
    return StandingPage.objects.create(
        key="house-rules", language="en", slug="house-rules", title="House rules", body="Be kind."
    )


def now_of(story):
    return policy_of(Article.objects.select_related("stats").get(pk=story.pk))


def composers(page):
    return [form for form in page.all("form") if "data-composer" in form]


def replies(page):
    return [link for link in page.all("a") if "data-reply" in link]


def test_without_a_word_of_anybody_everything_is_premoderated(story):
    found = now_of(story)
    assert found == ("premoderated", None, False, False)
    assert found.sentence == ""


@pytest.mark.parametrize(
    ("site", "own", "mode"),
    [
        ("open", "", "open"),
        ("premoderated", "", "premoderated"),
        ("closed", "", "closed"),
        ("premoderated", "open", "open"),
        ("open", "premoderated", "premoderated"),
        ("open", "closed", "closed"),
        ("closed", "open", "closed"),
    ],
)
def test_a_storys_own_mode_wins_unless_the_site_is_closed(story, mia, site, own, mode):
    set_site(site, mia)
    set_story(story, own, None, mia)
    found = now_of(story)
    assert (found.mode, found.is_closed, found.is_site_closed) == (mode, mode == "closed", site == "closed")


def test_a_story_closes_so_many_days_after_it_became_public(story, mia):
    set_story(story, "open", 14, mia)
    closes_at = story.public_at + dt.timedelta(days=14)
    with time_machine.travel(closes_at - dt.timedelta(seconds=1), tick=False):
        found = now_of(story)
        assert (found.mode, found.closes_at, found.is_closed) == ("open", closes_at, False)
        assert found.sentence.startswith("Comments close on ")
    with time_machine.travel(closes_at, tick=False):
        found = now_of(story)
        assert (found.mode, found.closes_at, found.is_closed) == ("closed", closes_at, True)
        assert found.sentence.startswith("Comments on this story closed on ")


def test_the_day_is_that_of_the_edition_in_the_language_of_the_page(story, mia):
    factories.backdate(story, dt.datetime(2026, 11, 23, 23, 30, tzinfo=dt.UTC))  # the 24th in Zagreb
    set_story(story, "", 14, mia)
    story.refresh_from_db()
    assert "8 Dec 2026" in now_of(story).sentence


def test_a_draft_closes_on_no_day(edition, mia):
    draft = factories.make_draft()
    set_story(draft, "", 1, mia)
    assert now_of(draft).closes_at is None


def test_each_change_has_its_line_in_the_log(story, mia):
    site, own = set_site("closed", mia), set_story(story, "premoderated", 14, mia)
    assert (site.action, site.user, site.article, site.why) == ("discussion", mia, None, "closed")
    assert (own.action, own.user, own.article, own.why) == ("discussion", mia, story, "premoderated 14")
    assert set_story(story, "", None, mia).why == "site"


def test_what_changes_nothing_leaves_no_line(story, mia):
    assert set_site("premoderated", mia) is None
    assert set_story(story, "", None, mia) is None
    assert not Decision.objects.exists()


def test_the_switch_leaves_the_word_lists_alone(mia):
    SiteDiscussion.objects.create(pk=1, words_version=7)
    set_site("open", mia)
    assert SiteDiscussion.objects.get().words_version == 7


def test_who_saw_other_settings_is_told_and_changes_nothing(story, mia):
    set_story(story, "closed", 7, mia)
    with pytest.raises(ValidationError, match="Closed, closes after 7 days"):
        set_story(story, "open", None, mia, seen="site")
    assert now_of(story).mode == "closed"
    assert set_story(story, "open", None, mia, seen="closed 7")


@pytest.mark.parametrize(
    ("why", "words"),
    [
        ("closed", "Closed"),
        ("site", "As the whole site"),
        ("open 1", "Open, closes after 1 day"),
        ("premoderated 14", "Pre-moderated, closes after 14 days"),
        ("something else", "something else"),
    ],
)
def test_the_log_is_put_into_words(why, words):
    assert policy.said(why) == words


@pytest.mark.parametrize("path", PAGES)
def test_an_open_story_has_a_composer_and_no_word_of_closing(client, story, path):
    factories.make_comment(story)
    page = read(client, path)
    assert composers(page)
    assert replies(page)
    assert "Comments on this story" not in page.main
    assert "Comments close" not in page.main


@pytest.mark.parametrize("path", PAGES)
def test_a_closed_story_has_no_composer_and_says_why(client, story, mia, rules, path):
    factories.make_comment(story, body="It stays.")
    set_story(story, "closed", None, mia)
    page = read(client, path)
    assert not composers(page)
    assert not replies(page)
    assert "Comments on this story are closed. House rules" in page.main
    assert "It stays." in page.main


@pytest.mark.parametrize("path", PAGES)
def test_a_closed_story_without_comments_does_not_wait_for_any(client, story, mia, path):
    set_story(story, "closed", None, mia)
    assert "No comments yet." not in read(client, path).main


@pytest.mark.parametrize("path", PAGES)
def test_the_switch_closes_every_story_and_opens_it_again(client, story, mia, path):
    set_story(story, "open", None, mia)
    set_site("closed", mia)
    page = read(client, path)
    assert not composers(page)
    assert "Comments are closed on the whole site at the moment." in page.main
    set_site("premoderated", mia)
    assert composers(read(client, path))


@pytest.mark.parametrize("path", PAGES)
def test_a_story_that_will_close_says_on_which_day(client, story, mia, path):
    set_story(story, "", 14, mia)
    page = read(client, path)
    assert "Comments close on " in page.main
    assert composers(page)


def test_the_page_of_one_thread_says_it_too(client, story, mia):
    root = factories.make_comment(story)
    path = f"{PAGE}?thread={root.pk}"
    assert composers(read(client, path))
    set_story(story, "closed", None, mia)
    page = read(client, path)
    assert not composers(page)
    assert not replies(page)
    assert "Comments on this story are closed." in page.main


def test_the_page_of_a_reply_has_no_composer_where_it_would_be_refused(client, story, mia):
    root = factories.make_comment(story)
    path = f"{PAGE}{root.pk}/reply/"
    assert composers(read(client, path))
    set_story(story, "closed", None, mia)
    page = read(client, path)
    assert not composers(page)
    assert "Comments on this story are closed." in page.main


def test_a_page_promises_a_moderator_only_where_one_reads_everything(client, story, mia):
    assert "A person reads it before it appears." in read(client, STORY).main
    set_story(story, "open", None, mia)
    page = read(client, STORY)
    assert "Be exact and be kind." in page.main
    assert "A person reads it" not in page.main


def test_a_page_keeps_the_mode_for_a_minute_and_a_comment_is_judged_by_the_true_one(client, story):
    assert composers(read(client, STORY))
    # Another process.
    SiteDiscussion.objects.create(pk=1, mode="closed")
    assert composers(read(client, STORY))
    assert now_of(story).is_site_closed
    navigation.forget()  # a minute passes
    assert not composers(read(client, STORY))


def test_a_tombstone_of_the_moderators_leads_to_the_house_rules(client, story, rules):
    root = factories.make_comment(story)
    factories.make_comment(story, parent=root)
    decide(root, "removed")
    for path in (STORY, PAGE, f"{PAGE}?thread={root.pk}"):
        assert "Removed comment House rules" in read(client, path).main


def test_a_tombstone_of_its_writer_does_not(client, story, rules):
    from comments.posting import withdraw

    root = factories.make_comment(story)
    factories.make_comment(story, parent=root)
    withdraw(root.pk)
    assert "Deleted by its author House rules" not in read(client, STORY).main


def test_without_that_page_nothing_leads_to_it(client, story):
    root = factories.make_comment(story)
    factories.make_comment(story, parent=root)
    decide(root, "removed")
    page = read(client, STORY)
    assert "Removed comment" in page.main
    assert "House rules" not in page.text


def test_the_rules_are_found_by_their_key_whatever_they_are_called(client, story, rules):
    StandingPage.objects.update(slug="be-kind")
    page = read(client, STORY)
    assert page.main.count("House rules") == 1
    assert page.links.count("/be-kind/") == 2  # and the footer


def test_a_story_leads_to_the_rules_in_its_own_language(client, edition, rules):
    factories.make_story("hr", title="Model uči čekati", category="ai")
    path = "/hr/umjetna-inteligencija/model-uci-cekati/"
    assert RULES not in read(client, path).links
    StandingPage.objects.create(key="house-rules", language="hr", slug="pravila", title="Pravila", body="Budite dobri.")
    navigation.forget()
    assert read(client, path).links.count("/hr/pravila/") == 2  # and the footer


def test_the_page_of_a_removed_comment_says_that_the_story_is_closed(client, story, mia):
    root = factories.make_comment(story)
    factories.make_comment(story, parent=root)
    decide(root, "removed")
    path = f"{PAGE}?thread={root.pk}"
    assert "Comments on this story are closed." not in read(client, path).main
    set_story(story, "closed", None, mia)
    assert "Comments on this story are closed." in read(client, path).main


def test_a_report_and_a_refused_comment_lead_to_the_rules(petra, story, rules):
    from comments.identity import Writer

    shown = factories.make_comment(story)
    assert read(petra, f"{PAGE}{shown.pk}/report/").links.count(RULES) == 2  # and the footer
    mine = factories.make_comment(story, reader=Writer(None, TOKEN).reader)
    before = read(petra, f"{PAGE}mine/")
    decide(mine, "removed")
    after = read(petra, f"{PAGE}mine/")
    assert after.links.count(RULES) == before.links.count(RULES) + 1
