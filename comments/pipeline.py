"""What happens to a comment before anybody sees it: the phases in order of the settings, and what follows from them.

The first rejection ends it. Holds add up; an approval lifts those before it that are not firm; with none left, the
comment is approved. A phase that fails is a firm hold: it publishes nothing and loses nothing.
"""

import json
import logging
from typing import NamedTuple

from django.conf import settings
from django.db import connection, transaction

from . import phases
from .candidates import Candidate, Opinion, Verdict
from .models import Comment

__all__ = ["Candidate", "Judgement", "Opinion", "Verdict", "judge"]

logger = logging.getLogger(__name__)
Status = Comment.Status


class Judgement(NamedTuple):
    """`refusal` and `told`: why nothing is stored, for good or until its writer sends it again. `why`: the phase that
    decided, '' for none in particular."""

    status: str
    findings: list
    refusal: Opinion | None = None
    told: Opinion | None = None
    likeness: int = -1
    text_key: str | None = None
    why: str = ""

    @property
    def answer(self):
        """What the writer is told instead of storing the comment; None where it is stored."""
        return self.refusal or self.told


def judge(candidate):
    """Asks the phases, inside of the transaction that stores the comment. Stores nothing itself."""
    findings = []
    for name in settings.MODERATION["phases"]:
        opinion = _ask(name, candidate)
        if opinion is None:
            continue
        findings.append((name, opinion))
        if opinion.verdict == Verdict.REJECT:
            return _rejected(candidate, findings)
    status, why = _weigh(findings)
    return _stored(candidate, status, findings, why)


def _rejected(candidate, findings):
    name, opinion = findings[-1]
    if opinion.may_rewrite and not candidate.is_told:
        return Judgement(Status.REJECTED, findings, told=opinion, why=name)
    if opinion.sentence and not opinion.may_rewrite:
        return Judgement(Status.REJECTED, findings, refusal=opinion, why=name)
    return _stored(candidate, Status.REJECTED, findings, name)


def _weigh(findings):
    """The status that holds and approvals add up to, and the phase that decided."""
    holds, why = [], ""
    for name, opinion in findings:
        if opinion.verdict == Verdict.HOLD:
            holds.append((name, opinion))
        else:
            holds, why = [hold for hold in holds if hold[1].is_firm], name
    return (Status.PENDING, holds[0][0]) if holds else (Status.APPROVED, why)


def _stored(candidate, status, findings, why):
    return Judgement(status, findings, likeness=_likeness(candidate), text_key=candidate.text_key, why=why)


def _ask(name, candidate):
    try:
        with _Apart():
            return _sound(getattr(phases, name)(candidate))
    except Exception as error:
        logger.exception("The phase %s failed: the comment waits for a moderator.", name)
        return Opinion(Verdict.HOLD, {"failed": type(error).__name__}, is_firm=True)


def _sound(opinion):
    """What is no opinion, or cannot be stored, is a failure of its phase as well."""
    if opinion is not None:
        Verdict(opinion.verdict), json.dumps(opinion.details)
    return opinion


def _likeness(candidate):
    """For the order of the queue, whatever the phases say; -1 where the classifier is silent or fails."""
    try:
        with _Apart():
            return candidate.learned.likeness if candidate.learned else -1
    except Exception:
        logger.exception("The classifier failed.")
        return -1


class _Apart:
    """A savepoint, so that what fails takes nothing else along. It is made before the first query: a phase that asks
    the database nothing costs nothing."""

    def __enter__(self):
        self.savepoint = None
        self.wrapper = connection.execute_wrapper(self._execute)
        self.wrapper.__enter__()

    def _execute(self, execute, *query):
        if self.savepoint is None:
            # Known before it is entered: making it is a query that comes through here too.
            self.savepoint = transaction.atomic()
            self.savepoint.__enter__()
        return execute(*query)

    def __exit__(self, *error):
        self.wrapper.__exit__(*error)
        if self.savepoint is not None:
            self.savepoint.__exit__(*error)
