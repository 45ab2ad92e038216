"""The outline of the home page as its desk shows it: each place, what stands there, and what is to come."""

from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from articles import front_plan, navigation, placing
from articles.front_page import PER_SECTION, front_page

from . import clock


class ToCome(NamedTuple):
    """A placement that does not show: it begins later, or its story is not public."""

    row: object
    begins: str
    ends: str
    # Why it does not show though it has begun; empty while it has not.
    why: str
    # What the browser fills its form with.
    start_value: str
    until_value: str


class Spot(NamedTuple):
    place: front_plan.Place
    name: str
    label: str
    # Of the section that it takes stories of; empty for the lead.
    section: str
    card: object
    # The placement that put the card there; None where the newest stands.
    placement: object
    is_changed: bool
    note: str
    until_value: str
    to_come: list


class Board:
    """Built of a draft laid over the placements; `spots` are grouped as the page is."""

    def __init__(self, arrangement, now):
        self.now, self.language = now, arrangement.language
        placements = placing.open_placements(self.language, now)
        self.fingerprint = placing.fingerprint(placements, now)
        self.faults = placing.faults(arrangement, now)
        self.plan = front_plan.Plan(placements, placing.sound(arrangement, self.faults), now)
        self.page = front_page(self.language, now, front_plan.slots(self.plan.rows, now))
        self.standing = front_plan.standing(self.plan.rows, now)
        self.changed = self.plan.places
        self.lead = self._spot(front_plan.LEAD, self.page["lead"], _("Lead"), _("Lead"), "")
        self.sections = [self._section(section) for section in navigation.sections(self.language)]

    @property
    def spots(self):
        return [self.lead, *(spot for _section, spots in self.sections for spot in spots)]

    @property
    def placed_ids(self):
        return {row.article_id for row in self.plan.rows}

    def spot(self, place):
        return next((spot for spot in self.spots if spot.place == place), None)

    def _section(self, section):
        block = next((block["places"] for block in self.page["blocks"] if block["section"].id == section.id), [])
        cards = dict(enumerate(block, 1))
        names = ordinals()
        spots = [
            self._spot(
                front_plan.Place(section.key, position),
                cards.get(position),
                names[position - 1],
                f"{section.name}, {names[position - 1].lower()}",
                section.name,
            )
            for position in range(1, PER_SECTION + 1)
        ]
        return section, spots

    def _spot(self, place, card, name, label, section):
        here = [row for row in self.standing if front_plan.place_of(row) == place]
        shown = next((row for row in here if card and row.article_id == card.id), None)
        # Those before the one that shows are passed over; what lies under it is out of sight anyway.
        waiting = here[: here.index(shown)] if shown else here
        later = [row for row in self.plan.rows if front_plan.place_of(row) == place and row.shown_from > self.now]
        return Spot(
            place=place,
            name=name,
            label=label,
            section=section,
            card=card,
            placement=shown,
            is_changed=place in self.changed,
            note=self._note(shown, card),
            until_value=_value(shown.shown_until) if shown else "",
            to_come=[self._to_come(row) for row in (*waiting, *sorted(later, key=lambda row: row.shown_from))],
        )

    def _note(self, placement, card):
        if placement is None:
            return _("newest") if card else ""
        if placement.shown_until:
            return _("until %(time)s") % {"time": clock.short(placement.shown_until, self.now)}
        return _("no end")

    def _to_come(self, row):
        return ToCome(
            row=row,
            begins=clock.short(row.shown_from, self.now),
            ends=clock.short(row.shown_until, self.now) if row.shown_until else "",
            why=self._why(row) if row.shown_from <= self.now else "",
            start_value=_value(row.shown_from),
            until_value=_value(row.shown_until),
        )

    def _why(self, row):
        lead = self.page["lead"]
        if lead and lead.id == row.article_id:
            return _("waits: it leads the page")
        return _("passed over: not public")


def ordinals():
    return [
        pgettext("place", "First"),
        pgettext("place", "Second"),
        pgettext("place", "Third"),
        pgettext("place", "Fourth"),
    ]


def _value(time):
    """As the browser's field for date and time takes it, by the edition's clock."""
    return timezone.localtime(time).strftime("%Y-%m-%dT%H:%M:%S") if time else ""
