"""The same code in several processes that begin at the same moment, on the test's own database."""

import subprocess
import sys
from urllib.parse import quote

from django.conf import settings
from django.db import connection

START = """
import os, sys, django
django.setup()
print("ready", flush=True)
sys.stdin.readline()
"""


def database_url():
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    who = f"{quote(database['USER'], safe='')}:{quote(database['PASSWORD'], safe='')}"
    return f"postgres://{who}@{database['HOST']}:{database['PORT']}/{database['NAME']}"


def run_at_once(count, code, environment):
    """Returns what each printed. The code runs after django.setup()."""
    environment = {**environment, "DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "newsroom.settings"}
    running = [
        subprocess.Popen(
            [sys.executable, "-c", START + code],
            cwd=settings.BASE_DIR,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _process in range(count)
    ]
    try:
        for process in running:
            assert process.stdout.readline() == "ready\n", process.stderr.read()
        for process in running:
            process.stdin.write("\n")
            process.stdin.flush()
        return [_printed(process) for process in running]
    finally:
        for process in running:
            process.kill()
            process.wait()


def _printed(process):
    out, err = process.communicate(timeout=60)
    assert process.returncode == 0, err
    return out.strip()
