"""All comments of a story: threads with the newest first, page by page."""

import datetime as dt

import pytest
from django.utils import timezone

from articles import navigation
from articles.publishing import retract
from comments import threads, views
from comments.models import Comment
from comments.moderation import decide, pick
from tests import factories
from tests.reading import expect_status, read

pytestmark = pytest.mark.django_db
PAGE = "/ai/a-model-learns-to-wait/comments/"


@pytest.fixture
def article(edition, monkeypatch):
    monkeypatch.setattr(views, "PAGE", views.PAGE._replace(roots=3))
    return factories.make_story()


def test_a_thread_stands_with_its_answers_in_order(client, article):
    root = factories.make_comment(article, name="Petra K.", body="The first word.")
    factories.make_comment(article, name="Ivo", body="An answer.", parent=root)
    factories.make_comment(article, name="Ana", body="A second answer.", parent=root)
    page = read(client, PAGE)
    assert "A model learns to wait" in page.main
    places = [page.main.index(text) for text in ("The first word.", "An answer.", "A second answer.")]
    assert places == sorted(places)
    assert "/ai/a-model-learns-to-wait/" in page.links
    assert len(page.canonical) == 1


def test_a_story_without_comments_says_so(client, article):
    assert "No comments yet." in read(client, PAGE).main


def test_where_one_writes_as_a_guest_an_account_is_offered_too(client, article):
    for path in (PAGE, "/ai/a-model-learns-to-wait/"):
        assert f"/accounts/login/?next={PAGE}" in read(client, path).links


def test_only_decided_words_are_shown(client, article):
    for status in ("pending", "rejected", "removed"):
        factories.make_comment(article, body=f"It is {status}.", status=status)
    page = read(client, PAGE)
    assert "It is" not in page.main
    assert "No comments yet." in page.main


def test_a_removed_comment_with_answers_leaves_a_note(client, article):
    root = factories.make_comment(article, name="Rude", body="Rude words.")
    factories.make_comment(article, body="A calm answer.", parent=root)
    decide(root, "removed")
    page = read(client, PAGE)
    assert "Removed comment" in page.main
    assert "A calm answer." in page.main
    assert "Rude" not in page.main


def test_an_ai_editor_and_staff_are_marked(client, article):
    from authors.models import Author

    factories.make_comment(article, author=Author.objects.get(slug="nexus-vale"))
    factories.make_comment(article, name="Ana", user=factories.make_user())
    page = read(client, PAGE)
    assert "Nexus Vale AI editor" in page.main.replace("ValeAI", "Vale AI")
    assert "Staff" in page.main


def test_comments_of_a_demonstration_are_labelled_where_there_are_any(client, edition):
    story = factories.make_story(is_demo=True)
    assert "were made up for this edition" not in read(client, PAGE).main
    factories.make_comment(story, is_demo=True)
    factories.make_comment(story, name="A real reader")
    page = read(client, PAGE)
    assert "were made up for this edition" in page.main
    # A word of somebody real below a demonstration is not called made up.
    assert page.main.count("demonstration") == 1


def test_a_demonstration_below_a_real_story_is_marked_itself(client, article):
    factories.make_comment(article, name="Invented", is_demo=True)
    factories.make_comment(article, name="Petra")
    for path in (PAGE, "/ai/a-model-learns-to-wait/"):
        assert read(client, path).main.count("demonstration") == 1


def test_markup_is_shown_as_text_and_links_are_not_followed(client, article):
    factories.make_comment(article, name="<b>Bold</b>", body="<script>alert(1)</script> https://example.org/ **word**")
    page = read(client, PAGE)
    assert "<b>Bold</b>" in page.main
    assert "<script>alert(1)</script>" in page.main
    (link,) = page.all("a", href="https://example.org/")
    assert {"nofollow", "ugc"} <= set(link["rel"].split())


