"""The text of an open form that nobody has saved yet, kept on the server: no history, and gone once it is saved.

keep()      what the form holds now, under the key of the opened form
forget()    it was saved, or thrown away
newest_of(), asked_for()   what a person may take back
as_initial(), rows_of(), pairs_of()   between the pairs that a browser sends and what the form is filled with
"""

import datetime as dt
import json
import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from newsroom.errors import NotAllowed

from .desk_formsets import number_in
from .models import UnsavedText

KEPT_FOR = dt.timedelta(days=30)
MOST_TEXTS, MOST_BYTES, MOST_PAIRS = 50, 300_000, 1500
NEVER = {"csrfmiddlewaretoken", "desk_key"}
ROWS = {"sources": ("source", "url", "title", "published"), "photos": ("photo", "alt", "caption")}
SIMPLE = ("title", "slug", "interpreter", "body", "category", "author", "origin")


def read_pairs(text):
    """[[name, value], …] out of what a browser sent as JSON. Raises ValidationError."""
    try:
        pairs = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValidationError(_("The form's text cannot be read.")) from error
    fits = isinstance(pairs, list) and len(pairs) <= MOST_PAIRS and all(_is_pair(pair) for pair in pairs)
    if not fits:
        raise ValidationError(_("The form's text cannot be read."))
    return [[_storable(part) for part in pair] for pair in pairs if pair[0] not in NEVER]


def _is_pair(pair):
    return isinstance(pair, list) and len(pair) == 2 and all(isinstance(part, str) for part in pair)


def _storable(text):
    """Without what no column takes: NUL, and halves of a character that a script may cut apart."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()


@transaction.atomic
def keep(user, article, language, *, key, based_on, pairs):
    """Keeps the pairs in place of what the same form had sent before. A key belongs to the person who came with it."""
    if UnsavedText.objects.filter(key=key).exclude(user=user).exists():
        raise NotAllowed(_("This text belongs to somebody else."))
    values = {
        "user": user,
        "article": article,
        "language": language,
        "title": dict(pairs).get("title", "").strip()[:160],
        "based_on": based_on,
        "fields": pairs,
        "kept_at": timezone.now(),
    }
    row, is_new = UnsavedText.objects.update_or_create(key=key, defaults=values)
    if is_new:
        _prune(user)
    return row


def _prune(user):
    UnsavedText.objects.filter(kept_at__lt=timezone.now() - KEPT_FOR).delete()
    older = UnsavedText.objects.filter(user=user).order_by("-kept_at").values_list("key", flat=True)[MOST_TEXTS:]
    UnsavedText.objects.filter(key__in=list(older)).delete()


def forget(user, key):
    if key:
        UnsavedText.objects.filter(key=key, user=user).delete()


def newest_of(user, article, language):
    """The person's newest unsaved text of this story, or of a story of this language that does not exist yet."""
    texts = UnsavedText.objects.filter(user=user, article=article, kept_at__gte=timezone.now() - KEPT_FOR)
    if article is None:
        texts = texts.filter(language=language)
    return texts.defer("fields").order_by("-kept_at").first()


def as_initial(pairs, names):
    """What a form with these fields is filled with, so that it shows what was typed."""
    values = dict(pairs)
    initial = {name: values[name] for name in names if name in values}
    if "publish_at_0" in values:
        initial["publish_at"] = [values["publish_at_0"], values.get("publish_at_1", "")]
    return initial


def rows_of(pairs, prefix, most):
    """The rows of a formset in the order that the person gave, without those marked for removal and the empty ones."""
    values = dict(pairs)
    total = min(number_in(values.get(f"{prefix}-TOTAL_FORMS")) or 0, 2 * most)
    rows = []
    for index in range(total):
        row = {name: values.get(f"{prefix}-{index}-{name}", "") for name in ROWS[prefix]}
        if any(row.values()) and f"{prefix}-{index}-DELETE" not in values:
            rows.append((number_in(values.get(f"{prefix}-{index}-ORDER")) or total + 1, row))
    return [row for _order, row in sorted(rows, key=lambda numbered: numbered[0])]


def pairs_of(content, typed):
    """A content as the form would send it; what is no content (times, reviewer) as in the typed pairs."""
    kept = [pair for pair in typed if not pair[0].startswith(("sources-", "photos-"))]
    values = {name: content[name] for name in SIMPLE}
    values |= {"key_points": "\n".join(content["key_points"]), "tags": ", ".join(content["tags"])}
    values["place"] = content["place"] or ""
    for prefix, names in ROWS.items():
        rows = content[prefix]
        values |= {f"{prefix}-TOTAL_FORMS": str(len(rows)), f"{prefix}-INITIAL_FORMS": "0"}
        for index, row in enumerate(rows):
            values |= {f"{prefix}-{index}-{name}": str(row[name]) for name in names}
            values[f"{prefix}-{index}-ORDER"] = str(index + 1)
    return [pair for pair in kept if pair[0] not in values] + [list(pair) for pair in values.items()]


def asked_for(story_admin, request, object_id):
    """The text that the address of the form's page asks to take back (?take=<key>), or None."""
    key, pk = _uuid_in(request.GET["take"]), number_in(object_id)
    text = UnsavedText.objects.filter(key=key, user_id=request.user.pk, article=pk).first() if key else None
    if text is None:
        sentence = _("That text is not kept any longer: it was saved or thrown away. Here stands what is saved.")
        story_admin.message_user(request, sentence, messages.WARNING)
    return text


def page_after_save(article, key):
    """The story's page; it tells the browser that its own copy of the text may go."""
    query = {"saved": key} if _uuid_in(key) else None
    return reverse("admin:articles_article_change", args=[article.pk], query=query)


def page_to_take(text):
    pk = text.article_id
    address = reverse(f"admin:articles_article_{'change' if pk else 'add'}", args=[pk] if pk else [])
    return f"{address}?take={text.key}"


def _uuid_in(text):
    try:
        return uuid.UUID(text)
    except (TypeError, ValueError, AttributeError):
        return None
