"""`make bench-cards`: what drawing a share card costs, and what it weighs, over all stories of the demonstration.

Also the one card that costs most: the longest title, no picture. docs/benchmarks.md keeps the results.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time

from prepare import PYTHON, ROOT

CHILD = "import newsroom.wsgi, bench_cards; bench_cards.measure()"
QUIET = {"stdout": subprocess.DEVNULL}
LONGEST = "Otorinolaringološki elektroencefalogrami najneprikladnijim prijestolonasljednikovičičinim letjelicama, "
LONGEST += "kako ih vide čitatelji, urednici i đaci petih razreda"


def main():
    with tempfile.TemporaryDirectory(prefix="newsroom-bench-") as folder:
        environment = {**os.environ, "NEWSROOM_ENV": "local", "DATA_DIR": folder}
        environment["PYTHONPATH"] = f"{ROOT}:{ROOT / 'scripts'}"
        environment.pop("DATABASE_URL", None)
        for command in (["migrate"], ["load_edition", "demo"]):
            subprocess.run([PYTHON, "manage.py", *command], cwd=ROOT, env=environment, check=True, **QUIET)
        sys.exit(subprocess.run([PYTHON, "-W", "ignore", "-c", CHILD], cwd=ROOT, env=environment).returncode)


# In the process that measures


def measure():
    from articles import share_cards, story_page
    from articles.models import Article

    stories = Article.objects.public().select_related("category", "author", "place")
    cards = [share_cards.card_of(story, story_page.photos_of(story.pk)) for story in stories]
    before = peak()
    first, _bytes = drawn(cards[0])
    print(f"First card of a process  {first:>6.0f} ms of processor time")
    costs, sizes = zip(*map(drawn, cards), strict=True)
    print(f"{len(cards)} cards with picture    {statistics.median(costs):>6.0f} ms, the slowest {max(costs):.0f} ms")
    worst = cards[0]._replace(title=LONGEST[:160], picture=None, place=("Zagreb", 45.81, 15.98))
    print(f"Longest title and globe  {min(drawn(worst)[0] for _run in range(5)):>6.0f} ms")
    print(f"Bytes of a card          {statistics.median(sizes):>6,.0f}, the largest {max(sizes):,}")
    print(f"Memory on top, at most   {peak() - before:>6.0f} MB")


def drawn(card):
    began = time.process_time()
    data = card.draw()
    return 1000 * (time.process_time() - began), len(data)


def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
