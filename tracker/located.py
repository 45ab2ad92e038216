"""The newest stories that have a place, grouped by place."""

from dataclasses import dataclass, field
from typing import NamedTuple

from articles.models import Article
from newsroom.language import prefix, text_in

from .globe import coordinates
from .marks import Spot

NEWEST = 60
COLUMNS = [
    *("title", "slug", "category__slug", "category__key", "category__name", "public_at", "is_demo"),
    *("place__key", "place__texts", "place__latitude", "place__longitude"),
]


class LocatedStory(NamedTuple):
    title: str
    path: str
    section: str
    section_name: str
    public_at: object
    is_demo: bool


@dataclass
class LocatedPlace:
    key: str
    name: str
    latitude: float
    longitude: float
    position: str
    stories: list = field(default_factory=list)
    # The key of the mark that shows it on the map; '' beyond the horizon.
    mark: str = ""

    @property
    def spot(self):
        return Spot(self.name, self.latitude, self.longitude, len(self.stories), self.key)


def located_places(language):
    """The places of the newest located stories, each with its stories, the place of the newest first. One query."""
    rows = Article.objects.public(language).filter(place__isnull=False).newest().values_list(*COLUMNS)[:NEWEST]
    places = {}
    for title, slug, category, *about, key, texts, latitude, longitude in rows:
        if key not in places:
            name, position = text_in(texts, language, "name") or key, coordinates(latitude, longitude, language)
            places[key] = LocatedPlace(key, name, latitude, longitude, position)
        path = f"{prefix(language)}/{category}/{slug}/"
        places[key].stories.append(LocatedStory(title, path, *about))
    return list(places.values())
