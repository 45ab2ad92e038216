import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles import publishing, reviewing
from articles.content import canonical, digest
from articles.models import Article, ArticleTag, Correction, RecordCounter, Redirect
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _edition(edition):
    pass


def public():
    return list(Article.objects.public("en"))


def test_a_draft_is_not_public_and_applies_each_save():
    article = factories.make_draft()
    article = publishing.save_story(factories.content(title="Better"), language="en", article=article)
    article.refresh_from_db()
    assert article.title == "Better"
    assert [revision.number for revision in article.revisions.order_by("number")] == [1, 2]
    assert public() == []


def test_publishing_makes_the_newest_revision_public():
    article = publishing.publish(factories.make_draft())
    assert public() == [article]
    row = article.publications.get()
    assert row.revision == article.newest_revision()
    assert row.shown_until is None


def test_a_published_story_keeps_its_public_text_until_the_change_is_published():
    article = publishing.publish(factories.make_draft())
    publishing.save_story(factories.content(title="Better"), language="en", article=article)
    article.refresh_from_db()
    assert article.title == "A model learns to wait"
    article = publishing.publish(article)
    assert article.title == "Better"
    assert article.updated_at is not None
    first, second = article.publications.order_by("shown_from")
    assert first.shown_until == second.shown_from
    assert second.revision.number == 2


def test_a_scheduled_story_becomes_public_by_the_clock_alone(time_machine):
    article = factories.make_draft()
    publishing.publish(article, at=timezone.now() + dt.timedelta(hours=2))
    assert public() == []
    time_machine.move_to(timezone.now() + dt.timedelta(hours=2, seconds=1))
    assert public() == [article]


def test_a_change_of_a_scheduled_story_goes_out_with_it():
    article = factories.make_draft()
    article = publishing.publish(article, at=timezone.now() + dt.timedelta(hours=2))
    article = publishing.save_story(factories.content(title="Better"), language="en", article=article)
    article.refresh_from_db()
    assert article.title == "Better"
    assert article.publications.get().revision.number == 2


def test_a_change_of_a_scheduled_story_that_could_not_go_out_is_refused():
    article = publishing.publish(factories.make_draft(), at=timezone.now() + dt.timedelta(hours=2))
    with pytest.raises(ValidationError, match="without text"):
        publishing.save_story(factories.content(body=""), language="en", article=article)
    article.refresh_from_db()
    assert article.body == factories.content()["body"]
    assert article.newest_revision().number == article.publications.get().revision.number == 1


def test_unpublishing_takes_the_story_away_and_closes_its_time():
    article = publishing.unpublish(publishing.publish(factories.make_draft()))
    assert public() == []
    assert article.status == "draft"
    assert article.publications.get().shown_until is not None


def test_unpublishing_a_scheduled_story_forgets_the_plan():
    article = publishing.publish(factories.make_draft(), at=timezone.now() + dt.timedelta(hours=2))
    article = publishing.unpublish(article)
    assert article.publications.count() == 0


def test_retraction_needs_a_reason():
    article = publishing.publish(factories.make_draft())
    with pytest.raises(ValidationError) as refusal:
        publishing.retract(article, "  ")
    assert "retraction_reason" in refusal.value.message_dict
    article = publishing.retract(article, "The source withdrew its report.")
    assert article.status == "retracted"
    assert public() == []


@pytest.mark.parametrize(("field", "value"), [("body", ""), ("interpreter", ""), ("sources", [])])
def test_a_story_that_lacks_the_essential_is_not_published(field, value):
    article = factories.make_draft(**{field: value})
    with pytest.raises(ValidationError) as refusal:
        publishing.publish(article)
    assert field in refusal.value.message_dict


def test_a_human_story_needs_no_source():
    author = factories.make_person().slug
    assert publishing.publish(factories.make_draft(origin="human", author=author, sources=[])).is_public


def test_a_review_without_a_reviewer_waits_for_nobody():
    article = reviewing.ask_review(factories.make_draft(), factories.make_user())
    publishing.save_story(factories.content(), language="en", article=article, reviewer=None)
    article.refresh_from_db()
    assert (article.reviewer, article.review_asked_at) == (None, None)


def test_a_persona_never_signs_what_a_person_wrote():
    article = factories.make_draft(origin="human")
    with pytest.raises(ValidationError) as refusal:
        publishing.publish(article)
    assert list(refusal.value.message_dict) == ["origin"]
    assert "Nexus Vale, an AI editor" in str(refusal.value)
    article.refresh_from_db()
    assert article.status == "draft"


