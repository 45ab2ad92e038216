"""Addresses under which somebody without an account reads a story's newest version: signed, expiring, revocable.

The address is made of the row's token and our signature, so it can be shown again to whoever may change the story. The
rows stay: they are the record of who was let in by whom, and until when.
"""

import datetime as dt
import uuid

from django import forms
from django.conf import settings
from django.core import signing
from django.http import Http404
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from newsroom.backoffice import TidyTexts
from newsroom.errors import gone, page_not_found

from . import rail
from .models import Article, PreviewLink
from .preview import preview
from .story_state import moment

# Nothing on its way, no search engine and no other site learns of the page or its address.
HEADERS = {
    "Cache-Control": "private, no-store",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
}
MOST_OPEN, CLOSED_SHOWN = 20, 10


def _signer():
    return signing.Signer(sep=".", salt="articles.preview_links")


def address(link):
    token = signing.b64_encode(link.token.bytes).decode()
    return reverse("preview_link", args=[_signer().sign(token)])


def _link_at(signed):
    """The row that an address stands for, or None when we have not signed it."""
    try:
        token = uuid.UUID(bytes=signing.b64_decode(_signer().unsign(signed).encode()))
    except (signing.BadSignature, ValueError):
        return None
    return PreviewLink.objects.select_related("article", "article__category", "created_by").filter(token=token).first()


# What the reader gets


@csrf_exempt
@require_safe
def preview_link(request, signed):
    link = _link_at(signed)
    response = _page(request, link) if link else page_not_found(request)
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response


def _page(request, link):
    """In the story's language and the edition's time; the address itself has neither."""
    article = link.article
    request.LANGUAGE_CODE = article.language
    with translation.override(article.language), timezone.override(settings.EDITION_TIME_ZONE):
        revision = article.newest_revision()
        if reason := _closed_because(link, revision):
            response = gone(request, reason, title=_("This preview is closed"))
        else:
            line = {"says": _state(article, revision), "purpose": link.purpose, "until": until(link)}
            response = preview(request, revision.content, article.language, article, preview_line=line)
    response.headers["Content-Language"] = article.language
    return response


def _closed_because(link, revision):
    who = {"who": link.created_by}
    if link.article.status in (Article.Status.RETRACTED, Article.Status.ARCHIVED):
        return _("This story is no longer being prepared for publication. Ask %(who)s, who made the link.") % who
    if revision is None or revision.redacted_at:
        return _("The text of this version has been taken away. Ask %(who)s, who made the link.") % who
    if link.revoked_at:
        return _("This preview link has been revoked. Ask %(who)s, who made it, for a new one.") % who
    if not link.is_open():
        return _("This preview link has expired. Ask %(who)s, who made it, for a new one.") % who
    return ""


def _state(article, revision):
    if not article.is_public:
        return _("Preview, not published.")
    if article.revision_id == revision.pk:
        return _("Preview. This text is public now.")
    return _("Preview of a change that is not published.")


def until(link):
    return f"{moment(link.expires_at)} ({settings.EDITION_TIME_ZONE})"


# What the desk gets


def urls(story_admin):
    return [
        rail.part_path(story_admin, "preview-links", "preview_links", links_view),
        rail.part_path(story_admin, "preview-links/<int:link>/revoke", "revoke_preview_link", revoke_view, ["POST"]),
    ]


def _day_choices():
    return [(days, ngettext("%(days)d day", "%(days)d days", days) % {"days": days}) for days in (1, 7, 30)]


class LinkForm(TidyTexts, forms.Form):
    purpose = forms.CharField(
        label=gettext_lazy("For whom"),
        max_length=120,
        error_messages={"required": gettext_lazy("Say for whom: the page and this list name them.")},
    )
    days = forms.TypedChoiceField(label=gettext_lazy("Open for"), coerce=int, initial=7, choices=_day_choices)

    def __init__(self, *args, article, **kwargs):
        super().__init__(*args, auto_id="link_%s", **kwargs)
        self.article = article

    def clean(self):
        if _open_links(self.article).count() >= MOST_OPEN:
            sentence = _("This story has %(most)d open links. Revoke one that nobody needs any more.")
            raise forms.ValidationError(sentence % {"most": MOST_OPEN})
        return self.cleaned_data


def links_view(story_admin, request, article):
    rail.require_change(story_admin, request, article)
    form = LinkForm(request.POST if request.method == "POST" else None, article=article)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        shown = context(story_admin, request, article, form)
        return rail.answer(
            story_admin, request, article, "preview_links", shown, title=_("Preview links"), status=status
        )
    now = timezone.now()
    link = PreviewLink.objects.create(
        article=article,
        purpose=form.cleaned_data["purpose"],
        created_by=request.user,
        created_at=now,
        expires_at=now + dt.timedelta(days=form.cleaned_data["days"]),
    )
    return _done(story_admin, request, article, _("Link made for %(purpose)s."), link)


def revoke_view(story_admin, request, article, link):
    rail.require_change(story_admin, request, article)
    row = PreviewLink.objects.filter(article=article, pk=link).first()
    if row is None:
        raise Http404
    if row.revoked_at is None:
        row.revoked_at = timezone.now()
        row.save(update_fields=["revoked_at"])
    return _done(story_admin, request, article, _("The link for %(purpose)s is revoked."), row)


def _done(story_admin, request, article, sentence, link):
    """Django's own log keeps who did it; the row has the time alone."""
    sentence %= {"purpose": link.purpose}
    story_admin.log_change(request, article, sentence)
    return rail.done(
        story_admin, request, article, "preview_links", lambda: context(story_admin, request, article), sentence
    )


def _open_links(article):
    return article.preview_links.filter(revoked_at=None, expires_at__gt=timezone.now())


def context(story_admin, request, article, form=None):
    """Empty for somebody who may only read the story: an address opens it to everybody who has it."""
    if not story_admin.has_change_permission(request, article):
        return {}
    is_open = _open_links(article)
    closed = article.preview_links.exclude(pk__in=is_open.values("pk"))
    return {
        "links_of": article,
        "links": [_shown(link) for link in _listed(is_open)[:MOST_OPEN]],
        "closed_links": [_shown(link) for link in _listed(closed)[:CLOSED_SHOWN]],
        "link_form": form or LinkForm(article=article),
    }


def _listed(links):
    return links.select_related("created_by").order_by("-created_at", "-pk")


def _shown(link):
    return {
        "row": link,
        "address": settings.SITE_URL + address(link),
        "until": moment(link.expires_at),
        "until_long": until(link),
        "state": _("revoked") if link.revoked_at else _("expired"),
    }