def test_every_thread_is_met_once_forward_and_back(client, article):
    at = timezone.now() - dt.timedelta(hours=1)
    for number in range(8):
        factories.make_comment(article, name=f"Reader {number}", body=f"Word {number}.", created_at=at)

    def words(page):
        return [number for number in range(8) if f"Word {number}." in page.main]

    forward, path = [], PAGE
    while path:
        page = read(client, path)
        forward.append(words(page))
        older = page.all("a", rel="next")
        path = older and older[0]["href"]
    assert forward == [[5, 6, 7], [2, 3, 4], [0, 1]]
    back = [words(page)]
    while newer := page.all("a", rel="prev"):
        page = read(client, newer[0]["href"])
        back.append(words(page))
    assert back == forward[::-1]


def test_bad_positions(client, article):
    factories.make_comment(article)
    expect_status(client, PAGE + "?before=x", 400)
    expect_status(client, PAGE + "?before=0-0", 404)


@pytest.mark.parametrize(
    ("sort", "order"),
    [("newest", [[4, 3, 2], [1, 0]]), ("oldest", [[0, 1, 2], [3, 4]]), ("liked", [[3, 1, 4], [2, 0]])],
)
def test_three_orders_each_walked_to_its_end_and_back(client, article, sort, order):
    likes = [0, 5, 1, 5, 2]
    for number in range(5):
        factories.make_comment(article, body=f"Word {number}.", like_count=likes[number])

    def words(page):
        found = [(page.main.index(f"Word {number}."), number) for number in range(5) if f"Word {number}." in page.main]
        return [number for _place, number in sorted(found)]

    first = read(client, f"{PAGE}?sort={sort}")
    assert words(first) == order[0]
    assert first.all("a", **{"aria-current": "true"})[0]["href"] == PAGE + ("" if sort == "newest" else f"?sort={sort}")
    second = read(client, first.all("a", rel="next")[0]["href"])
    assert words(second) == order[1]
    assert not second.all("a", rel="next")
    back = read(client, second.all("a", rel="prev")[0]["href"])
    assert words(back) == order[0]


def test_picks_stand_on_the_first_page_alone(client, article):
    picked = factories.make_comment(article, body="The picked one.")
    for number in range(5):
        factories.make_comment(article, body=f"Word {number}.")
    pick(picked, True)
    first = read(client, PAGE)
    assert first.main.index("The picked one.") < first.main.index("Word 4.")
    assert "Editors' pick" in first.main
    second = read(client, first.all("a", rel="next")[0]["href"])
    assert "Word 0." in second.main
    assert "The picked one." not in second.main


def test_an_unknown_order_is_refused(client, article):
    expect_status(client, PAGE + "?sort=loudest", 400)


def test_queries_of_a_page(client, article, django_assert_num_queries):
    for number in range(4):
        root = factories.make_comment(article, body=f"Word {number}.")
        factories.make_comment(article, parent=factories.make_comment(article, parent=root))
    read(client, PAGE)
    navigation.forget()
    # The story, navigation, the roots, the picks, the threads.
    with django_assert_num_queries(5):
        client.get(PAGE)


