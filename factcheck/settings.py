"""The one module that reads the environment. Every variable is listed in README.md, “Settings”.

Nothing set means the embedded defaults: SQLite, tantivy and a local Redis that the launcher starts.
A production installation sets SECRET_KEY, SITE_URL, DATABASE_URL, REDIS_URL and ELASTICSEARCH_URL.
"""

from __future__ import annotations

import os
import secrets
from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _


def _flag(name: str, default: bool = False) -> bool:
    value = os.environ.get(name, "")
    if value.lower() not in {"", "0", "1", "true", "false", "yes", "no"}:
        raise ImproperlyConfigured(f"{name}={value!r}: write 1 or 0")
    return default if value == "" else value.lower() in {"1", "true", "yes"}


def _number(name: str, default: float, *, least: float) -> float:
    value = os.environ.get(name, "") or str(default)
    try:
        number = float(value)
    except ValueError:
        number = -1.0
    if not least <= number < 1e9:
        raise ImproperlyConfigured(f"{name}={value!r}: write a number of at least {least:g}")
    return number


def _names(name: str) -> list[str]:
    return [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()]


BASE_DIR = Path(__file__).resolve().parent.parent
#: Everything that this installation writes and that is not in the database.
VAR_DIR = Path(os.environ.get("FACTCHECK_VAR", BASE_DIR / "var"))
VAR_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = _flag("DEBUG")


