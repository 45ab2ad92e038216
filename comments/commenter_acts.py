"""The form in which a moderator says what holds for a writer, what is done by it, and the sentence that says so."""

import datetime as dt
from typing import NamedTuple

from django import forms
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from newsroom.backoffice import TidyTexts

from . import commenters
from .models import Commenter, Decision, NetworkBan
from .queue_forms import UNKNOWN

Standing = Commenter.Standing
SAYING, LIFT = ["warn", "note"], "lift"
DAYS, NETWORK_DAYS = [1, 3, 7, 30, 90, 365], [1, 7, 30]
NEEDED = gettext_lazy("Write what it is about: nothing was done yet.")
DONE = {
    "normal": gettext_lazy("“%(name)s” is treated as everybody."),
    "trusted": gettext_lazy("“%(name)s” is trusted."),
    "held": gettext_lazy("Every comment of “%(name)s” waits for a moderator."),
    "suspended": gettext_lazy("“%(name)s” is suspended until %(time)s."),
    "banned": gettext_lazy("“%(name)s” is banned."),
    "network": gettext_lazy("The network is banned until %(time)s."),
    "lifted": gettext_lazy("The ban of the network is lifted."),
    "warn": gettext_lazy("“%(name)s” must acknowledge the warning before the next comment."),
    "note": gettext_lazy("The note on “%(name)s” is kept."),
}


class ActForm(TidyTexts, forms.Form):
    """One act: a standing, perhaps with a ban of the network and all that waits, or a warning, a note, a lifted ban."""

    action = forms.ChoiceField(choices=[(name, name) for name in [*Standing.values, *SAYING, LIFT]])
    # The standing that the page showed.
    seen = forms.ChoiceField(choices=Standing, required=False)
    days = forms.TypedChoiceField(coerce=int, choices=[(days, days) for days in DAYS], required=False, empty_value=0)
    network_days = forms.TypedChoiceField(
        coerce=int, choices=[(days, days) for days in NETWORK_DAYS], required=False, empty_value=0
    )
    reject_waiting = forms.BooleanField(required=False)
    why = forms.CharField(max_length=500, required=False, widget=forms.Textarea)
    ban = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)

    def clean(self):
        data = super().clean()
        action = data.get("action")
        # Without it the second of two moderators would not be told.
        if action in Standing.values and not data.get("seen") and "seen" not in self.errors:
            self.add_error("seen", UNKNOWN)
        if action == Standing.SUSPENDED and not data.get("days") and "days" not in self.errors:
            self.add_error("days", _("Choose for how many days."))
        if action in SAYING and not data.get("why") and "why" not in self.errors:
            self.add_error("why", NEEDED)
        return data


class Done(NamedTuple):
    """`decision`: the line of the log, None where everything stood like that; of two that of the standing."""

    decision: Decision | None
    sentence: str
    rejected: int = 0


def act(who, data, user):
    """Does what a valid form asks for. Raises ValidationError with a sentence, Overtaken among them.

    Standing and network are one transaction; each comment that is rejected with them has one of its own.
    """
    if data["action"] == LIFT:
        return _said([_lift(data, user)], who)
    if data["action"] in SAYING:
        does = {"warn": commenters.warn, "note": commenters.note}[data["action"]]
        return _said([does(who, data["why"], user)], who)
    done = _said(_stand(who, data, user), who)
    if not data["reject_waiting"]:
        return done
    rejected = commenters.reject_waiting(who, user, data["why"])
    sentence = ngettext(
        "%(count)d comment that waited was rejected.", "%(count)d comments that waited were rejected.", rejected
    )
    return Done(done.decision, f"{done.sentence} {sentence % {'count': rejected}}", rejected)


@transaction.atomic
def _stand(who, data, user):
    now, standing, why = timezone.now(), data["action"], data["why"]
    until = now + dt.timedelta(days=data["days"]) if standing == Standing.SUSPENDED else None
    made = [commenters.set_standing(who, standing, user, until=until, why=why, seen=data["seen"])]
    if data["network_days"]:
        made.append(commenters.ban_network(who, data["network_days"], user, why))
    return made


def _lift(data, user):
    ban = NetworkBan.objects.filter(pk=data["ban"] or 0).first()
    return commenters.lift_network(ban, user, data["why"]) if ban else None


def _said(made, who):
    made = [decision for decision in made if decision]
    if not made:
        return Done(None, _("Everything stands like that already. Nothing was changed."))
    return Done(made[0], " ".join(_sentence(decision, who) for decision in made))


def _sentence(decision, who):
    """By the name that the moderator has before them: a writer may have several."""
    ends = decision.was.get("ends")
    time = date_format(timezone.localtime(dt.datetime.fromisoformat(ends)), "DATETIME_FORMAT") if ends else ""
    return DONE[decision.action] % {"name": (who or decision.commenter).name, "time": time}
