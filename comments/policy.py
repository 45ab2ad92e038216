"""Who may comment where: the switch of the site, what moderators set for one story, and what follows from both.

A page is shown by the mode that its process keeps for a minute; what is sent is judged by the true one.
"""

import datetime as dt
import zoneinfo
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import BigIntegerField, CharField, Value
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from articles import navigation
from articles.models import ArticleStats, Discussion

from .models import Decision, SiteDiscussion

DEFAULT = Discussion.PREMODERATED
# How the log calls a story without a mode of its own.
AS_SITE = "site"
MOST_DAYS = 3650
EDITION = zoneinfo.ZoneInfo(settings.EDITION_TIME_ZONE)


class Policy(NamedTuple):
    """What holds below one story at one moment. `closes_at` stays when it has passed, None where nothing is set."""

    mode: str
    closes_at: dt.datetime | None
    is_closed: bool
    is_site_closed: bool

    @property
    def sentence(self):
        """Why nobody can write there, or until when they can; '' where there is nothing to say."""
        if self.is_site_closed:
            return _("Comments are closed on the whole site at the moment.")
        if self.is_closed and not is_over(self.closes_at):
            return _("Comments on this story are closed.")
        return closing(self.closes_at)


def is_over(closes_at):
    return closes_at is not None and closes_at <= timezone.now()


def closing(closes_at):
    """When the comments on a story close by themselves, or did; '' where they do not."""
    if closes_at is None:
        return ""
    # Translators: a day that ends with a full stop of its own (Croatian) needs none after it.
    sentence = _("Comments on this story closed on %(day)s.") if is_over(closes_at) else _("Comments close on %(day)s.")
    return sentence % {"day": date_format(timezone.localtime(closes_at, EDITION), "DATE_FORMAT")}


def site_mode():
    """The true one."""
    return SiteDiscussion.objects.filter(pk=1).values_list("mode", flat=True).first() or DEFAULT


def shown_site_mode():
    """For pages: costs no query of its own, and is up to a minute old in other processes than the one that set it."""
    rows = navigation.kept("discussion")
    return rows[0][1] if rows else DEFAULT


def _kept_rows():
    empty = Value("", CharField())
    columns = ("pk", "mode", empty, empty, empty, empty)
    return SiteDiscussion.objects.values_list(Value("discussion", CharField()), Value(0, BigIntegerField()), *columns)


navigation.keep_also("discussion", _kept_rows)


def policy_of(article, site=None):
    """What holds for a comment that is sent now. Reads `article.stats` as it was loaded, and the true switch."""
    site, stats = site or site_mode(), article.stats
    closes_at, is_site_closed = None, site == Discussion.CLOSED
    if stats.discussion_days and article.public_at:
        closes_at = article.public_at + dt.timedelta(days=stats.discussion_days)
    mode = Discussion.CLOSED if is_site_closed or is_over(closes_at) else stats.discussion or site
    return Policy(mode, closes_at, mode == Discussion.CLOSED, is_site_closed)


def shown_policy(article):
    """The same for a page: no query where the story came with its stats."""
    return policy_of(article, shown_site_mode())


def set_site(mode, user):
    """Turns the switch of the site. Returns the Decision, None where it stood so already."""
    with transaction.atomic():
        SiteDiscussion.objects.get_or_create(pk=1)
        site = SiteDiscussion.objects.select_for_update().get(pk=1)
        if site.mode == mode:
            return None
        SiteDiscussion.objects.filter(pk=1).update(mode=mode)
        decision = Decision.objects.create(action=Decision.Action.DISCUSSION, user=user, why=mode)
    navigation.forget()
    return decision


@transaction.atomic
def set_story(article, mode, days, user, seen=None):
    """Sets a story's own mode ('' as the whole site) and after how many days it closes (None never).

    `seen`: how it stood (`standing`) on the page that this comes from; raises ValidationError where that has changed.
    Returns the Decision, None where it stood so already.
    """
    stats = ArticleStats.objects.select_for_update().get(article=article)
    if (stats.discussion, stats.discussion_days) == (mode, days):
        return None
    if seen and seen != standing(stats):
        sentence = _("Somebody changed this story's comments meanwhile: %(now)s. Nothing was changed; look again.")
        raise ValidationError(sentence % {"now": said(standing(stats))})
    stats.discussion, stats.discussion_days = mode, days
    stats.save(update_fields=["discussion", "discussion_days"])
    fields = {"article": article, "user": user, "why": standing(stats)}
    return Decision.objects.create(action=Decision.Action.DISCUSSION, **fields)


def standing(stats):
    """How a story stands, as the log has it: "closed", "premoderated 14", "site"."""
    return f"{stats.discussion or AS_SITE} {stats.discussion_days or ''}".strip()


def said(why):
    """What a line of the log of a changed discussion says, in the language of who reads it ("closed 14")."""
    mode, _space, days = why.partition(" ")
    names = {**dict(Discussion.choices), AS_SITE: pgettext("the comments below a story", "As the whole site")}
    sentence = str(names.get(mode, why))
    if not days.isdecimal():
        return sentence
    closes = ngettext("closes after %(days)s day", "closes after %(days)s days", int(days)) % {"days": days}
    return f"{sentence}, {closes}"
