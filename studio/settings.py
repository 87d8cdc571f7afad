"""All settings, read top to bottom. The environment is read nowhere else; `.env.example` explains each name."""

import sys
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from studio import data

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
env.read_env(BASE_DIR / ".env")

# --- where things are
STUDIO_DATA = data.prepare(BASE_DIR / env.str("STUDIO_DATA", default="var"))
HOST = env.str("HOST", default="127.0.0.1")
PORT = data.port(env.str("PORT", default="8000"))
PUBLIC_URL = env.str("PUBLIC_URL", default="").rstrip("/")
LOOPBACK = HOST in {"127.0.0.1", "localhost", "::1"}

# --- security
DEBUG = env.bool("DEBUG", default=False)
DESIGN_PAGE = DEBUG
SECRET_KEY = env.str("SECRET_KEY", default="") or data.secret_key(STUDIO_DATA)
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", default=[])


def _own_hosts() -> list[str]:
    """Names this studio answers to when nobody listed them: loopback, where it listens, where it is published."""
    names = {"localhost", "127.0.0.1", "[::1]"}
    if PUBLIC_URL:
        names.add(urlsplit(PUBLIC_URL).hostname or "")
    if not LOOPBACK:
        # A wildcard address has no name of its own; the operator may narrow it with ALLOWED_HOSTS.
        names.add("*" if HOST in {"0.0.0.0", "::"} else HOST)  # noqa: S104  # compared, not bound
    return sorted(names - {""})


ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[]) or _own_hosts()
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[]) or ([PUBLIC_URL] if PUBLIC_URL else [])
SECURE = PUBLIC_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_AGE = int(timedelta(days=30).total_seconds())
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "studio_session", "studio_csrf"
SECURE_HSTS_SECONDS = int(timedelta(days=30).total_seconds()) if SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # HSTS for subdomains: what else lives under the operator's name is not ours to close
    "security.W008",  # the redirect to https is the proxy's: behind it the studio speaks http, also to health checks
    "security.W021",  # HSTS preload: a list of browsers that only the owner of the whole domain may ask for
]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "style-src-attr": ["'unsafe-inline'"],  # dynamic values travel as custom properties (design/README.md)
        "img-src": [SELF, "data:"],
        "media-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "report-uri": ["/csp-report/"],
    }
}

# --- the rooms and their guests
# --- engines
OUTBOUND_ALLOW = env.list("OUTBOUND_ALLOW", default=[])
KIE_API_KEY = env.str("KIE_API_KEY", default="").strip()
KIE_WEBHOOK_KEY = env.str("KIE_WEBHOOK_KEY", default="").strip()
KIE_BASE_URL = env.str("KIE_BASE_URL", default="") or "https://api.kie.ai"
KIE_UPLOAD_BASE_URL = env.str("KIE_UPLOAD_BASE_URL", default="") or "https://kieai.redpandaai.co"
KIE_CHAT_BASE_URL = env.str("KIE_CHAT_BASE_URL", default="") or KIE_BASE_URL
PROVIDERS: dict[str, dict[str, Any]] = {
    "kie": {
        "class": "studio.providers.kie.provider.KieProvider",
        "needs_key": True,
        "options": {"base_url": KIE_BASE_URL, "upload_base_url": KIE_UPLOAD_BASE_URL, "allow": OUTBOUND_ALLOW},
        "limits": {"at_once": 100},  # kie-api.md 1.5
    },
    "local": {
        "class": "studio.providers.local.provider.LocalProvider",
        "options": {
            "workdir": STUDIO_DATA / "renders",
            "time_limit": timedelta(minutes=10),
            "memory_limit": 3 * 1024**3,  # bytes for one render; a picture takes 0.4 GB
        },
    },
}
GENERATORS = ["generators.image", "generators.video"]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "lucide",
    "csp",
    "axes",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "studio.catalog",
    "studio.accounts",
    "studio.credits",
    "studio.setup",
    "studio.library",
    "studio.tasks",
    "studio.statics",
    "studio.design",
    "studio.worker",
    "studio.backups",
    *GENERATORS,
]
MIDDLEWARE = [
    "studio.watch.middleware.WatchMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "studio.accounts.middleware.FirstRunMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "studio.accounts.middleware.TeamMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "studio.urls"
ASGI_APPLICATION = "studio.asgi.application"
WSGI_APPLICATION = "studio.wsgi.application"
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
                "studio.tasks.shell.shell",
            ],
        },
    }
]

