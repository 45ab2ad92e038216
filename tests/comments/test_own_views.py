"""A reader's own comments: what state they are in, to take along, and to delete all at once. Nobody else sees them."""

import datetime as dt
import json

import pytest
from django.test import Client
from django.utils import timezone

from articles.publishing import retract, unpublish
from comments import own_views
from comments.identity import reader_of
from comments.models import Comment
from comments.moderation import decide
from comments.own import own_html
from comments.posting import edit_comment, withdraw
from tests import factories
from tests.articles.desk import signed_in
from tests.reading import Reading, expect_status, read

pytestmark = pytest.mark.django_db
STORY = "/ai/a-model-learns-to-wait/"
MINE, ALL, FILE = f"{STORY}comments/mine/", "/comments/mine/", "/comments/mine.json"
TOKEN, OTHER = "a" * 32, "b" * 32
SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}
NOTHING_KNOWN = "Nothing is known of this browser"


@pytest.fixture
def story(edition):
    return factories.make_story()


@pytest.fixture
def petra():
    client = Client()
    client.cookies["reader"] = TOKEN
    return client


def write(story, token=TOKEN, status="pending", **fields):
    return factories.make_comment(story, status=status, reader=reader_of(token), **fields)


def ids(page):
    return [attributes["id"] for attributes in page.all("li") if "data-own" in attributes]


def script(client, path=MINE):
    return client.get(path, headers={"Accept": "application/json"}).json()["comments"]


def file_of(client, path=FILE):
    response = client.get(path)
    return json.loads(b"".join(response.streaming_content)), response


def delete_all(client, headers=SAME_ORIGIN, **data):
    return client.post(ALL, {"action": "delete_all", **data}, headers=headers)


STATES = [
    ("pending", "Awaiting moderation. Only you see it."),
    ("approved", "Published."),
    ("rejected", "Not published: a moderator decided against it."),
    ("removed", "Removed by a moderator."),
]


@pytest.mark.parametrize(("status", "words"), STATES)
@pytest.mark.parametrize("path", [MINE, ALL])
def test_each_state_is_said_in_words(petra, story, status, words, path):
    write(story, status=status, decided_at=timezone.now())
    page = read(petra, path)
    assert words in page.main
    assert "A good word." in page.main


def test_what_no_moderator_has_looked_at_yet_says_so(petra, story):
    write(story, status="rejected")
    assert "Not published: it breaks a rule that is checked at once." in read(petra, MINE).main


def test_what_waits_again_for_its_change_says_what_readers_see(petra, story):
    comment = write(story, status="approved")
    factories.make_comment(story, parent=comment)
    edit_comment(comment.pk, "Another word.")
    assert "Until then readers see a note in its place." in read(petra, MINE).main


def test_the_page_of_a_story_holds_those_of_this_browser_below_it_the_newest_first(petra, story):
    first, second = write(story, body="The first."), write(story, body="The second.", status="approved")
    write(story, token=OTHER, body="Somebody else's.")
    write(factories.make_story(title="Another one"), body="Below another.")
    withdraw(write(story, body="Deleted.").pk)
    factories.make_comment(story, body="Nobody's.")
    page = read(petra, MINE)
    assert ids(page) == [f"c{second.pk}", f"c{first.pk}"]


def test_an_account_and_its_browser_see_what_either_wrote(story, petra):
    user = factories.make_user("petra@example.org", is_staff=False)
    guest, member = write(story), factories.make_comment(story, status="pending", user=user)
    both = signed_in(user)
    both.cookies["reader"] = TOKEN
    assert ids(read(both, MINE)) == [f"c{member.pk}", f"c{guest.pk}"]
    assert ids(read(signed_in(user), MINE)) == [f"c{member.pk}"]
    assert ids(read(petra, MINE)) == [f"c{guest.pk}"]


@pytest.mark.parametrize("path", [MINE, ALL])
def test_a_browser_that_is_not_known_is_told_so(client, story, path):
    factories.make_comment(story, body="Nobody's.")
    response = client.get(path)
    page = Reading(response.content.decode())
    assert NOTHING_KNOWN in page.main
    assert "Nobody's." not in page.main
    assert f"/accounts/login/?next={path}" in page.links
    assert page.all("meta", name="robots", content="noindex")
    assert "no-store" in response["Cache-Control"]
    assert response.cookies == {}


def test_without_identity_no_comment_is_asked_for(client, story, django_assert_num_queries):
    client.get(ALL)
    with django_assert_num_queries(0):
        client.get(ALL)


