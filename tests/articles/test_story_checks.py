""" "Before it goes out" says only what the form proves."""

import pytest

from articles.desk_forms import StoryForm
from articles.story_checks import checks
from tests import factories
from tests.articles.desk import editor, form_data

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(edition):
    return editor()


def said(user, article=None, **changes):
    """{sentence: (is it all right, link)} of the posted form."""
    form = StoryForm(form_data(**changes), instance=article)
    form.is_valid()
    return {check.sentence: (check.is_ok, check.link) for check in checks(form, user)}


LINKED = [{"source": "esa", "url": "https://www.esa.int/news"}]


def test_a_whole_story_has_nothing_open(ana):
    photo = factories.make_photo()
    found = said(ana, sources=LINKED, photos=[{"photo": photo.pk}])
    assert list(found) == [
        "Title, text, section, author, origin",
        "Interpreter and 3 key points",
        "Source linked",
        "Every photo has description, credit, origin",
    ]
    assert all(is_ok for is_ok, _link in found.values())


def test_what_is_empty_is_named_and_linked(ana):
    found = said(ana, title=" ", category="", interpreter="")
    assert found["Still empty: Title, Section"] == (False, "#id_title")
    assert found["No interpreter yet"] == (False, "#id_interpreter")


@pytest.mark.parametrize(
    ("points", "sentence", "is_ok"),
    [
        (2, "2 key points; three to five are right", False),
        (3, "Interpreter and 3 key points", True),
        (5, "Interpreter and 5 key points", True),
        (6, "6 key points; three to five are right", False),
    ],
)
def test_three_to_five_key_points_are_right(ana, points, sentence, is_ok):
    assert said(ana, key_points="\n".join("abcdef"[:points]))[sentence][0] is is_ok


def test_a_rewritten_story_names_its_source_with_a_link(ana):
    assert said(ana, sources=[])["A rewritten story must name its source"][0] is False
    assert said(ana)["A source has no link to the original"][0] is False
    removed = [{**LINKED[0], "DELETE": "on"}]
    assert "A rewritten story must name its source" in said(ana, sources=removed)
    human = said(ana, sources=[], origin="human")
    assert not [sentence for sentence in human if "ource" in sentence]


def test_photos_without_a_description_in_the_storys_language_are_counted(ana):
    photo = factories.make_photo()  # described in English
    assert "Every photo has description, credit, origin" in said(ana, photos=[{"photo": photo.pk}])
    croatian = said(ana, language="hr", photos=[{"photo": photo.pk}])
    assert croatian["1 photo has no description"] == (False, "#photos-heading")
    assert "Every photo has description, credit, origin" in said(
        ana, language="hr", photos=[{"photo": photo.pk, "alt": "Šest kupola"}]
    )


def test_a_photo_of_the_text_that_is_not_the_storys_is_told(ana):
    found = said(ana, body="![A photo](photo:77)")
    assert found["The text shows photo 77, which is not among the story's photos"][0] is False
    assert found["No photo yet"][0] is False


def test_a_missing_translation_is_one_click_away(ana):
    story = factories.make_draft()
    link = f"/admin/articles/article/add/?language=hr&translation_of={story.pk}"
    assert said(ana, story)["Croatian: no text yet"] == (False, link)
    factories.make_draft("hr", translation_key=story.translation_key, title="Model uči čekati")
    assert said(ana, story)["Croatian: there is a text"] == (True, "")


def test_a_new_story_is_not_asked_for_its_translation(ana):
    assert not [sentence for sentence in said(ana) if "Croatian" in sentence]


def test_who_may_not_add_stories_is_given_no_link(edition):
    story = factories.make_draft()
    reader = factories.make_user("reader@example.org")
    assert said(reader, story)["Croatian: no text yet"] == (False, "")


def test_a_persona_signs_nothing_that_a_person_wrote(ana):
    sentence = "An AI editor signs nothing that a person wrote"
    assert said(ana, origin="human")[sentence] == (False, "#id_origin")
    assert sentence not in said(ana, origin="human", author=factories.make_person().slug)
    assert sentence not in said(ana)
