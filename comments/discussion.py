"""What the desk shows and takes of who may comment: the switch of the site, and the settings of one story."""

import datetime as dt

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Discussion
from articles.story_state import moment

from . import policy
from .models import Comment, Decision
from .queue_forms import UNKNOWN

# As far as a story's waiting comments are counted; so many changes are listed.
MOST_WAITING, MOST_CHANGES = 100, 20
CHANGE_DAYS = 30
MODES = {
    Discussion.OPEN: gettext_lazy("Comments appear at once, but for those that a rule of the pipeline holds."),
    Discussion.PREMODERATED: gettext_lazy(
        "Every comment waits for a moderator, but for those of trusted writers and of the staff."
    ),
    Discussion.CLOSED: gettext_lazy("Nobody can write. What stands there stays, and readers are told."),
}
CHOOSE = gettext_lazy("Choose one of: open, pre-moderated, closed.")
DAYS = {
    "invalid": gettext_lazy("Give the days as a number, or leave the field empty."),
    "min_value": gettext_lazy("Give one day or more, or leave the field empty."),
    "max_value": gettext_lazy("At most %(limit_value)d days. Leave the field empty where it never closes."),
}


class SiteForm(forms.Form):
    mode = forms.ChoiceField(choices=Discussion, error_messages={"required": CHOOSE, "invalid_choice": CHOOSE})


class StoryForm(forms.Form):
    """`seen` is how the story stood on the page that was sent."""

    mode = forms.ChoiceField(
        choices=[("", ""), *Discussion.choices], required=False, error_messages={"invalid_choice": CHOOSE}
    )
    days = forms.IntegerField(min_value=1, max_value=policy.MOST_DAYS, required=False, error_messages=DAYS)
    seen = forms.CharField(error_messages={"required": UNKNOWN})
    next = forms.CharField(required=False)


class StoryDiscussion:
    """One story's settings, as its control shows them."""

    def __init__(self, article):
        self.article = article
        self.stats = article.stats
        self.mode, self.days, self.seen = self.stats.discussion, self.stats.discussion_days, policy.standing(self.stats)
        self.modes = Discussion.choices
        self.site = policy.site_mode()
        self.policy = policy.policy_of(article, self.site)

    @property
    def sentence(self):
        """Which mode holds, and why: "Closed." is not enough where somebody looks for the switch."""
        if self.policy.is_site_closed:
            return _("The whole site is closed.")
        name = Discussion(self.mode or self.site).label
        return f"{name}." if self.mode else _("As the whole site: %(mode)s.") % {"mode": name}

    @property
    def closes(self):
        """When it closes or closed by itself; '' where it does not, or is closed already."""
        if self.policy.is_closed and not policy.is_over(self.policy.closes_at):
            return ""
        return policy.closing(self.policy.closes_at)

    @property
    def waiting(self):
        rows = Comment.objects.filter(article=self.article.pk, status=Comment.Status.PENDING)
        number = rows.order_by()[:MOST_WAITING].count()
        return f"{MOST_WAITING - 1}+" if number >= MOST_WAITING else str(number)


def site_modes(mode):
    """[(value, name, what it means, whether it holds)] of the site's switch."""
    return [(value, Discussion(value).label, meaning, value == mode) for value, meaning in MODES.items()]


class Change:
    """A line of the log, as the pages of a discussion show it."""

    def __init__(self, decision):
        self.article, self.user = decision.article, decision.user
        self.time, self.when = decision.made_at, moment(decision.made_at)
        self.said = policy.said(decision.why)


def changes_of(article):
    """What was set for one story, the newest first."""
    return _listed(Decision.objects.filter(article=article.pk).order_by("-id"))


def newest_changes():
    """What was set for the site and any story in the last days, the newest first: the log has all that is older."""
    since = timezone.now() - dt.timedelta(days=CHANGE_DAYS)
    return _listed(Decision.objects.filter(made_at__gte=since).order_by("-made_at"))


def _listed(rows):
    rows = rows.filter(action=Decision.Action.DISCUSSION).select_related("user", "article")
    return [Change(row) for row in rows[:MOST_CHANGES]]