def test_a_known_browser_without_comments_is_told_another_thing(petra, story):
    page = read(petra, MINE)
    assert "There is no comment of yours here." in page.main
    assert NOTHING_KNOWN not in page.main
    assert f"/accounts/login/?next={MINE}" not in page.links


def test_editing_is_offered_for_fifteen_minutes_and_deleting_always(petra, story, time_machine):
    time_machine.move_to(timezone.now(), tick=False)
    comment = write(story)
    edit, delete = f"{STORY}comments/{comment.pk}/edit/", f"{STORY}comments/{comment.pk}/delete/"
    assert {edit, delete} <= set(read(petra, MINE).links)
    time_machine.shift(dt.timedelta(minutes=15))
    links = read(petra, MINE).links
    assert edit not in links
    assert delete in links


def test_only_what_is_published_has_a_permanent_link(petra, story):
    seen, waits = write(story, status="approved"), write(story)
    links = read(petra, MINE).links
    assert f"{STORY}comments/?thread={seen.pk}#c{seen.pk}" in links
    assert f"{STORY}comments/?thread={waits.pk}#c{waits.pk}" not in links


def test_a_script_gets_what_it_cannot_find_in_the_page(petra, story):
    root = factories.make_comment(story, body="Somebody else's.")
    seen, waits = write(story, status="approved"), write(story, body="It waits.", parent=root)
    reply, mine = script(petra)
    assert (reply["id"], reply["parent"], reply["status"]) == (waits.pk, root.pk, "pending")
    assert (mine["id"], mine["parent"], mine["status"], mine["html"]) == (seen.pk, None, "approved", None)
    item = Reading(reply["html"])
    assert item.tags[0][1] == {"class": "comment is-pending", "id": f"c{waits.pk}", "data-own": ""}
    assert "It waits." in item.text
    assert "Awaiting moderation. Only you see it." in item.text
    assert Reading(mine["acts"]).links == [f"{STORY}comments/{seen.pk}/{act}/" for act in ("edit", "delete")]
    assert all(link in item.links for link in Reading(reply["acts"]).links)


def test_a_script_gets_the_newest_alone(petra, story, monkeypatch):
    monkeypatch.setattr(own_views, "SCRIPT_PAGE", 2)
    comments = [write(story, body=f"Number {number}.") for number in range(3)]
    assert [row["id"] for row in script(petra)] == [comments[2].pk, comments[1].pk]
    assert script(Client()) == []


def test_badges_and_names_are_those_that_readers_see(story):
    ana = factories.make_user("ana@example.org", name="Ana", group="Editors")
    factories.make_comment(story, name="Ana", user=ana, status="approved")
    assert "Staff" in read(signed_in(ana), MINE).main


def test_a_text_that_looks_like_html_is_shown_as_text(petra, story):
    write(story, name="<b>Petra</b>", body="<script>alert(1)</script>")
    page = read(petra, MINE)
    assert "<b>Petra</b>" in page.main
    assert not [tag for tag, _attributes in page.tags if tag == "b"]
    assert "<script>alert(1)</script>" in page.main


def test_all_of_mine_names_each_story(petra, story):
    write(story, body="Below the first.")
    write(factories.make_story("hr", title="Model uči čekati"), body="Ispod drugog.")
    page = read(petra, ALL)
    assert "A model learns to wait" in page.main
    assert "Model uči čekati" in page.main
    assert {STORY, "/hr/umjetna-inteligencija/model-uci-cekati/"} <= set(page.links)


def test_a_story_that_was_taken_back_keeps_its_name_to_itself(petra, story):
    comment = write(story, body="My own words.")
    unpublish(story)
    page = read(petra, ALL)
    assert "Below a story that is no longer public" in page.main
    assert "My own words." in page.main
    assert "A model learns to wait" not in page.main
    assert not [link for link in page.links if link.startswith(STORY)]
    (row,) = file_of(petra)[0]["comments"]
    assert (row["id"], row["story"], row["address"]) == (comment.pk, None, None)
    expect_status(petra, MINE, 404)


def test_a_demonstration_story_has_no_page_where_none_is_public(petra, edition, settings):
    write(factories.make_story(is_demo=True), status="approved")
    assert "A model learns to wait" in read(petra, ALL).main
    settings.DEMO_IS_PUBLIC = False
    page = read(petra, ALL)
    assert "Below a story that is no longer public" in page.main
    assert "A model learns to wait" not in page.main
    (record,) = file_of(petra)[0]["comments"]
    assert (record["story"], record["address"], record["text"]) == (None, None, "A good word.")


