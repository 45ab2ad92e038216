"""The process that opens pictures: bounded in memory and time, alone, and never the end of the one that asked."""

import os
import resource
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.exceptions import ValidationError
from PIL import Image

from photos import decoder_process, decoding
from tests.hostile.making_pictures import black_png, encoded, jpeg_of_scans, png, saved

MIB = 1024


@pytest.fixture
def decoder():
    """A running one."""
    decoding.check(encoded())
    return decoder_process._running


@pytest.fixture
def fresh():
    decoder_process.stop()
    yield
    decoder_process.stop()


def files(number=1, size=(64, 48), kind="JPEG"):
    file = {"box": (0, 0, *size), "size": size, "options": {"format": kind, "quality": 95}, "xmp": b"<x/>"}
    return [file | {"name": f"{index}.x"} for index in range(number)]


def noise(size=(1200, 900)):
    """So large as a rendition that the child waits for its reader."""
    return saved(Image.effect_noise(size, 90).convert("RGB"), "JPEG", quality=95)


def children_of(pid):
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def wait_until(holds, seconds=20):
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until
        threading.Event().wait(0.02)


def refused(data):
    with pytest.raises(ValidationError) as caught:
        decoding.check(data)
    return caught.value.code


def test_files_come_one_by_one_in_their_order():
    made = []
    decoding.make(encoded(), files(3), lambda name, data: made.append((name, data[:3])))
    assert made == [("0.x", b"\xff\xd8\xff"), ("1.x", b"\xff\xd8\xff"), ("2.x", b"\xff\xd8\xff")]


def test_many_jobs_have_one_process(decoder):
    pids = {decoding.check(encoded()) and decoder_process._running.process.pid for _ in range(5)}
    assert pids == {decoder.process.pid}


def test_a_refusal_does_not_end_the_process(decoder):
    assert refused(b"none") == "unreadable"
    assert decoder_process._running is decoder


def test_what_the_reader_of_files_raises_comes_out_and_the_next_job_is_done():
    def full(name, data):
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        decoding.make(noise(), files(3, (1200, 900)), full)
    assert decoding.check(encoded()).width == 64


def test_it_knows_no_secret_of_the_site(fresh, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "very-secret")
    monkeypatch.setenv("DATABASE_URL", "postgres://user:very-secret@host/name")
    decoding.check(encoded())
    environment = Path(f"/proc/{decoder_process._running.process.pid}/environ").read_text()
    assert "PATH=" in environment
    assert "secret" not in environment


def limits_of(pid):
    rows = Path(f"/proc/{pid}/limits").read_text().splitlines()[1:]
    return {row[:26].strip(): row[26:].split()[0] for row in rows}


@pytest.fixture
def core_dumps():
    """This process may leave them, so that it matters what the child says of them."""
    soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))
    yield
    resource.setrlimit(resource.RLIMIT_CORE, (soft, hard))


def test_a_child_opens_no_file_writes_none_and_has_so_much_memory_and_time(fresh, core_dumps):
    decoding.check(encoded())
    decoder, seen = decoder_process._running, []

    def look(name, data):
        if not seen:
            (child,) = children_of(decoder.process.pid)
            seen.append(limits_of(child))

    decoding.make(noise(), files(20, (1200, 900)), look)
    (limits,) = seen
    assert limits["Max open files"] == limits["Max file size"] == limits["Max core file size"] == "0"
    assert limits["Max cpu time"] == str(decoding.MAKE_SECONDS)
    assert 2**30 < int(limits["Max address space"]) < 1.3 * 2**30


def test_25_million_pixels_fit_and_stay_below_half_of_the_memory():
    facts = decoding.check(black_png(5000))
    assert (facts.width, facts.height) == (5000, 5000)
    assert 100 * MIB < decoder_process.peak_kib < 512 * MIB


def test_memory_is_bounded_where_the_pixels_are_not(settings):
    settings.PHOTO_MAX_PIXELS = 10**9
    assert refused(black_png(16_000)) == "memory"
    assert decoder_process.peak_kib < 1200 * MIB


def test_a_refused_bomb_costs_no_memory():
    assert refused(png(30_000, 30_000)) == "pixels"
    assert decoder_process.peak_kib < 40 * MIB


def test_time_is_bounded(monkeypatch):
    monkeypatch.setattr(decoding, "CHECK_SECONDS", 1)
    assert refused(jpeg_of_scans((3000, 3000), 5000)) == "time"
    assert decoding.check(encoded()).width == 64


