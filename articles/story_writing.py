"""What the story's page gives its script beside the form: limits, words, addresses, the other language's versions."""

from django.conf import settings
from django.http import JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from photos.marking import ai_words
from photos.models import Photo

from .content import LIMITS, MOST
from .models import Article, Revision, Tag
from .story_checks import checks

# (from where on a counter speaks up, what is refused)
COUNTERS = {
    "title": (90, LIMITS["title"]),
    "interpreter": (280, LIMITS["interpreter"]),
    "key_points": (MOST["key_points"], MOST["key_points"]),
    "tags": (MOST["tags"], MOST["tags"]),
}
MOST_TAG_NAMES = 10


def writing(request, article, form):
    """Context of change_form.html for somebody who may write."""
    library = reverse("admin:photos_photo_changelist")
    return {
        "checks": checks(form, request.user),
        "counters": {name: {"soft": soft, "most": most} for name, (soft, most) in COUNTERS.items()},
        "looks": _looks(article) if article else [],
        "look_language": form.story_language.upper(),
        "library_url": library,
        "photo_upload_url": f"{library}upload/",
        "photo_pick_url": f"{library}pick/",
        "photo_marks": Photo.Mark.choices,
        "ai_words": ai_words(),
        "last_photo": Photo.objects.filter(uploaded_by=request.user).order_by("-id").only("credit", "mark").first(),
        "may_upload": request.user.has_perm("photos.add_photo"),
        "story_words": words(),
        "section_paths": form.section_paths,
        "edition_time_zone": settings.EDITION_TIME_ZONE,
    }


def _looks(article):
    """The newest versions of the story in its other languages: [(code, address of the preview)]."""
    family = Article.objects.filter(translation_key=article.translation_key).exclude(pk=article.pk)
    found = []
    for pk, language in family.values_list("pk", "language"):
        newest = Revision.objects.filter(article=pk, redacted_at=None).order_by("-number").values_list("pk", flat=True)
        if revision := newest.first():
            found.append((language.upper(), reverse("admin:articles_revision_preview", args=[revision])))
    return found


def tag_names(request):
    """Tags that begin as the person types, for the field's suggestions."""
    start = request.GET.get("q", "").strip().lower()[:60]
    names = Tag.objects.filter(name__startswith=start).order_by("name").values_list("name", flat=True)
    return JsonResponse({"names": list(names[:MOST_TAG_NAMES]) if start else []})


def _forms(sentence):
    """A sentence in each form that a number asks for; the script fills the number in (Intl.PluralRules)."""
    return {"one": sentence(1), "few": sentence(2), "other": sentence(5)}


def words():
    """All that the script says, in the language of the desk."""
    return _words_of_the_text() | _words_of_the_pictures()


def _words_of_the_text():
    return {
        "count": _("%(n)s of %(most)s"),
        "countNear": _("%(name)s: %(n)s of %(most)s"),
        "words": _forms(lambda n: ngettext("%(n)s word", "%(n)s words", n)),
        "minutes": _("%(n)s min"),
        "photos": _forms(lambda n: ngettext("%(n)s photo", "%(n)s photos", n)),
        "footnotes": _forms(lambda n: ngettext("%(n)s footnote", "%(n)s footnotes", n)),
        "linkText": _("link text"),
        "tableHead": _("Head"),
        "tableCell": _("Cell"),
        "footnote": _("Footnote"),
        "caption": _("Caption"),
        "point": _("Key point %(n)s"),
        "addPoint": _("Add a key point"),
        "move": _("Move %(name)s: drag it, or Alt and an arrow key"),
        "moved": _("%(name)s is now number %(n)s of %(most)s"),
        "removed": _("%(name)s removed"),
        "removeTag": _("Remove %(name)s"),
        "photoNumber": _("Photo %(n)s: %(name)s"),
        "lead": _("lead"),
        "previewOf": _("Preview of %(time)s"),
        "newestOf": _("Newest version in %(language)s"),
        "previewSlow": _("Making the preview…"),
        "previewNone": _("The preview appears with the first words."),
        "previewStays": _("No newer preview, because:"),
        "previewLost": _("The preview could not be fetched. It is tried again with the next change."),
    }


def _words_of_the_pictures():
    return {
        "uploading": _("%(n)s %% sent"),
        "making": _("Making the sizes…"),
        "tryAgain": _("Try again"),
        "place": _("Upload and place"),
        "useKnown": _("Use that one"),
        "lost": _("The connection was lost. What you typed stands here; try again."),
        "tooLarge": _("This file is larger than the server takes. Make it smaller and try again."),
        "refused": _("The server did not take it (%(status)s). What you typed stands here; try again."),
        "needsDescription": _("This is needed: say what the picture shows."),
        "needsCredit": _("This is needed: who made it or owns it."),
        "needsMark": _("Choose one of the four."),
        "noPicture": _("This is not a picture: %(name)s"),
        "queue": _("Picture %(n)s of %(most)s"),
        "nothingFound": _("No photo found."),
        "placed": _("Photo %(n)s stands in the text."),
        "added": _("Photo %(n)s is among the story's photos."),
    }
