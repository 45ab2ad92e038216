"""The second half of `make run`, in .venv: database, demo edition, static files; then worker and gunicorn for us."""

import errno
import os
import socket
import subprocess
import sys

from prepare import LOCKS, ROOT, STATIC, say
from stamps import Stamps, digest

# What may change the database when it changes: migrations, triggers and whatever else runs after migrate.
APPS = ("newsroom", "authors", "photos", "articles", "comments", "tracker", "desk")
# What `make dev` watches besides imported modules: templates are cached while debug is off, catalogues read once.
WATCHED = ("templates/**/*.*", "locale/**/*.mo", *(f"{app}/**/*.py" for app in APPS))
SHARED_MEMORY = "/dev/shm"  # noqa: S108 (gunicorn makes its own private file in it)


def main():
    check_port_number(os.environ.get("PORT", "8000"))
    settings = load_settings()
    reload = "--reload" in sys.argv[1:]
    check_port(settings.HOST, settings.PORT)
    stamps = Stamps(settings.DATA_DIR / "stamps.json")
    ensure_database(stamps)
    if not settings.PRODUCTION:
        ensure_demo(stamps)
    ensure_static_files(stamps, settings.STATIC_ROOT)
    serve(settings.HOST, settings.PORT, reload)


def load_settings():
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured

    sys.path.insert(0, str(ROOT))
    os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings"
    try:
        _ = settings.DATABASES
    except (ImproperlyConfigured, ValueError, OSError) as error:
        sys.exit(f"Newsroom cannot start: {error}")
    return settings


def check_port_number(text):
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        sys.exit(f"PORT is {text!r}: choose a number from 1 to 65535.")


def check_port(host, port):
    """Say at once, in one sentence, what gunicorn would say after five attempts."""
    try:
        family, _kind, _protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        socket.create_server(address[:2], family=family).close()
    except OSError as error:
        reason = "is already in use" if error.errno == errno.EADDRINUSE else f"cannot be used: {error.strerror}"
        sys.exit(f"Port {port} on {host} {reason}. Choose another: make run PORT={port + 1}")


def manage(*arguments):
    code = subprocess.run([sys.executable, ROOT / "manage.py", *arguments], cwd=ROOT).returncode
    if code:
        sys.exit(f"manage.py {arguments[0]} failed (exit code {code}); the lines above say why.")


def ensure_database(stamps):
    code = digest([LOCKS / "runtime.txt", *(file for app in APPS for file in (ROOT / app).rglob("*.py"))], ROOT)
    if database_marks()[1] and stamps["database"] == [code, *database_marks()]:
        return
    say("database", "bringing the tables up to date")
    manage("migrate", "--verbosity", "0")
    stamps["database"] = [code, *database_marks()]


def database_marks():
    """Where the database is and when it was first and last migrated: tells a new, emptied or other one apart."""
    from django.db import DatabaseError, connection

    place = [str(connection.settings_dict[key]) for key in ("ENGINE", "NAME", "HOST", "PORT")]
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        sys.exit(f"The database does not answer: {str(error).strip()}")
    try:
        # Not through Django's cursor, which warns while apps are not loaded; loading them would cost a second.
        with connection.wrap_database_errors:
            row = connection.connection.execute("SELECT count(*), min(applied), max(applied) FROM django_migrations")
            count, first, last = row.fetchone()
    except DatabaseError:
        count, first, last = 0, "", ""
    connection.close()
    return [place, count, str(first), str(last)]


def ensure_demo(stamps):
    """The command itself leaves a database alone that holds anything; it is asked once for each new database."""
    place, _count, first, _last = database_marks()
    if stamps["demo"] == [place, first]:
        return
    say("demo", "loading the demo edition if the database is empty")
    manage("first_run")
    stamps["demo"] = [place, first]


def ensure_static_files(stamps, static_root):
    wanted = [str(static_root), digest([STATIC, LOCKS / "runtime.txt", ROOT / "newsroom" / "settings.py"], ROOT)]
    if stamps["static files"] == wanted and static_root.exists():
        return
    say("static", "collecting and compressing static files")
    manage("collectstatic", "--noinput", "--clear", "--verbosity", "0")
    stamps["static files"] = wanted


def serve(host, port, reload):
    shown = f"[{host}]" if ":" in host else host
    command = [sys.executable, "-m", "gunicorn", "newsroom.wsgi", "--bind", f"{shown}:{port}", "--chdir", str(ROOT)]
    command += ["--worker-class", "gthread", "--workers", os.environ.get("WEB_CONCURRENCY", "2"), "--threads", "4"]
    command += ["--graceful-timeout", "10", "--log-level", "warning", "--no-control-socket"]
    if os.access(SHARED_MEMORY, os.W_OK):
        # The workers' heartbeat files: on a disk they may block and get a healthy worker killed.
        command += ["--worker-tmp-dir", SHARED_MEMORY]
    if reload:
        command += ["--reload", *(part for pattern in WATCHED for part in ("--reload-extra-file", f"{ROOT}/{pattern}"))]
    # Our child now, gunicorn's child in a moment: exec keeps the process.
    subprocess.Popen([sys.executable, ROOT / "scripts" / "worker.py"], cwd=ROOT)
    say("ready", f"http://{shown}:{port}/  (admin: /admin/; Ctrl-C ends it)")
    os.execv(sys.executable, command)


if __name__ == "__main__":
    main()