def test_a_person_may_sign_what_a_machine_helped_to_write():
    author = factories.make_person().slug
    assert publishing.publish(factories.make_draft(origin="ai_assisted", author=author)).is_public


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "x" * 161),
        ("slug", "Not a slug"),
        ("category", "nowhere"),
        ("author", "nobody"),
        ("origin", "stolen"),
        ("place", "atlantis"),
        ("interpreter", "x" * 601),
        ("key_points", ["x"] * 6),
        ("tags", ["x" * 61]),
        ("sources", [{"source": "nobody"}]),
        ("sources", [{"source": "esa", "url": "javascript:alert(1)"}]),
        ("sources", [{"source": "esa", "published": "yesterday"}]),
        ("photos", [{"photo": 99, "alt": "x"}]),
        ("body", "![x](photo:99)"),
        ("body", "[" * 5000),
    ],
)
def test_each_wrong_field_is_refused_by_name_and_nothing_is_saved(field, value):
    with pytest.raises(ValidationError) as refusal:
        factories.make_draft(**{field: value})
    assert field in refusal.value.message_dict
    assert Article.objects.count() == 0


def test_the_section_must_speak_the_storys_language():
    article = factories.make_draft("hr")
    assert article.category.slug == "umjetna-inteligencija"


def test_photos_and_their_texts_are_part_of_the_content():
    photo = factories.make_photo()
    body = f"One.\n\n![](photo:{photo.pk})\n\nTwo."
    article = factories.make_draft(photos=[factories.photo_row(photo)], body=body)
    assert article.hero == photo
    assert article.photos.get().alt == "Six domes under stars"
    assert f'data-photo="{photo.pk}"' in article.html


def test_the_hash_is_of_the_content_and_not_of_the_databases_ids():
    photo = factories.make_photo()
    article = factories.make_draft(photos=[factories.photo_row(photo)], body=f"A.\n\n![](photo:{photo.pk})")
    content = article.newest_revision().content
    other = {**content, "photos": [{**content["photos"][0], "photo": 77}], "body": "A.\n\n![](photo:77)"}
    assert digest(content) == digest(other)
    assert b'"photo":' not in canonical(content)


@pytest.mark.parametrize(
    ("field", "value"),
    [("title", "Other"), ("tags", ["other"]), ("body", "Other."), ("interpreter", "Other."), ("place", None)],
)
def test_the_hash_changes_with_each_thing_that_readers_see(field, value):
    one = factories.make_draft(slug="same")
    content = one.newest_revision().content
    assert digest(content) != digest({**content, field: value})


def test_an_unchanged_import_writes_no_revision():
    article = factories.make_draft()
    publishing.save_story(factories.content(), language="en", article=article, skip_unchanged=True)
    assert article.revisions.count() == 1


def test_a_changed_slug_of_a_public_story_leaves_a_redirect():
    article = publishing.publish(factories.make_draft(slug="first"))
    publishing.save_story(factories.content(slug="second"), language="en", article=article)
    publishing.publish(article)
    assert Redirect.objects.target("en", "story", "first") == article


def test_a_draft_leaves_no_redirect():
    article = factories.make_draft(slug="first")
    publishing.save_story(factories.content(slug="second"), language="en", article=article)
    assert Redirect.objects.count() == 0


def test_a_slug_that_comes_back_to_life_wins_over_its_redirect():
    article = publishing.publish(factories.make_draft(slug="first"))
    for slug in ("second", "first"):
        publishing.save_story(factories.content(slug=slug), language="en", article=article)
        publishing.publish(article)
    assert Redirect.objects.target("en", "story", "first") is None
    assert Redirect.objects.target("en", "story", "second") == article


def test_tags_copy_what_visibility_needs():
    article = factories.make_draft()
    assert set(ArticleTag.objects.values_list("public_at", flat=True)) == {None}
    article = publishing.publish(article)
    assert set(ArticleTag.objects.values_list("language", "public_at")) == {("en", article.public_at)}
    publishing.unpublish(article)
    assert set(ArticleTag.objects.values_list("public_at", flat=True)) == {None}


def test_croatian_tags_are_folded_to_small_letters():
    article = factories.make_draft(tags=["ŠUMA", "šuma"])
    assert article.tags_json == [["šuma", "suma"]]


def test_translations_know_each_other_once_public():
    english = factories.make_story(translation_key="grok", title="Grok")
    croatian = factories.make_story("hr", translation_key="grok", title="Grok hrvatski")
    english.refresh_from_db()
    assert [row["path"] for row in english.translations_json] == [croatian.get_absolute_url()]
    publishing.unpublish(croatian)
    english.refresh_from_db()
    assert english.translations_json == []


