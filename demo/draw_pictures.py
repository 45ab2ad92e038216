"""Draw the pictures of the demo edition.

    python demo/draw_pictures.py                  # all of them
    python demo/draw_pictures.py dart-impact ...  # only these keys

Every scene in demo/scenes is SVG; headless Chromium makes pixels of it and Pillow writes
demo/pictures/<key>.webp (1600 by 1067). The same scene always gives the same picture.
Needs Playwright and Pillow (both in the development requirements) and a Chromium:
`apt-get install -y chromium`, or any browser that Playwright has installed itself.
"""

import importlib
import io
import pkgutil
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

HERE = Path(__file__).resolve().parent
SIZE = {"width": 1600, "height": 1067}
LARGEST = 44_000  # bytes of one picture
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
PAGE = "<!doctype html><style>*{{margin:0}}svg{{display:block;width:100vw;height:100vh}}</style>{}"


def all_scenes():
    """Picture key -> function that returns SVG, from every module in demo/scenes that has SCENES."""
    sys.path.insert(0, str(HERE))
    scenes = {}
    for module in pkgutil.iter_modules([str(HERE / "scenes")]):
        scenes.update(getattr(importlib.import_module(f"scenes.{module.name}"), "SCENES", {}))
    return scenes


def encode(png):
    """WebP of a screenshot: the best quality that keeps it small."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    for quality in range(80, 30, -4):
        out = io.BytesIO()
        image.save(out, "WEBP", quality=quality, method=6)
        if out.tell() <= LARGEST:
            break
    return out.getvalue()


def draw(keys):
    scenes = all_scenes()
    unknown = [key for key in keys if key not in scenes]
    if unknown:
        sys.exit(f"No scene for: {', '.join(unknown)}")
    (HERE / "pictures").mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_page(viewport=SIZE)
        for key in keys or sorted(scenes):
            page.set_content(PAGE.format(scenes[key]()))
            data = encode(page.screenshot())
            (HERE / "pictures" / f"{key}.webp").write_bytes(data)
            print(f"{key}: {len(data) // 1024} KB")
        browser.close()


if __name__ == "__main__":
    draw(sys.argv[1:])
