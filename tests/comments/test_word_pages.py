"""The desk's pages of the word lists: an entry is previewed before it goes live, and each change is in the log."""

import datetime as dt

import pytest
from django.utils import timezone

from comments import word_lists, word_views
from comments.models import Comment, Decision, ListedWord
from comments.word_forms import WordForm
from comments.words import fold_entry
from tests import factories
from tests.articles.desk import signed_in

pytestmark = pytest.mark.django_db
LISTS = "/admin/comments/listedword/"
ADD, MANY, TRY = f"{LISTS}add/", f"{LISTS}many/", f"{LISTS}try/"


def listed(text, language="", **fields):
    fields = {"list": "suspect", "how": "forms", **fields}
    return ListedWord.objects.create(text=text, folded=fold_entry(text), language=language, **fields)


def preview_of(word):
    return f"{LISTS}{word.pk}/preview/"


@pytest.fixture
def moderator(db):
    return factories.make_user("mia@example.org", name="Mia", group="Moderators", language="en")


@pytest.fixture
def mia(moderator):
    return signed_in(moderator)


def entry(**changes):
    return {"text": "idiot", "language": "", "list": "suspect", "how": "forms", "note": "", **changes}


def html(response, status=200):
    assert response.status_code == status
    return response.content.decode()


def sentences(response):
    return [str(message) for message in response.context["messages"]]


# One entry


def test_a_new_entry_is_stored_and_leads_to_its_preview(mia, moderator):
    response = mia.post(ADD, entry(text=" Ïdiot ", note="An insult."))
    word = ListedWord.objects.get()
    assert (response.status_code, response.url) == (302, preview_of(word))
    assert (word.text, word.folded, word.language, word.list, word.how) == ("Ïdiot", "idiot", "", "suspect", "forms")
    assert (word.is_live, word.created_by, word.note) == (False, moderator, "An insult.")
    assert not Decision.objects.exists()


def test_a_new_entry_begins_as_suspect_and_in_all_forms(mia):
    form = mia.get(ADD).context["adminform"].form
    assert (form["list"].value(), form["how"].value()) == ("suspect", "forms")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"text": ""}, "This field is required."),
        ({"text": "…!"}, "This would match nearly everything: write at least 2 letters or digits."),
        ({"text": "a"}, "This would match nearly everything: write at least 2 letters or digits."),
        ({"text": "ku", "how": "start"}, "This would match nearly everything: write at least 3 letters or digits."),
        ({"text": "go ba", "how": "start"}, "This would match nearly everything: write at least 3 letters or digits."),
        ({"text": "abcdefghijklm", "how": "start"}, "A beginning has at most 12 letters."),
        ({"text": "one two three four five six seven"}, "A phrase has at most 6 words."),
        ({"text": "x" * 81}, "at most 80 characters"),
        ({"text": "\ufdfa" * 80}, "An entry has at most 160 characters; this one has 240."),
        ({"language": "de"}, "Select a valid choice."),
        ({"list": "grey"}, "Select a valid choice."),
        ({"how": "regex"}, "Select a valid choice."),
        ({"note": "x" * 301}, "at most 300 characters"),
    ],
)
def test_what_no_entry_can_be_is_refused_and_stays_in_the_form(mia, changes, sentence):
    page = html(mia.post(ADD, entry(**changes)))
    assert sentence in page
    assert not ListedWord.objects.exists()


def test_the_same_entry_twice_is_refused_whatever_its_spelling(mia):
    listed("idiot")
    assert "“idiot” is there already (Suspect: holds)." in html(mia.post(ADD, entry(text="IDÍOT", list="banned")))
    assert mia.post(ADD, entry(how="word")).status_code == 302
    assert mia.post(ADD, entry(language="hr")).status_code == 302


# The preview


def test_the_preview_shows_what_it_would_have_caught(story, mia):
    word = listed("idiot")
    factories.make_comment(story, name="Tea", body="Only <idiots> say so.", status="approved")
    factories.make_comment(story, name="Jonas", body="You 1d10t!", status="rejected")
    factories.make_comment(story, name="Petra", body="An idiot.", status="pending")
    factories.make_comment(story, name="nightowl", body="A good word.", status="approved")
    response = mia.get(preview_of(word))
    page = html(response)
    total = response.context["preview"].total
    assert (total.approved, total.refused, total.waiting) == (1, 1, 1)
    assert "Of the newest 4 comments, 3 would have been caught" in page
    assert "Only &lt;<mark>idiots</mark>&gt; say so." in page
    assert "You <mark>1d10t</mark>!" in page
    assert "nightowl" not in page
    # Approved ones, which it would catch wrongly, come first.
    assert page.index("Tea") < page.index("Petra") < page.index("Jonas")


