"""`make bench-moderation`: how long the word lists and the classifier need for one comment; then bench_queue.py.

Lists of 5,000 entries, each list made to be as bad as a list can be in one way, against comments of 4,000 characters,
each made to be as bad as a comment can be. docs/benchmarks.md keeps the results.
"""

import itertools
import os
import random
import subprocess
import sys
import tempfile
import time

import bench_queue
from prepare import PYTHON, ROOT

ENTRIES, LENGTH, RUNS = 5000, 4000, 7
AIM = 5  # ms for one comment
DECISIONS = 10_000
CHILD = "import newsroom.wsgi, bench_moderation; bench_moderation.measure()"
LETTERS = "abcdefghijklmnoprstuvz"
DRAW = random.Random(4)


def main():
    with tempfile.TemporaryDirectory(prefix="newsroom-bench-") as folder:
        environment = {**os.environ, "NEWSROOM_ENV": "local", "DATA_DIR": folder}
        environment["PYTHONPATH"] = f"{ROOT}:{ROOT / 'scripts'}"
        code = subprocess.run([PYTHON, "-c", CHILD], cwd=ROOT, env=environment).returncode
    sys.exit(bench_queue.main() or code)


# In the process that measures


def measure():
    from comments.words import Matcher

    texts = {name: text[:LENGTH] for name, text in make_texts().items()}
    honest = ["English", "Croatian"]
    print(
        f"Word lists: {ENTRIES:,} entries, comments of {LENGTH:,} characters, ms of processor time (aim: under {AIM})"
    )
    print(f"{'list':<24}{'built':>8}{honest[0]:>10}{honest[1]:>10}{'worst':>8}  which")
    for name, entries in make_lists().items():
        began = time.process_time()
        matcher = Matcher(entries, "hr")
        built = 1000 * (time.process_time() - began)
        spent = {text: best(lambda body=body, matcher=matcher: matcher.find(body)) for text, body in texts.items()}
        worst = max(spent, key=spent.get)
        shown = "".join(f"{spent[text]:>10.1f}" for text in honest)
        print(f"{name:<24}{built:>8.0f}{shown}{spent[worst]:>8.1f}  {worst}")
    show_classifier(texts["Croatian"])


def best(work):
    """The least of several runs, in ms: what else the machine does only adds to it."""
    times = []
    for _run in range(RUNS):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return 1000 * min(times)


def word(least, most):
    return "".join(DRAW.choice(LETTERS) for _letter in range(DRAW.randint(least, most)))


def unlike(make):
    found = {}
    while len(found) < ENTRIES:
        found[make()] = None
    return list(found)


def make_lists():
    from comments.words import Entry, fold_entry

    def entries(texts, how):
        return [Entry(pk, text, fold_entry(text), "", "banned", how) for pk, text in enumerate(texts, 1)]

    return {
        "random words": entries(unlike(lambda: word(4, 12)), "word"),
        "random, in all forms": entries(unlike(lambda: word(4, 10) + DRAW.choice(["k", "a", "ac", "ovati"])), "forms"),
        "random beginnings": entries(unlike(lambda: word(3, 12)), "start"),
        "one first word": entries(unlike(lambda: f"kurac {word(1, 9)}"), "forms"),
        "phrases of one letter": entries(unlike(lambda: " ".join(DRAW.choices("ab", k=5)) + " " + word(1, 3)), "forms"),
        "one stem": entries(unlike(lambda: "krete" + word(1, 5)), "forms"),
        "beginnings in each other": entries(
            [
                *(("ab" * 6)[:length] for length in range(3, 13)),
                *unlike(lambda: "ab" * DRAW.randint(1, 4) + word(1, 4)),
            ][:ENTRIES],
            "start",
        ),
    }


def make_texts():
    riddles = (f"{'a' * 3}1{'b' * 3}{word(2, 3)}1" for _word in range(600))
    kin = ("krete" + word(1, 4) for _word in range(600))
    nested = ("ab" * DRAW.randint(1, 10) + word(1, 2) + "1" for _word in range(600))
    return {
        "English": "This is an ordinary comment about telescopes, 2015 and what they see: nothing special. " * 50,
        "Croatian": "Ovo je sasvim običan komentar o teleskopima, s „navodnicima“ i svim što treba čitatelju. " * 50,
        "one letter repeated": "a" * LENGTH,
        "letters spaced out": "a b " * LENGTH,
        "letters cut by signs": "a-b." * LENGTH,
        "one listed word": "kurac " * LENGTH,
        "riddles": " ".join(riddles),
        "forms of one stem": " ".join(kin),
        "words in each other": " ".join(nested),
        "look-alikes": "".join(map(chr, itertools.islice(itertools.cycle(range(0x400, 0x500)), LENGTH))),
        "different characters": "".join(chr(DRAW.randint(0xA0, 0xD7FF)) for _char in range(LENGTH)),
        "combining marks": "i" + "\u0301" * LENGTH,
        "sentences in a character": "\ufdfa" * LENGTH,
        "signs": "@$!|" * LENGTH,
    }


def show_classifier(text):
    from comments import fitting
    from comments.features import features

    def comment(is_good):
        return " ".join([*("good" if is_good else "bad", word(2, 3)), *(word(2, 2) for _word in range(40))])

    examples = [(features(comment(number % 5), "hr"), bool(number % 5)) for number in range(DECISIONS)]
    began = time.process_time()
    model = fitting.fit(examples)
    print(f"\nClassifier: learning from {DECISIONS:,} decisions {time.process_time() - began:.1f} s,", end=" ")
    print(
        f"one comment of {LENGTH:,} characters {best(lambda: fitting.score(model, features(text, 'hr'))):.1f} ms,",
        end=" ",
    )
    print(f"of 200 {best(lambda: fitting.score(model, features(text[:200], 'hr'))):.2f} ms")


if __name__ == "__main__":
    main()