def test_below_a_retracted_story_the_list_of_all_is_shown(petra, story):
    write(story)
    retract(story, "It was wrong.")
    response = petra.get(MINE)
    assert (response.status_code, response["Location"]) == (302, ALL)


def test_one_is_deleted_also_when_its_story_has_no_page_any_more(petra, story):
    own, foreign = write(story, status="approved"), factories.make_comment(story)
    kept = write(factories.make_story(title="Another one"))
    retract(story, "It was wrong.")
    form = [form for form in read(petra, ALL).all("form", action=ALL) if form][-1]
    assert form["method"] == "post"

    def delete(comment):
        data = {"action": "delete", "comment": comment.pk}
        return petra.post(ALL, data, headers={"Sec-Fetch-Site": "same-origin"})

    assert delete(foreign).status_code == 404
    response = delete(own)
    assert (response.status_code, response["Location"]) == (303, f"{ALL}?deleted=1")
    for comment, status in ((own, "withdrawn"), (foreign, "approved"), (kept, "pending")):
        comment.refresh_from_db()
        assert comment.status == status
    assert delete(own).status_code == 404


def test_a_comment_deleted_in_another_window_meanwhile_has_a_state(petra, story):
    comment = write(story)
    withdraw(comment.pk)
    comment.refresh_from_db()
    assert "<span>Deleted by its author</span></p>" in own_html(comment, "en")


def test_a_story_that_moved_leads_on(petra, story):
    response = petra.get("/space/a-model-learns-to-wait/comments/mine/")
    assert (response.status_code, response["Location"]) == (302, MINE)


@pytest.mark.parametrize("path", [MINE, ALL])
def test_twenty_stand_on_a_page(petra, story, path):
    start = timezone.now() - dt.timedelta(hours=2)
    for number in range(23):
        write(story, body=f"Number {number}.", created_at=start + dt.timedelta(minutes=number))
    page = read(petra, path)
    assert len(ids(page)) == 20
    (older,) = [link["href"] for link in page.all("a", rel="next")]
    second = read(petra, older)
    assert len(ids(second)) == 3
    assert not set(ids(page)) & set(ids(second))
    (newer,) = [link["href"] for link in second.all("a", rel="prev")]
    assert ids(read(petra, newer)) == ids(page)
    expect_status(petra, f"{path}?before=nonsense", 400)


def test_the_queries_do_not_grow_with_the_comments(petra, story, django_assert_num_queries):
    for number in range(3):
        write(story, body=f"Number {number}.", status="approved")
    petra.get(MINE)
    for path, most in [(MINE, 2), (ALL, 1)]:
        with django_assert_num_queries(most):
            petra.get(path)
        write(story, body=f"One more for {path}.")
        with django_assert_num_queries(most):
            petra.get(path)
    with django_assert_num_queries(2):
        script(petra)


def test_the_file_holds_all_with_story_state_and_times(petra, story, settings):
    settings.SITE_URL = "https://news.example.org"
    at = dt.datetime(2026, 11, 25, 11, 30, 15, tzinfo=dt.UTC)
    seen = write(story, status="approved", body="*Čekati* & “čekati”", name="Žana", created_at=at, like_count=3)
    waits = write(story, body="It waits.", created_at=at)
    Comment.objects.filter(pk=waits.pk).update(edited_at=at + dt.timedelta(minutes=2))
    write(story, token=OTHER, body="Somebody else's.")
    found, response = file_of(petra)
    assert response["Content-Disposition"] == 'attachment; filename="my-comments.json"'
    assert response["Content-Type"] == "application/json"
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
    place = f"https://news.example.org{STORY}"
    assert found["comments"][0] == {
        "id": seen.pk,
        "text": "*Čekati* & “čekati”",
        "name": "Žana",
        "story": "A model learns to wait",
        "address": f"{place}comments/?thread={seen.pk}#c{seen.pk}",
        "written": "2026-11-25T11:30:15Z",
        "changed": None,
        "status": "approved",
        "likes": 3,
    }
    assert found["comments"][1]["changed"] == "2026-11-25T11:32:15Z"
    assert found["comments"][1]["address"] == place
    assert len(found["comments"]) == 2