def test_the_writers_name_is_looked_at_as_well(story, mia):
    word = listed("idiot")
    factories.make_comment(story, name="Big Idiot", body="Hello there.")
    assert "<mark>Idiot</mark>" in html(mia.get(preview_of(word)))


def test_an_entry_of_one_language_is_tried_on_its_texts(story, mia):
    factories.make_comment(story, body="Kreten.")
    assert "Nothing among the newest" in html(mia.get(preview_of(listed("kreten", "hr")))).replace(
        "in the", "among the"
    )
    assert "<mark>Kreten</mark>" in html(mia.get(preview_of(listed("kreten", ""))))


def test_deleted_comments_and_those_beyond_the_newest_are_not_looked_at(story, mia, monkeypatch):
    monkeypatch.setattr("comments.word_preview.MOST_COMMENTS", 2)
    for _turn in range(3):
        factories.make_comment(story, body="idiot")
    response = mia.get(preview_of(listed("idiot")))
    assert response.context["preview"].looked_at == 2


def test_a_preview_that_takes_too_long_ends_and_says_so(story, mia, monkeypatch):
    factories.make_comment(story, body="idiot")
    monkeypatch.setattr("comments.word_preview.preview.__kwdefaults__", {"seconds": -1})
    page = html(mia.get(preview_of(listed("idiot"))))
    assert "Older ones were not looked at" in page


def test_a_long_text_is_shown_around_what_was_found(story, mia):
    word = listed("idiot")
    factories.make_comment(story, body="word " * 300 + "idiot" + " word" * 300)
    response = mia.get(preview_of(word))
    (row,) = response.context["preview"].rows
    text = "".join(piece for piece, _is_found in row.parts)
    assert text.startswith("…")
    assert text.endswith("…")
    assert len(text) < 400
    assert ("idiot", True) in row.parts


def test_the_preview_costs_the_same_for_one_comment_and_for_many(story, mia, django_assert_max_num_queries):
    word = listed("idiot")
    for _turn in range(30):
        factories.make_comment(story, body="idiot")
    mia.get(preview_of(word))
    with django_assert_max_num_queries(12):
        mia.get(preview_of(word))


def live(client, word, **changes):
    word.refresh_from_db()
    return client.post(preview_of(word), {"action": "live", "seal": word_views.seal(word), **changes}, follow=True)


def test_the_button_puts_it_live(story, mia, moderator):
    word = listed("idiot")
    assert word_lists.match("idiot", "en") == []
    response = live(mia, word)
    assert response.redirect_chain == [(LISTS, 303)]
    assert sentences(response) == ["1 entry is live now: “idiot”"]
    word.refresh_from_db()
    assert word.is_live
    assert word.live_since
    assert [match.text for match in word_lists.match("IDIOTS", "en")] == ["IDIOTS"]
    line = Decision.objects.get()
    assert (line.action, line.user, line.why) == ("words", moderator, "+ “idiot” (*, suspect, forms)")


def test_nobody_puts_live_what_somebody_changed_meanwhile(mia):
    word = listed("idiot")
    old = word_views.seal(word)
    ListedWord.objects.update(text="the", folded="the")
    response = live(mia, word, seal=old)
    assert sentences(response) == [
        "Nothing was changed: none was ticked, or somebody changed them meanwhile. Look again."
    ]
    assert not ListedWord.objects.get().is_live


def test_a_live_entry_is_taken_off_again(mia):
    word = listed("idiot")
    live(mia, word)
    response = mia.post(preview_of(word), {"action": "off"}, follow=True)
    assert sentences(response) == ["“idiot” is off: nothing happens by it any more."]
    assert word_lists.match("idiot", "en") == []
    assert [line.why[0] for line in Decision.objects.order_by("pk")] == ["+", "−"]


def test_there_is_an_end_to_what_can_be_live(mia, monkeypatch):
    monkeypatch.setattr(word_lists, "MOST_LIVE", 1)
    live(mia, listed("idiot"))
    word = listed("moron")
    assert "At most 1 entries can be live at once" in html(live(mia, word), 400)
    word.refresh_from_db()
    assert not word.is_live


# Changes of what is live


def test_a_live_entry_that_would_match_otherwise_is_off_until_it_is_previewed(mia):
    word = listed("idiot")
    live(mia, word)
    response = mia.post(f"{LISTS}{word.pk}/change/", entry(text="moron"))
    assert response.url == preview_of(word)
    word.refresh_from_db()
    assert (word.text, word.folded, word.is_live) == ("moron", "moron", False)
    assert word_lists.match("idiot moron", "en") == []
    assert Decision.objects.latest("pk").why == "− “moron” (*, suspect, forms)"


