"""Puts up an arrangement of the front page (front_plan.py) in one piece, unless something is wrong or somebody faster.

What replaces another ends it at that moment, and nothing that was ever shown is deleted: the past stays readable.
"""

import datetime as dt
import hashlib
from typing import NamedTuple

from django.conf import settings
from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from newsroom.keyset import EPOCH

from . import navigation
from .front_page import PER_SECTION
from .front_plan import LEAD, Arrangement, Change, Place, Plan
from .models import Article, Category, Placement

MICROSECOND = dt.timedelta(microseconds=1)
# What the front page's desk shows of a story, and all that placing it asks.
STORY = ["id", "title", "language", "record_number", "public_at", "status", "is_demo", "category", "author"]


def places(language):
    """Every place of an edition's front page, in the page's order."""
    keys = [section.key for section in navigation.sections(language)]
    return [LEAD, *(Place(key, position) for key in keys for position in range(1, PER_SECTION + 1))]


class Fault(NamedTuple):
    place: Place | None
    sentence: str


class Overtaken(Exception):
    """Somebody put up something else since the arrangement was begun."""


def stories_to_place(language):
    """What may be placed: what is public, or will be at a set time."""
    rows = Article.objects.filter(language=language, public_at__isnull=False)
    rows = rows if settings.DEMO_IS_PUBLIC else rows.filter(is_demo=False)
    return rows.select_related("category", "author").only(*STORY, "category__key", "category__name", "author__name")


def arrange(language, rows, cancelled=()):
    """An Arrangement of [(place, story id or None, start or None, until or None), …]."""
    found = stories_to_place(language).in_bulk({story_id for _place, story_id, _start, _until in rows if story_id})
    changes = [Change(place, pk, found.get(pk), start, until) for place, pk, start, until in rows]
    return Arrangement(language, changes, frozenset(cancelled))


def open_placements(language, at):
    """What stands on the front page or is to come: all that is not over at this moment."""
    rows = Placement.objects.filter(language=language).filter(Q(shown_until=None) | Q(shown_until__gt=at))
    stories = ("article__category", "article__author")
    names = [f"article__{name}" for name in (*STORY, "category__key", "category__name", "author__name")]
    columns = ["slot", "position", "language", "shown_from", "shown_until", *names]
    return list(rows.select_related(*stories).only(*columns).order_by("-shown_from", "-id"))


# Whether somebody was faster


def fingerprint(placements, at):
    """Names what an arrangement is built on: these placements, read at this moment."""
    rows = sorted([row.pk, row.slot, row.position, row.article_id, _exact(row.shown_from), _exact(row.shown_until)]
                  for row in placements)  # fmt: skip
    return f"{_exact(at)}-{hashlib.sha256(str(rows).encode()).hexdigest()[:20]}"


def _exact(moment):
    return (moment - EPOCH) // MICROSECOND if moment else 0


def built_at(based_on):
    """When the page of this fingerprint was read; None where that is none."""
    number, _dash, digest = based_on.partition("-")
    if not digest or not number.isascii() or not number.isdigit() or len(number) > 17:
        return None
    return EPOCH + int(number) * MICROSECOND


def is_overtaken(language, based_on):
    """Whether a placement was made, changed or taken away since. That one began or ended by the clock is no change."""
    at = built_at(based_on)
    return at is None or fingerprint(open_placements(language, at), at) != based_on


# What is wrong with it


def faults(arrangement, now, at=None):
    """[Fault, …] of what cannot be put up; `at` is when it is to be put up (now)."""
    known, seen, found = set(places(arrangement.language)), set(), []
    if at and at <= now:
        found.append(Fault(None, _("This time is over. Choose a later one, or put it up now.")))
    for change in arrangement.changes:
        begins = change.begins(at or now)
        sentence = _fault(change, known, at or now)
        twice = {(change.place, begins), (change.place.section, change.story_id, begins)}
        if not sentence and seen & twice:
            sentence = _("Two changes want the same place or the same story at the same time. Undo one of them.")
        seen |= twice if change.story else {(change.place, begins)}
        if sentence:
            found.append(Fault(change.place, sentence))
    return found