def test_record_numbers_count_on_from_a_reserved_one():
    assert factories.make_draft(record_number=3629).record_number == 3629
    assert factories.make_draft(slug="other").record_number == 3630
    assert RecordCounter.take(reserve=10) == 10
    assert RecordCounter.take() == 3631


def test_a_review_holds_for_the_reviewed_revision_alone():
    user = factories.make_user()
    article = publishing.publish(factories.make_draft())
    article = reviewing.mark_reviewed(article, article.revision, user)
    assert article.is_reviewed
    publishing.save_story(factories.content(title="Better"), language="en", article=article)
    assert not publishing.publish(article).is_reviewed


def test_demo_stories_are_public_on_a_local_installation_only(settings):
    factories.make_story(is_demo=True)
    assert len(public()) == 1
    settings.DEMO_IS_PUBLIC = False
    assert public() == []


@pytest.mark.parametrize(
    "change",
    [
        {"status": "draft"},
        {"public_at": None},
        {"revision": None},
        {"title": ""},
        {"record_number": 0},
        {"origin": "stolen"},
        {"status": "retracted", "public_at": None},
    ],
)
def test_the_database_refuses_a_row_that_contradicts_itself(change):
    article = publishing.publish(factories.make_draft())
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=article.pk).update(**change)


def test_two_stories_of_one_language_never_share_a_slug():
    factories.make_draft(slug="same")
    with pytest.raises(ValidationError) as refusal:
        factories.make_draft(slug="same")
    assert "slug" in refusal.value.message_dict
    assert factories.make_draft("hr", slug="same").slug == "same"


def test_a_translation_keeps_which_version_it_follows():
    english = factories.make_draft(translation_key="grok")
    source = english.newest_revision()
    croatian = publishing.save_story(factories.content(), language="hr", translation_key="grok", translated_from=source)
    assert croatian.newest_revision().translated_from == source
    publishing.save_story(factories.content(title="Bolje"), language="hr", article=croatian)
    assert croatian.newest_revision().translated_from == source


def test_a_draft_with_an_old_slug_takes_no_redirect_from_readers():
    article = publishing.publish(factories.make_draft(slug="first"))
    publishing.save_story(factories.content(slug="second"), language="en", article=article)
    publishing.publish(article)
    draft = factories.make_draft(slug="first")
    assert Redirect.objects.target("en", "story", "first") == article
    publishing.publish(draft)
    assert Redirect.objects.target("en", "story", "first") is None


def test_a_story_still_to_come_takes_no_redirect_from_readers():
    article = publishing.publish(factories.make_draft(slug="first"))
    publishing.save_story(factories.content(slug="second"), language="en", article=article)
    publishing.publish(article)
    publishing.publish(factories.make_draft(slug="first"), at=timezone.now() + dt.timedelta(days=30))
    assert Redirect.objects.target("en", "story", "first") == article


def test_a_retracted_story_stays_retracted():
    article = publishing.retract(publishing.publish(factories.make_draft()), "The source withdrew its report.")
    with pytest.raises(ValidationError, match="retracted"):
        publishing.publish(article)
    article.refresh_from_db()
    assert article.retraction_reason == "The source withdrew its report."


@pytest.mark.parametrize("step", [publishing.unpublish, publishing.archive])
def test_a_step_that_was_decided_before_the_retraction_comes_too_late(step):
    article = publishing.publish(factories.make_draft())
    as_read_before = Article.objects.get(pk=article.pk)
    publishing.retract(article, "The source withdrew its report.")
    with pytest.raises(ValidationError, match="retracted"):
        step(as_read_before)
    article.refresh_from_db()
    assert (article.status, article.retraction_reason) == ("retracted", "The source withdrew its report.")


def test_a_change_of_family_is_known_to_the_old_one_and_the_new_one():
    english = factories.make_story(translation_key="grok")
    other = factories.make_story(translation_key="other", title="Other")
    croatian = factories.make_story("hr", translation_key="grok", title="Hrvatski")
    publishing.save_story(factories.content(title="Hrvatski"), language="hr", article=croatian, translation_key="other")
    english.refresh_from_db()
    other.refresh_from_db()
    assert english.translations_json == []
    assert [row["language"] for row in other.translations_json] == ["hr"]


def test_a_correction_that_moves_leaves_the_first_story():
    one, two = factories.make_story(), factories.make_story(title="Two")
    correction = Correction.objects.create(article=one, text="It was Tuesday.")
    correction.article = two
    correction.save()
    one.refresh_from_db()
    two.refresh_from_db()
    assert one.corrections_json == []
    assert [row["text"] for row in two.corrections_json] == ["It was Tuesday."]
