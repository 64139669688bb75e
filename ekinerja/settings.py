"""All settings, from the environment. Production needs every name that `needed` asks for."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import environ
from celery.schedules import crontab
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from ekinerja.addresses import is_loopback, proxies

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

TESTING = "PYTEST_VERSION" in os.environ
DEVELOPMENT = env.bool("EKINERJA_DEV", default=False)
PRODUCTION = not (DEVELOPMENT or TESTING)


def needed(name, *, outside_production=None):
    """Return what the environment says; a stand-in serves development and tests only."""
    value = os.environ.get(name) or (None if PRODUCTION else outside_production)
    if not value:
        raise ImproperlyConfigured(
            f"{name} is not set. Set it; for development, EKINERJA_DEV=1 or dev.py does."
        )
    return value


DEBUG = env.bool("DEBUG", default=False)
if DEBUG and PRODUCTION:
    raise ImproperlyConfigured(
        "DEBUG shows secrets on error pages: it is for `python3 dev.py run --debug` only."
    )
DEMO = env.bool("DEMO", default=False)
if DEMO and not DEVELOPMENT:
    raise ImproperlyConfigured(
        "DEMO shows passwords on the sign-in page: it is for `python3 dev.py run` only."
    )

SECRET_KEY = needed("SECRET_KEY", outside_production="for-development-and-tests-only-never-for-real-people")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
SALT_KEY = needed("SALT_KEY", outside_production="for-development-and-tests-only").split(
    ","
)  # encrypted columns
ALLOWED_HOSTS = needed("ALLOWED_HOSTS", outside_production="localhost,127.0.0.1,[::1]").split(",")
if DEMO and not all(is_loopback(host) for host in ALLOWED_HOSTS):
    raise ImproperlyConfigured("DEMO answers on this machine alone: leave ALLOWED_HOSTS out.")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "records",
    "notices",
    "organization",
    "calendars",
    "activities",
    "approvals",
    "assessment",
    "bonuses",
    "reports",
    "operations",
    "ekinerja.apps.EkinerjaConfig",
    "ekinerja.apps.SuperuserAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_htmx",
    "django_include_bootstrap",
    "pgtrigger",
    "pghistory",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "ekinerja.compression.PagesByBrotli",  # for weak lines; files compressed before pass through
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "ekinerja.middleware.language_by_switch",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "ekinerja.unusual.Unusual",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "ekinerja.middleware.private_pages",
    "ekinerja.stale_forms.token_owners",
    "ekinerja.stale_forms.kept_forms",
    "ekinerja.middleware.StrangersSlowly",
    "ekinerja.middleware.SignInFirst",
    "pghistory.middleware.HistoryMiddleware",
    "ekinerja.wording.by_its_name",
    "ekinerja.middleware.office_time",
    "ekinerja.middleware.Refusals",
]
if DEMO:
    MIDDLEWARE.insert(0, "ekinerja.middleware.demo_at_home")
ROOT_URLCONF = "ekinerja.urls"
WSGI_APPLICATION = "ekinerja.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["records.templatetags.looks"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "ekinerja.navigation.frame",
            ],
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "ekinerja"  # templates/ekinerja
CRISPY_FAIL_SILENTLY = False

# Services
DATABASES = {"default": env.db_url_config(needed("DATABASE_URL"))}
DATABASES["default"] |= {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = needed("REDIS_URL")


def apart(url):
    """The cache's own database beside that of the jobs on one Valkey: emptying it loses no job."""
    parts = urlsplit(url)
    number = int(parts.path.strip("/") or 0)
    return parts._replace(path=f"/{(number + 8) % 16}").geturl()


CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": env("CACHE_URL", default=apart(REDIS_URL)),
        "OPTIONS": {"socket_connect_timeout": 2, "socket_timeout": 2},
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"

