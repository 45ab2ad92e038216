"""The pictures' part of `make fuzz`: broken, odd and hostile files through the real upload form.

    make fuzz ARGS="--seconds 0 --images 10000 --seed 7"

First bombs and files that are two things at once, then every malformed or odd picture of Pillow's source package (which
pip fetches into a temporary folder), then small files of all formats, changed at random. Prints what was taken and
what refused, the slowest file and the most memory, and fails where an answer was anything but taken or refused.
"""

import logging
import random
import resource
import subprocess
import sys
import tarfile
import tempfile
import time
from collections import Counter
from pathlib import Path

from prepare import say

UPLOAD = "/admin/photos/photo/upload/"
FIELDS = {"mark": "photograph", "credit": "Fuzz", "alt_en": "A picture", "language": "en", "again": "1"}
TAKEN, REFUSED = 201, 422
MIB = 1024


def search(number, seed):
    """In the child of fuzz.py, with a database of its own. Returns the faults."""
    from tests.hostile import making_pictures as pictures

    desk = Desk()
    bombs = {name: data for name, (data, _code) in pictures.bombs().items()}
    desk.send_all("bombs", bombs.items())
    desk.send_all("two in one", pictures.polyglots().items())
    desk.send_all("Pillow's", pillow_files())
    desk.send_all("mutations", mutations(pictures, number, random.Random(seed)))
    return desk.faults


def mutations(pictures, number, chance):
    files = pictures.samples()
    for index in range(number):
        name = chance.choice(list(files))
        yield f"{index}, {name}", pictures.mutated(files[name], chance)


def pillow_files():
    """Every file of the folder of test pictures, whatever its name says it is."""
    from PIL import __version__

    with tempfile.TemporaryDirectory(prefix="newsroom-pillow-") as folder:
        asked = ["--no-binary", ":all:", "--no-deps", "--dest", folder, f"Pillow=={__version__}"]
        subprocess.run([sys.executable, "-m", "pip", "download", "-qq", *asked], capture_output=True)
        packages = list(Path(folder).glob("*.tar.gz"))
        if not packages:
            say("Pillow's", "skipped: pip cannot fetch the source package here")
            return
        with tarfile.open(packages[0]) as package:
            for member in package:
                if member.isfile() and "/Tests/images/" in member.name:
                    yield member.name.partition("/Tests/images/")[2], package.extractfile(member).read()


class Desk:
    """An editor with the upload form."""

    def __init__(self):
        from django.test import Client

        from photos import decoding
        from tests import factories

        self.client = Client(SERVER_NAME="localhost", raise_request_exception=False)
        self.client.force_login(factories.make_user("fuzz@example.org", group="Editors"))
        self.faults, self.codes, self.peak = [], Counter(), 0
        logging.getLogger("django.request").setLevel("ERROR")
        self._watch(decoding)

    def _watch(self, decoding):
        """Counts what files are refused for, and notes the most memory that opening one took."""
        from photos import decoder_process

        refusal, check = decoding.refusal, decoding.check

        def counted(code, **details):
            self.codes[code] += 1
            return refusal(code, **details)

        def measured(data):
            try:
                return check(data)
            finally:
                self.peak = max(self.peak, decoder_process.peak_kib)

        decoding.refusal, decoding.check = counted, measured

    def send_all(self, title, files):
        began, answers, slowest, self.peak = time.monotonic(), Counter(), (0, ""), 0
        self.codes.clear()
        for name, data in files:
            sent = time.monotonic()
            answers[self.send(f"{title}: {name}", data)] += 1
            slowest = max(slowest, (time.monotonic() - sent, name))
        if answers:
            seconds = time.monotonic() - began
            say(title, f"{sum(answers.values()):,} files in {seconds:.0f} s: {_counts(answers)}; {_counts(self.codes)}")
            own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            say(
                "", f"slowest {slowest[0]:.2f} s ({slowest[1]}); most memory {self.peak // MIB} MB, web {own // MIB} MB"
            )

    def send(self, name, data):
        from django.core.files.uploadedfile import SimpleUploadedFile

        answer = self.client.post(UPLOAD, FIELDS | {"upload": SimpleUploadedFile("picture.jpg", data, "image/jpeg")})
        if answer.status_code not in (TAKEN, REFUSED):
            self.faults.append(f"IMAGE {name}: {answer.status_code}, {data[:400].hex()}")
        return {TAKEN: "taken", REFUSED: "refused"}.get(answer.status_code, str(answer.status_code))


def _counts(counter):
    return ", ".join(f"{number:,} {name}" for name, number in counter.most_common()) or "none refused"
