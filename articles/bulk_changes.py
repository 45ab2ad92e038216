"""Bulk actions that change the content of a story: one field of the newest revision's content, and nothing else.

Each story is a transaction of its own, which reads the newest version under the story's lock: what somebody saved in
between is what is changed, and no newer text is ever overwritten. What undo() needs is returned by run() and kept by
bulk.py.
"""

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from . import publishing
from .bulk_forms import Left, MoveForm, TagsForm, check_kept
from .content import MOST
from .models import Category
from .story_state import moment


def _newest(article):
    newest = article.newest_revision()
    if newest is None or newest.redacted_at:
        raise Left(_("Its newest version cannot be read: it is missing or redacted."))
    return newest


class Change:
    """Base of the actions that change one field of the content. A subclass says which, in content()."""

    needs_publish = False

    def plan(self, article, values, may_publish):
        """What would happen, as a sentence. Raises Left."""
        check_kept(article)
        newest = _newest(article)
        self.content(article, newest.content, values)
        if article.is_scheduled:
            if not may_publish:
                raise Left(_("Scheduled: only somebody who may publish can change it now."))
            return _("Goes out with the change at %(time)s.") % {"time": moment(article.public_at)}
        if not article.is_public:
            return _("Changed; only the desk sees this story.")
        if article.update_at:
            values = {"time": moment(article.update_at)}
            return _("The change waits; the update planned for %(time)s goes out without it.") % values
        if newest.pk != article.revision_id:
            return _("The change joins the update that waits.")
        if values.get("publish_too") and may_publish:
            return _("Readers see the change at once.")
        return _("The change waits until somebody publishes it.")

    def run(self, article, values, user, may_publish, since):
        return self._done_before(article, values, user, since) or self._save(article, values, user, may_publish)

    def _done_before(self, article, values, user, since):
        """A step that was broken off after its work is not done twice."""
        newest = article.newest_revision()
        if newest is None or newest.number == 1 or newest.created_by_id != user.pk or newest.created_at < since:
            return None
        if newest.reason != self.reason(values):
            return None
        return {"number": newest.number, "published": article.is_public and article.revision_id == newest.pk}

    @transaction.atomic
    def _save(self, article, values, user, may_publish):
        article = publishing.locked(article)
        self.plan(article, values, may_publish)
        newest = _newest(article)
        story = publishing.save_story(
            self.content(article, newest.content, values),
            language=article.language,
            article=article,
            user=user,
            reason=self.reason(values),
            based_on=newest.number,
        )
        publishes = values.get("publish_too") and may_publish and story.is_public and story.revision_id == newest.pk
        if publishes and not story.update_at:
            publishing.publish(story)
        return {"number": newest.number + 1, "published": bool(publishes and not story.update_at)}

    @transaction.atomic
    def undo(self, article, info, user):
        article = publishing.locked(article)
        newest = _newest(article)
        if article.is_scheduled and not user.has_perm("articles.publish_article"):
            raise Left(_("Scheduled: only somebody who may publish can change it now."))
        if newest.number != info["number"]:
            raise Left(_("%(who)s has saved it since; that stays.") % {"who": newest.created_by or _("An import")})
        before = article.revisions.get(number=info["number"] - 1)
        is_public_one = article.is_public and article.revision_id == newest.pk
        story = publishing.restore(article, before, user, based_on=newest.number)
        if info["published"] and is_public_one:
            publishing.publish(story)


class AddTags(Change):
    name, label, form = "bulk_add_tags", gettext_lazy("Add tags"), TagsForm

    def content(self, article, content, values):
        new = [tag for tag in values["tags"] if tag not in content["tags"]]
        if not new:
            raise Left(_("Has this already."))
        if len(content["tags"]) + len(new) > MOST["tags"]:
            raise Left(_("It would have more than %(most)d tags.") % {"most": MOST["tags"]})
        return {**content, "tags": [*content["tags"], *new]}

    def reason(self, values):
        text = ngettext("Bulk: tag added: %(tags)s", "Bulk: tags added: %(tags)s", len(values["tags"]))
        return (text % {"tags": ", ".join(values["tags"])})[:300]


class RemoveTags(Change):
    name, label, form = "bulk_remove_tags", gettext_lazy("Remove tags"), TagsForm

    def content(self, article, content, values):
        kept = [tag for tag in content["tags"] if tag not in values["tags"]]
        if len(kept) == len(content["tags"]):
            raise Left(_("Does not have this."))
        return {**content, "tags": kept}

    def reason(self, values):
        text = ngettext("Bulk: tag removed: %(tags)s", "Bulk: tags removed: %(tags)s", len(values["tags"]))
        return (text % {"tags": ", ".join(values["tags"])})[:300]


class Move(Change):
    name, label, form = "bulk_move", gettext_lazy("Move"), MoveForm

    def content(self, article, content, values):
        if content["category"] == values["section"]:
            raise Left(_("Is in this section already."))
        if not Category.objects.filter(key=values["section"], language=article.language).exists():
            language = _(dict(settings.LANGUAGES)[article.language])
            raise Left(_("This section does not exist in %(language)s.") % {"language": language})
        return {**content, "category": values["section"]}

    def reason(self, values):
        return _("Bulk: moved to section: %(section)s") % {"section": values["section"]}
