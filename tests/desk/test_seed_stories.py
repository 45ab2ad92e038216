"""Seeded rows are what the ordinary way of writing and publishing would have left, and stand beside what was there."""

import io

import pytest
from django.core.management import CommandError, call_command

from articles import search
from articles.applying import apply
from articles.content import clean, digest
from articles.dialect import render_article
from articles.models import Article, ArticleSearch, Category, Revision, Source, Tag
from comments.models import Comment
from desk import seed_cast, seed_readers, seed_texts, seeding
from tests import factories

COUNT = 60
DERIVED = ["title", "slug", "category_id", "author_id", "place_id", "hero_id", "hero_alt", "origin", "interpreter"]
DERIVED += ["key_points", "body", "html", "html_version", "words", "tags_json", "sources_json", "translations_json"]
DERIVED += ["history_json", "corrections_json", "revision_id", "public_at", "status"]


@pytest.fixture(autouse=True)
def _small(monkeypatch):
    """Small pools and batches: what is tested does not depend on their size."""
    for name, value in {"PARAGRAPHS": 12, "PULLS": 3, "LISTS": 3, "COMMENTS": 5}.items():
        monkeypatch.setattr(seed_texts, name, value)
    monkeypatch.setattr(seed_cast, "PHOTOS", 4)
    monkeypatch.setattr(seed_cast, "PICTURE", (64, 40))
    monkeypatch.setattr(seed_readers, "HOT_COMMENTS", 60)
    monkeypatch.setattr(seed_readers, "HOT_THREAD", 20)
    monkeypatch.setattr(seeding, "BATCH", 20)


def seed(count=COUNT, **options):
    out = io.StringIO()
    call_command("seed_stories", count, stdout=out, **options)
    return out.getvalue()


def rows_of(article):
    """All that apply() derives from the revision."""
    return {
        **{name: getattr(article, name) for name in DERIVED},
        "photos": list(article.photos.values_list("photo", "position", "alt", "caption")),
        "sources": list(article.sources.values_list("source", "position", "url", "title", "published_at")),
        "tags": set(article.article_tags.values_list("tag", "language", "public_at")),
        "found": ArticleSearch.objects.filter(article=article).values_list("position", flat=True).first(),
    }


@pytest.mark.django_db
def test_rows_are_what_publishing_derives_from_the_revision():
    seed()
    assert Article.objects.count() == COUNT
    for article in Article.objects.order_by("pk")[:25]:
        before = rows_of(article)
        apply(article, article.revision)
        article.refresh_from_db()
        assert rows_of(article) == before


@pytest.mark.django_db
def test_content_is_canonical_and_its_hash_is_right():
    seed()
    for article in Article.objects.select_related("revision"):
        content = article.revision.content
        assert article.revision.sha256 == digest(content)
        assert article.html == render_article(article.body)
        assert clean(content, article.language, article) == content


@pytest.mark.django_db
def test_counters_are_right():
    seed()
    out = io.StringIO()
    call_command("recount", check=True, stdout=out)
    assert "All counters are right" in out.getvalue()


@pytest.mark.django_db
def test_what_is_public_was_published():
    seed(200)
    drafts = Article.objects.filter(status="draft")
    assert drafts.exists()
    assert not drafts.filter(publications__isnull=False).exists()
    for article in Article.objects.filter(status="published").prefetch_related("publications"):
        [publication] = article.publications.all()
        assert (publication.revision_id, publication.shown_from) == (article.revision_id, article.public_at)
        assert (article.publish_at is not None) == article.is_scheduled
    assert not Article.objects.filter(is_demo=False).exists()
    assert Article.objects.values("public_at").distinct().count() < Article.objects.count()


@pytest.mark.django_db
def test_translations_know_each_other():
    seed()
    translated = Revision.objects.filter(translated_from__isnull=False).select_related("article__category")
    assert translated
    for revision in translated:
        article, original = revision.article, revision.translated_from.article
        assert (article.language, original.language) == ("hr", "en")
        assert article.translation_key == original.translation_key
        assert original.translations_json[0]["path"] == article.get_absolute_url()


@pytest.mark.django_db
def test_threads_are_whole():
    seed()
    hot = Article.objects.order_by("-stats__comment_count").first()
    assert hot.comments.count() >= 60
    for comment in Comment.objects.exclude(parent=None).select_related("parent", "root"):
        assert comment.depth == comment.parent.depth + 1
        assert comment.root_id == (comment.parent.root_id or comment.parent_id)
        assert comment.article_id == comment.parent.article_id
        assert comment.created_at >= comment.parent.created_at
    for parent in Comment.objects.filter(reply_count__gt=0):
        numbers = parent.replies.filter(is_shown=True).order_by("number").values_list("number", flat=True)
        assert list(numbers) == list(range(1, parent.reply_count + 1))


@pytest.mark.django_db
def test_search_finds_them():
    seed()
    article = Article.objects.public("en").filter(title__startswith="Why ").first()
    hits = search.newest("en", search.terms(article.title, "en"), None, True, 20)
    assert article.pk in [hit.id for hit in hits]
    assert Tag.objects.filter(slug="davolje-oko", name="đavolje oko").exists()


@pytest.mark.django_db
def test_stands_beside_what_is_there_and_may_be_repeated(edition):
    factories.make_story()
    seed(40)
    seed(40, seed=2)
    assert Article.objects.count() == 81
    assert set(Category.objects.values_list("key", flat=True)) == {"ai", "space", "energy"}
    assert not Source.objects.filter(uses__article__is_demo=True, key="techcrunch-ai").exists()
    newest = factories.make_story(title="Written by hand afterwards")
    assert newest.record_number == 82


@pytest.mark.django_db
def test_the_same_seed_tells_the_same_stories():
    seed(30)
    seed(30)
    titles = list(Article.objects.order_by("pk").values_list("title", flat=True))
    assert titles[:30] == titles[30:]


@pytest.mark.django_db
def test_an_interruption_leaves_whole_batches(monkeypatch):
    calls = []

    def index_many(ids):
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr(seeding.search, "index_many", index_many)
    with pytest.raises(SystemExit):
        seed()
    assert Article.objects.count() == Revision.objects.count() == 40


@pytest.mark.django_db
def test_refusals(settings):
    for count, languages in [(0, "en"), (5, "en,xx"), (5, "en,en")]:
        with pytest.raises(CommandError):
            seed(count, languages=languages)
    Category.objects.create(key="ai", language="en", name="AI", slug="ai")
    with pytest.raises(CommandError, match="No section exists in all of en, hr"):
        seed(5)
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="production"):
        seed(5)
    assert not Article.objects.exists()


@pytest.mark.django_db
def test_one_language_alone():
    seed(30, languages="hr")
    assert set(Article.objects.values_list("language", flat=True)) == {"hr"}
