"""What readers' pages say of a photo's origin. Each sentence is true of every photo with that mark, checked or not."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy, pgettext_lazy

from photos.models import Photo

Mark = Photo.Mark
SENTENCES = {
    Mark.AI_GENERATED: gettext_lazy(
        "A machine made this picture. No camera was present, and it is no record of what happened."
    ),
    Mark.AI_EDITED: gettext_lazy(
        "A machine made or changed parts of this picture. It is not the picture as it was first made."
    ),
    Mark.PHOTOGRAPH: gettext_lazy("Taken with a camera. The credit names who made it or owns it."),
    Mark.ILLUSTRATION: gettext_lazy("A drawing or a graphic. It shows what its maker set down, not what a camera saw."),
}
# As on the edge of a film: there is room for one short word.
SHORT = {
    Mark.AI_GENERATED: pgettext_lazy("edge of a film", "AI"),
    Mark.AI_EDITED: pgettext_lazy("edge of a film", "AI edit"),
    Mark.PHOTOGRAPH: pgettext_lazy("edge of a film", "photo"),
    Mark.ILLUSTRATION: pgettext_lazy("edge of a film", "drawing"),
}
COUNTS = {
    Mark.AI_GENERATED: ngettext_lazy("%(number)d AI-generated", "%(number)d AI-generated", "number"),
    Mark.AI_EDITED: ngettext_lazy("%(number)d AI-edited", "%(number)d AI-edited", "number"),
    Mark.PHOTOGRAPH: ngettext_lazy("%(number)d photograph", "%(number)d photographs", "number"),
    Mark.ILLUSTRATION: ngettext_lazy("%(number)d illustration", "%(number)d illustrations", "number"),
}
FRAMES = ngettext_lazy("%(number)d frame", "%(number)d frames", "number")


def counted(marks):
    """“9 frames: 7 AI-generated, 1 illustration, 1 photograph”, the commonest first."""
    numbers = {mark: marks.count(mark) for mark in Mark if mark in marks}
    commonest_first = sorted(numbers, key=numbers.get, reverse=True)
    return _("%(frames)s: %(by_origin)s") % {
        "frames": _unbroken(FRAMES, len(marks)),
        "by_origin": ", ".join(_unbroken(COUNTS[mark], numbers[mark]) for mark in commonest_first),
    }


def _unbroken(words, number):
    """The number stays on the line of what it counts."""
    return (words % {"number": number}).replace(" ", "\xa0")
