"""The environment decides; production does not start while anything is missing, and says what."""

import os
import re
import subprocess
import sys

import pytest
from django.conf import settings

COMPLETE = {
    "NEWSROOM_ENV": "production",
    "SECRET_KEY": "0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "ALLOWED_HOSTS": "news.example.org",
    "SITE_URL": "https://news.example.org",
    "EMAIL_URL": "smtp+tls://newsroom:p%40ss@mail.example.org:587",
}
SHOW = "from django.conf import settings as s; print("


def run(folder, *arguments, **variables):
    # Nothing of this process but what starts Python: other tests set variables of their own.
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=settings.BASE_DIR,
        env={**kept, "DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "newsroom.settings", **variables},
        capture_output=True,
        text=True,
    )


def values(folder, expression, **variables):
    done = run(folder, "-c", f"{SHOW}{expression})", **variables)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_production_names_every_fault_at_once(tmp_path):
    done = run(tmp_path, "manage.py", "check", NEWSROOM_ENV="production", NEWSROOM_DEBUG="true")
    assert done.returncode != 0
    for fault in ("NEWSROOM_DEBUG is on", *(f"{name} is missing" for name in COMPLETE if name != "NEWSROOM_ENV")):
        assert fault in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "short"),
        ("ALLOWED_HOSTS", "*"),
        ("ALLOWED_HOSTS", "news.example.org,*"),
        ("SITE_URL", "http://news.example.org"),
        ("SITE_URL", "https://"),
        ("NEWSROOM_DEBUG", "true"),
        ("EMAIL_URL", ""),
    ],
)
def test_production_refuses_to_start_with_one_fault(tmp_path, name, value):
    done = run(tmp_path, "-c", f"{SHOW}s.DEBUG)", **{**COMPLETE, name: value})
    assert done.returncode != 0
    assert f"- {name} is " in done.stderr
    assert done.stderr.count("\n- ") == 1


def test_complete_production_starts_and_is_closed(tmp_path):
    shown = values(
        tmp_path,
        "s.DEBUG, s.DEMO_IS_PUBLIC, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_SSL_REDIRECT,"
        " s.SECURE_HSTS_SECONDS",
        **COMPLETE,
    )
    assert shown == "False False True True True 31536000"


def test_djangos_deployment_checks_have_nothing_to_say(tmp_path):
    done = run(tmp_path, "manage.py", "check", "--deploy", "--fail-level", "DEBUG", **COMPLETE)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@pytest.mark.parametrize("value", ["staging", "Production", ""])
def test_an_unknown_kind_of_installation_is_refused(tmp_path, value):
    done = run(tmp_path, "-c", f"{SHOW}s.DEBUG)", NEWSROOM_ENV=value)
    assert done.returncode != 0
    assert "set it to 'local' or 'production'" in done.stderr


@pytest.mark.parametrize("value", ["Europe/Zagrb", "../etc/passwd", ""])
def test_an_unknown_time_zone_is_refused(tmp_path, value):
    done = run(tmp_path, "-c", f"{SHOW}s.DEBUG)", EDITION_TIME_ZONE=value)
    assert done.returncode != 0
    assert "EDITION_TIME_ZONE is " in done.stderr


@pytest.mark.parametrize("value", ["news.sqlite3", "mysql://localhost/news"])
def test_an_unknown_kind_of_database_is_refused(tmp_path, value):
    done = run(tmp_path, "-c", f"{SHOW}s.DEBUG)", DATABASE_URL=value)
    assert done.returncode != 0
    assert "DATABASE_URL must begin with sqlite:/// or postgres://" in done.stderr


def test_a_local_installation_starts_with_nothing_and_keeps_its_own_secret(tmp_path):
    shown = values(tmp_path, "s.SECRET_KEY, s.DEBUG, s.ALLOWED_HOSTS, s.DEMO_IS_PUBLIC")
    secret = shown.split()[0]
    assert len(secret) >= 50
    assert shown.endswith("False ['localhost', '127.0.0.1', '[::1]'] True")
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
    assert values(tmp_path, "s.SECRET_KEY") == secret


def test_pictures_from_another_host_are_allowed_by_the_policy(tmp_path):
    shown = values(
        tmp_path,
        "s.CONTENT_SECURITY_POLICY['DIRECTIVES']['img-src']",
        **COMPLETE,
        MEDIA_URL="https://cdn.example.org/media/",
    )
    assert "https://cdn.example.org'" in shown


def test_a_proxy_is_believed_only_when_it_is_named(tmp_path):
    shown = "getattr(s, 'SECURE_PROXY_SSL_HEADER', None)"
    assert values(tmp_path, shown, **COMPLETE) == "None"
    named = values(tmp_path, shown, **COMPLETE, HTTPS_PROXY_HEADER="X-Forwarded-Proto")
    assert named == "('HTTP_X_FORWARDED_PROTO', 'https')"


def test_mail_goes_out_as_the_environment_says(tmp_path):
    shown = "s.EMAIL_HOST, s.EMAIL_PORT, s.EMAIL_USE_TLS, s.EMAIL_HOST_USER, s.EMAIL_HOST_PASSWORD, s.EMAIL_TIMEOUT"
    assert values(tmp_path, shown, **COMPLETE) == "mail.example.org 587 True newsroom p@ss 10"
    shown = "s.DEFAULT_FROM_EMAIL, s.SERVER_EMAIL"
    assert values(tmp_path, shown, **COMPLETE) == "noreply@news.example.org noreply@news.example.org"
    named = values(tmp_path, shown, **COMPLETE, MAIL_FROM="Desk <desk@example.org>")
    assert named == "Desk <desk@example.org> Desk <desk@example.org>"


def test_a_local_installation_prints_its_mail(tmp_path):
    assert values(tmp_path, "s.EMAIL_BACKEND") == "django.core.mail.backends.console.EmailBackend"


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("EMAIL_URL", "mail.example.org", "EMAIL_URL must begin with smtp://"),
        ("EMAIL_URL", "https://mail.example.org", "EMAIL_URL must begin with smtp://"),
        ("REDIS_URL", "localhost:6379", "REDIS_URL must begin with redis://"),
    ],
)
def test_an_unknown_kind_of_server_is_refused(tmp_path, name, value, sentence):
    done = run(tmp_path, "-c", f"{SHOW}s.DEBUG)", **{name: value})
    assert done.returncode != 0
    assert sentence in done.stderr


def test_networks_are_hashed_under_a_key_of_their_own(tmp_path):
    made = values(tmp_path, "s.NETWORK_KEY", **COMPLETE)
    assert len(made) == 64
    assert made != COMPLETE["SECRET_KEY"]
    assert values(tmp_path, "s.NETWORK_KEY", **COMPLETE, NETWORK_KEY="another") == "another"


def test_every_variable_that_is_read_is_told_of():
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', (settings.BASE_DIR / "newsroom" / "settings.py").read_text()))
    example = (settings.BASE_DIR / ".env.example").read_text()
    assert read - set(re.findall(r"^#([A-Z_]+)=", example, re.MULTILINE)) == set()
    table = (settings.BASE_DIR / "README.md").read_text()
    assert {name for name in read if f"`{name}`" not in table} <= {
        "SECURE_HSTS_INCLUDE_SUBDOMAINS",
        "SECURE_HSTS_PRELOAD",
    }