def _fault(change, known, moment):
    if change.place not in known:
        return _("This place is not on the front page any more.")
    if change.story_id and not change.story:
        return _("The story is neither public nor scheduled. Publish or schedule it first, or choose another.")
    title = {"title": change.story.title if change.story else ""}
    if change.story and not change.place.takes(change.story):
        return _("“%(title)s” belongs to another section. Only the lead takes stories of every section.") % title
    if change.start and change.start < moment:
        return _("From is over, or before the time when this is put up. Choose a later time, or leave it empty.")
    if change.until and change.until <= change.begins(moment):
        return _("Until is before the story stands there. Choose a later time, or leave it empty.")
    return ""


def sound(arrangement, found):
    """The arrangement without what has a fault."""
    bad = {fault.place for fault in found}
    return arrangement._replace(changes=[change for change in arrangement.changes if change.place not in bad])


# Putting it up


@transaction.atomic
def put_up(arrangement, user, at=None, based_on=None):
    """All of it or nothing. Raises Overtaken, or ValidationError with a sentence for each fault. Returns the Plan.

    `based_on` is the fingerprint of what it was built on; `at` a time to come, when all of it takes its place.
    """
    lock(arrangement.language)
    now = timezone.now()
    if based_on is not None and is_overtaken(arrangement.language, based_on):
        raise Overtaken
    if found := faults(arrangement, now, at):
        raise ValidationError([fault.sentence for fault in found])
    plan = Plan(open_placements(arrangement.language, now), arrangement, at or now)
    _write(plan, user)
    return plan


def lock(language):
    """The rows of its sections are the lock of a front page: two editors put up one after the other."""
    list(Category.objects.select_for_update().filter(language=language).order_by("pk").values("pk"))


def _write(plan, user):
    # The log keeps what was dropped by name, so it is written before.
    log(user, plan.dropped, DELETION)
    Placement.objects.filter(pk__in=[row.pk for row in plan.dropped]).delete()
    for row in plan.changed:
        Placement.objects.filter(pk=row.pk).update(shown_until=row.shown_until)
    for row in plan.made:
        row.save()
    log(user, plan.changed, CHANGE)
    log(user, plan.made, ADDITION)


def log(user, rows, flag):
    if user and rows:
        LogEntry.objects.log_actions(user.pk, rows, flag, change_message="")


def who_put_up(language, since):
    """The latest entry of the log on this edition's placements since then, or None."""
    kind = ContentType.objects.get_for_model(Placement)
    ours = {str(row.pk) for row in open_placements(language, since)}
    rows = LogEntry.objects.filter(content_type=kind, action_time__gte=since).select_related("user")
    return next((entry for entry in rows.order_by("-action_time")[:50] if entry.object_id in ours), None)


def end(placement, now=None):
    """Takes it from the front page: one that was shown ends, and one that never was is deleted. True if it ended."""
    now = now or timezone.now()
    if placement.shown_from >= now:
        placement.delete()
        return False
    if placement.shown_until is None or placement.shown_until > now:
        placement.shown_until = now
        placement.save(update_fields=["shown_until"])
    return True


def end_replaced(placement):
    """What stood in its slot ends when it begins, as when it is put up at the front page's desk."""
    start = max(placement.shown_from, timezone.now())
    rows = Placement.objects.current(placement.language, start).filter(slot=placement.slot, position=placement.position)
    if placement.slot == Placement.Slot.SECTION:
        rows = rows.filter(article__category=placement.article.category_id)
    earlier = rows.filter(shown_from__lt=placement.shown_from)
    earlier.exclude(pk=placement.pk).update(shown_until=start)
