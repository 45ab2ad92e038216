"""A writer's standing: what moderators have said of an account or of a browser, and of the network it writes from.

`who` is a Comment or a Commenter everywhere. The row is made by the first thing that a moderator does. Each act is one
transaction with its line in the log; no network stands in the log, and none is kept when its ban is over.
"""

import datetime as dt
import hashlib

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .models import Comment, Commenter, Decision, NetworkBan
from .moderation import Overtaken, decide, refusal

Standing, Action = Commenter.Standing, Decision.Action
# An undo takes back the last line of its group: an act changes these fields and keeps how they were.
STANDINGS = {"standing": "", "until": None}
WARNINGS = {"warning": "", "warned_at": None, "acknowledged_at": None}
GROUPS = {**dict.fromkeys(Standing.values, STANDINGS), Action.WARN: WARNINGS, Action.ACKNOWLEDGE: WARNINGS}
LONGEST_BAN = 30  # days: as long as a comment's own network is kept
MOST_REJECTED = 200
NOT_OF_STAFF = gettext_lazy(
    "“%(name)s” is an account of the staff, and those are not moderated: they have their rights from the page Staff."
)


def find(who):
    """The row of who wrote this, None where no moderator has said anything of them."""
    if isinstance(who, Commenter):
        return who
    key = _key(who.user_id, who.reader)
    return Commenter.objects.filter(**key).first() if key else None


def find_writer(user, reader):
    """The same for somebody who is about to write: the account, else the browser (Comment.reader)."""
    key = _key(user and user.pk, reader)
    return Commenter.objects.filter(**key).first() if key else None


def written_by(who):
    """All comments of this account or browser that their writer has not deleted."""
    key = _key(who.user_id, who.reader)
    return Comment.objects.filter(**key) if key else Comment.objects.none()


def standing_of(commenter, now):
    """What holds now: a suspension that is over is nothing any more."""
    if commenter is None or (commenter.standing == Standing.SUSPENDED and commenter.until <= now):
        return Standing.NORMAL
    return Standing(commenter.standing)


def open_warning(commenter):
    """The text that must be acknowledged before the next comment, '' for none."""
    return commenter.warning if commenter and commenter.acknowledged_at is None else ""


