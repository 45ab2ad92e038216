"""What the other commands stand on: the virtual environment with its locked packages, Node, the built assets.

Only the standard library here, since this runs before anything is installed. `python scripts/prepare.py dev assets`
brings the environment up to the named lock (runtime, assets or dev) and, with "assets", builds the front end.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from stamps import Stamps, digest

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCKS = ROOT / "requirements"
STATIC = ROOT / "static"
NODE_OLDEST = 20
# Each lock holds everything of the ones after it, so the larger one satisfies a wish for a smaller.
LOCK_ORDER = ("dev", "assets", "runtime")

stamps = Stamps(VENV / "stamps.json")


def say(step, text):
    print(f"{step:<12} {text}", flush=True)


def run(step, command, advice, **options):
    """Run a command; when it fails, its own output stands above one sentence that says what to do."""
    try:
        code = subprocess.run([str(part) for part in command], cwd=ROOT, **options).returncode
    except OSError as error:
        code = error
    if code != 0:
        sys.exit(f"{step}: failed. {advice}")


def require_python():
    if sys.version_info < (3, 11):  # noqa: UP036 (an older Python is exactly what this looks for)
        version = ".".join(map(str, sys.version_info[:2]))
        sys.exit(f"Newsroom needs Python 3.11 or newer; this is {version}. Name another with `make run PYTHON=…`.")


def ensure_packages(lock):
    """The virtual environment exists and holds the packages of requirements/<lock>.txt."""
    require_python()
    if any(stamps[name] == _lock_stamp(name) for name in LOCK_ORDER[: LOCK_ORDER.index(lock) + 1]):
        return
    if not _venv_works():
        say("python", f"making .venv with Python {sys.version.split()[0]}")
        run("python", [sys.executable, "-m", "venv", "--clear", VENV], "On Debian and Ubuntu: install python3-venv.")
    file = LOCKS / f"{lock}.txt"
    count = sum("==" in line for line in file.read_text().splitlines())
    say("packages", f"installing {count} locked packages ({file.relative_to(ROOT)})")
    _pip_install(file)
    stamps[lock] = _lock_stamp(lock)


def _lock_stamp(lock):
    # The real interpreter belongs to it: after an upgrade of the system's Python the old environment is empty.
    return f"{digest([LOCKS / f'{lock}.txt'], ROOT)} {os.path.realpath(PYTHON)} {PYTHON.exists()}"


def _venv_works():
    if not PYTHON.exists():
        return False
    probe = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    return subprocess.run([PYTHON, "-c", probe], capture_output=True).returncode == 0


def _pip_install(file):
    command = [PYTHON, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--require-hashes", "-r", file]
    run("packages", command, "Is the package index reachable? The lines above say what pip met.")


def ensure_assets():
    """static/dist holds the front end as its sources are now (build_assets.py skips what has not changed)."""
    command = [PYTHON, ROOT / "scripts" / "build_assets.py"]
    run("assets", command, "The lines above say why.", env=_node_environment())


def _node_environment():
    """An environment whose PATH finds Node and npm: the machine's own when new enough, else the wheel in .venv."""
    if _node_is_new_enough(os.environ.get("PATH")):
        return dict(os.environ)
    path = os.pathsep.join([str(VENV / "bin"), os.environ.get("PATH", os.defpath)])
    if not _node_is_new_enough(path):
        say("node", f"no Node {NODE_OLDEST} or newer here: installing it into .venv")
        _pip_install(LOCKS / "node.txt")
    return {**os.environ, "PATH": path}


def _node_is_new_enough(path):
    node = shutil.which("node", path=path)
    if not node or not shutil.which("npm", path=path):
        return False
    answer = subprocess.run([node, "--version"], capture_output=True, text=True).stdout
    major = answer.strip().lstrip("v").split(".")[0]
    return major.isdigit() and int(major) >= NODE_OLDEST


if __name__ == "__main__":
    wishes = sys.argv[1:]
    ensure_packages(next((lock for lock in LOCK_ORDER if lock in wishes), "runtime"))
    if "assets" in wishes:
        ensure_assets()
