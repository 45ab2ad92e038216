"""`make check`: no migration is missing, and Django's deployment checks pass with production settings."""

import os
import secrets
import subprocess
import sys
import tempfile

import prepare


def main():
    prepare.ensure_packages("dev")
    prepare.ensure_assets()
    with tempfile.TemporaryDirectory(prefix="newsroom-check-") as folder:
        local = {"NEWSROOM_ENV": "local", "DATA_DIR": folder, "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3"}
        production = {
            **local,
            "NEWSROOM_ENV": "production",
            "SECRET_KEY": secrets.token_urlsafe(64),
            "ALLOWED_HOSTS": "news.example.org",
            "SITE_URL": "https://news.example.org",
        }
        manage(local, "makemigrations", "--check", "--dry-run")
        manage(production, "check", "--deploy", "--fail-level", "WARNING")


def manage(variables, *arguments):
    prepare.say("check", " ".join(arguments))
    command = [prepare.PYTHON, prepare.ROOT / "manage.py", *arguments]
    code = subprocess.run(command, cwd=prepare.ROOT, env={**os.environ, **variables}).returncode
    if code:
        sys.exit(f"manage.py {' '.join(arguments)} failed.")


if __name__ == "__main__":
    main()