def _secret_key() -> str:
    """Take SECRET_KEY, else keep a random one of this installation in ``var/``, for its owner only."""
    if key := os.environ.get("SECRET_KEY", ""):
        return key
    kept = VAR_DIR / "secret_key"
    try:
        descriptor = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return kept.read_text("ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        key = secrets.token_urlsafe(50)
        file.write(key)
    return key


SECRET_KEY = _secret_key()
#: Former keys, while what was signed and sealed under them is to be read still.
SECRET_KEY_FALLBACKS = _names("SECRET_KEY_FALLBACKS")
#: The Ed25519 key that signs dossiers; made with the installation, readable by its owner alone.
SIGNING_KEY_FILE = Path(os.environ.get("SIGNING_KEY_FILE", VAR_DIR / "signing_key"))

#: Where exports of everything wait to be downloaded; workers write there and web processes read.
EXPORT_FOLDER = Path(os.environ.get("EXPORT_FOLDER", VAR_DIR / "exports"))

#: Where readers reach this installation; all published links are made from it, never from a Host header.
SITE_URL = os.environ.get("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
_site = urlsplit(SITE_URL)
if _site.scheme not in {"http", "https"} or not _site.hostname:
    raise ImproperlyConfigured(f"SITE_URL={SITE_URL!r}: write an address such as https://check.example.org")
SECURE = _site.scheme == "https"
ALLOWED_HOSTS = sorted({_site.hostname, "127.0.0.1", "localhost", *_names("ALLOWED_HOSTS")})
CSRF_TRUSTED_ORIGINS = [SITE_URL]
#: Who publishes the checks (ClaimReview ``author``).
ORGANISATION_NAME = os.environ.get("ORGANISATION_NAME", "Factcheck newsroom")
ORGANISATION_URL = os.environ.get("ORGANISATION_URL", SITE_URL)
#: The address of the terms that the published markup may be used under (schema.org ``sdLicense``), if any.
MARKUP_LICENSE = os.environ.get("MARKUP_LICENSE", "").strip()

INSTALLED_APPS = [
    "claims.apps.ClaimsConfig",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_prometheus",
    "csp",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
]
AUTH_USER_MODEL = "claims.Person"
AUTHENTICATION_BACKENDS = [
    # Refuses a name that was guessed at too often; the next one compares passwords.
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "claims.web.methods.MethodsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "claims.web.idle.IdleMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
    "claims.api.middleware.ApiMiddleware",
]
ROOT_URLCONF = "factcheck.urls"
WSGI_APPLICATION = "factcheck.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# --- Database ---------------------------------------------------------------------------------------
DATABASES = {
    "default": dj_database_url.config(
        env="DATABASE_URL",
        default=f"sqlite:///{VAR_DIR / 'factcheck.sqlite3'}",
        conn_max_age=60,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Without IMMEDIATE, a transaction that reads first and writes later fails at once when another writes.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
    # pytest's processes and threads share a file; an in-memory database cannot be seen by a worker process.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Celery and Redis -------------------------------------------------------------------------------
REDIS_URL = os.environ.get("REDIS_URL", "")
CELERY_BROKER_URL = REDIS_URL or "redis://127.0.0.1:6379/0"
#: How jobs are run (claims/jobs). Times in seconds.
JOB_LEASE_SECONDS = _number("JOB_LEASE_SECONDS", 60, least=1)
JOB_HEARTBEAT_SECONDS = _number("JOB_HEARTBEAT_SECONDS", 15, least=0.1)
JOB_BACKOFF_SECONDS = _number("JOB_BACKOFF_SECONDS", 5, least=0)
JOB_SWEEP_SECONDS = _number("JOB_SWEEP_SECONDS", 5, least=0.1)
JOB_TIME_LIMIT_SECONDS = _number("JOB_TIME_LIMIT_SECONDS", 600, least=1)
#: The private memory that one job's process may take, in megabytes.
JOB_MEMORY_MEGABYTES = _number("JOB_MEMORY_MEGABYTES", 3072, least=256)
CELERY_TASK_TIME_LIMIT = JOB_TIME_LIMIT_SECONDS
CELERY_BEAT_MAX_LOOP_INTERVAL = min(5.0, JOB_SWEEP_SECONDS)
#: How often the search index is compared with the database.
DRIFT_REPAIR_SECONDS = _number("DRIFT_REPAIR_SECONDS", 900, least=10)
#: The tasks that tick, and how often, in seconds.
_TICKS = {
    "sweep_jobs": JOB_SWEEP_SECONDS,
    "request_due_polls": 60.0,
    "request_due_looks": 15.0,
    "request_cited_looks": 600.0,
    "request_drift_repair": DRIFT_REPAIR_SECONDS,
    "request_due_mail": 60.0,
    "forget_old_requests": 3600.0,
    "forget_old_exports": 3600.0,
    "forget_old_notices": 3600.0,
    "refresh_statistics": 21_600.0,
}
#: A tick that was not run before the next one is worth nothing, so it expires.
CELERY_BEAT_SCHEDULE = {
    name.replace("_", "-"): {
        "task": f"claims.tasks.{name}",
        "schedule": seconds,
        "options": {"expires": max(5.0, seconds)},
    }
    for name, seconds in _TICKS.items()
}

# --- Search -----------------------------------------------------------------------------------------
ELASTICSEARCH_URL = os.environ.get("ELASTICSEARCH_URL", "")
SEARCH_INDEX_PREFIX = os.environ.get("SEARCH_INDEX_PREFIX", "factcheck")
SEARCH_FOLDER = Path(os.environ.get("SEARCH_FOLDER", VAR_DIR / "search"))
#: A folder with a newsroom's own lexicon files, read beside ``claims/language/lexicon/``.
LEXICON_FOLDER = os.environ.get("LEXICON_FOLDER", "")
#: Touched by ``manage.py reload_lexicon``; every process on this machine looks at it.
LEXICON_SIGNAL = VAR_DIR / "lexicon-reloaded"
#: Optional, off by default: a LibreTranslate-compatible service, and an ONNX sentence encoder (a folder with
#: model.onnx and tokenizer.json; empty: the model of the extra “semantic”, where that is installed).
TRANSLATOR_URL = os.environ.get("TRANSLATOR_URL", "").strip()
TRANSLATOR_KEY = os.environ.get("TRANSLATOR_KEY", "")
ENCODER_FOLDER = os.environ.get("ENCODER_FOLDER", "").strip()

# --- API --------------------------------------------------------------------------------------------
#: Requests in a minute: of one address without a token, and of one token. All workers count together.
API_REQUESTS_PER_MINUTE = int(_number("API_REQUESTS_PER_MINUTE", 120, least=1))
API_TOKEN_REQUESTS_PER_MINUTE = int(_number("API_TOKEN_REQUESTS_PER_MINUTE", 600, least=1))

# --- Fetching ---------------------------------------------------------------------------------------
#: Exact ``host:port`` pairs that may be fetched although they are not public (an intranet archive, tests).
FETCH_ALLOWED_HOSTS = _names("FETCH_ALLOWED_HOSTS")
#: How watched articles are looked at again: the shortest and the longest pause, after how many days without a
#: change the watch ends, and how old the newest update of a live blog may be for a watch of its own accord.
WATCH_SHORTEST_SECONDS = _number("WATCH_SHORTEST_SECONDS", 120, least=10)
WATCH_LONGEST_SECONDS = _number("WATCH_LONGEST_SECONDS", 14_400, least=10)
WATCH_SILENCE_DAYS = _number("WATCH_SILENCE_DAYS", 3, least=0)
WATCH_FRESH_HOURS = _number("WATCH_FRESH_HOURS", 48, least=0)
#: How often a page that a verdict cites is looked at again, and how many looks a day one site and all get at most.
CITED_LOOK_HOURS = _number("CITED_LOOK_HOURS", 24, least=1)
CITED_LOOKS_PER_SITE = int(_number("CITED_LOOKS_PER_SITE", 100, least=0))
CITED_LOOKS_A_DAY = int(_number("CITED_LOOKS_A_DAY", 5_000, least=0))
#: After so many days without a delivery taken, a webhook subscription is disabled.
WEBHOOK_FAILING_DAYS = _number("WEBHOOK_FAILING_DAYS", 5, least=0)
#: The WebSub hub that is told of every change of a feed, and that the feeds name; empty: none.
WEBSUB_HUB_URL = os.environ.get("WEBSUB_HUB_URL", "").strip()
#: The largest form or upload that is read into memory, in bytes.
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000

# --- Mail -------------------------------------------------------------------------------------------
#: Where mail is handed in: smtp://, smtp+tls:// (STARTTLS) or smtps://, with name and password if asked for.
#: Empty: this installation sends no mail, and people read their notices on the pages.
MAIL_URL = os.environ.get("MAIL_URL", "").strip()
_mail = urlsplit(MAIL_URL)
if MAIL_URL and (_mail.scheme not in {"smtp", "smtp+tls", "smtps"} or not _mail.hostname):
    raise ImproperlyConfigured(
        "MAIL_URL: write smtp://host:25, smtp+tls://name:password@host:587 or smtps://…"
    )
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if MAIL_URL else 'dummy'}.EmailBackend"
EMAIL_HOST = _mail.hostname or "localhost"
EMAIL_PORT = _mail.port or {"smtps": 465, "smtp+tls": 587}.get(_mail.scheme, 25)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.scheme == "smtp+tls", _mail.scheme == "smtps"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("MAIL_FROM", "").strip() or f"factcheck@{_site.hostname}"

# --- Languages and time -----------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("uk", _("Ukrainian")), ("ru", _("Russian"))]
LOCALE_PATHS = [BASE_DIR / "claims" / "locale"]
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
#: The zone in which a desk without one of its own sees moments.
DEFAULT_DESK_ZONE = os.environ.get("DESK_ZONE", "Europe/Kyiv")

# --- Files ------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = DEBUG
MEDIA_ROOT = VAR_DIR / "media"

# --- Signing in -------------------------------------------------------------------------------------
#: Guesses at one name from one address, and how long that pair then waits.
AXES_FAILURE_LIMIT = int(_number("SIGN_IN_GUESSES", 6, least=1))
AXES_COOLOFF_TIME = timedelta(minutes=_number("SIGN_IN_WAIT_MINUTES", 15, least=1))
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
#: Guesses at one name from all addresses within that time, before browsers that it never signed in with wait.
SIGN_IN_GUESSES_EVERYWHERE = int(_number("SIGN_IN_GUESSES_EVERYWHERE", 30, least=1))
AXES_HANDLER = "claims.web.guesses.GuessedFromEverywhere"
AXES_RESET_ON_SUCCESS = True
# Knocking on a locked door must not keep it locked: whoever guesses would keep the person out for good.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_LOCKOUT_CALLABLE = "claims.web.accounts.locked_out"
AXES_CLIENT_IP_CALLABLE = "claims.web.addresses.client_address"
AXES_ENABLE_ADMIN = False
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
#: How many proxies stand in front and add to X-Forwarded-For; 0 believes the connection alone.
TRUST_FORWARDED_FOR = int(_number("TRUST_FORWARDED_FOR", 0, least=0))
OTP_TOTP_ISSUER = ORGANISATION_NAME

# --- Security ---------------------------------------------------------------------------------------
LOGIN_URL = "sign_in"
CSRF_FAILURE_VIEW = "claims.web.errors.csrf_failure"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
#: A browser accepts a cookie of this prefix over TLS alone, for this host alone, and from no subdomain.
SESSION_COOKIE_NAME = "__Host-sessionid" if SECURE else "sessionid"
#: How long a session lives without a person behind it, in seconds.
SESSION_COOKIE_AGE = int(_number("SESSION_IDLE_MINUTES", 240, least=5) * 60)
SECURE_SSL_REDIRECT = SECURE and not _flag("BEHIND_TLS_PROXY_ONLY")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _flag("TRUST_FORWARDED_PROTO") else None
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
# Monitors ask inside the network, without TLS.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
        "img-src": [SELF, "data:"],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "WARNING")},
}
