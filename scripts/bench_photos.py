"""`make bench-photos`: how many bytes of pictures a story with six photos costs, and whether anything moves.

Starts the real server over the demo edition with one more story, whose six photos are the demo's; all renditions are
made of what its page shows. Reads it to its end in Chromium: on a telephone, on a desktop screen, ordinary and dense.

    make bench-photos ARGS=--url=https://news.example.org/ai/my-story/     a page that is served somewhere
"""

import argparse
import contextlib
import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from playwright.sync_api import sync_playwright

import chromium
from bench_weight import FLAGS, SHIFTS, server
from prepare import PYTHON, ROOT, say

# Width, height, pixels of the screen for each of CSS.
SCREENS = {"telephone": (390, 844, 3), "desktop": (1440, 900, 1), "desktop, dense": (1440, 900, 2)}
STEPS = 40
KB = 1000
STORY = """
from articles.publishing import publish, save_story
from photos.models import Photo
photos = list(Photo.objects.filter(key__startswith="grok-distillation").order_by("key")[:5])
photos += Photo.objects.filter(key="attention-paper")
words = "All that is known so far stands in one paragraph, and what follows from it in the next. " * 6
body = "\\n\\n".join(f"{words}\\n\\n![](photo:{photo.pk})" for photo in photos[1:4]) + f"\\n\\n{words}"
story = publish(save_story({
    "title": "Six photos and their weight", "category": "ai", "author": "nexus-vale", "origin": "ai_assisted",
    "interpreter": "A story for measuring. It matters because telephones pay by the byte.", "key_points": ["One."] * 3,
    "sources": [{"source": "techcrunch-ai", "url": "", "title": "", "published": ""}], "place": "san-francisco",
    "body": body, "photos": [{"photo": photo.pk, "alt": photo.alt("en"), "caption": ""} for photo in photos],
}, language="en", is_demo=True))
"""
RENDITIONS = """
from articles.story_page import lists_beside
from photos.making import make_now
tokens = [card.hero_token for card in lists_beside(story)["same"]]
for photo in [*photos, *Photo.objects.filter(token__in=tokens)]:
    make_now(photo)
"""


def main():
    parser = argparse.ArgumentParser(description="What the pictures of a story weigh.")
    parser.add_argument("--url", help="a page that is served already, instead of a story made for this")
    options = parser.parse_args()
    with contextlib.ExitStack() as stack:
        url = options.url or serve_story(stack)
        say("measure", url)
        loads = {name: load(url, *screen) for name, screen in SCREENS.items()}
    return report(loads)


# The site


def serve_story(stack):
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="newsroom-photos-")))
    environment = {**os.environ, "NEWSROOM_ENV": "local", "DATA_DIR": str(folder), "STATIC_ROOT": f"{folder}/static"}
    environment["DATABASE_URL"] = f"sqlite:///{folder}/db.sqlite3"
    say("site", "the demo edition, one more story, and the renditions of what its page shows")
    for command in (["migrate", "-v0"], ["collectstatic", "--noinput", "-v0"], ["first_run"]):
        manage(environment, *command)
    path = manage(environment, "shell", "-v0", "-c", f"{STORY}{RENDITIONS}\nprint(story.get_absolute_url())")
    return stack.enter_context(server(environment)) + path


def manage(environment, *command):
    command = [PYTHON, ROOT / "manage.py", *command]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout.strip()


# The page


def load(url, width, height, density):
    """What one first visit loads: {first: […], all: [(kind, bytes, name), …], shift: …}; `first` before scrolling."""
    pictures = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.ensure(), args=FLAGS)
        page = browser.new_page(viewport={"width": width, "height": height}, device_scale_factor=density)
        page.add_init_script(SHIFTS)
        page.on("requestfinished", lambda request: note(request, pictures))
        page.goto(url, wait_until="networkidle")
        first = list(pictures)
        for step in range(1, STEPS + 1):
            page.evaluate(f"window.scrollTo(0, document.body.scrollHeight * {step} / {STEPS})")
            page.wait_for_timeout(60)
        page.wait_for_load_state("networkidle")
        shift = page.evaluate("window.shifts.reduce((sum, [value]) => sum + value, 0)")
        browser.close()
    return {"first": first, "all": pictures, "shift": shift}


def note(request, pictures):
    if request.resource_type != "image" or not request.url.startswith("http"):
        return
    kind = request.response().headers.get("content-type", "?").removeprefix("image/")
    pictures.append((kind, request.sizes()["responseBodySize"], request.url.rsplit("/", 1)[-1]))


# The report


def report(loads):
    print(f"\n{'screen':<16}{'pictures':>9}{'KB':>8}{'before scrolling':>18}  {'of it':<26}{'shift':>7}")
    for name, load in loads.items():
        kinds = Counter()
        for kind, size, _file in load["all"]:
            kinds[kind] += size
        of_it = ", ".join(f"{kind} {size / KB:.0f}" for kind, size in kinds.most_common())
        total, first = sum(kinds.values()), sum(size for _kind, size, _file in load["first"])
        print(
            f"{name:<16}{len(load['all']):>9}{total / KB:>8.0f}{first / KB:>18.0f}  {of_it:<26}"
            f"{round(load['shift'], 3):>7g}"
        )
    for name, load in loads.items():
        print(f"\n{name}: " + ", ".join(f"{file} {size / KB:.1f}" for _kind, size, file in load["all"]))
    return any(round(load["shift"], 3) > 0 for load in loads.values())


if __name__ == "__main__":
    sys.exit(main())
