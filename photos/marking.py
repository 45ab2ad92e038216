"""The rule that no photo says less of AI than its own file does, unless a person writes why the file is wrong."""

import json

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .models import Photo
from .source_types import MEANINGS

# The marks that admit what a file declares. The constraint photo_admits_ai says the same to the database.
ADMITTING = {
    Photo.Mark.AI_GENERATED: [Photo.Mark.AI_GENERATED],
    Photo.Mark.AI_EDITED: [Photo.Mark.AI_GENERATED, Photo.Mark.AI_EDITED],
}


def says_less(mark, declared):
    return declared in ADMITTING and mark not in ADMITTING[declared]


def ai_words():
    """JSON of {word: mark} for the scripts that look into a file before it is sent, what admits most first."""
    return json.dumps({word.lower(): mark for mark in ADMITTING for word in MEANINGS[mark]})


def require_reason(photo):
    """Drops a reason that is not needed; raises ValidationError on its field where one is needed and is not there."""
    if not says_less(photo.mark, photo.declared):
        photo.mark_reason = ""
    elif not photo.mark_reason:
        sentence = _("The file itself says “%(declared)s”. Choose that as its origin, or write why the file is wrong.")
        raise ValidationError({"mark_reason": sentence % {"declared": photo.get_declared_display()}})
