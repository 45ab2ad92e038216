"""What an edition folder becomes, loaded once, again, and after changes on either side."""

import datetime as dt

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.utils import timezone

from articles.models import Article, Category, Placement, StandingPage
from articles.publishing import publish, publish_as_of, save_story, unpublish
from authors.models import Author
from comments import policy
from comments.models import Comment
from photos.models import Photo
from tests import factories
from tests.desk.edition_folder import COMMENTS, TABLES, load, make_folder, story, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    return make_folder(tmp_path / "edition")


@pytest.fixture
def loaded(folder):
    assert load(folder).code == 0
    return folder


def the_story(language="en"):
    return Article.objects.get(translation_key="waiting", language=language)


def test_a_whole_edition(folder):
    run = load(folder)
    assert (run.code, run.complaints) == (0, [])
    article = the_story()
    assert list(Article.objects.public("en")) == [article]
    assert article.is_demo
    assert article.author.is_demo
    assert article.place.name("en") == "London"
    assert article.tags_json == [["patience", "patience"], ["models", "models"]]
    assert article.get_absolute_url() == "/ai/a-model-learns-to-wait/"
    assert Category.objects.get(key="ai", language="hr").slug == "umjetna-inteligencija"
    assert "<em>demonstration</em>" in StandingPage.objects.get(key="about", language="en").html


def test_an_age_is_when_the_public_first_saw_it(loaded):
    article = the_story()
    assert abs(timezone.now() - dt.timedelta(days=1) - article.public_at) < dt.timedelta(minutes=1)
    assert article.publications.get().shown_from == article.public_at
    assert article.article_tags.first().public_at == article.public_at
    assert article.revision.created_at > article.public_at


def test_photos_stand_by_key_in_the_file_and_by_id_in_the_story(loaded):
    article, photo = the_story(), Photo.objects.get(key="domes")
    assert article.hero == photo
    assert f'data-photo="{photo.pk}"' in article.html
    use = article.photos.get()
    assert (use.alt, use.caption) == ("Six domes", "Six domes at night.")


def test_alt_and_caption_speak_the_language_of_the_story(loaded):
    write(loaded, "stories/waiting.hr.md", story(title="Model uči čekati"))
    write(loaded, "stories/own.en.md", story(title="Own", photos="\n  - {photo: domes, caption: Mine., alt: Look}"))
    load(loaded)
    assert the_story("hr").photos.get().alt == "Šest kupola"
    assert the_story("hr").slug == "model-uci-cekati"
    use = Article.objects.get(translation_key="own").photos.get()
    assert (use.alt, use.caption) == ("Look", "Mine.")


def test_likes_are_rows_since_publication(loaded):
    article = the_story()
    assert article.stats.like_count == article.likes.count() == 12
    assert article.likes.filter(created_at__lt=article.public_at).count() == 0
    assert article.likes.filter(created_at__gt=timezone.now()).count() == 0
    assert len(set(article.likes.values_list("created_at", flat=True))) == 12
    assert article.stats.like_score > 0


def test_comments_stand_in_threads_in_the_order_of_time(loaded):
    first, question, answer = Comment.objects.order_by("id")
    assert [first.name, question.name, answer.name] == ["Goran L.", "Petra K.", "Nexus Vale"]
    assert answer.parent == question
    assert answer.author.slug == "nexus-vale"
    assert question.like_count == 4
    assert the_story().stats.comment_count == 3
    assert not Comment.objects.filter(is_demo=False).exists()


def test_a_comment_that_waits_says_why_as_the_pipeline_would(folder):
    waits = "- {name: Lea, age: 7h, status: pending, body: 'Read https://example.org/page first.'}\n"
    write(folder, "comments/waiting.en.yaml", COMMENTS + waits)
    assert load(folder).code == 0
    comment = Comment.objects.get(status="pending")
    assert {"links", "newcomer", "premoderated"} <= set(comment.findings.values_list("phase", flat=True))
    assert (comment.decisions.count(), the_story().stats.comment_count) == (0, 3)


