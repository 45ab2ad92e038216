"""`make run` and `make dev`: from a fresh clone to a served publication. Takes --reload for `make dev`."""

import os
import sys

import prepare

if __name__ == "__main__":
    prepare.ensure_packages("assets")
    prepare.ensure_assets()
    # From here on the installed packages are needed. exec: no parent stays behind the server.
    os.execv(prepare.PYTHON, [prepare.PYTHON, prepare.ROOT / "scripts" / "serve.py", *sys.argv[1:]])
