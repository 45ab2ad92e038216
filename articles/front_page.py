"""The home page: what editors placed, and the newest where they placed nothing."""

import datetime as dt
import zoneinfo
from collections import Counter

from django.conf import settings
from django.utils import timezone

from newsroom.prepared import Prepared

from . import navigation
from .cards import FULL, as_lists, cards, lists_query
from .models import Article, Placement

WIRE, LOCATED, LIKED, PER_SECTION = 12, 40, 5, 4
# A placement without an end stays current when another took its slot; only the latest ones are looked at.
PLACEMENTS = 60


def _lists_query(language, now, variant=()):
    """The wire, the located, the liked, and the newest of each section (`variant`: their ids)."""
    public = Article.objects.public(language, now)
    return lists_query(
        FULL,
        wire=public.newest()[:WIRE],
        located=public.filter(place__isnull=False).newest()[:LOCATED],
        liked=public.filter(stats__language=language).most_liked()[:LIKED],
        **{f"section:{pk}": public.filter(category_id=pk).newest()[: PER_SECTION + 1] for pk in variant},
    )


find_lists = Prepared(_lists_query, language=str, now=dt.datetime)


def front_page(language, at=None):
    """The context of the home page at a moment (now): three queries, whatever the number of stories."""
    leading, tops = _placed(language, at)
    sections = navigation.sections(language)
    rows = find_lists(language=language, now=at or timezone.now(), variant=tuple(section.id for section in sections))
    lists = as_lists(FULL, rows)
    lead = leading or next(iter(lists["wire"]), None)
    blocks = []
    for section in sections:
        top = [tops[section.key]] if section.key in tops else []
        rows = [card for card in _once(top + lists[f"section:{section.id}"]) if not lead or card.id != lead.id]
        blocks.append({"section": section, "cards": rows[:PER_SECTION]})
    return {
        "lead": lead,
        "wire": [card for card in lists["wire"] if not lead or card.id != lead.id][: WIRE - 3],
        "blocks": [block for block in blocks if block["cards"]],
        "liked": sorted(lists["liked"], key=lambda card: card.like_score or 0, reverse=True),
        "places": _places(lists["located"]),
        "editors": navigation.editors(),
        "now": timezone.localtime(at, zoneinfo.ZoneInfo(settings.EDITION_TIME_ZONE)),
    }


def _once(rows):
    return list({card.id: card for card in rows}.values())


def _placed(language, at):
    """(lead or None, {section key: Card}): of several placements in one slot, the latest whose story is public."""
    current = Placement.objects.current(language, at).order_by("-shown_from", "-id")[:PLACEMENTS]
    slots = list(current.values_list("article_id", "slot"))
    if not slots:
        return None, {}
    public = Article.objects.public_among({article_id for article_id, _slot in slots}, language, at)
    found = {card.id: card for card in cards(public)}
    lead, tops = None, {}
    for article_id, slot in slots:
        card = found.get(article_id)
        if card and slot == Placement.Slot.LEAD:
            lead = lead or card
        elif card:
            tops.setdefault(card.category_key, card)
    return lead, tops


def _places(located):
    """[(name, latitude, longitude, number of stories), …], the place of the newest story first."""
    counts = Counter((card.place_name, card.latitude, card.longitude) for card in located)
    return [(*place, number) for place, number in counts.items()]