def test_the_file_is_read_in_steps_and_whole(petra, story, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(own_views, "FILE_STEP", 2)
    written = [write(story, body=f"Number {number}.").pk for number in range(5)]
    with django_assert_num_queries(4):
        found, _response = file_of(petra)
    assert [row["id"] for row in found["comments"]] == written


def test_the_file_of_nobody_is_empty(client, story):
    factories.make_comment(story)
    assert file_of(client)[0] == {"comments": []}


def test_deleting_all_asks_first_and_says_how_many(petra, story):
    write(story)
    write(story, status="approved", body="Another.")
    response = delete_all(petra)
    assert response.status_code == 200
    page = Reading(response.content.decode())
    assert "2 comments of yours will be deleted" in page.main
    assert "Delete 2 comments" in page.main
    assert FILE in page.links
    assert Comment.objects.filter(status="withdrawn").count() == 0
    assert "no-store" in response["Cache-Control"]


def test_all_of_mine_are_deleted_and_nobody_elses(petra, story):
    mine, answered = write(story), write(story, status="approved", body="Answered.")
    other = write(story, token=OTHER, body="Somebody else's.", status="approved")
    factories.make_comment(story, parent=answered, body="The answer.")
    response = delete_all(petra, confirm="yes")
    assert (response.status_code, response["Location"]) == (303, f"{ALL}?deleted=1")
    assert "Your comments are deleted." in read(petra, response["Location"]).main
    for comment in (mine, answered):
        comment.refresh_from_db()
        assert (comment.status, comment.body, comment.name, comment.reader) == ("withdrawn", "", "", "")
    other.refresh_from_db()
    assert other.status == "approved"
    story.stats.refresh_from_db()
    assert story.stats.comment_count == 2
    assert "Answered." not in read(Client(), f"{STORY}comments/").main


def test_many_are_deleted_in_steps(petra, story, monkeypatch):
    monkeypatch.setattr(own_views, "MOST_DELETED", 2)
    for number in range(5):
        write(story, body=f"Number {number}.")
    page = Reading(delete_all(petra, confirm="yes").content.decode())
    assert "2 comments are deleted." in page.main
    assert "3 are left." in page.main
    assert page.all("button", name="confirm", value="yes")
    assert "1 is left." in delete_all(petra, confirm="yes").content.decode()
    assert delete_all(petra, confirm="yes").status_code == 303
    assert Comment.objects.filter(status="withdrawn").count() == 5


def test_a_slow_database_ends_a_step_early(petra, story, monkeypatch):
    monkeypatch.setattr(own_views, "MOST_SECONDS", 0)
    write(story)
    write(story, body="Another.")
    assert "1 is left." in delete_all(petra, confirm="yes").content.decode()


def test_a_fault_leaves_no_half_comment(petra, story, monkeypatch):
    first, second = write(story), write(story, body="Another.", status="approved")
    withdrawn = []

    def fail_at_the_second(pk):
        withdrawn.append(pk)
        if len(withdrawn) == 2:
            raise RuntimeError
        withdraw(pk)

    monkeypatch.setattr(own_views, "withdraw", fail_at_the_second)
    with pytest.raises(RuntimeError):
        delete_all(petra, confirm="yes")
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, first.body) == ("withdrawn", "")
    assert (second.status, second.body) == ("approved", "Another.")


@pytest.mark.parametrize("data", [{"action": "delete_some"}, {"action": "delete_all", "confirm": "perhaps"}, {}])
def test_what_is_none_of_our_buttons_is_a_400(petra, story, data):
    write(story)
    assert petra.post(ALL, data, headers=SAME_ORIGIN).status_code == 400
    assert Comment.objects.get().status == "pending"


@pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Site": "cross-site"}])
def test_a_form_from_elsewhere_deletes_nothing(petra, story, headers):
    write(story)
    assert delete_all(petra, headers=headers, confirm="yes").status_code == 403
    assert Comment.objects.get().status == "pending"


def test_deleting_nothing_leads_back_to_the_list(client, story):
    factories.make_comment(story)
    assert delete_all(client, confirm="yes")["Location"] == f"{ALL}?deleted=1"
    assert NOTHING_KNOWN in read(client, ALL).main
    assert Comment.objects.get().status == "approved"


def test_the_croatian_pages_stand_at_their_own_addresses(petra, story):
    write(story)
    page = read(petra, "/hr/comments/mine/")
    assert page.language == "hr"
    assert "/hr/comments/mine.json" in page.links
    assert page.all("form", action="/hr/comments/mine/")


def test_a_decision_shows_at_once(petra, story):
    comment = write(story)
    decide(comment, "approved")
    assert "Published." in read(petra, MINE).main
