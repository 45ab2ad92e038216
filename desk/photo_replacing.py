"""A photo is replaced: another takes its place in every story and portrait, each story with a revision that says so.

The file and the origin of a photo never change in place. First the old photo gives way (from then on every save of a
story takes the new one, articles/successors.py), then the stories follow, one transaction each. Whatever interrupts
that, the page of the old photo shows the stories that are left, and running again changes those alone.
"""

from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from articles.models import Article
from articles.publishing import locked, publish, save_story
from authors.models import Author

from .photo_uses import shows, story_ids, waiting_ids

# Stories that one request brings up to date: each costs a few saves.
MOST_AT_ONCE = 100
OUT = [Article.Status.RETRACTED]


class Outcome(NamedTuple):
    changed: list
    # [(story, [sentence, …]), …]
    refused: list


def stories_showing(photo):
    """The stories that replacing the photo changes. A retracted one stays as it was withdrawn."""
    ids = {*story_ids(photo), *waiting_ids(photo)}
    return Article.objects.filter(pk__in=ids).exclude(status__in=OUT).order_by("-edited_at", "-id")


def follow(photo, user, most=MOST_AT_ONCE):
    """Gives the successor of a replaced photo to the authors and to the next stories that still show the old one."""
    Author.objects.filter(portrait=photo).update(portrait=photo.replaced_by)
    outcome = Outcome([], [])
    for article in stories_showing(photo)[:most]:
        try:
            renew(article, photo, user)
            outcome.changed.append(article)
        except ValidationError as error:
            outcome.refused.append((article, error.messages))
    return outcome


@transaction.atomic
def renew(article, photo, user):
    """Saves what the public reads, what is planned and what is newest again, in this order, each as far as needed.

    So readers see the new photo at once, a planned update goes out at its time, and the work that waits stays newest.
    """
    article = locked(article)
    newest, asked_at = article.newest_revision(), article.review_asked_at
    if not article.is_public:
        _saved(article, newest, photo, user)
        return
    shown, planned, planned_at = article.revision, article.update_revision, article.update_at
    again = {}
    for revision in dict.fromkeys(each for each in (shown, planned, newest) if each):
        if shows(photo, revision.content) or (again and revision == newest):
            again[revision] = _saved(article, revision, photo, user)
            if revision == shown:
                publish(article, revision=again[shown])
    if planned and again:
        publish(article, at=planned_at, revision=again.get(planned, planned))
    Article.objects.filter(pk=article.pk).update(review_asked_at=asked_at)


def _saved(article, revision, photo, user):
    """The same content once more; saving it exchanges the photo."""
    with override(article.language):
        reason = _("Photo replaced: %(title)s") % {"title": photo.title}
    save_story(
        revision.content,
        language=article.language,
        article=article,
        user=user,
        reason=reason[:300],
        translated_from=revision.translated_from,
    )
    return article.newest_revision()
