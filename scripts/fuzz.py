"""`make fuzz`: looks for text that breaks, or keeps busy for long, what readers can send, and for pictures that do.

    make fuzz                                a minute of texts and 10,000 pictures, from a seed of its own
    make fuzz ARGS="--seconds 600 --seed 7"  longer, and the same again
    make fuzz ARGS="--seconds 0"             only the pictures (fuzz_images.py); --images 0: only the texts

Climbs: what was slow is changed a little and tried again, as a comment, a name, a whole form, and a feed. Prints the
slowest and every exception, and fails where one took longer than 100 ms (the best of three tries, processor time) or
raised anything but a refusal. What it finds belongs into tests/hostile/worst.py. The payloads of brs-kb go first.
"""

import argparse
import contextlib
import os
import random
import subprocess
import sys
import tempfile
import time
import traceback

import fuzz_images
from prepare import PYTHON, ROOT, say

LIMIT = 0.1
SHOWN, KEPT, LONGEST = 8, 40, 60
CHILD = "import newsroom.wsgi, fuzz; fuzz.search()"


def main():
    options = read_options()
    with tempfile.TemporaryDirectory(prefix="newsroom-fuzz-") as folder:
        environment = {**os.environ, "DATA_DIR": folder, "PYTHONPATH": f"{ROOT}:{ROOT / 'scripts'}"}
        environment |= {"DATABASE_URL": f"sqlite:///{folder}/db.sqlite3", "NEWSROOM_ENV": "local", "REDIS_URL": ""}
        asked = map(str, (options.seconds, options.seed, options.images))
        done = subprocess.run([PYTHON, "-c", CHILD, *asked], cwd=ROOT, env=environment)
    return done.returncode


def read_options():
    parser = argparse.ArgumentParser(prog="make fuzz")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--images", type=int, default=10_000)
    return parser.parse_args()


def search():
    """In the child, with a database of its own."""
    from django.core.management import call_command

    from tests import factories

    seconds, seed, images = float(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    call_command("migrate", verbosity=0)
    factories.make_edition()
    story = factories.make_story()
    say("fuzz", f"{seconds:g} s of texts, {images:,} pictures, seed {seed}")
    faults = fuzz_images.search(images, seed) if images else []
    if seconds:
        faults += search_texts(story, seconds, seed)
    print(*faults, sep="\n")
    sys.exit(bool(faults))


def search_texts(story, seconds, seed):
    from tests import hostile

    faults = unsafe(hostile.knowledge_base() + hostile.own_payloads())
    chance = random.Random(seed)
    for name, target in targets(story).items():
        climb = Climb(target, chance)
        climb.run(seconds / 4)
        faults += climb.report(name)
    return faults


def unsafe(payloads):
    """Payloads of which more is left than the dialect has."""
    from tests.hostile.test_rendering import faults_of

    found = {payload: left for payload in payloads if (left := faults_of(payload))}
    say("payloads", f"{len(payloads):,} rendered, {len(found)} unsafe")
    return [f"UNSAFE {payload!r}: {left}" for payload, left in found.items()]


def targets(story):
    """{name: what is tried with a text}."""
    from django.test import Client

    from authors.names import check_name
    from comments.dialect import render_comment
    from comments.forms import CommentForm
    from comments.models import Comment

    def form(text):
        fields = {"body": text, "name": text[:60], "email": text[:80], "parent": text[:20], "action": text[:5]}
        CommentForm(fields, article=story, user=None).is_valid()

    def feed(text):
        """What it costs without the rendering."""
        Comment.objects.all().delete()
        html = render_comment(text)
        Comment.objects.create(article=story, name="x", body=text, html=html, status="approved", is_shown=True)
        answer = Client(SERVER_NAME="localhost").get(f"{story.get_absolute_url()}comments/rss.xml")
        if answer.status_code != 200:
            raise AssertionError(f"the feed answers {answer.status_code}")

    return {"comment": render_comment, "name": lambda text: check_name(text[:60]), "form": form, "feed": feed}


class Climb:
    def __init__(self, target, chance):
        from tests.hostile import hostile_pieces

        self.target, self.chance, self.pieces = target, chance, hostile_pieces()
        # {fragment: seconds}; a text is a fragment over and over.
        self.times, self.errors = {}, {}

    def run(self, seconds):
        until = time.monotonic() + seconds
        pieces = iter(self.chance.sample(self.pieces, len(self.pieces)))
        while time.monotonic() < until:
            fragment = next(pieces, None) or self.changed()
            if 0 < len(fragment) <= LONGEST and fragment not in self.times:
                self.times[fragment] = self.measure(fragment)

    def measure(self, fragment):
        from django.core.exceptions import ValidationError

        text = (fragment * 4000)[:4000]
        began = time.process_time()
        try:
            with contextlib.suppress(ValidationError):
                self.target(text)
        except Exception:
            self.errors[fragment] = traceback.format_exc(limit=-2)
        return time.process_time() - began

    def changed(self):
        """One of the slowest, or any other, with a piece more or a character less."""
        slowest = sorted(self.times, key=self.times.get)[-KEPT:]
        fragment = self.chance.choice(slowest if self.chance.random() < 0.7 else list(self.times))
        place, piece = self.chance.randint(0, len(fragment)), self.chance.choice(self.pieces)
        if self.chance.random() < 0.2:
            return fragment[:place] + fragment[place + 1 :]
        return fragment[:place] + piece + fragment[place:]

    def report(self, name):
        """Prints the slowest, each measured again. Returns what is wrong."""
        slowest = sorted(self.times, key=self.times.get)[-SHOWN:]
        again = {fragment: min(self.measure(fragment) for _ in range(3)) for fragment in slowest}
        say(name, f"{len(self.times):,} tried; the slowest:")
        for fragment, seconds in sorted(again.items(), key=lambda row: -row[1]):
            print(f"  {seconds * 1000:7.1f} ms  {fragment!r}")
        slow = [f"SLOW {name} {fragment!r}: {seconds:.3f} s" for fragment, seconds in again.items() if seconds > LIMIT]
        return slow + [f"ERROR {name} {fragment!r}:\n{error}" for fragment, error in self.errors.items()]


if __name__ == "__main__":
    sys.exit(main())
