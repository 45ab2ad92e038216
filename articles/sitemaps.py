"""The sitemap of all editions, and robots.txt: once, at the root.

Stories are divided by ranges of their ids, so that every part has a bound that needs no counting, costs the same
however many parts there are, and keeps its address. Each is written as it is read.
"""

from collections import defaultdict

from django.conf import settings
from django.db.models.functions import Coalesce, Greatest
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.utils.html import escape
from django.views.decorators.http import require_safe

from authors.models import Author
from newsroom.language import CODES, DEFAULT, prefix, url_in

from .models import Article, Category, StandingPage
from .story_page import public_translations

PART = 10_000
CHUNK = 1000
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
URLSET = f'<urlset xmlns="{NAMESPACE}" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
# Pages that every edition has and that no row stands for.
PAGES = ["home", "authors", "all_photos", "space_tracker"]


def _only_at_root(language):
    if language != DEFAULT:
        raise Http404


def _xml(lines):
    return StreamingHttpResponse(lines, content_type="application/xml; charset=utf-8")


def _url(path, alternates, changed=None):
    """One <url>. `alternates`: {language: path} of the same page in every edition that has it, this one among them."""
    lines = [f"<url><loc>{escape(settings.SITE_URL + path)}</loc>"]
    if changed:
        lines.append(f"<lastmod>{changed.isoformat(timespec='seconds')}</lastmod>")
    if len(alternates) > 1:
        lines += [
            f'<xhtml:link rel="alternate" hreflang="{code}" href="{escape(settings.SITE_URL + other)}"/>'
            for code, other in sorted(alternates.items())
        ]
    return "".join([*lines, "</url>\n"])


@require_safe
def sitemap(request, language):
    """The index of the parts."""
    _only_at_root(language)
    last = Article.objects.public().order_by("-pk").values_list("pk", flat=True).first() or 0
    parts = ["pages", *range(1, -(-last // PART) + 1)]
    return _xml(_index_lines(parts))


def _index_lines(parts):
    yield f'{HEAD}<sitemapindex xmlns="{NAMESPACE}">\n'
    for part in parts:
        yield f"<sitemap><loc>{escape(settings.SITE_URL)}/sitemap-{part}.xml</loc></sitemap>\n"
    yield "</sitemapindex>\n"


@require_safe
def sitemap_stories(request, language, part):
    """Stories with the ids of this part."""
    _only_at_root(language)
    rows = (
        Article.objects.public()
        .filter(pk__gt=(part - 1) * PART, pk__lte=part * PART)
        .order_by("pk")
        .annotate(changed=Greatest("public_at", Coalesce("updated_at", "public_at")))
        .values_list("language", "category__slug", "slug", "changed", "translations_json")
    )
    if not 0 < part < 2**32 or not rows.exists():
        raise Http404
    return _xml(_story_lines(rows))


def _story_lines(rows):
    yield HEAD + URLSET
    for language, category, slug, changed, translations in rows.iterator(chunk_size=CHUNK):
        path = f"{prefix(language)}/{category}/{slug}/"
        yield _url(path, {language: path, **public_translations(translations)}, changed)
    yield "</urlset>\n"


@require_safe
def sitemap_pages(request, language):
    """Everything that is not a story: front pages, sections, standing pages, editors."""
    _only_at_root(language)
    return _xml(_page_lines())


def _page_lines():
    yield HEAD + URLSET
    for name in PAGES:
        yield from _family({code: url_in(code, name) for code in CODES})
    for rows in _families(Category.objects.all()):
        yield from _family({row.language: row.get_absolute_url() for row in rows})
    for rows in _families(StandingPage.objects.filter(is_public=True).defer("body", "html")):
        changed = {row.language: row.updated_at for row in rows}
        yield from _family({row.language: row.get_absolute_url() for row in rows}, changed)
    for author in Author.objects.public().filter(is_active=True):
        yield from _family({code: author.path(code) for code in CODES})
    yield "</urlset>\n"


def _families(queryset):
    """The rows of one thing in all its languages, together."""
    families = defaultdict(list)
    for row in queryset.order_by("key", "language"):
        families[row.key].append(row)
    return families.values()


def _family(paths, changed=None):
    for code, path in paths.items():
        yield _url(path, paths, (changed or {}).get(code))


@require_safe
def robots(request, language):
    _only_at_root(language)
    closed = ["/admin/", "/accounts/", *(url_in(code, "search") for code in CODES)]
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in closed),
        "",
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