def test_a_made_up_guest_has_a_history_by_name(folder):
    again = "- {name: Petra K., age: 7h, status: pending, body: One more word.}\n"
    write(folder, "comments/waiting.en.yaml", COMMENTS + again)
    load(folder)
    first, second = Comment.objects.filter(name="Petra K.").order_by("created_at")
    assert first.reader == second.reader != ""
    assert second.findings.get(phase="newcomer").details == {"approved": 1}
    other, machine = Comment.objects.exclude(name="Petra K.").order_by("created_at")
    assert other.reader != first.reader
    assert machine.reader == ""


def test_what_the_pipeline_would_publish_or_refuse_waits_all_the_same(folder, settings):
    """The demonstration shows a queue, whatever the site has decided."""
    policy.set_site("open", None)
    settings.MODERATION = {**settings.MODERATION, "links_reject": 1, "newcomer_until": 0}
    waits = ["{name: Lea, age: 7h, status: pending, body: Read https://example.org/page first.}"]
    waits += ["{name: Mia, age: 7h, status: pending, body: A word.}"]
    write(folder, "comments/waiting.en.yaml", COMMENTS + "".join(f"- {row}\n" for row in waits))
    assert load(folder).code == 0
    assert Comment.objects.filter(status="pending").count() == 2
    assert the_story().stats.comment_count == 3


def test_a_second_run_changes_nothing_and_says_so(loaded):
    def snapshot():
        return [
            list(model.objects.order_by("pk").values())
            for model in (Article, Photo, Comment, Placement, StandingPage, Author, Category)
        ]

    before = snapshot()
    run = load(loaded)
    assert (run.code, run.complaints) == (0, [])
    assert "Nothing new" in run.out
    assert snapshot() == before
    assert the_story().revisions.count() == 1


def test_a_changed_file_is_a_new_revision_and_public_at_once(loaded):
    before = the_story()
    write(loaded, "stories/waiting.en.md", story(title="A model waits", age="3h"))
    run = load(loaded)
    article = the_story()
    assert run.code == 0
    assert "1 changed" in run.out
    assert (article.title, article.revision.number) == ("A model waits", 2)
    # The age counts at the first load alone, and an address outlives a better title.
    assert (article.public_at, article.slug) == (before.public_at, before.slug)
    assert article.updated_at is not None
    assert article.publications.count() == 2
    assert article.stats.like_count == 12


def test_what_the_desk_unpublished_stays_unpublished(loaded):
    unpublish(the_story())
    write(loaded, "stories/waiting.en.md", story(title="A model waits"))
    assert load(loaded).code == 0
    article = the_story()
    assert (article.title, article.status, article.public_at) == ("A model waits", "draft", None)


def test_published_may_be_past_or_future_or_missing(folder):
    write(folder, "stories/old.en.md", story(title="Old", age=None, published="2024-05-06T08:00Z"))
    write(
        folder, "stories/coming.en.md", story(title="Coming", age=None, likes=None, published="2090-01-01T00:00+01:00")
    )
    write(folder, "stories/draft.en.md", story(title="Draft", age=None, likes=None))
    assert load(folder).complaints == []
    old, coming, draft = (Article.objects.get(translation_key=key) for key in ("old", "coming", "draft"))
    assert old.public_at == dt.datetime(2024, 5, 6, 8, tzinfo=dt.UTC)
    assert coming.is_scheduled
    assert coming.public_at == dt.datetime(2089, 12, 31, 23, tzinfo=dt.UTC)
    assert (draft.status, draft.public_at) == ("draft", None)


def test_reserved_record_numbers_go_before_counted_ones(folder):
    write(folder, "stories/zero.en.md", story(title="Zero", record=1))
    load(folder)
    assert Article.objects.get(record_number=1).title == "Zero"
    assert the_story().record_number == 2


def test_a_taken_record_number_fails_that_story_alone(loaded):
    taken = the_story().record_number
    write(loaded, "stories/other.en.md", story(title="Other", record=taken))
    write(loaded, "stories/third.en.md", story(title="Third"))
    run = load(loaded)
    assert run.code == 1
    assert run.complaints == [f"stories/other.en.md: record: db#{taken} is the number of another story"]
    assert not Article.objects.filter(translation_key="other").exists()
    assert Article.objects.filter(translation_key="third").exists()


