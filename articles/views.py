"""The readers' pages: fetch, decide, render. Each is the same for everyone."""

import datetime as dt
import zoneinfo

from django import forms
from django.conf import settings
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponsePermanentRedirect, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from authors import readers
from authors.models import Author
from newsroom.answers import see_other, wants_json
from newsroom.errors import BadInput, gone, too_many
from newsroom.keyset import page
from newsroom.language import CODES, url_in
from newsroom.security import require_same_origin

from . import likes, navigation, story_page
from .cards import cards
from .front_page import front_page
from .models import Article, ArticleTag, Category, Correction, Redirect, StandingPage, Tag

PAGE = 20
CORRECTIONS_PAGE = 50


class LikeForm(forms.Form):
    action = forms.ChoiceField(choices=[("like", "like"), ("unlike", "unlike")], required=False)


def other_languages(name, language, **kwargs):
    """{language: path} of the same page in the other editions, for pages that exist in all."""
    return {code: url_in(code, name, **kwargs) for code in CODES if code != language}


def home_context(language, at=None, slots=None):
    """What the home page is made of; `at` and `slots` as front_page() takes them."""
    return {
        **front_page(language, at, slots),
        "language": language,
        "is_home": True,
        "path": url_in(language, "home"),
        "others": other_languages("home", language),
    }


@require_safe
def home(request, language):
    return render(request, "articles/home.html", home_context(language))


@require_safe
def section_or_page(request, language, slug):
    section = navigation.section_with(language, slug)
    if section is None and Category.objects.filter(language=language, slug=slug).exists():
        # Newer than what this process keeps of the navigation.
        navigation.forget()
        section = navigation.section_with(language, slug)
    if section:
        return _section(request, language, section)
    standing = StandingPage.objects.filter(language=language, slug=slug, is_public=True).first()
    if standing:
        return _standing_page(request, language, standing)
    target = Redirect.objects.target(language, "top", slug)
    if target is None or (isinstance(target, StandingPage) and not target.is_public):
        raise Http404
    return HttpResponsePermanentRedirect(target.get_absolute_url())


def _section(request, language, section):
    rows = Article.objects.public(language).filter(category_id=section.id)
    found = page(rows, request.GET, PAGE, read=cards)
    siblings = [other for other in navigation.all_sections() if other.key == section.key]
    return render(
        request,
        "articles/section.html",
        {
            "language": language,
            "section": section,
            "current_section": section.key,
            "page": found,
            "others": {other.language: other.path for other in siblings if other.language != language},
            "path": section.path,
        },
    )


def _standing_page(request, language, standing):
    others = StandingPage.objects.filter(key=standing.key, is_public=True).exclude(language=language)
    return render(
        request,
        "articles/standing_page.html",
        {
            "language": language,
            "standing": standing,
            "others": {other.language: other.get_absolute_url() for other in others},
            "path": standing.get_absolute_url(),
        },
    )


@require_safe
def corrections(request, language):
    """The standing page of that name, and below it every correction of this edition."""
    standing = StandingPage.objects.filter(key="corrections", language=language, is_public=True).first()
    public = Article.objects.public(language).filter(pk=OuterRef("article"))
    rows = Correction.objects.filter(Exists(public))
    listed = page(rows, request.GET, CORRECTIONS_PAGE, time="made_at", read=_with_stories)
    return render(
        request,
        "articles/corrections.html",
        {
            "language": language,
            "standing": standing,
            "page": listed,
            "others": other_languages("corrections", language),
            "path": url_in(language, "corrections"),
        },
    )


def _with_stories(rows):
    return list(rows.select_related("article__category"))


def find_story(language, category, slug):
    """The public story at this address, or the answer that its address gives: (article, None) or (None, response).

    A wrong or old section, or an old slug, leads on with 301; a retracted story says why with 410.
    """
    article = story_page.story_at(language, slug)
    if article is None or not _has_page(article):
        # An old slug leads on until a story that is public has taken it.
        article = Redirect.objects.target(language, "story", slug)
        if article is None or not _has_page(article):
            raise Http404
        return None, HttpResponsePermanentRedirect(article.get_absolute_url())
    if article.status == Article.Status.RETRACTED:
        return article, None
    if article.category.slug != category:
        return None, HttpResponsePermanentRedirect(article.get_absolute_url())
    return article, None


def _has_page(article):
    """Whether its address shows something: the story, or the reason of its retraction."""
    if article.is_demo and not settings.DEMO_IS_PUBLIC:
        return False
    return article.is_public or article.status == Article.Status.RETRACTED


