"""What the desk says under "Before it goes out": only what the form itself proves, true or not yet."""

from typing import NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .dialect import photo_ids
from .models import Article
from .publishing import persona_called

POINTS = range(3, 6)
NEEDED = ("title", "body", "category", "author", "origin")


class Check(NamedTuple):
    """`link` leads to where it is mended, `word` is its text; both empty when all is well."""

    is_ok: bool
    sentence: str
    link: str = ""
    word: str = ""


def checks(form, user):
    """The checks of a story form, opened or posted; the same that publishing asks for, and what good practice adds."""
    found = [_needed(form), _honest(form), _summary(form), _sources(form), *_photos(form)]
    return [check for check in found if check] + _translations(form, user)


def _value(form, name):
    return str(form[name].value() or "").strip()


def _needed(form):
    missing = [name for name in NEEDED if not _value(form, name)]
    if not missing:
        return Check(True, _("Title, text, section, author, origin"))
    names = ", ".join(str(form.fields[name].label) for name in missing)
    return Check(False, _("Still empty: %(names)s") % {"names": names}, f"#id_{missing[0]}", _("Show"))


def _honest(form):
    if _value(form, "origin") == Article.Origin.HUMAN and persona_called(_value(form, "author")):
        return Check(False, _("An AI editor signs nothing that a person wrote"), "#id_origin", _("Show"))
    return None


def _summary(form):
    points = len([line for line in _value(form, "key_points").splitlines() if line.strip()])
    if not _value(form, "interpreter"):
        return Check(False, _("No interpreter yet"), "#id_interpreter", _("Show"))
    if points not in POINTS:
        sentence = ngettext(
            "%(count)d key point; three to five are right", "%(count)d key points; three to five are right", points
        )
        return Check(False, sentence % {"count": points}, "#id_key_points", _("Show"))
    sentence = ngettext("Interpreter and %(count)d key point", "Interpreter and %(count)d key points", points)
    return Check(True, sentence % {"count": points})


def _sources(form):
    """A rewritten story names what it is rewritten from; any source is better with a link to the original itself."""
    rows = [row for row in form.sources.typed_rows() if row.get("source")]
    where = "#sources-heading"
    if not rows:
        if _value(form, "origin") != Article.Origin.AI_REWRITTEN:
            return None
        return Check(False, _("A rewritten story must name its source"), where, _("Show"))
    if not all(row.get("url") for row in rows):
        return Check(False, _("A source has no link to the original"), where, _("Show"))
    return Check(True, ngettext("Source linked", "Sources linked", len(rows)))


def _photos(form):
    rows, where = form.photos.seen_rows(), "#photos-heading"
    strangers = photo_ids(_value(form, "body")) - {photo.pk for photo, _alt in rows}
    if strangers:
        sentence = _("The text shows photo %(id)d, which is not among the story's photos")
        yield Check(False, sentence % {"id": min(strangers)}, where, _("Show"))
    bare = sum(not alt for _photo, alt in rows)
    if not rows:
        yield Check(False, _("No photo yet"), where, _("Add"))
    elif bare:
        sentence = ngettext("%(count)d photo has no description", "%(count)d photos have no description", bare)
        yield Check(False, sentence % {"count": bare}, where, _("Show"))
    elif all(photo.credit and photo.mark for photo, _alt in rows):
        yield Check(True, _("Every photo has description, credit, origin"))


def _translations(form, user):
    """One for each other language of the edition. A story that was never saved has none to speak of."""
    story = form.instance
    if not story.pk:
        return []
    family = Article.objects.filter(translation_key=story.translation_key).exclude(pk=story.pk)
    there = set(family.values_list("language", flat=True))
    others = [(code, name) for code, name in settings.LANGUAGES if code != story.language]
    return [_translation(story, code, name, code in there, user) for code, name in others]


def _translation(story, code, name, is_there, user):
    if is_there:
        return Check(True, _("%(language)s: there is a text") % {"language": capfirst(name)})
    sentence = _("%(language)s: no text yet") % {"language": capfirst(name)}
    if not user.has_perm("articles.add_article"):
        return Check(False, sentence)
    link = reverse("admin:articles_article_add", query={"language": code, "translation_of": story.pk})
    return Check(False, sentence, link, _("Translate"))