# --- database
SQLITE = "studio.sqlite"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1300  # a selection of all that a page of the Library can show, and what goes with it
DATABASES = {"default": env.db_url("DATABASE_URL", default="sqlite:///:memory:")}
if not env.str("DATABASE_URL", default=""):
    DATABASES["default"] = {"ENGINE": SQLITE, "NAME": STUDIO_DATA / "db.sqlite3"}
if "sqlite" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["ENGINE"] = SQLITE
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 30,  # seconds a writer waits for its turn
        "transaction_mode": "IMMEDIATE",  # take the write lock first: no dead end between two readers who then write
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
if DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    # A database that is away is known to be so within seconds.
    away = {
        "connect_timeout": 5,
        "keepalives_idle": 10,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "tcp_user_timeout": 20_000,  # milliseconds
    }
    DATABASES["default"]["OPTIONS"] = {**away, **DATABASES["default"].get("OPTIONS", {})}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},  # each limit of each person or address: with 300 a crowd pushes them out
    }
}

# --- sign-in
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "studio.accounts.passwords.SomethingSeenValidator"},
]
LOGIN_URL, LOGIN_REDIRECT_URL = "account_login", "library:home"
ACCOUNT_ADAPTER = "studio.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_RATE_LIMITS = {"login_failed": None}  # django-axes counts those, in the database, for all processes
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600  # seconds after which ways to sign in are changed only with the password
MFA_ADAPTER = "studio.accounts.adapter.MFAAdapter"
MFA_FORMS = {
    "authenticate": "studio.accounts.person.forms.CodeForm",
    "reauthenticate": "studio.accounts.person.forms.CodeAgainForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # people are invited: nobody signs up with somebody else's address
MFA_TOTP_ISSUER = "Studio"
MFA_TOTP_TOLERANCE = 1  # clocks of telephones are some seconds off
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "accounts/locked.html"
AXES_USERNAME_CALLABLE = "studio.accounts.signin.username_of"
AXES_CLIENT_IP_CALLABLE = "studio.accounts.signin.address_of"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# --- e-mail
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 10  # seconds
SENDS_MAIL = "console" not in EMAIL_CONFIG["EMAIL_BACKEND"]  # else links are copied, and resets are in the terminal
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Studio <studio@localhost>")

# --- languages and time
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("zh-hans", _("Simplified Chinese"))]
LOCALE_PATHS = [BASE_DIR / "build" / "locale"]  # compiled by `manage.py prepare`
FORMAT_MODULE_PATH = ["studio.formats"]
LANGUAGE_COOKIE_NAME = "studio_language"
USE_I18N = USE_TZ = True
TIME_ZONE = "UTC"

# --- files
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static", BASE_DIR / "build" / "static"]
STATIC_ROOT = BASE_DIR / "build" / "staticfiles"
MEDIA_ROOT = STUDIO_DATA / "media"  # never served by address: library.views checks the team first
STORAGES = {
    "default": {"BACKEND": "studio.library.files.WholeFileStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MIN_FREE_DISK = int(env.float("MIN_FREE_DISK", default=500) * 1024**2)  # bytes; the environment says megabytes
TEAM_QUOTA = int(env.float("TEAM_QUOTA_GB", default=0) * 1024**3)  # bytes; 0 is no quota
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# --- logs
LOG_FORMAT = env.str("LOG_FORMAT", default="") or ("text" if sys.stderr.isatty() else "json")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"text": {"()": "studio.watch.log.TextFormatter"}, "json": {"()": "studio.watch.log.JsonFormatter"}},
    "filters": {"visitors": {"()": "studio.watch.log.NoTraceOfVisitors"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT, "filters": ["visitors"]}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        # Without the handlers that Django brings: one line per event, in one format, and none by mail.
        "django": {"level": "INFO"},
        "django.server": {"level": "WARNING", "propagate": True},
        "django.request": {"level": "ERROR"},
        "axes": {"level": "WARNING"},
        "fontTools": {"level": "ERROR"},
    },
}
