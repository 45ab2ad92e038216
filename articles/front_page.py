"""The home page: what editors placed, and the newest where they placed nothing."""

from collections import Counter

from django.utils import timezone

from . import navigation
from .cards import card_lists, cards
from .models import Article, Placement

WIRE, LOCATED, LIKED, PER_SECTION = 12, 40, 5, 4


def front_page(language, at=None):
    """The context of the home page at a moment (now): three queries, whatever the number of stories."""
    placed = _placed(language, at)
    sections = navigation.sections(language)
    public = Article.objects.public(language, at)
    lists = card_lists(
        wire=public.newest()[:WIRE],
        located=public.filter(place__isnull=False).newest()[:LOCATED],
        liked=public.filter(stats__language=language, stats__like_score__gt=0).order_by(
            "-stats__like_score", "-stats__article"
        )[:LIKED],
        **{f"section:{section.id}": public.filter(category_id=section.id).newest()[: PER_SECTION + 1]
           for section in sections},
    )  # fmt: skip
    lead = placed.get("lead") or next(iter(lists["wire"]), None)
    blocks = []
    for section in sections:
        top = [placed[section.key]] if section.key in placed else []
        rows = [card for card in _once(top + lists[f"section:{section.id}"]) if not lead or card.id != lead.id]
        blocks.append({"section": section, "cards": rows[:PER_SECTION]})
    return {
        "lead": lead,
        "wire": [card for card in lists["wire"] if not lead or card.id != lead.id][: WIRE - 3],
        "blocks": [block for block in blocks if block["cards"]],
        "liked": sorted(lists["liked"], key=lambda card: card.like_score or 0, reverse=True),
        "places": _places(lists["located"]),
        "editors": navigation.editors(),
        "now": at or timezone.now(),
    }


def _once(rows):
    return list({card.id: card for card in rows}.values())


def _placed(language, at):
    """{"lead": Card, <section key>: Card}: of several placements in one slot, the latest."""
    current = Placement.objects.current(language, at).order_by("shown_from", "id")
    slots = dict(current.values_list("article_id", "slot"))
    if not slots:
        return {}
    public = Article.objects.public(language, at).filter(pk__in=slots)
    order = list(slots)
    found = sorted(cards(public), key=lambda card: order.index(card.id))
    return {"lead" if slots[card.id] == Placement.Slot.LEAD else card.category_key: card for card in found}


def _places(located):
    """[(name, latitude, longitude, number of stories), …], the place of the newest story first."""
    counts = Counter((card.place_name, card.latitude, card.longitude) for card in located)
    return [(*place, number) for place, number in counts.items()]
