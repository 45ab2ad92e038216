"""What readers would see of a text that is not public, saved or not: the public page's own code and template.

Nothing is written: the content is laid on a copy of the story's row that is thrown away.
"""

from django.http import HttpResponseNotAllowed
from django.shortcuts import render
from django.utils import translation

from . import story_page
from .content import clean
from .models import Article, ArticleStats, Tag
from .publishing import fill


def preview_form(request, form):
    """The page that a posted story form would make; the form's faults, when it makes none."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if not form.is_valid():
        faults = [(field.label, field.errors) for field in form if field.errors]
        faults += [("", form.non_field_errors())] if form.non_field_errors() else []
        context = {"faults": faults, "formsets": [form.sources, form.photos]}
        return _unseen(render(request, "admin/articles/article/no_preview.html", context, status=422))
    story = form.instance if form.instance.pk else None
    return preview(request, clean(form.raw, form.story_language, story), form.story_language, story)


def preview(request, content, language, story=None):
    """A page of canonical content (a revision's, or of clean()), in the language of the story."""
    article = with_content(content, language, story)
    context = story_page.context(article, story_page.photos_of_content(content))
    with translation.override(language):
        response = render(request, "articles/story.html", {**context, "is_preview": True, "noindex": True})
    return _unseen(response)


def _unseen(response):
    """Not cached either, as no page of the admin is."""
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def with_content(content, language, story=None):
    """An unsaved Article that shows this content as publishing.apply() would lay it on the row.

    It claims nothing that holds for the public text alone: no review, no version, no fingerprint.
    """
    article = Article(language=language, record_number=0)
    if story is not None:
        article = Article.objects.select_related("stats").get(pk=story.pk)
    else:
        article.stats = ArticleStats(language=language)
    article.revision = article.reviewer = article.reviewed_revision = article.reviewed_at = None
    article.history_json = []
    fill(article, content)
    article.tags_json = [[name, _tag_slug(name)] for name in content["tags"]]
    return article


def _tag_slug(name):
    """A tag that is not there yet has no page either: its link shows the slug that it will have."""
    known = Tag.objects.filter(name=name).values_list("slug", flat=True).first()
    return known or Tag().slugify(name) or "tag"