@require_safe
def story(request, language, category, slug):
    article, answer = find_story(language, category, slug)
    if answer:
        return answer
    if article.status == Article.Status.RETRACTED:
        return gone(request, article.retraction_reason)
    photos = story_page.photos_of(article.pk)
    return render(request, "articles/story.html", story_page.context(article, photos))


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def like(request, language, category, slug):
    """POST likes, `action=unlike` takes it back; a script gets JSON, a plain form the page that shows the state."""
    article, answer = find_story(language, category, slug)
    if answer or article.status == Article.Status.RETRACTED:
        raise Http404
    token = readers.reader_token(request)
    if request.method != "POST":
        return _like_state(request, article, likes.likes(token, article.pk), article.stats.like_count)
    require_same_origin(request)
    form = LikeForm(request.POST)
    if not form.is_valid():
        raise BadInput(_("A like can be given or taken back, nothing else."))
    if seconds := readers.hit_like(request, token):
        return too_many(request, seconds)
    wanted = form.cleaned_data["action"] != "unlike"
    if not token and not wanted:
        return _answer_like(request, article, False, article.stats.like_count)
    is_new, token = not token, token or readers.new_token()
    count = likes.set_like(article.pk, token, wanted)
    response = _answer_like(request, article, wanted, count)
    if is_new:
        readers.set_cookie(response, token)
    return response


def _answer_like(request, article, liked, count):
    if wants_json(request):
        return JsonResponse({"liked": liked, "count": count})
    return see_other(article.get_absolute_url() + "like/")


def _like_state(request, article, liked, count):
    context = {"language": article.language, "article": article, "liked": liked, "count": count, "others": {}}
    return render(request, "articles/like.html", context)


@require_safe
def by_record(request, language, number):
    """`/db/3629/` leads to the story for ever, in the story's own language."""
    if number >= 2**63:
        raise Http404
    article = get_object_or_404(Article.objects.select_related("category"), record_number=number)
    if not _has_page(article):
        raise Http404
    return HttpResponseRedirect(article.get_absolute_url())


@require_safe
def authors(request, language):
    return render(
        request,
        "articles/authors.html",
        {
            "language": language,
            "editors": navigation.editors(),
            "others": other_languages("authors", language),
            "path": url_in(language, "authors"),
        },
    )


@require_safe
def author(request, language, slug):
    person = get_object_or_404(Author.objects.public().select_related("portrait", "accountable"), slug=slug)
    rows = Article.objects.public(language).filter(author=person)
    return render(
        request,
        "articles/author.html",
        {
            "language": language,
            "author": person,
            "page": page(rows, request.GET, PAGE, read=cards),
            "others": other_languages("author", language, slug=slug),
            "path": person.path(language),
        },
    )


@require_safe
def tag(request, language, slug):
    found = get_object_or_404(Tag, slug=slug)
    rows = ArticleTag.objects.filter(tag=found, language=language, public_at__lte=timezone.now())
    if not settings.DEMO_IS_PUBLIC:
        rows = rows.filter(content_object__is_demo=False)
    listed = page(rows, request.GET, PAGE, key="content_object", read=_cards_of_tag(language))
    if not listed.rows:
        raise Http404
    return render(
        request,
        "articles/tag.html",
        {
            "language": language,
            "tag": found,
            "page": listed,
            "others": {},
            "path": found.path(language),
        },
    )


def _cards_of_tag(language):
    """Reads a page off ArticleTag's own index, then the Cards of its stories, in that order."""

    def read(rows):
        ids = list(rows.values_list("content_object_id", flat=True))
        found = {card.id: card for card in cards(Article.objects.public_among(ids, language))}
        return [found[pk] for pk in ids if pk in found]

    return read


@require_safe
def archive(request, language, year, month):
    """All stories of one month, by the edition's own calendar. Months end where the stories do: no walk without end."""
    if not (1970 <= year < 9999 and 1 <= month <= 12):
        raise Http404
    zone, now = zoneinfo.ZoneInfo(settings.EDITION_TIME_ZONE), timezone.now()
    start = dt.datetime(year, month, 1, tzinfo=zone)
    end = dt.datetime(year + month // 12, month % 12 + 1, 1, tzinfo=zone)
    public = Article.objects.public(language)
    listed = page(public.filter(public_at__gte=start, public_at__lt=end), request.GET, PAGE, read=cards)
    has_older = public.filter(public_at__lt=start).exists()
    if start > now or (end <= now and not listed.rows and not has_older):
        raise Http404
    return render(
        request,
        "articles/archive.html",
        {
            "language": language,
            "month": start.date(),
            "previous": (start - dt.timedelta(days=1)).date() if has_older else None,
            "next": end.date() if end <= now else None,
            "page": listed,
            "others": other_languages("archive", language, year=year, month=month),
            "path": url_in(language, "archive", year=year, month=month),
        },
    )
