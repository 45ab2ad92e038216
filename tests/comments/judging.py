"""Comments for the pipeline to judge, and the words and decisions that it judges them by."""

from django.utils import timezone

from comments import phases
from comments.dialect import render_comment
from comments.models import Commenter, ListedWord
from comments.pipeline import Candidate, Opinion, Verdict
from comments.word_lists import put_live
from comments.words import fold_entry

READER, OTHER, NETWORK = "r" * 64, "o" * 64, "n" * 64
LONG = "The telescope at Cerro Tololo needs a new mirror by spring."
HOLD, APPROVE, REJECT = Opinion(Verdict.HOLD), Opinion(Verdict.APPROVE), Opinion(Verdict.REJECT)


def candidate(article, body="A good word.", **fields):
    """A guest's comment."""
    fields = {"name": "Petra K.", "reader": READER, "network": NETWORK, "address": "192.0.2.0/24", **fields}
    if fields.get("user"):
        fields["reader"] = ""
    return Candidate(article=article, body=body, html=render_comment(body), **fields)


def listed(text, which="suspect", how="word", language="", **fields):
    """A word that is live."""
    fields |= {"folded": fold_entry(text), "list": which, "how": how, "language": language}
    return put_live([ListedWord.objects.create(text=text, **fields)], None)[0]


def standing(value, reader=READER, **fields):
    return Commenter.objects.create(name="Petra K.", standing=value, **({"reader": reader} | fields))


def warned(text="Be kind.", reader=READER):
    return Commenter.objects.create(name="Petra K.", reader=reader, warning=text, warned_at=timezone.now())


def moderation(settings, **changes):
    settings.MODERATION = {**settings.MODERATION, **changes}


def only(settings, *names):
    """The pipeline is these phases, in this order."""
    moderation(settings, phases=list(names))


def say(monkeypatch, **opinions):
    """Phases of these names that give these opinions; an exception is raised."""

    def phase(opinion):
        def answer(candidate):
            if isinstance(opinion, Exception):
                raise opinion
            return opinion

        return answer

    for name, opinion in opinions.items():
        monkeypatch.setattr(phases, name, phase(opinion), raising=False)
