"""Settings, driven by the environment alone. README.md has the table of all variables.

`NEWSROOM_ENV=local` (the default) runs after a clone: loopback, SQLite, a secret made on this machine.
`NEWSROOM_ENV=production` refuses to start until secret, hosts and HTTPS are set.
"""

import hmac
import secrets
import sys
import zoneinfo
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from . import file_stores

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent

NEWSROOM_ENV = env.str("NEWSROOM_ENV", "local")
if NEWSROOM_ENV not in ("local", "production"):
    raise ImproperlyConfigured(f"NEWSROOM_ENV is {NEWSROOM_ENV!r}: set it to 'local' or 'production'.")
PRODUCTION = NEWSROOM_ENV == "production"
DEBUG = env.bool("NEWSROOM_DEBUG", False)
TESTING = "pytest" in sys.modules

DATA_DIR = Path(env.str("DATA_DIR", str(BASE_DIR / "data"))).resolve()
HOST, PORT = env.str("HOST", "127.0.0.1"), env.int("PORT", 8000)


def _local_secret():
    """The secret of a local installation: made once, kept beside its database, readable by its owner only."""
    path = DATA_DIR / "secret_key"
    if not path.exists():
        DATA_DIR.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(64))
    return path.read_text().strip()


def _production_faults():
    if DEBUG:
        yield "NEWSROOM_DEBUG is on: switch it off in production."
    if len(env.str("SECRET_KEY", "")) < 50:
        yield "SECRET_KEY is missing or shorter than 50 characters: set a long random value."
    if not env.list("ALLOWED_HOSTS", default=[]) or "*" in env.list("ALLOWED_HOSTS"):
        yield "ALLOWED_HOSTS is missing or '*': name the hosts that this site answers for."
    site = urlsplit(env.str("SITE_URL", ""))
    if site.scheme != "https" or not site.hostname:
        yield "SITE_URL is missing or not https: set the public address, such as https://news.example.org."
    if not env.str("EMAIL_URL", ""):
        yield "EMAIL_URL is missing: name the mail server, such as smtp+tls://user:password@mail.example.org:587."


if PRODUCTION and (faults := list(_production_faults())):
    raise ImproperlyConfigured("Production cannot start:\n- " + "\n- ".join(faults))

SECRET_KEY = env.str("SECRET_KEY", "") or _local_secret()
# Networks are kept as HMACs under a key of their own: changing it makes the old ones worthless and harms nothing else.
NETWORK_KEY = env.str("NETWORK_KEY", "") or hmac.digest(SECRET_KEY.encode(), b"newsroom.network-key", "sha256").hex()
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[]) or ["localhost", "127.0.0.1", "[::1]"]
SITE_URL = env.str("SITE_URL", f"http://127.0.0.1:{PORT}").rstrip("/")
SITE_NAME = env.str("SITE_NAME", "Tech & Space")
# Demo stories are public on a local installation only (DESIGN: they are shown, labelled, and never in production).
DEMO_IS_PUBLIC = not PRODUCTION

INSTALLED_APPS = [
    "newsroom",
    "authors",
    "photos",
    "articles",
    "comments",
    "tracker",
    "desk",
    "taggit",
    "desk.apps.DeskAdminConfig",  # django.contrib.admin with our site
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    # Last: its catalogue has many of Django's words in a Croatian of its own.
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "newsroom.security.SecurityHeadersMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "newsroom.language.LanguageMiddleware",
    "newsroom.security.BadInputMiddleware",
    "newsroom.errors.MethodPageMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "newsroom.language.StaffLanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "authors.User"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "newsroom.language.account_language",
            ],
        },
    }
]

# Database. SQLite: WAL, and every transaction takes its write lock at the start, so that it waits instead of failing.
DATABASES = {"default": env.db_url("DATABASE_URL", f"sqlite:///{DATA_DIR / 'db.sqlite3'}")}
if DATABASES["default"].get("ENGINE") not in ("django.db.backends.sqlite3", "django.db.backends.postgresql"):
    raise ImproperlyConfigured("DATABASE_URL must begin with sqlite:/// or postgres://, followed by the database.")
