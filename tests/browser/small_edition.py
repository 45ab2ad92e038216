"""Ten stories of the demo edition, written as an edition folder of their own: the whole one takes too long to load."""

import shutil

import yaml
from django.conf import settings
from PIL import Image

DEMO = settings.BASE_DIR / "demo"
# Of every section one, in both languages; three of AI, so that its story has something to continue with; and one in
# English only, so that a page without a translation can be met.
STORIES = [
    *("grok-distillation", "ai-act-in-force", "alphafold-nobel", "deepseek-r1"),
    *("dart-impact", "ingenuity-last-flight", "willow-chip", "black-hole-image", "three-mile-island-restart"),
    "starship-catch",
]
WIDTH = 640  # of the pictures: each size that a photo is made in takes time
WHOLE = ["categories.yaml", "authors.yaml", "sources.yaml", "places.yaml"]


def write_small_edition(folder):
    for name in WHOLE:
        shutil.copy(DEMO / name, folder)
    shutil.copytree(DEMO / "pages", folder / "pages")
    for part in ("stories", "comments"):
        (folder / part).mkdir()
        for key in STORIES:
            for path in DEMO.glob(f"{part}/{key}.*"):
                shutil.copy(path, folder / part)
    _write_photos(folder)
    placements = [row for row in _read("placements.yaml") if row["story"] in STORIES]
    _write(folder / "placements.yaml", placements)
    return folder


def _write_photos(folder):
    text = "".join(path.read_text() for path in (folder / "stories").iterdir())
    photos = [row for row in _read("photos.yaml") if f"photo: {row['key']}\n" in text]
    _write(folder / "photos.yaml", photos)
    (folder / "pictures").mkdir()
    for row in photos:
        _write_small_picture(DEMO / row["file"], folder / row["file"])


def _write_small_picture(source, target):
    with Image.open(source) as image:
        image.thumbnail((WIDTH, WIDTH))
        image.save(target, quality=60)


def _read(name):
    return yaml.safe_load((DEMO / name).read_text())


def _write(path, rows):
    path.write_text(yaml.safe_dump(rows, allow_unicode=True))


def read_story(key, language):
    _, front_matter, body = (DEMO / "stories" / f"{key}.{language}.md").read_text().split("---\n", 2)
    return yaml.safe_load(front_matter), body


def read_photo(key):
    return next(row for row in _read("photos.yaml") if row["key"] == key)