def test_a_change_of_what_goes_live_at_that_moment_takes_it_off_and_says_so(mia, monkeypatch):
    word, clean = listed("idiot"), WordForm.clean

    def meanwhile(form):
        word_lists.put_live([word], None)
        return clean(form)

    monkeypatch.setattr(WordForm, "clean", meanwhile)
    mia.post(f"{LISTS}{word.pk}/change/", entry(text="moron"))
    assert word_lists.match("idiot moron", "en") == []
    assert [line.why[0] for line in Decision.objects.order_by("pk")] == ["+", "−"]


def test_a_new_note_leaves_it_live_and_is_read_at_once(mia):
    word = listed("idiot")
    live(mia, word)
    word_lists.match("idiot", "en")
    response = mia.post(f"{LISTS}{word.pk}/change/", entry(note="Because."))
    assert response.url == LISTS
    assert [match.entry.note for match in word_lists.match("idiot", "en")] == ["Because."]
    assert Decision.objects.latest("pk").why.startswith("= “idiot”")


def test_saved_without_a_change_there_is_no_line(mia):
    word = listed("idiot")
    live(mia, word)
    mia.post(f"{LISTS}{word.pk}/change/", entry())
    word.refresh_from_db()
    assert word.is_live
    assert Decision.objects.count() == 1


def test_a_deleted_entry_is_off_at_once_and_in_the_log(mia):
    word = listed("idiot")
    live(mia, word)
    assert mia.post(f"{LISTS}{word.pk}/delete/", {"post": "yes"}).status_code == 302
    assert not ListedWord.objects.exists()
    assert word_lists.match("idiot", "en") == []
    assert Decision.objects.latest("pk").why == "− “idiot” (*, suspect, forms)"


def test_several_are_taken_off_or_deleted_from_the_list(mia):
    words = [listed("idiot"), listed("moron"), listed("kreten", "hr")]
    for word in words[:2]:
        live(mia, word)
    pks = [word.pk for word in words]
    response = mia.post(LISTS, {"action": "take_off", "_selected_action": pks}, follow=True)
    assert sentences(response) == ["2 entries are off now."]
    assert not ListedWord.objects.filter(is_live=True).exists()
    live(mia, words[0])
    mia.post(LISTS, {"action": "delete_selected", "_selected_action": pks, "post": "yes"})
    assert not ListedWord.objects.exists()
    assert Decision.objects.latest("pk").why == "− “idiot” (*, suspect, forms)"


# Many at once


def paste(client, text, **changes):
    return client.post(MANY, {**entry(list="banned", how="word"), "text": text, **changes}, follow=True)


def test_many_are_pasted_one_a_line(mia, moderator):
    listed("kreten", how="word")
    response = paste(mia, " idiot \r\n\r\nKRETEN\nIdiot\n go  back to your country\n", note="From the old list.")
    assert response.redirect_chain == [(TRY, 303)]
    assert sentences(response) == ["2 entries are stored.", "1 was there already: KRETEN"]
    words = ListedWord.objects.filter(created_by=moderator).order_by("pk")
    assert [word.text for word in words] == ["idiot", "go back to your country"]
    assert {(word.list, word.how, word.note, word.is_live) for word in words} == {
        ("banned", "word", "From the old list.", False)
    }


def test_lines_that_can_be_no_entry_stay_in_the_field_with_the_reason(mia):
    response = paste(mia, "idiot\n!\none two three four five six seven", note="Kept.")
    page = html(response, 400)
    assert [word.text for word in ListedWord.objects.all()] == ["idiot"]
    assert "<b>!</b>: This would match nearly everything" in page
    assert ">\n!\none two three four five six seven</textarea>" in page
    assert 'value="Kept."' in page
    assert (
        'value="banned" required id="id_list_0" checked' in page
        or 'value="banned" id="id_list_0" required checked' in page
    )


def test_too_many_lines_are_refused_and_none_is_lost(mia):
    text = "\n".join(f"word{number}" for number in range(501))
    page = html(paste(mia, text), 400)
    assert "These are 501 lines; at most 500 go at once." in page
    assert "word500</textarea>" in page
    assert not ListedWord.objects.exists()


def test_nothing_pasted_is_a_question(mia):
    assert "This field is required." in html(paste(mia, " \n "), 400)


