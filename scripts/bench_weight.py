"""`make bench-weight`: what a story page weighs on the wire, its gallery and its globe apart, whether anything moves
meanwhile, and what a frame of the globe costs.

Starts the real server with a few seeded stories and opens a story in Chromium, on a telephone and on a desktop screen.
Sizes are of the bodies as an HTTPS front sends them: brotli where the server has it stored, and HTML, which the server
leaves to the front, compressed here with brotli 4. Exit code 1 when a budget is exceeded.

    make bench-weight ARGS=--path=/ai/my-story/     this page of the database in DATA_DIR and DATABASE_URL
"""

import argparse
import contextlib
import gzip
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import brotli
from playwright.sync_api import sync_playwright

import chromium
from globe_cost import frame_milliseconds
from prepare import PYTHON, ROOT, say

SCREENS = {"telephone": (360, 780), "desktop": (1280, 900)}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
STORIES = 60
# What Chromium calls the parts of a page, and what we call them.
KINDS = {"document": "HTML", "stylesheet": "CSS", "script": "JavaScript", "font": "fonts", "image": "pictures"}
KB = 1000
# Fonts arrive this late, in seconds: if their arrival moves anything, it shows.
FONT_DELAY = 0.8
SHIFTS = """
    window.shifts = [];
    new PerformanceObserver(list => {
      for (const entry of list.getEntries())
        window.shifts.push([entry.value, entry.sources.map(s => s.node && s.node.nodeName + '.' + s.node.className)]);
    }).observe({type: 'layout-shift', buffered: true});
"""


def main():
    parser = argparse.ArgumentParser(description="What a story page weighs.")
    parser.add_argument("--path", help="a page of the current database instead of a seeded story")
    options = parser.parse_args()
    with contextlib.ExitStack() as stack:
        environment = dict(os.environ)
        if not options.path:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="newsroom-weight-"))
            environment = make_site(Path(folder))
        address = stack.enter_context(server(environment))
        path = options.path or story_path(environment)
        say("measure", path)
        loads = {name: load(address + path, size) for name, size in SCREENS.items()}
        parts, globe = apart(weigh(loads["desktop"]["requests"]))
        review = load(f"{address}{path}photos/", SCREENS["desktop"])
        gallery = weigh(
            row for row in review["requests"] if row[0] == "script" and row not in loads["desktop"]["requests"]
        )
        frames = globe_frames(address, path)
    print_parts(parts + globe + gallery)
    return report(parts, gallery, loads | {"desktop, Foto Review": review}, globe_figures(globe, frames))


# The site


def make_site(folder):
    environment = {**os.environ, "NEWSROOM_ENV": "local", "DATA_DIR": str(folder), "STATIC_ROOT": f"{folder}/static"}
    environment["DATABASE_URL"] = f"sqlite:///{folder}/db.sqlite3"
    for command in (["migrate", "-v0"], ["collectstatic", "--noinput", "-v0"], ["seed_stories", str(STORIES)]):
        subprocess.run([PYTHON, ROOT / "manage.py", *command], cwd=ROOT, env=environment, check=True)
    return environment


def story_path(environment):
    """The newest story that has several photos and comments."""
    code = (
        "from django.db.models import Count; from articles.models import Article;"
        "rows = Article.objects.public('en').annotate(n=Count('photos')).filter(n__gt=1, stats__comment_count__gt=1);"
        "print(rows.newest().select_related('category')[0].get_absolute_url())"
    )
    command = [PYTHON, ROOT / "manage.py", "shell", "-v0", "-c", code]
    return subprocess.run(
        command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True
    ).stdout.strip()