def test_a_record_number_never_changes(loaded):
    write(loaded, "stories/waiting.en.md", story(record=3629))
    run = load(loaded)
    assert "a record number never changes" in run.complaints[0]
    assert the_story().record_number != 3629


def test_the_desk_is_never_overwritten_silently(loaded):
    article, editor = the_story(), factories.make_user()
    save_story({**article.revision.content, "title": "Edited here"}, language="en", article=article, user=editor)
    publish(the_story())
    run = load(loaded)
    assert run.code == 1
    assert run.complaints == ["stories/waiting.en.md: file: changed on the desk since; use --overwrite"]
    assert the_story().title == "Edited here"

    assert load(loaded, overwrite=True).code == 0
    assert the_story().title == "A model learns to wait"
    assert the_story().revisions.count() == 3
    assert "Nothing new" in load(loaded).out


def test_a_changed_picture_is_a_new_photo_under_the_same_key(loaded):
    before = Photo.objects.get(key="domes")
    write(loaded, "pictures/domes.png", factories.png(color="#123456").read())
    assert load(loaded).code == 0
    after = Photo.objects.get(key="domes")
    before.refresh_from_db()
    assert before.key is None
    assert after.pk != before.pk
    assert after.sha256 != before.sha256
    article = the_story()
    assert article.hero == after
    assert article.revisions.get(number=1).content["photos"][0]["photo"] == before.pk
    assert article.revisions.count() == 2


@pytest.mark.parametrize("change", ["mark: ai_edited", "credit: NASA"])
def test_mark_and_credit_never_change_in_place(loaded, change):
    name = change.split(":")[0]
    before = Photo.objects.get(key="domes")
    lines = [change if line.strip().startswith(name) else line.strip() for line in TABLES["photos"].split("\n")[2:]]
    write(loaded, "photos.yaml", "- key: domes\n  " + "\n  ".join(lines))
    assert load(loaded).complaints == []
    assert Photo.objects.get(key="domes").pk != before.pk
    before.refresh_from_db()
    assert getattr(before, name) in ("illustration", "Tech&Space")
    assert the_story().revisions.count() == 2


def test_a_changed_caption_keeps_the_photo(loaded):
    before = Photo.objects.get(key="domes")
    write(loaded, "photos.yaml", TABLES["photos"].replace("Six domes at night.", "Domes."))
    assert load(loaded).complaints == []
    assert Photo.objects.get(key="domes").pk == before.pk
    assert the_story().photos.get().caption == "Domes."
    assert the_story().revision.number == 2


def test_the_place_of_a_photo_speaks_the_language_of_the_story(loaded):
    place = '  place: {en: "Paranal, Chile", hr: "Paranal, Čile"}\n'
    write(loaded, "photos.yaml", TABLES["photos"].rstrip() + "\n" + place)
    assert load(loaded).complaints == []
    assert the_story().photos.get().place == "Paranal, Chile"
    assert Photo.objects.get(key="domes").place("hr") == "Paranal, Čile"


def test_rows_change_in_place(loaded):
    write(loaded, "categories.yaml", TABLES["categories"].replace("en: AI,", "en: Minds,"))
    write(loaded, "authors.yaml", TABLES["authors"].replace("Read the footnote first.", "Read on."))
    write(loaded, "pages/about.en.md", "---\ntitle: About us\nslug: about\n---\nNew.\n")
    run = load(loaded)
    assert run.complaints == []
    assert Category.objects.get(key="ai", language="en").name == "Minds"
    assert Author.objects.get(slug="nexus-vale").text("motto", "en") == "Read on."
    assert StandingPage.objects.get().title == "About us"
    assert "4 changed" not in run.out
    assert "3 changed" in run.out


def test_a_page_edited_in_the_admin_is_kept(loaded):
    page, editor = StandingPage.objects.get(), factories.make_user()
    page.body = "Our own words."
    page.save()
    kind = ContentType.objects.get_for_model(page)
    LogEntry.objects.create(
        user=editor, content_type=kind, object_id=str(page.pk), object_repr="About", action_flag=CHANGE
    )
    run = load(loaded)
    assert run.complaints == ["pages/about.en.md: file: changed on the desk since; use --overwrite"]
    page.refresh_from_db()
    assert page.body == "Our own words."
    assert load(loaded, overwrite=True).code == 0
    page.refresh_from_db()
    assert page.body == "We are a *demonstration*."