# Jobs: delivered again when a worker dies, so every task is safe to repeat
CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600, "socket_connect_timeout": 5}
CELERY_TASK_DEFAULT_QUEUE = env("CELERY_QUEUE", default="ekinerja")
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 1800
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BEAT_SCHEDULE = {
    "clear-old-sessions": {
        "task": "ekinerja.tasks.clear_old_sessions",
        "schedule": crontab(hour=2, minute=30),
    },
    "close-due-months": {"task": "calendars.tasks.close_due_months", "schedule": crontab(minute=0)},
    "heartbeat": {"task": "operations.tasks.beat", "schedule": crontab(minute="*/5")},
    "resume-bulk-acts": {"task": "approvals.tasks.resume_bulk_acts", "schedule": crontab(minute="*/5")},
    "resume-lists": {"task": "reports.tasks.resume_lists", "schedule": crontab(minute="*/5")},
    "resume-requested-runs": {
        "task": "bonuses.tasks.resume_requested_runs",
        "schedule": crontab(minute="*/5"),
    },
}

# People
AUTH_USER_MODEL = "organization.User"
AUTHENTICATION_BACKENDS = ["ekinerja.backend.SignedIn"]
PASSWORD_HASHERS = [f"django.contrib.auth.hashers.{'MD5' if TESTING else 'Argon2'}PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("CommonPasswordValidator", "NumericPasswordValidator")
] + [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "organization.passwords.NotAboutOneself"},
]
LOGIN_URL, LOGIN_REDIRECT_URL = "account_login", "/"
ACCOUNT_ADAPTER, ACCOUNT_FORMS = "ekinerja.adapter.ClosedAccounts", {"login": "ekinerja.forms.SignInForm"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = "nip"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105 (a class)
PASSWORD_RESET_TIMEOUT = 3600  # seconds: an office's mailbox is read by several people
vars().update(env.email_url("EMAIL_URL", default="consolemail://"))  # mail is for password resets only
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="ekinerja@localhost")
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False  # office computers are shared
ACCOUNT_RATE_LIMITS = {  # an office of hundreds stands behind one address: see ekinerja/adapter.py
    "login": None,
    "login_failed": "10/5m/key",
    "login_failed_anywhere": "50/h/key",
    "login_slowed": "1/30s/key",
    "login_failed_at_address": "600/m/key",
    "reset_password": "300/m/ip,5/h/key",
    "reset_password_from_key": "300/m/ip",
    "change_password": "10/15m/user",
    "typed_by_strangers": "20/m/key",
    "code_tried": "10/5m/key",
    "code_tried_at_address": "300/5m/key",
}
try:  # X-Forwarded-For is believed only from here: addresses, networks, or "unix" for a socket file
    TRUSTED_PROXIES = proxies(env.list("TRUSTED_PROXIES", default=[]))
except ValueError as wrong:
    raise ImproperlyConfigured(f"TRUSTED_PROXIES takes addresses of proxies, or unix: {wrong}.") from wrong

# Language and time
LANGUAGE_CODE, LANGUAGES = "id", [("id", _("Indonesian")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "ekinerja" / "locale"]
FORMAT_MODULE_PATH = ["ekinerja.formats"]
TIME_ZONE = CELERY_TIMEZONE = "Asia/Jakarta"

# Files of the pages
STATIC_URL, STATIC_ROOT = "static/", BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not PRODUCTION
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# Browsers
CLOSED = {name: [NONE] for name in ("object-src", "base-uri", "frame-ancestors")}
OPEN = {"default-src": [SELF], "form-action": [SELF], "script-src": [SELF, NONCE], "img-src": [SELF, "data:"]}
CONTENT_SECURITY_POLICY = {"DIRECTIVES": CLOSED | OPEN}
CSRF_FAILURE_VIEW = "ekinerja.views.csrf_failure"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = PRODUCTION
if PRODUCTION:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    if env.bool("BEHIND_TLS_PROXY", default=False):
        if not TRUSTED_PROXIES:
            raise ImproperlyConfigured(
                "BEHIND_TLS_PROXY asks for TRUSTED_PROXIES: without it everybody counts as one address."
            )
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"one_line": {"()": "ekinerja.logs.RefusalsInOneLine"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["one_line"]}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="INFO")},
}
