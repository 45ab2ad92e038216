"""What runs beside the web server of `make run`: one `manage.py tick`, started again if it ends, ended with the server.

serve.py starts it just before it becomes gunicorn, so that gunicorn is its parent; when that is gone, so is this.
"""

import os
import signal
import subprocess
import sys
import time

from prepare import ROOT

EVERY = 15  # seconds between two rounds: an update goes out at most so late
PAUSE = 2  # seconds before a worker that ended is started again


def main():
    parent = os.getppid()
    worker = start()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    # Ctrl-C reaches the whole group; gunicorn decides when to end, and we follow.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        while os.getppid() == parent:
            try:
                worker.wait(PAUSE)
            except subprocess.TimeoutExpired:
                continue
            time.sleep(PAUSE)
            worker = start()
    finally:
        worker.terminate()


def start():
    return subprocess.Popen([sys.executable, ROOT / "manage.py", "tick", "--every", str(EVERY)], cwd=ROOT)


if __name__ == "__main__":
    main()
