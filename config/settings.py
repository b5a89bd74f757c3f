"""Every setting, read from the environment; `.env.example` lists them all (a test compares).

A bare clone runs in practice: SQLite, Celery over files, the sandbox as the platform.
`DATABASE_URL`, `REDIS_URL` and the three `XPORT_` settings make it grown up and live.
A secret may come as `NAME_FILE`, the path of a file that holds it.
"""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from kombu import Queue

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.FileAwareEnv()
if (BASE_DIR / ".env").is_file() and not env.bool("IGNORE_DOTENV", default=False):
    env.read_env(BASE_DIR / ".env")  # the real environment wins

# --- The house -------------------------------------------------------------------------------
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    if not DEBUG:
        raise ImproperlyConfigured(
            "SECRET_KEY is empty. `make run` writes one into .env; otherwise set it."
        )
    SECRET_KEY = "only-while-debugging"  # noqa: S105
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)
PORT = env.int("PORT", default=8000)
SITE_URL = env.str("SITE_URL", default=f"http://127.0.0.1:{PORT}").rstrip("/")
HTTPS = SITE_URL.startswith("https://")
# The address people use, and this machine itself (for /readyz).
ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS",
    default=[urlsplit(SITE_URL).hostname or "127.0.0.1", "127.0.0.1", "localhost", "[::1]"],
)
CSRF_TRUSTED_ORIGINS = [SITE_URL]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DEMO = env.bool("DEMO", default=False)  # log-in cards of the people marked demo

INSTALLED_APPS = [
    "accounts",
    "desk",
    "gateway",
    "catalog",
    "approvals",
    "procurement",
    "accounts.admin_app.HouseAdminConfig",  # django.contrib.admin with our site
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_filters",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
]
MIDDLEWARE = [
    "desk.middleware.CorrelationMiddleware",  # first: an error of any other carries its id
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.PersonalSettingsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "desk.middleware.FreshCountsMiddleware",
]
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
                "django.template.context_processors.i18n",
                "desk.context.shell",
            ],
            "builtins": ["django.templatetags.i18n", "desk.templatetags.desk"],
        },
    }
]

# --- People ----------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "accounts.adapter.ClosedAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
SESSION_COOKIE_AGE = env.int("SESSION_HOURS", default=12) * 3600
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_NAME = "quayside"  # several desks may share a host name under other ports
CSRF_COOKIE_NAME = "quayside_csrf"

# --- Words, numbers, times ---------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("zh-hans", "简体中文")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.str("TIME_ZONE", default="Europe/Berlin")
COMPANY_NAME = env.str("COMPANY_NAME", default="Harbour & Sons")
COMPANY_CURRENCY = env.str("COMPANY_CURRENCY", default="EUR")

# --- Data ------------------------------------------------------------------------------------
DATABASE_URL = env.str("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'quayside.sqlite3'}")
REDIS_URL = env.str("REDIS_URL", default="")
DATABASES = {"default": env.db_url_config(DATABASE_URL)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE: a transaction that will write takes the lock at its start, so it waits its
    # turn (20 s) instead of failing half way.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"].setdefault("CONN_MAX_AGE", 600)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
if REDIS_URL:
    CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    }
else:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": VAR_DIR / "cache",
        }
    }
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 3600
MEDIA_ROOT = VAR_DIR / "media"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Quayside <desk@localhost>")

# --- The platform ------------------------------------------------------------------------------
SANDBOX_PORT = env.int("SANDBOX_PORT", default=8100)
PRACTICE_KEY = "0b5e55ed0b5e55ed0b5e55ed0b5e55ed"
PRACTICE_SECRET = "practice-only-no-real-money"  # noqa: S105
XPORT_BASE_URL = env.str("XPORT_BASE_URL", default=f"http://127.0.0.1:{SANDBOX_PORT}/api").rstrip(
    "/"
)
XPORT_IS_PRACTICE = urlsplit(XPORT_BASE_URL).hostname in {"127.0.0.1", "localhost", "::1"}
XPORT_ACCESS_KEY = env.str("XPORT_ACCESS_KEY", default="")
XPORT_ACCESS_SECRET = env.str("XPORT_ACCESS_SECRET", default="")
if bool(XPORT_ACCESS_KEY) != bool(XPORT_ACCESS_SECRET):
    raise ImproperlyConfigured(
        "Only one of XPORT_ACCESS_KEY and XPORT_ACCESS_SECRET is set. Set both, or neither."
    )
if not XPORT_ACCESS_KEY:
    if not XPORT_IS_PRACTICE:
        raise ImproperlyConfigured(
            f"XPORT_BASE_URL is {XPORT_BASE_URL}, but XPORT_ACCESS_KEY and XPORT_ACCESS_SECRET"
            " are empty."
        )
    XPORT_ACCESS_KEY, XPORT_ACCESS_SECRET = PRACTICE_KEY, PRACTICE_SECRET
