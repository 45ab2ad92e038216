"""The home page: what editors placed, and the newest where they placed nothing."""

import datetime as dt
import zoneinfo
from collections import Counter, defaultdict

from django.conf import settings
from django.utils import timezone

from newsroom.prepared import Prepared

from . import navigation
from .cards import FULL, as_lists, cards, lists_query
from .models import Article, Placement

WIRE, LOCATED, LIKED, PER_SECTION = 12, 40, 5, 4
# A placement without an end stays current when another took its slot; only the latest ones are looked at.
PLACEMENTS = 120


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


def front_page(language, at=None, slots=None):
    """The context of the home page at a moment (now): three queries, whatever the number of stories.

    `slots` stand in for what is placed at that moment, for a look at what is not put up yet: see placing.standing().
    """
    leading, placed = _placed(language, at, _current_slots(language, at) if slots is None else slots)
    sections = navigation.sections(language)
    rows = find_lists(language=language, now=at or timezone.now(), variant=tuple(section.id for section in sections))
    lists = as_lists(FULL, rows)
    lead = leading or next(iter(lists["wire"]), None)
    blocks = [_block(section, placed[section.key], lists[f"section:{section.id}"], lead) for section in sections]
    return {
        "lead": lead,
        "wire": [card for card in lists["wire"] if not lead or card.id != lead.id][: WIRE - 3],
        "blocks": [block for block in blocks if block["cards"]],
        "liked": sorted(lists["liked"], key=lambda card: card.like_score or 0, reverse=True),
        "places": _places(lists["located"]),
        "editors": navigation.editors(),
        "now": timezone.localtime(at, zoneinfo.ZoneInfo(settings.EDITION_TIME_ZONE)),
    }


def _block(section, placed, newest, lead):
    """A section's block: each placed story at its position, the newest at the others. Nothing stands there twice.

    `places` has None where there are too few stories; readers see `cards`, without gaps.
    """
    placed = {position: card for position, card in placed.items() if not lead or card.id != lead.id}
    taken = {card.id for card in placed.values()} | ({lead.id} if lead else set())
    others = (card for card in newest if card.id not in taken)
    places = [placed.get(position) or next(others, None) for position in range(1, PER_SECTION + 1)]
    return {"section": section, "places": places, "cards": [card for card in places if card]}


def _current_slots(language, at):
    current = Placement.objects.current(language, at).order_by("-shown_from", "-id")[:PLACEMENTS]
    return list(current.values_list("article_id", "slot", "position"))


def _placed(language, at, slots):
    """(lead or None, {section key: {position: Card}}): of several in one slot, the first whose story is public."""
    lead, placed = None, defaultdict(dict)
    if not slots:
        return lead, placed
    public = Article.objects.public_among({article_id for article_id, _slot, _position in slots}, language, at)
    found = {card.id: card for card in cards(public)}
    seen = set()
    for article_id, slot, position in slots:
        card = found.get(article_id)
        if card and slot == Placement.Slot.LEAD:
            lead = lead or card
        elif card and card.id not in seen and position not in placed[card.category_key]:
            placed[card.category_key][position] = card
            seen.add(card.id)
    return lead, placed


def _places(located):
    """[(name, latitude, longitude, number of stories), …], the place of the newest story first."""
    counts = Counter((card.place_name, card.latitude, card.longitude) for card in located)
    return [(*place, number) for place, number in counts.items()]
