"""Programs that pip cannot bring: from the system's package manager where we may use it, else named in one line."""

import contextlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from prepare import say

POLICY = Path("/usr/sbin/policy-rc.d")


def install(purpose, *packages):
    names = " ".join(packages)
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        sys.exit(f"{purpose} is missing. Install it (Debian, Ubuntu: sudo apt-get install {names}) and start again.")
    say("system", f"installing {names} with apt-get")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    options = ["-qq", "-o", "DPkg::Lock::Timeout=300"]
    steps = [["update"], ["install", "-y", "--no-install-recommends", *packages]]
    with _no_services_started():
        for step in steps:
            command = ["apt-get", *options, *step]
            done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{(done.stdout + done.stderr)[-2000:]}\n{purpose}: apt-get could not install {names}.")


@contextlib.contextmanager
def _no_services_started():
    """Debian starts a server as soon as it is installed, unless this file says no. The tests start their own."""
    if POLICY.exists() or not POLICY.parent.is_dir():
        yield
        return
    POLICY.write_text("#!/bin/sh\nexit 101\n")
    POLICY.chmod(0o755)
    try:
        yield
    finally:
        POLICY.unlink(missing_ok=True)