@contextlib.contextmanager
def server(environment):
    """gunicorn on a free port, for as long as the block lasts."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    command = [PYTHON, "-m", "gunicorn", "newsroom.wsgi", "--bind", address, "--worker-class", "gthread"]
    command += ["--threads", "4", "--log-level", "warning", "--no-control-socket"]
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        deadline = time.monotonic() + 30
        while not answers(f"http://{address}/healthz"):
            if process.poll() is not None or time.monotonic() > deadline:
                sys.exit("The server did not start; the lines above say why.")
            time.sleep(0.2)
        yield f"http://{address}"
    finally:
        process.terminate()
        process.wait(timeout=20)


def answers(url):
    try:
        return urllib.request.urlopen(url, timeout=2).status == 200  # noqa: S310 - our own server
    except OSError:
        return False


# The page


def load(url, size):
    """{requests: [(kind, url), …], shifts: [(value, nodes), …]} of one first visit, read to its end."""
    requests = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.ensure(), args=FLAGS)
        page = browser.new_page(viewport={"width": size[0], "height": size[1]})
        page.add_init_script(SHIFTS)
        page.on("request", lambda request: requests.append((request.resource_type, request.url)))
        page.route("**/*.woff2", lambda route: (time.sleep(FONT_DELAY), route.continue_()))
        page.goto(url, wait_until="load")
        page.evaluate("document.fonts.ready.then(() => true)")
        # To the end and back, so that pictures that wait for the reader load too.
        for turn in range(1, 21):
            page.evaluate(f"window.scrollTo(0, document.body.scrollHeight * {turn} / 20)")
            page.wait_for_timeout(60)
        page.wait_for_timeout(500)
        shifts = page.evaluate("window.shifts")
        browser.close()
    return {"requests": requests, "shifts": shifts}


def weigh(requests):
    """[(what, url, bytes as sent, how compressed), …]"""
    return [(KINDS.get(kind, kind), url, *sent(url)) for kind, url in dict.fromkeys(requests)]


def sent(url):
    """How many bytes a front sends, and by whom they are compressed."""
    if not url.startswith("http"):
        return 0, ""
    request = urllib.request.Request(url, headers={"Accept-Encoding": "br, gzip"})  # noqa: S310 - our own server
    with urllib.request.urlopen(request, timeout=20) as response:  # noqa: S310
        body, encoding = response.read(), response.headers.get("Content-Encoding", "")
        kind = response.headers.get_content_type()
    if encoding or not kind.startswith(("text/", "application/j", "image/svg")):
        return len(body), encoding
    return len(brotli.compress(body, quality=4)), f"front: br 4, gzip 6 would be {len(gzip.compress(body, 6)):,}"


# The globe: it comes after the page, when the browser is idle and it is in view, and has budgets of its own


def apart(parts):
    """(what belongs to the page, what its globe asks for)"""
    globe = [part for part in parts if "/js/globe/" in part[1] or part[1].endswith("/stories.json")]
    return [part for part in parts if part not in globe], globe


def globe_frames(address, path):
    return {
        "strip": frame_milliseconds(address + path, ".globe-strip", SCREENS["desktop"], FLAGS),
        "home": frame_milliseconds(f"{address}/", ".horizon", SCREENS["desktop"], FLAGS),
    }


def globe_figures(globe, frames):
    code = sum(size for what, _url, size, _encoding in globe if what == "JavaScript") / KB
    return [
        ("the globe's code, apart", code, 60, "KB"),
        ("a frame of the strip", frames["strip"], 4, "ms"),
        ("a frame on the home page", frames["home"], 12, "ms"),
    ]


# The report


def print_parts(parts):
    print(f"\n{'part':<12}{'bytes':>9}  file")
    for what, url, size, encoding in parts:
        name = url.split("/", 3)[-1][:70] if url.startswith("http") else url[:40]
        print(f"{what:<12}{size:>9,}  {name}{f'  ({encoding})' if encoding else ''}")


def report(parts, gallery, loads, globe):
    def total(*kinds):
        return sum(size for what, _url, size, _encoding in parts if what in kinds) / KB

    requests = [url for what, url, _size, _encoding in parts if what != "pictures" and url.startswith("http")]
    # Three decimals, as the metric is given everywhere: less is a fraction of a pixel.
    shift = round(max(sum(value for value, _nodes in load["shifts"]) for load in loads.values()), 3)
    figures = [
        ("requests without pictures", len(requests), 12, ""),
        ("HTML, CSS and JavaScript", total("HTML", "CSS", "JavaScript"), 40, "KB"),
        ("JavaScript", total("JavaScript"), 6, "KB"),
        ("the gallery's own, apart", sum(size for _what, _url, size, _encoding in gallery) / KB, 4, "KB"),
        ("fonts", total("fonts"), 110, "KB"),
        ("layout shift, all screens", shift, 0, ""),
        *globe,
    ]
    print(f"\n{'budget':<30}{'measured':>10}{'at most':>9}")
    for name, value, most, unit in figures:
        print(f"{name:<30}{value:>10.4g}{most:>9} {unit:<3}{'exceeded' if value > most else 'ok'}")
    for name, load in loads.items():
        for value, nodes in load["shifts"]:
            if value < 0.0005:
                continue
            print(f"shift of {value:.4f} on the {name}: {', '.join(filter(None, nodes))}")
    print(f"pictures, apart: {total('pictures'):.0f} KB")
    return any(value > most for _name, value, most, _unit in figures)


if __name__ == "__main__":
    sys.exit(main())
