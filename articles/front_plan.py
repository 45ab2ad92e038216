"""A front page as it is to be: its places, the changes that an editor wants, what comes of them. Nothing is written.

An arrangement is a handful of changes: this story at this place, from, until; no story leaves the place to the newest.
Plan lays them over the placements in memory, so that a preview shows exactly what placing.put_up() would write.
"""

import copy
import datetime as dt
from typing import NamedTuple

from .models import Article, Placement


class Place(NamedTuple):
    """Where a story can stand: the lead, or one of the places of a section's block. Written `lead`, `space:2`."""

    section: str
    position: int

    def __str__(self):
        return f"{self.section}:{self.position}" if self.section else "lead"

    def takes(self, story):
        """The lead takes any story, a section's place those of the section."""
        return not self.section or story.category.key == self.section


LEAD = Place("", 1)


def place_of(placement):
    if placement.slot == Placement.Slot.LEAD:
        return LEAD
    return Place(placement.article.category.key, placement.position)


class Change(NamedTuple):
    """`story_id` without `story`: there is no such story in this edition. Without `start`: when it is put up."""

    place: Place
    story_id: int | None = None
    story: Article | None = None
    start: dt.datetime | None = None
    until: dt.datetime | None = None

    def begins(self, moment):
        """A story that is scheduled takes its place when it goes out, so that what stands there stays until then."""
        start = self.start or moment
        return max(start, self.story.public_at) if self.story and self.story.public_at else start


class Arrangement(NamedTuple):
    language: str
    changes: list
    # Ids of placements that shall not come, or end.
    cancelled: frozenset = frozenset()


class Plan:
    """The placements as they will be once the arrangement is put up at this moment: `rows`. Nothing is written.

    `made` are new, `changed` end at another time, `dropped` never came to stand there; `places` are those concerned.
    """

    def __init__(self, placements, arrangement, moment):
        self.moment = moment
        self.rows = [copy.copy(row) for row in placements]
        for row in [row for row in self.rows if row.pk in arrangement.cancelled]:
            self._cancel(row)
        for change in sorted(arrangement.changes, key=lambda change: change.begins(moment)):
            self._apply(change, change.begins(moment))
        before = {row.pk: row for row in placements}
        self.made = [row for row in self.rows if not row.pk]
        kept = [row for row in self.rows if row.pk]
        self.changed = [row for row in kept if row.shown_until != before.pop(row.pk).shown_until]
        self.dropped = list(before.values())
        self.places = {place_of(row) for row in (*self.made, *self.changed, *self.dropped)}

    def _apply(self, change, start):
        there = [row for row in self._at(change.place) if _covers(row, start)]
        kept = next((row for row in there if change.story and row.article_id == change.story.pk), None)
        for row in there:
            if row is not kept:
                self._end(row, start)
        if not change.story:
            return
        if change.place.section:
            self._leave_other_places(change, start)
        if kept is None:
            kept = _placement(change, start)
            self.rows.append(kept)
        later = [row.shown_from for row in self._at(change.place) if row.shown_from > start]
        kept.shown_until = min(filter(None, [change.until, *later]), default=None)

    def _leave_other_places(self, change, start):
        """A story that moves within its section does not stay behind at its old place."""
        for row in [row for row in self.rows if row.article_id == change.story.pk and row.slot == "section"]:
            if place_of(row) != change.place and _covers(row, start):
                self._end(row, start)

    def _cancel(self, row):
        """What it would have replaced stays, until something else replaces it."""
        begins = row.shown_from
        self._end(row, self.moment)
        if begins < self.moment:
            return
        later = min((other.shown_from for other in self._at(place_of(row)) if other.shown_from > begins), default=None)
        for other in self._at(place_of(row)):
            if other.shown_until == begins:
                other.shown_until = later

    def _end(self, row, moment):
        if row.shown_from >= moment:
            self.rows.remove(row)
        else:
            row.shown_until = min(filter(None, [row.shown_until, moment]))

    def _at(self, place):
        return [row for row in self.rows if place_of(row) == place]


def _covers(row, moment):
    return row.shown_from <= moment and (row.shown_until is None or row.shown_until > moment)


def _placement(change, start):
    slot = Placement.Slot.SECTION if change.place.section else Placement.Slot.LEAD
    return Placement(
        slot=slot,
        position=change.place.position,
        article=change.story,
        language=change.story.language,
        shown_from=start,
    )


def standing(rows, at):
    """Those that stand at this moment, the latest first: of several at one place, the first public one wins."""
    current = [row for row in rows if _covers(row, at)]
    return sorted(current, key=lambda row: (row.shown_from, row.pk or float("inf")), reverse=True)


def slots(rows, at):
    """The same as front_page() takes them."""
    return [(row.article_id, row.slot, row.position) for row in standing(rows, at)]