def test_five_hundred_go_at_once_in_few_queries(mia, django_assert_max_num_queries):
    text = "\n".join(f"word{number}" for number in range(500))
    with django_assert_max_num_queries(20):
        mia.post(MANY, {**entry(), "text": text})
    assert ListedWord.objects.count() == 500


# All that are not live yet


def test_all_that_are_not_live_are_previewed_side_by_side(story, mia):
    harmless, doubtful = listed("idiot"), listed("word")
    off = listed("live")
    live(mia, off)
    factories.make_comment(story, body="A word.")
    factories.make_comment(story, body="You idiot", status="rejected")
    page = html(mia.get(TRY))
    ticked = f'value="{harmless.pk}-{word_views.seal(harmless)}" aria-label="Put live: idiot" checked'
    unticked = f'value="{doubtful.pk}-{word_views.seal(doubtful)}" aria-label="Put live: word">'
    assert ticked in page
    assert unticked in page
    assert "Put live: live" not in page


def test_what_is_ticked_goes_live_in_one_line_of_the_log(mia):
    words = [listed("idiot"), listed("moron"), listed("kreten")]
    ticked = [f"{word.pk}-{word_views.seal(word)}" for word in words[:2]]
    response = mia.post(TRY, {"word": [*ticked, "999-abc", "x", f"{words[2].pk}-wrong"]}, follow=True)
    assert sentences(response) == ["2 entries are live now: “idiot”, “moron”"]
    assert sorted(ListedWord.objects.filter(is_live=True).values_list("text", flat=True)) == ["idiot", "moron"]
    assert Decision.objects.count() == 1


def test_with_nothing_ticked_nothing_happens(mia):
    listed("idiot")
    response = mia.post(TRY, {}, follow=True)
    assert sentences(response)[0].startswith("Nothing was changed")
    assert not ListedWord.objects.filter(is_live=True).exists()


def test_an_empty_page_says_what_will_stand_there(mia):
    assert "All entries are live." in html(mia.get(TRY))


# The list


def test_the_list_says_what_is_live_and_how_many_wait(mia):
    listed("idiot")
    live(mia, listed("kreten", "hr"))
    page = html(mia.get(LISTS))
    assert "Preview 1 not live yet" in page
    assert "Not live yet" in page
    assert "Hrvatski" in page


def test_the_list_is_filtered_by_language(mia):
    listed("everywhere")
    listed("samo", "hr")
    found = {query: html(mia.get(f"{LISTS}?in={query}")) for query in ("hr", "every", "nonsense")}
    assert ("samo" in found["hr"], "everywhere" in found["hr"]) == (True, False)
    assert ("samo</a>" in found["every"], "everywhere" in found["every"]) == (False, True)
    assert "samo" in found["nonsense"]


# Who may


@pytest.mark.parametrize("path", [LISTS, ADD, MANY, TRY, "preview"])
def test_editors_have_nothing_to_do_with_word_lists(story, path):
    word = listed("idiot")
    path = preview_of(word) if path == "preview" else path
    ana = signed_in(factories.make_user("ana@example.org", group="Editors"))
    assert ana.get(path).status_code == 403
    assert ana.post(path, {"action": "live", "seal": word_views.seal(word), **entry(text="x y")}).status_code == 403
    assert list(ListedWord.objects.values_list("text", "is_live")) == [("idiot", False)]


def test_who_may_only_look_sees_the_preview_without_the_button(story, mia, moderator):
    from django.contrib.auth.models import Permission

    word = listed("idiot")
    user = factories.make_user("eve@example.org", name="Eve")
    user.user_permissions.add(Permission.objects.get(codename="view_listedword"))
    eve = signed_in(user)
    assert "Put live" not in html(eve.get(preview_of(word)))
    assert "Put live" not in html(eve.get(TRY))
    assert live(eve, word).status_code == 403
    assert eve.post(TRY, {}).status_code == 403
    assert eve.get(MANY).status_code == 403


def test_what_is_not_there_is_404(mia):
    assert mia.get(f"{LISTS}999/preview/").status_code == 404


def test_what_waited_long_is_found_by_a_preview_too(story, mia):
    comment = factories.make_comment(story, body="idiot", status="pending")
    Comment.objects.filter(pk=comment.pk).update(created_at=timezone.now() - dt.timedelta(days=900))
    assert "<mark>idiot</mark>" in html(mia.get(preview_of(listed("idiot"))))


def test_a_list_without_entries_says_so(mia):
    assert "Nothing here" in html(mia.get(LISTS))
    listed("idiot")
    assert "Nothing here" not in html(mia.get(LISTS))
    assert "Nothing here" in html(mia.get(f"{LISTS}?q=slipway"))
