from django.conf import settings
from django.core.management.base import BaseCommand

from comments import ranking, training

MOST_WORDS = 8


class Command(BaseCommand):
    help = (
        "Learns from the moderators' decisions which comments they approve, says how well that works on decisions "
        "that were held out, and ranks what waits. `tick` does the same by itself. Safe on a live site."
    )

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="only measure: keep nothing, rank nothing")

    def handle(self, *, dry_run, **options):
        until, found = training.newest_decision(), training.examples()
        counts = training.counts(found)
        self._say(f"Comments that moderators decided on: {counts.approved:,} approved, {counts.refused:,} turned down.")
        if not counts.is_enough:
            least = settings.MODERATION["learned_from"]
            self._say(f"Too few: {least} of each kind are needed. Until then the classifier is silent.")
            return
        model, figures = training.trained(found)
        self._report(figures)
        self._words(model)
        if dry_run:
            self._say("Nothing was kept.")
            return
        training.keep(until, model, figures)
        self._rank()

    def _say(self, line):
        self.stdout.write(line)

    def _report(self, figures):
        self._say(f"Tried on {figures['held_out']:,} of them that were held out, so that it had not learned from them.")
        self._tell("If it turned down all below 50 %:", figures)
        self._tell(f"As it holds comments, below {figures['hold']['below']} %:", figures["hold"])
        self._say("  likeness    approved  turned down")
        for at, (approved, refused) in enumerate(figures["bands"]):
            last = 100 if at == 9 else at * 10 + 9
            self._say(f"  {at * 10:>2} to {last:<3}  {approved:>9,}  {refused:>11,}")

    def _tell(self, when, told):
        right, stopped, refused = told["right"], told["right"] + told["wrong"], told["right"] + told["missed"]
        self._say(when)
        self._say(
            f"  precision {_share(told['precision'])}: moderators turned down {right:,} of the {stopped:,} it stops"
        )
        self._say(
            f"  recall {_share(told['recall'])}: it stops {right:,} of the {refused:,} that moderators turned down"
        )

    def _words(self, model):
        heavy = sorted(model.weights, key=model.weights.get)
        self._say(f"Speaks most for turning down: {', '.join(heavy[:MOST_WORDS])}")
        self._say(f"Speaks most for approving: {', '.join(heavy[::-1][:MOST_WORDS])}")

    def _rank(self):
        done = 0
        for number in ranking.batches():
            done += number
            if done % (10 * ranking.BATCH) == 0:
                self._say(f"Ranked anew: {done:,} …")
        self._say(f"Ranked anew: {done:,} that wait.")


def _share(share):
    return "unknown" if share is None else f"{share:.0%}"
