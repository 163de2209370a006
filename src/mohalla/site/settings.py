"""Django's settings, all derived from the one schema in `options`."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path

from csp.constants import NONCE, NONE, SELF
from django.conf import locale
from django.utils.translation import gettext_lazy as _

from mohalla.foundation.people.rules.limits import Limits
from mohalla.site.options import Options, database_from, secret_from

OPTIONS = Options()
HOME = OPTIONS.home.absolute()
DEMO = OPTIONS.demo
PACKAGE = Path(__file__).resolve().parent.parent

SECRET_KEY = OPTIONS.secret_key or secret_from(HOME, "secret_key")
KEYS_DIR = HOME / "keys"
FILES_DIR = HOME / "files"
PROMPTS_DIR = HOME / "prompts"
LOG_DIR = HOME / "log"
LOG_ORIGIN = OPTIONS.log_origin
WITNESSES = OPTIONS.witnesses
WITNESS_QUORUM = OPTIONS.witness_quorum
CATALOGUE_DIR = PACKAGE / "catalogue" / OPTIONS.province
EMERGENCY_NUMBER = OPTIONS.emergency_number
METRICS_TOKEN = OPTIONS.metrics_token
TRUSTED_PROXIES = OPTIONS.trusted_proxies
APPROVAL_BODIES = OPTIONS.approval_bodies
SMS_URL = OPTIONS.sms
SMS_ECHO = OPTIONS.sms_echo
_HERE = "127.0.0.1" if OPTIONS.host in {"0.0.0.0", "::"} else OPTIONS.host  # noqa: S104 - asked, not bound
OWN_ADDRESS = f"{_HERE}:{OPTIONS.port}"
VOICE_URL = OPTIONS.voice
PUSH = OPTIONS.push
PUSH_HOSTS = OPTIONS.push_hosts
PUSH_CONTACT = OPTIONS.push_contact or OPTIONS.origin or "https://localhost"
SMS_PARTS_A_DAY = OPTIONS.sms_parts_a_day
SMS_PRICE = OPTIONS.sms_price
QUIET_HOURS = OPTIONS.quiet_hours
ALERT_ALONE = OPTIONS.alert_alone
USSD_SECRET = OPTIONS.ussd_secret
MISSED_SECRET = OPTIONS.missed_secret
DANGER_NUMBER = OPTIONS.danger_number
ORIGIN = OPTIONS.origin or (f"http://localhost:{OPTIONS.port}" if DEMO else "")
LIMITS = Limits(
    idle=timedelta(minutes=OPTIONS.idle_minutes),
    most=timedelta(hours=OPTIONS.session_hours),
    proof=timedelta(minutes=OPTIONS.proof_minutes),
)
CLOCK_FILE = HOME / "clock" if DEMO else None

DEBUG = OPTIONS.debug
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", OPTIONS.host, *OPTIONS.allowed_hosts]
if "pytest" in sys.modules:
    ALLOWED_HOSTS.append("testserver")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "mohalla.foundation.jobs",
    "mohalla.foundation.ledger",
    "mohalla.foundation.people",
    "mohalla.foundation.places",
    "mohalla.foundation.units",
    "mohalla.foundation.keys",
    "mohalla.foundation.approvals",
    "mohalla.foundation.reports",
    "mohalla.foundation.promises",
    "mohalla.channels.push",
    "mohalla.channels.sms",
    "mohalla.channels.voice",
    "mohalla.channels.notices",
    "mohalla.station.casework",
    "mohalla.station.response",
    "mohalla.station.presence",
    "mohalla.stages.access",
    "mohalla.crisis.alerts",
    "mohalla.site",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "mohalla.site.middleware.LanguageInPath",
    "mohalla.site.middleware.Problems",
    "mohalla.site.for_pages.Policy",
    "mohalla.site.for_pages.Sessions",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "mohalla.site.for_pages.SignIn",
    "mohalla.site.for_pages.Messages",
    "mohalla.site.for_pages.Frames",
    "mohalla.site.middleware.NothingKept",
    "mohalla.site.middleware.Tallied",
    "mohalla.site.middleware.Methods",
    "mohalla.site.middleware.Announced",
    "mohalla.site.middleware.Storable",
]

ROOT_URLCONF = "mohalla.site.urls"
WSGI_APPLICATION = "mohalla.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "mohalla.site.context.page",
            ],
            "builtins": ["django.templatetags.i18n", "mohalla.site.templatetags.mohalla"],
        },
    }
]

DATABASES = {"default": database_from(OPTIONS.database_url, HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Account"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "sign-in"
SESSION_COOKIE_AGE = OPTIONS.session_hours * 3600
# __Host-: a browser takes it from this very host over HTTPS only, not from a neighbour's subdomain
COOKIE_PREFIX = "__Host-" if OPTIONS.https else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}s"
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = OPTIONS.https
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}c"
CSRF_COOKIE_HTTPONLY = True  # forms carry their own token; no script of ours reads cookies
CSRF_COOKIE_AGE = None  # gone with the browser window: a shared phone keeps nothing
CSRF_COOKIE_SECURE = OPTIONS.https
CSRF_FAILURE_VIEW = "mohalla.site.views.form_expired"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

# --- languages: Urdu is the normal case; Pashto is not known to Django and added here
locale.LANG_INFO["ps"] = {
    "bidi": True,
    "code": "ps",
    "name": "Pashto",
    "name_local": "پښتو",
}
LANGUAGE_CODE = "ur"
LANGUAGES = [("ur", _("Urdu")), ("ps", _("Pashto")), ("en", _("English"))]
LANGUAGES_BIDI = ["ur", "ps"]
LANGUAGE_COOKIE_NAME = f"{COOKIE_PREFIX}l"
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Karachi"

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STATICFILES_DIRS = [PACKAGE / "static"]
# `mohalla up` collects and compresses them under hashed names; before that, straight from the package
COLLECTED = (STATIC_ROOT / "staticfiles.json").exists() and "pytest" not in sys.modules
WHITENOISE_USE_FINDERS = not COLLECTED
WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if COLLECTED or "collectstatic" in sys.argv
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

ATTACHMENT_MB = OPTIONS.attachment_mb
FILE_UPLOAD_HANDLERS = [
    "mohalla.foundation.files.uploads.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
# text fields only; wide, so that somebody who pasted a megabyte gets it back with a clear sentence
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
DATA_UPLOAD_MAX_NUMBER_FILES = 12

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:", "blob:"],  # blob: pictures that a page opened itself
        "media-src": [SELF, "blob:"],
        "font-src": [SELF],
        "object-src": [NONE],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
# "no-referrer" would make browsers send `Origin: null` with our own forms, which CSRF refuses
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31536000 if OPTIONS.https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = OPTIONS.https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if OPTIONS.https else None
X_FRAME_OPTIONS = "DENY"

# nothing that a person told or typed comes into a log: `site/logs.py`; no mail to anybody either
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "mohalla.site.logs.Plain", "datefmt": "%Y-%m-%dT%H:%M:%S%z"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "mohalla": {"level": "INFO"},
        "django": {"handlers": [], "level": "WARNING"},
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.db.backends": {"level": "WARNING"},  # in debugging it would print every statement
        "baresip": {"level": "CRITICAL"},  # its lines hold the numbers of callers
        "httpx": {"level": "WARNING"},  # and this every address that it calls
    },
}