def test_a_child_that_sleeps_is_ended_by_the_clock(monkeypatch, decoder):
    monkeypatch.setattr(decoding, "CHECK_WAIT", 0.2)
    os.kill(decoder.process.pid, signal.SIGSTOP)
    began = time.monotonic()
    assert refused(encoded()) == "time"
    assert time.monotonic() - began < 20
    assert decoder.process.poll() is not None
    monkeypatch.undo()
    assert decoding.check(encoded()).width == 64


@pytest.mark.parametrize(("number", "code"), [(signal.SIGSEGV, "crash"), (signal.SIGABRT, "crash"), (9, "memory")])
def test_a_child_that_crashes_is_a_sentence_and_no_more(decoder, caplog, number, code):
    """9 is what the kernel does where memory ends."""

    def crash(name, data):
        os.kill(children_of(decoder.process.pid)[0], number)

    with pytest.raises(ValidationError) as caught:
        decoding.make(noise(), files(20, (1200, 900)), crash)
    assert caught.value.code == code
    assert code in caplog.text
    assert decoding.check(encoded()).width == 64


def test_a_process_that_is_gone_is_started_anew(decoder):
    decoder.process.kill()
    decoder.process.wait()
    assert decoding.check(encoded()).width == 64


def test_a_process_that_goes_in_the_middle_is_not_the_pictures_fault(decoder):
    def end(name, data):
        os.killpg(decoder.process.pid, signal.SIGKILL)

    with pytest.raises(ValidationError) as caught:
        decoding.make(noise(), files(20, (1200, 900)), end)
    assert caught.value.code == "busy"
    assert decoding.check(encoded()).width == 64


def test_a_process_that_does_not_start_is_a_sentence(fresh, monkeypatch):
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert refused(encoded()) == "busy"


def test_threads_wait_for_each_other(decoder):
    most, answers = [], []

    def watch(name, data):
        most.append(len(children_of(decoder.process.pid)))
        answers.append(data)

    def make():
        decoding.make(noise(), files(4, (1200, 900)), watch)

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(answers) == 16
    assert max(most) == 1


def test_a_turn_that_does_not_come_is_a_sentence(monkeypatch):
    monkeypatch.setattr(decoder_process, "TURN_WAIT", 0.01)
    with decoder_process._turn:
        assert refused(encoded()) == "busy"


def test_a_fork_of_this_process_has_its_own(decoder):
    child = os.fork()
    if child == 0:
        own = decoding.check(encoded()).width == 64 and decoder_process._running.process.pid != decoder.process.pid
        decoder_process.stop()
        os._exit(0 if own else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert decoding.check(encoded()).width == 64
    assert decoder_process._running is decoder


KILLED = """
import django, sys, threading; django.setup()
from photos import decoder_process, decoding
from tests.hostile.making_pictures import encoded, jpeg_of_scans
decoding.check(encoded())
print(decoder_process._running.process.pid, flush=True)
decoding.check(jpeg_of_scans((4000, 4000), 5000))
"""


def test_it_ends_with_its_parent_even_at_work(tmp_path):
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "newsroom.settings", "DATA_DIR": str(tmp_path)}
    with subprocess.Popen(
        [sys.executable, "-c", KILLED], cwd=django_settings.BASE_DIR, env=environment, stdout=subprocess.PIPE, text=True
    ) as parent:
        pid = int(parent.stdout.readline())
        wait_until(lambda: children_of(pid))
        (child,) = children_of(pid)
        parent.kill()
    # Left alone the child would be busy for longer: its processor time is 15 seconds.
    wait_until(lambda: is_gone(pid) and is_gone(child), seconds=8)


def is_gone(pid):
    """Also where nobody has asked for its end yet."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


@pytest.mark.parametrize(
    "facts",
    [
        {"extension": "../../x", "color": "#000000", "declared": ""},
        {"extension": "png", "color": "red;", "declared": ""},
        {"extension": "png", "color": "#000000", "declared": "<script>"},
    ],
)
def test_what_the_child_says_is_not_believed_blindly(monkeypatch, facts):
    def answers(job, data, wait):
        yield {"width": 1, "height": 1, **facts}, b""

    monkeypatch.setattr(decoder_process, "answers", answers)
    assert refused(encoded()) == "crash"


@pytest.mark.parametrize("said", [["0.x", "0.x"], ["../0.x"], []])
def test_a_child_names_the_files_that_were_asked_for(monkeypatch, said):
    def answers(job, data, wait):
        yield from (({"name": name}, b"") for name in said)

    monkeypatch.setattr(decoder_process, "answers", answers)
    with pytest.raises(ValidationError) as caught:
        decoding.make(encoded(), files(1), lambda name, data: None)
    assert caught.value.code == "crash"