def warning_seal(text):
    """Stands for the words of a warning, so that its writer acknowledges those that they have read."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def is_network_banned(network, now):
    return bool(network) and NetworkBan.objects.filter(network=network, until__gt=now).exists()


@transaction.atomic
def set_standing(who, standing, user, *, until=None, why="", seen=None):
    """`until` is for a suspension alone; `seen`: the standing that the moderator's page showed.

    Raises ValidationError with a sentence where it cannot be, Overtaken where a colleague changed it meanwhile. Returns
    the Decision, None where nothing changed.
    """
    row = _open(who)
    if seen not in (None, row.standing) and (last := _newest(row, STANDINGS)):
        raise Overtaken(last)
    if standing != Standing.NORMAL:
        _refuse_staff(row)
    if (standing == Standing.SUSPENDED) != (until is not None) or (until and until <= timezone.now()):
        raise ValidationError(_("A suspension needs an end that lies ahead, and nothing else has one."))
    if (row.standing, row.until) == (standing, until):
        return None
    return _change(row, who, Action(standing), user, why, standing=standing, until=until)


@transaction.atomic
def warn(who, text, user):
    """Asks for a text to be acknowledged before the next comment. It replaces a warning from before."""
    row = _open(who)
    _refuse_staff(row)
    changes = {"warning": text, "warned_at": timezone.now(), "acknowledged_at": None}
    return _change(row, who, Action.WARN, user, text, **changes)


@transaction.atomic
def acknowledge(commenter, seal=None):
    """Its writer has read the warning. Returns the line of the log, None where none was open, or another than was read
    (`seal`)."""
    row = _open(commenter)
    if not open_warning(row) or seal not in (None, warning_seal(row.warning)):
        return None
    return _change(row, row, Action.ACKNOWLEDGE, None, "", acknowledged_at=timezone.now())


@transaction.atomic
def note(who, text, user):
    """What a moderator wants colleagues to know of this writer, who never sees it."""
    return _log(_open(who), who, Action.NOTE, user, text)


@transaction.atomic
def ban_network(who, days, user, why=""):
    """No comments from where this one, or their newest, came from. A ban that stands there gets the new end."""
    row = _open(who)
    _refuse_staff(row)
    # Asked for again: since the page was made, `tick` may have erased it.
    rows = Comment.objects.filter(pk=who.pk) if isinstance(who, Comment) else written_by(row)
    network = rows.exclude(network="").order_by("-id").values_list("network", flat=True).first()
    if not network:
        raise ValidationError(_("Where this came from is no longer known: that is erased after 30 days."))
    if not 0 < days <= LONGEST_BAN:
        raise ValidationError(_("A network is banned for at most %(days)d days.") % {"days": LONGEST_BAN})
    until = timezone.now() + dt.timedelta(days=days)
    NetworkBan.objects.update_or_create(network=network, defaults={"until": until, "commenter": row})
    return _log(row, who, Action.BAN_NETWORK, user, why, ends=until)


@transaction.atomic
def lift_network(ban, user, why=""):
    """Returns the Decision, None where the ban is over or a colleague lifted it."""
    ban = NetworkBan.objects.select_for_update().filter(pk=ban.pk).first()
    if ban is None:
        return None
    ban.delete()
    return Decision.objects.create(commenter_id=ban.commenter_id, action=Action.LIFT_NETWORK, user=user, why=why)


@transaction.atomic
def undo(decision, user):
    """Brings back the standing, or the warning, from before this decision. Returns the Decision that does it.

    As of comments (moderation.undo): what was decided and undone since does not count.
    """
    row = _open(decision.commenter)
    group = GROUPS.get(decision.action)
    if group is None or decision.action == Action.ACKNOWLEDGE:
        raise ValidationError(_("This cannot be undone."))
    if Decision.objects.filter(undoes=decision).exists():
        raise ValidationError(_("That was undone already."))
    last = row.decisions.filter(lasting(group)).select_related("user").order_by("-id").first()
    if last.action == Action.ACKNOWLEDGE:
        raise ValidationError(_("The warning was acknowledged meanwhile."))
    if last.pk != decision.pk:
        raise Overtaken(last)
    # Times are read as they stand in the JSON.
    changes = {name: decision.was.get(name, empty) for name, empty in group.items()}
    return _change(row, row, Action.UNDO, user, "", undoes=decision, **changes)


def reject_waiting(who, user, why=""):
    """Rejects what of them waits, each in a transaction of its own. Returns how many; what is refused is left as it is.

    A colleague's decision of the same moment stands.
    """
    rows, done = written_by(who).filter(status=Comment.Status.PENDING).order_by("-id")[:MOST_REJECTED], 0
    for comment in rows:
        try:
            done += decide(comment, refusal(comment), user, count=comment.decision_count, why=why) is not None
        except ValidationError:
            continue
    return done


def _key(user_id, reader):
    """What a writer's comments, and their row, are found by; None for nobody."""
    if user_id:
        return {"user_id": user_id}
    return {"reader": reader} if reader else None


def _open(who):
    """The row, made where there is none, and locked: of two moderators at once the second waits for the first."""
    if isinstance(who, Comment):
        key = _key(who.user_id, who.reader)
        if not key:
            raise ValidationError(_("Nothing says who wrote this: it was deleted, or is not from a reader."))
        who, _is_new = Commenter.objects.get_or_create(**key, defaults={"name": who.name})
    return Commenter.objects.select_for_update(of=("self",)).select_related("user").get(pk=who.pk)


def _refuse_staff(row):
    if row.user and row.user.is_staff:
        raise ValidationError(NOT_OF_STAFF % {"name": row.user})


def _actions(group):
    return [action for action, fields in GROUPS.items() if fields is group]


def lasting(group):
    """Of lines of the log: those that changed what the group is of and were not undone. The last of them can be."""
    return Q(action__in=_actions(group), undone_by=None)


def _newest(row, group):
    """The last line that changed what the group is of, an undo or not."""
    actions = _actions(group)
    lines = row.decisions.filter(Q(action__in=actions) | Q(undoes__action__in=actions))
    return lines.select_related("user").order_by("-id").first()


def _change(row, who, action, user, why, undoes=None, **changes):
    group = GROUPS[undoes.action if undoes else action]
    was = {name: getattr(row, name) for name in group}
    for name, value in changes.items():
        setattr(row, name, value)
    row.save(update_fields=list(changes))
    return _log(row, who, action, user, why, undoes, ends=changes.get("until"), **was)


def _log(row, who, action, user, why, undoes=None, **was):
    """The comment is named, but the line is not one of its own decisions: those are undone in their order."""
    if isinstance(who, Comment):
        was["comment"] = who.pk
    newest = written_by(row).order_by("-id").values_list("name", flat=True).first()
    if newest and newest != row.name:
        row.name = newest
        row.save(update_fields=["name"])
    was = {name: value.isoformat() if isinstance(value, dt.datetime) else value for name, value in was.items()}
    return Decision.objects.create(commenter=row, action=action, user=user, why=why, was=was, undoes=undoes)