def test_placements(loaded):
    assert set(Placement.objects.values_list("slot", "article")) == {
        (Placement.Slot.LEAD, the_story().pk),
        (Placement.Slot.SECTION, the_story().pk),
    }


def test_the_front_page_stays_as_the_desk_arranged_it(loaded):
    other = factories.make_draft(category="ai", author="nexus-vale", place="", slug="other", title="Other")
    now = timezone.now()
    Placement.objects.filter(slot="lead").update(shown_until=now)
    Placement.objects.create(slot="lead", article=other, shown_from=now)
    assert "Nothing new" in load(loaded).out
    lead = Placement.objects.filter(slot="lead")
    assert lead.current("en").get().article == other
    load(loaded, overwrite=True)
    assert lead.current("en").get().article == the_story()


def test_a_changed_lead_replaces_the_one_before(loaded):
    write(loaded, "stories/next.en.md", story(title="Next"))
    write(loaded, "placements.yaml", "- {slot: lead, story: next, language: en}")
    assert load(loaded).complaints == []
    assert Placement.objects.filter(slot="lead").current("en").get().article.title == "Next"


def test_comments_are_loaded_once(loaded):
    write(loaded, "comments/waiting.en.yaml", COMMENTS + "- {name: Late, age: 1h, body: Me too.}\n")
    assert load(loaded).code == 0
    assert Comment.objects.count() == 3


def test_readers_comments_do_not_keep_the_demo_ones_out(folder):
    (folder / "comments/waiting.en.yaml").rename(folder / "later.yaml")
    load(folder)
    factories.make_comment(the_story())
    (folder / "later.yaml").rename(folder / "comments/waiting.en.yaml")
    assert load(folder).code == 0
    assert Comment.objects.filter(is_demo=True).count() == 3


def test_production_takes_no_demo(folder, settings):
    settings.PRODUCTION = True
    write(folder, "authors.yaml", TABLES["authors"].replace("demo: true", "demo: false"))
    write(folder, "stories/real.en.md", story(title="Real", demo=None, likes=None))
    (folder / "placements.yaml").unlink()
    run = load(folder)
    assert run.code == 1
    assert [line.split(":")[:2] for line in run.complaints] == [
        ["stories/waiting.en.md", " demo"],
        ["comments/waiting.en.yaml", " demo"],
    ]
    assert [article.title for article in Article.objects.all()] == ["Real"]


def test_production_takes_no_demo_authors(folder, settings):
    settings.PRODUCTION = True
    assert any(line.startswith("authors.yaml: demo: ") for line in load(folder).complaints)
    assert not Author.objects.exists()


def test_progress_on_stdout(folder, monkeypatch):
    monkeypatch.setattr("desk.edition.PROGRESS_SECONDS", -1)
    write(folder, "stories/second.en.md", story(title="Second"))
    assert "stories     1 of 2 …" in load(folder).out


def test_only_a_story_that_never_was_public_can_be_dated_back(edition):
    past = timezone.now() - dt.timedelta(days=3)
    article = publish_as_of(factories.make_draft(), past)
    assert article.public_at == past
    with pytest.raises(ValidationError):
        publish_as_of(article, past - dt.timedelta(days=1))
    with pytest.raises(ValidationError):
        publish_as_of(unpublish(article), past)
    with pytest.raises(ValidationError):
        publish_as_of(factories.make_draft(title="Later"), timezone.now() + dt.timedelta(days=1))
    with pytest.raises(ValidationError):
        publish_as_of(factories.make_draft(title="Empty", body=""), past)


def test_the_documentation_names_the_true_limits(settings):
    from articles.content import LIMITS, MOST

    text = (settings.BASE_DIR / "docs" / "edition.md").read_text()
    assert f"plain text, at most {LIMITS['title']} characters" in text
    assert f"at most {LIMITS['interpreter']} characters" in text
    assert f"at most {MOST['key_points']}, each one sentence of at most {LIMITS['key_point']} characters" in text