XPORT_TIMESTAMP_UNIT = env.str("XPORT_TIMESTAMP_UNIT", default="s")
if XPORT_TIMESTAMP_UNIT not in {"s", "ms"}:
    raise ImproperlyConfigured("XPORT_TIMESTAMP_UNIT must be s or ms.")
XPORT_NONCE_HEADERS = env.list("XPORT_NONCE_HEADERS", default=["nonce-str", "once-str"])
XPORT_OVERRIDES = env.str("XPORT_OVERRIDES", default="")
XPORT_PROXY = env.str("XPORT_PROXY", default="")
XPORT_CALLS_PER_SECOND = env.int(
    "XPORT_CALLS_PER_SECOND", default=1000 if XPORT_IS_PRACTICE else 20
)
XPORT_CONNECT_SECONDS = env.float("XPORT_CONNECT_SECONDS", default=2.0)
XPORT_READ_SECONDS = env.float("XPORT_READ_SECONDS", default=15.0)
XPORT_PAGE_SECONDS = env.float("XPORT_PAGE_SECONDS", default=2.2)  # what a page waits, all in all
XPORT_PUSH_SECRET = env.str("XPORT_PUSH_SECRET", default="practice" if XPORT_IS_PRACTICE else "")
XPORT_PAY_1688 = env.str("XPORT_PAY_1688", default="agreement")
if XPORT_PAY_1688 not in {"agreement", "bulk"}:
    raise ImproperlyConfigured("XPORT_PAY_1688 must be agreement or bulk.")
PICTURE_HOSTS = env.list(
    "PICTURE_HOSTS",
    default=["*.alicdn.com", "*.taobaocdn.com"]
    + ([f"127.0.0.1:{SANDBOX_PORT}", f"localhost:{SANDBOX_PORT}"] if XPORT_IS_PRACTICE else []),
)

# --- Money: clocks and limits (docs/explanation/money.md) ----------------------------------------
UNDO_SECONDS = env.int("UNDO_SECONDS", default=10)
COMMAND_LEASE_SECONDS = env.int("COMMAND_LEASE_SECONDS", default=60)
COMMAND_CALL_SECONDS = env.float("COMMAND_CALL_SECONDS", default=20.0)  # shorter than the lease
SIGNATURE_WINDOW_SECONDS = env.int("SIGNATURE_WINDOW_SECONDS", default=600)
CLOCK_ERROR_SECONDS = env.int("CLOCK_ERROR_SECONDS", default=30)
LIST_LAG_SECONDS = env.int("LIST_LAG_SECONDS", default=60)
RESOLVE_FIRST_SECONDS = env.int("RESOLVE_FIRST_SECONDS", default=5)
POLL_ORDERS_SECONDS = env.int("POLL_ORDERS_SECONDS", default=60)
POLL_PARCELS_SECONDS = env.int("POLL_PARCELS_SECONDS", default=300)
SWEEP_SECONDS = env.float("SWEEP_SECONDS", default=5.0)
SILENT_PARCEL_HOURS = env.int("SILENT_PARCEL_HOURS", default=72)
if COMMAND_CALL_SECONDS + XPORT_CONNECT_SECONDS >= COMMAND_LEASE_SECONDS:
    raise ImproperlyConfigured("COMMAND_CALL_SECONDS must be well under COMMAND_LEASE_SECONDS.")

# --- Celery: a doorbell; the rows are the jobs ----------------------------------------------------
if REDIS_URL:
    CELERY_BROKER_URL = REDIS_URL
    # Above every hard limit.
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {"visibility_timeout": 3600}
else:
    CELERY_BROKER_URL = "filesystem://"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(VAR_DIR / "broker"),
        "data_folder_out": str(VAR_DIR / "broker"),
        "control_folder": str(VAR_DIR / "broker-control"),
        "store_processed": False,
        "polling_interval": 0.1,
    }
    for _folder in ("broker", "broker-control"):
        (VAR_DIR / _folder).mkdir(exist_ok=True)
    CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
# Commands have a queue of their own, served in turn with the other: a thousand parcels to read
# do not keep a payment waiting.
CELERY_TASK_QUEUES = [Queue("celery"), Queue("commands")]
CELERY_TASK_DEFAULT_QUEUE = "celery"
CELERY_TASK_ROUTES = {
    f"gateway.{name}": {"queue": "commands"}
    for name in ("run_command", "resolve_command", "watch_command", "sweep_commands")
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = False  # a command must not be delivered twice; reads ask for it themselves
CELERY_TASK_SOFT_TIME_LIMIT = 110
CELERY_TASK_TIME_LIMIT = 120
CELERY_TIMEZONE = "UTC"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")

# --- Safety of pages -----------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "desk.views.errors.csrf_failure"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked over plain HTTP, from inside
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
if env.bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- Logs ----------------------------------------------------------------------------------------
LOG_LEVEL = env.str("LOG_LEVEL", default="INFO")
LOGGING_CONFIG = "desk.logs.configure"
LOGGING = {"level": LOG_LEVEL}
