"""What readers would see of a text that is not public, saved or not: the public page's own code and template.

Nothing is written: the content is laid on a copy of the story's row that is thrown away. A form that is not complete
yet is shown as far as it goes; only a text that cannot be rendered at all makes no page.
"""

from django.core.exceptions import ValidationError
from django.http import HttpResponseNotAllowed, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation

from authors.models import Author
from newsroom.answers import wants_json

from . import story_page
from .applying import fill_texts
from .content import SLUG, read
from .models import Article, ArticleStats, Category, Place, Tag
from .story_checks import checks

TYPED = ("title", "interpreter", "body", "key_points", "tags")


def preview_form(request, form):
    """The page that a posted story form would make; a page that says why, when the text makes none.

    The desk's script, which says so in `Accept`, gets it in JSON beside the checks of the form; with `?only=checks`
    the checks alone.
    """
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    form.checks_content = False  # what is wrong is no reason to show nothing, and the text is rendered once less
    form.is_valid()
    if wants_json(request):
        return _unseen(JsonResponse(_for_script(request, form)))
    try:
        return _page(request, form)
    except ValidationError as error:
        context = {"faults": error.messages}
        return _unseen(render(request, "admin/articles/article/no_preview.html", context, status=422))


def _for_script(request, form):
    rows = {"checks": checks(form, request.user)}
    answer = {"checks": render_to_string("admin/articles/article/check_rows.html", rows)}
    if request.GET.get("only") == "checks":
        return answer
    try:
        return answer | {"page": _page(request, form).content.decode()}
    except ValidationError as error:
        return answer | {"faults": error.messages}


def _page(request, form):
    story = form.instance if form.instance.pk else None
    content, _faults = read(_as_typed(form), form.story_language, story)
    return preview(request, content, form.story_language, story)


def _as_typed(form):
    """The form's content, with texts that it refuses (such as a title too long) as they stand in their fields."""
    raw = dict(form.raw)
    for name in TYPED:
        if name not in form.cleaned_data:
            typed = form[name].value() or ""
            raw[name] = {"key_points": typed.splitlines(), "tags": typed.split(",")}.get(name, typed)
    return raw


def preview(request, content, language, story=None, as_of=None, **more):
    """A page of canonical content (a revision's, or of content.read()), in the language of the story.

    `as_of`: what the story's row said at another time than now, {name of a field: value}.
    """
    article = with_content(content, language, story)
    for name, value in (as_of or {}).items():
        setattr(article, name, value)
    with translation.override(language):
        context = story_page.context(article, story_page.photos_of_content(content), is_preview=True)
        response = render(request, "articles/story.html", {**context, "noindex": True, **more})
    return _unseen(response)


def _unseen(response):
    """Not cached either, as no page of the admin is."""
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def with_content(content, language, story=None):
    """An unsaved Article that shows this content as applying.apply() would lay it on the row.

    It claims nothing that holds for the public text alone: no review, no version, no fingerprint. What the content
    does not name yet has a stand-in.
    """
    article = Article(language=language, record_number=0)
    if story is not None:
        article = Article.objects.select_related("stats").get(pk=story.pk)
    else:
        article.stats = ArticleStats(language=language)
    article.revision = article.reviewed_by = article.reviewed_revision = article.reviewed_at = None
    article.history_json = []
    section = Category.objects.filter(language=language, key=content["category"]).first()
    article.category = section or Category(language=language, name="…", slug="section")
    author = Author.objects.filter(slug=content["author"]).first()
    article.author = author or Author(name="…", slug="author")
    article.place = Place.objects.filter(key=content["place"]).first() if content["place"] else None
    fill_texts(article, content)
    article.title = article.title or "…"
    article.slug = article.slug if SLUG.match(article.slug) else "story"
    article.tags_json = [[name, _tag_slug(name)] for name in content["tags"]]
    return article


def _tag_slug(name):
    """A tag that is not there yet has no page either: its link shows the slug that it will have."""
    known = Tag.objects.filter(name=name).values_list("slug", flat=True).first()
    return known or Tag().slugify(name) or "tag"
