"""Stories to place on the front page: the newest, or those that a few words or a record number find."""

from django.utils import timezone

from articles import desk_search, navigation, placing

from . import clock

SHOWN = 20


def stories_to_choose(language, q, place, placed):
    """Newest first, those to come included; what is placed already is left out unless it is asked for."""
    rows = placing.stories_to_place(language)
    if place and place.section:
        rows = rows.filter(category__in=[row.id for row in navigation.sections(language) if row.key == place.section])
    rows = desk_search.narrow(rows, q) if q else rows.exclude(pk__in=placed)
    found, now = list(rows.newest()[:SHOWN]), timezone.now()
    for story in found:
        story.is_to_come = story.public_at > now
        story.when = clock.short(story.public_at, now)
    return found
