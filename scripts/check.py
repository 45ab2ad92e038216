"""`make check`: no migration and no translation is missing, and Django's deployment checks pass as in production."""

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
            "EMAIL_URL": "smtp+tls://mail.example.org:587",
        }
        run(local, "manage.py", "makemigrations", "--check", "--dry-run")
        run(local, "scripts/messages.py", "--check")
        run(production, "manage.py", "check", "--deploy", "--fail-level", "WARNING")


def run(variables, *command):
    prepare.say("check", " ".join(command))
    code = subprocess.run([prepare.PYTHON, *command], cwd=prepare.ROOT, env={**os.environ, **variables}).returncode
    if code:
        sys.exit(f"{' '.join(command)} failed.")


if __name__ == "__main__":
    main()