DATABASES["default"].update(CONN_MAX_AGE=600, CONN_HEALTH_CHECKS=True)
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"].setdefault("OPTIONS", {}).update(
        timeout=20,
        transaction_mode="IMMEDIATE",
        init_command="PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000;"
        " PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;",
    )
    # A file, not memory: parallel requests of a live server need more than one connection.
    DATABASES["default"]["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}

elif env.bool("DATABASE_PREPARE", True):
    # The home page's query takes PostgreSQL ten times longer to plan than to run: prepared once per connection, it does
    # not plan again, since every list is a range of one index whatever its values. Off behind a pooler that hands out a
    # connection per transaction.
    DATABASES["default"].setdefault("OPTIONS", {}).update(
        server_side_binding=True, prepare_threshold=2, options="-c plan_cache_mode=force_generic_plan"
    )

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

if TESTING:
    # Tests make thousands of accounts, and a good hash takes a third of a second on purpose.
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# Readers' accounts (docs/decisions/0016): allauth without its own limits, social accounts, user names and sites.
LOGIN_URL, LOGIN_REDIRECT_URL = "account_login", "account_home"
ACCOUNT_ADAPTER, MFA_ADAPTER = "authors.accounts.AccountAdapter", "authors.accounts.PasskeyAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 900
ACCOUNT_CHANGE_EMAIL = ACCOUNT_EMAIL_NOTIFICATIONS = ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# allauth's limits are kept per process, and let a stranger lock an owner out; ours are in RATE_LIMITS.
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False
MFA_SUPPORTED_TYPES = ["webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
# A browser takes http://localhost for safe; fido2 does not.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION

# Mail. Locally it is printed, by whoever sends it.
EMAIL_URL = env.str("EMAIL_URL", "") or "consolemail://"
if urlsplit(EMAIL_URL).scheme not in env.EMAIL_SCHEMES:
    raise ImproperlyConfigured("EMAIL_URL must begin with smtp://, smtp+tls://, smtp+ssl:// or consolemail://.")
vars().update(env.email_url_config(EMAIL_URL))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("MAIL_FROM", "") or f"noreply@{urlsplit(SITE_URL).hostname}"

# Languages. The first is the edition without a prefix; each other one lives under /<code>/.
LANGUAGES = [("en", _("English")), ("hr", _("Croatian"))]
LANGUAGE_CODE = "en"
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "newsroom.formats"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
# Rules printed dates, archive months and the desk's scheduling field.
EDITION_TIME_ZONE = env.str("EDITION_TIME_ZONE", "Europe/Zagreb")
try:
    zoneinfo.ZoneInfo(EDITION_TIME_ZONE)
except (zoneinfo.ZoneInfoNotFoundError, ValueError) as error:
    raise ImproperlyConfigured(
        f"EDITION_TIME_ZONE is {EDITION_TIME_ZONE!r}: name a zone like Europe/Zagreb."
    ) from error

# Files
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", str(DATA_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static" / "dist"]
MEDIA_URL = env.str("MEDIA_URL", "/media/")
MEDIA_ROOT = DATA_DIR / "media"
if faults := list(file_stores.faults(env, MEDIA_URL)):
    raise ImproperlyConfigured("The file stores cannot be used:\n- " + "\n- ".join(faults))
STORAGES = {
    # "default": what pages show. "originals": uploads as they came, for making renditions anew. They may say where they
    # were taken: nothing serves them.
    **file_stores.stores(env),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_MAX_AGE = 3600
FILE_UPLOAD_PERMISSIONS = 0o644
FILE_UPLOAD_HANDLERS = ["newsroom.uploads.BoundedUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
# A photo's bounds: the bytes of the file, and the pixels that its header announces.
PHOTO_MAX_BYTES = 20 * 1024 * 1024
PHOTO_MAX_PIXELS = env.int("PHOTO_MAX_PIXELS", 25_000_000)

# Content credentials (C2PA) in every rendition: paths of a certificate chain and its key, both PEM.
C2PA_CERTIFICATE, C2PA_KEY = env.str("C2PA_CERTIFICATE", ""), env.str("C2PA_KEY", "")


def _credential_faults():
    given = {"C2PA_CERTIFICATE": C2PA_CERTIFICATE, "C2PA_KEY": C2PA_KEY}
    if not any(given.values()):
        return
    for name, path in given.items():
        if not path:
            yield f"{name} is missing: content credentials need a certificate and its key."
        elif not Path(path).is_file():
            yield f"{name} names no file: {path}"
    if not find_spec("c2pa"):
        yield "The package c2pa-python is missing: install it (docs/operating.md), or unset both variables."


if faults := list(_credential_faults()):
    raise ImproperlyConfigured("Content credentials cannot be signed:\n- " + "\n- ".join(faults))

# Space Tracker: whether `tick` fetches what flies, and from where. SATELLITE_GROUPS are groups of CelesTrak.
SPACE_FETCHES = env.bool("SPACE_FETCHES", PRODUCTION)
SATELLITE_GROUPS = env.list("SATELLITE_GROUPS", default=["stations", "visual", "weather", "science", "gnss"])
SATELLITES_URL = env.str("SATELLITES_URL", "https://celestrak.org/NORAD/elements/gp.php")
LAUNCHES_URL = env.str("LAUNCHES_URL", "https://ll.thespacedevs.com/2.3.0/launches/upcoming/")

# Security. Public pages use files only: no inline script or style, no nonce, so the same bytes serve every reader.
_media = urlsplit(MEDIA_URL)
CSP_MEDIA = [f"{_media.scheme}://{_media.netloc}"] if _media.netloc else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", *CSP_MEDIA],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "newsroom.errors.csrf_failure"
if PRODUCTION:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", True)
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", 31_536_000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", False)
    SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_PRELOAD", False)
    # Subdomains and the preload list are the domain owner's decision, not ours.
    SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
    if header := env.str("HTTPS_PROXY_HEADER", ""):
        SECURE_PROXY_SSL_HEADER = ("HTTP_" + header.upper().replace("-", "_"), "https")

# Limits (name: how many, in how many seconds). They hold over all processes and machines: counted in Redis where there
# is one, else in the database.
REDIS_URL = env.str("REDIS_URL", "")
if REDIS_URL and urlsplit(REDIS_URL).scheme not in ("redis", "rediss", "unix"):
    raise ImproperlyConfigured("REDIS_URL must begin with redis://, rediss:// or unix://.")
RATE_LIMITS = {
    "login-account": (10, 900),
    "login-network": (60, 900),
    # Accounts of readers: whatever is sent from one network, tried for one address, and mailed to one address.
    "account-network": (60, 900),
    "account-email": (10, 900),
    "account-code": (10, 900),
    "account-mail": (5, 3600),
    "like-reader": (40, 60),
    "like-network": (120, 60),
    # A comment's preview, and everything else that the form is sent for; what is stored; what is changed or deleted.
    "preview-network": (120, 300),
    "comment-writer": (10, 600),
    "comment-network": (60, 600),
    "edit-network": (60, 600),
    "report-network": (20, 600),
    "note-account": (30, 300),
}
# Comments: what judges each before anybody sees it. The phases (comments/phases.py) are asked in this order.
MODERATION = {
    "phases": [
        "site_closed",
        "story_closed",
        "length",
        "trap",
        "rate",
        "author_status",
        "duplicate",
        "banned_words",
        "suspect_words",
        "links",
        "capitals",
        "newcomer",
        "recently_rejected",
        "learned",
        "premoderated",
        "edited",
        "trusted_author",
        "staff",
    ],
    # Characters; seconds between the form and its being sent, below which no person is.
    "shortest": 2,
    "fastest": 3,
    # The same text of so many characters or more, so many times within so many hours.
    "duplicate_from": 20,
    "duplicate_times": 2,
    "duplicate_hours": 24,
    # So many links are held, so many are turned down.
    "links_hold": 1,
    "links_reject": 6,
    # Per cent of capitals among so many letters or more.
    "capitals": 60,
    "capitals_from": 20,
    # A newcomer has fewer approved comments than that.
    "newcomer_until": 3,
    # Days that a rejection counts for.
    "rejected_days": 14,
    # The classifier is silent before so many decisions of each kind, holds below the likeness in per cent, and decides
    # alone only where these two are numbers: approves from, rejects up to.
    "learned_from": 50,
    "learned_hold": 30,
    "learned_approve": None,
    "learned_reject": None,
}

# How many proxies in front of us append to X-Forwarded-For; none is believed by default.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 0)

TAGGIT_CASE_INSENSITIVE = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Answered with 400 and a sentence; a stack trace for every mistyped address would bury what matters.
    "loggers": {"django.security.BadInput": {"level": "CRITICAL"}},
}