class TestThread:
    """The page of one thread, which reaches every reply."""

    @pytest.fixture
    def root(self, article, monkeypatch):
        monkeypatch.setattr(threads, "THREAD", threads.THREAD._replace(roots=12))
        root = factories.make_comment(article, name="Petra K.", body="The first word.")
        for number in range(1, 31):
            factories.make_comment(article, name="Ivo", body=f"Answer {number}.", parent=root)
        return root

    def numbers(self, page):
        return [number for number in range(1, 31) if f"Answer {number}." in page.main]

    def test_the_story_and_its_comments_lead_to_it(self, client, root):
        for path, replies in ((PAGE, 3), ("/ai/a-model-learns-to-wait/", 2)):
            page = read(client, path)
            assert self.numbers(page) == list(range(1, replies + 1))
            assert f"{30 - replies} more replies" in page.main
            assert f"{PAGE}?thread={root.pk}" in page.links

    def test_every_reply_is_met_once_forward_and_back(self, client, root):
        forward, path = [], f"{PAGE}?thread={root.pk}"
        while path:
            page = read(client, path)
            assert "The first word." in page.main
            forward.append(self.numbers(page))
            later = page.all("a", rel="next")
            path = later and later[0]["href"]
        assert forward == [list(range(1, 13)), list(range(13, 25)), list(range(25, 31))]
        back = [forward[-1]]
        while earlier := page.all("a", rel="prev"):
            page = read(client, earlier[0]["href"])
            back.append(self.numbers(page))
        assert back == forward[::-1]

    def test_every_comment_has_a_permanent_link_that_shows_it_in_its_place(self, client, root):
        reply = root.replies.get(number=30)
        deep = factories.make_comment(root.article, name="Deep", parent=reply)
        page = read(client, f"{PAGE}?thread={root.pk}&after=24")
        links = {link.rpartition("#")[2]: link for link in page.links if link and "#c" in link}
        for comment in (root, reply, deep):
            path, _, anchor = links[f"c{comment.pk}"].partition("#")
            assert path == f"{PAGE}?thread={comment.pk}"
            assert read(client, path).all("li", id=anchor)
        page = read(client, f"{PAGE}?thread={deep.pk}")
        assert "Answers Ivo" in page.main
        assert {f"{PAGE}?thread={reply.pk}#c{reply.pk}", f"{PAGE}?thread={root.pk}"} <= set(page.links)

    def test_a_thread_goes_on_from_its_third_level(self, client, root):
        comment = root.replies.get(number=1)
        for name in ("Third", "Fourth", "Fifth", "Sixth"):
            comment = factories.make_comment(root.article, name=name, body=f"{name} word.", parent=comment)
        page = read(client, PAGE)
        assert "Third word." in page.main
        assert "Fourth word." not in page.main
        third = Comment.objects.get(name="Third")
        assert f"{PAGE}?thread={third.pk}" in page.links
        page = read(client, f"{PAGE}?thread={third.pk}")
        assert "Fourth word." in page.main
        assert "Fifth word." in page.main
        assert "Sixth word." not in page.main
        assert "Continue this thread" in page.main

    def test_a_note_may_be_what_it_answers(self, client, root):
        reply = root.replies.get(number=1)
        decide(root, "removed")
        page = read(client, f"{PAGE}?thread={reply.pk}")
        assert "Answers a comment that is no longer there" in page.main
        assert "Removed comment" in read(client, f"{PAGE}?thread={root.pk}").main

    def test_it_stays_out_of_search_engines(self, client, root):
        page = read(client, f"{PAGE}?thread={root.pk}")
        assert page.all("meta", name="robots", content="noindex")
        assert page.canonical == []

    @pytest.mark.parametrize(
        "query",
        ["thread=", "thread=x", "thread=-1", "thread=%00", f"thread={2**63}", "thread=1&after=x", "thread=1&before=-1",
         f"thread=1&after={2**31}"],
    )  # fmt: skip
    def test_bad_values_are_a_400(self, client, article, query):
        expect_status(client, f"{PAGE}?{query}", 400)

    def test_what_is_no_public_thread_of_this_story_is_a_404(self, client, root):
        hidden = factories.make_comment(root.article, status="pending")
        elsewhere = factories.make_comment(factories.make_story(title="Another one"))
        for pk in (hidden.pk, elsewhere.pk, 2**63 - 1):
            expect_status(client, f"{PAGE}?thread={pk}", 404)
        expect_status(client, f"{PAGE}?thread={root.pk}&after=30", 404)

    def test_before_the_first_visible_reply_it_begins_at_the_beginning(self, client, root):
        assert self.numbers(read(client, f"{PAGE}?thread={root.pk}&before=1")) == list(range(1, 13))

    def test_an_old_address_keeps_the_thread(self, client, root):
        path = f"/space/a-model-learns-to-wait/comments/?thread={root.pk}"
        assert client.get(path).headers["Location"] == f"{PAGE}?thread={root.pk}"

    def test_a_retracted_story_has_none(self, client, root):
        retract(root.article, "Wrong.")
        expect_status(client, f"{PAGE}?thread={root.pk}", 410)

    def test_its_queries(self, client, root, django_assert_num_queries):
        navigation.forget()
        # The story, navigation, the comment with what it answers, the numbers of its page, the replies.
        with django_assert_num_queries(5):
            client.get(f"{PAGE}?thread={root.pk}&after=12")
