"""`make bench-renditions`: what the renditions of a photo cost: seconds, bytes and memory.

One photo of nearly 25 million pixels with grain like a camera's, then some pictures of the demo edition, each from the
upload on, with a throwaway SQLite and the local disk. docs/benchmarks.md keeps the results.
"""

import io
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from PIL import Image

from prepare import PYTHON, ROOT

LARGE, LARGE_NAME = (6120, 4080), "large.jpg"
PICTURES = ROOT / "demo" / "pictures"
CHILD = "import newsroom.wsgi, bench_renditions; bench_renditions.measure()"
MB = 10**6
EVERY = 5  # of the demo pictures one in so many


def main():
    with tempfile.TemporaryDirectory(prefix="newsroom-bench-") as folder:
        environment = {**os.environ, "NEWSROOM_ENV": "local", "DATA_DIR": folder}
        environment["DATABASE_URL"] = f"sqlite:///{folder}/db.sqlite3"
        environment["PYTHONPATH"] = f"{ROOT}:{ROOT / 'scripts'}"
        # Not in the process whose memory is measured.
        Path(folder, LARGE_NAME).write_bytes(large_picture())
        for command in (["migrate"], ["collectstatic", "--noinput"]):
            subprocess.run([PYTHON, ROOT / "manage.py", *command, "-v0"], cwd=ROOT, env=environment, check=True)
        sys.exit(subprocess.run([PYTHON, "-c", CHILD], cwd=ROOT, env=environment).returncode)


# In the process that measures


def measure():
    from django.conf import settings

    large = (settings.DATA_DIR / LARGE_NAME).read_bytes()
    print(f"One photo of {LARGE[0]} × {LARGE[1]} pixels ({len(large) / MB:.1f} MB)")
    # The decoder starts with the first picture; that is not what is measured.
    cost((PICTURES / "ai-act-in-force.webp").read_bytes())
    show([cost(large)])
    paths = sorted(PICTURES.glob("*.webp"))[::EVERY]
    print(f"\n{len(paths)} pictures of the demo edition (1600 × 1067), each")
    show([cost(path.read_bytes()) for path in paths])


def large_picture():
    """A demo picture, large, with grain: what is smooth would be too easy to encode."""
    with Image.open(PICTURES / "alphafold-nobel-2.webp") as drawn:
        picture = drawn.convert("RGB").resize(LARGE, Image.Resampling.LANCZOS)
    grain = Image.effect_noise(LARGE, 40).convert("RGB")
    buffer = io.BytesIO()
    Image.blend(picture, grain, 0.15).save(buffer, "JPEG", quality=92)
    return buffer.getvalue()


def cost(data):
    """{what: number} of one photo."""
    from django.core.files.base import ContentFile

    from photos import decoder_process, making, planning
    from photos.models import Photo
    from photos.pictures import add_photo

    photo = Photo(title="Bench", mark="ai_generated", credit="Bench", texts={"en": {"alt": "Bench"}})
    began = time.monotonic()
    add_photo(photo, ContentFile(data, name="bench"))
    uploaded = time.monotonic()
    making.make_now(photo)
    made = time.monotonic()
    names = planning.names_in(photo.token, photo.renditions)
    found = {"upload": uploaded - began, "whole set": made - uploaded, "files": len(names)}
    found["decoder, MB"] = decoder_process.peak_kib * 1024 / MB
    found["worker, MB"] = peak()
    return found | bytes_of(names)


def peak():
    """The most memory that this process had. Not by getrusage, which remembers what the parent had."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024 / MB


def bytes_of(names):
    from django.conf import settings

    sizes = {name: (Path(settings.MEDIA_ROOT) / name).stat().st_size for name in names}
    forms = {name.rpartition(".")[2] for name in names}
    return {f"{form}, MB": sum(sizes[name] for name in names if name.endswith(form)) / MB for form in sorted(forms)}


def show(costs):
    """The mean, and the most, of each."""
    for what in costs[0]:
        values = [each[what] for each in costs]
        unit = " s" if what in ("upload", "whole set") else ""
        most = f"   (most: {max(values):.2f}{unit})" if len(values) > 1 else ""
        print(f"  {what:<14}{sum(values) / len(values):>8.2f}{unit}{most}")


if __name__ == "__main__":
    main()
