"""Django's settings. What an office may change comes from the environment."""

import os
from importlib.util import find_spec
from pathlib import Path

from csp.constants import NONE, SELF

from fadu.infra.database import django_settings
from fadu.infra.home import home, secret_key
from fadu.infra.roles import APP


def words(name: str) -> list[str]:
    """A comma-separated variable of the environment."""
    return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]


DEBUG = False
SECRET_KEY = secret_key()
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *words("FADU_HOSTS")]
PLACE = os.environ.get("FADU_PLACE", "").strip()
HTTPS = os.environ.get("FADU_HTTPS") == "1"
BEHIND_PROXY = os.environ.get("FADU_PROXY") == "1"

# The rooms of the web, in force as soon as they exist: each is a Django app with templates/ and static/.
WEB = [f"fadu.web.{room}" for room in ("workbench", "portal", "pages", "shared")] if find_spec("fadu.web") else []
INSTALLED_APPS = [
    "fadu.kernel",
    *(room for room in WEB if find_spec(room)),
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.staticfiles",
    "csp",
    "procrastinate.contrib.django",
]
MIDDLEWARE = [
    "fadu.web.shared.headers.Headers",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Every page needs a person, unless its view says otherwise.
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "fadu.web.shared.presence.Presence",
    "fadu.web.shared.refusals.RefusalPages",
]
ROOT_URLCONF = "fadu.config.urls"
WSGI_APPLICATION = "fadu.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["fadu.web.shared.templatetags.addresses"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "fadu.web.shared.house.house",
            ],
        },
    },
]

DATABASES = {"default": django_settings(os.environ.get("FADU_DB_ROLE", APP))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# The queue (fadu.infra.jobs) looks for its tasks here and nowhere else.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = None
PROCRASTINATE_IMPORT_PATHS = ["fadu.kernel.jobs"]
MEDIA_ROOT = home() / "files"

# What breaks is told on the server's own output, with its traceback; nothing leaves the machine.
# Failed sign-ins are counted in the database; who tried, from where, with what name stands in no log.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {
        name: {"handlers": ["console"], "level": "ERROR", "propagate": False}
        for name in ("django.request", "django.security", "procrastinate")
    },
}

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
# The reader is a plain library and no app; its marks look the same on pages and in the files it writes.
STATICFILES_DIRS = [("reader", Path(__file__).parents[1] / "report_reader" / "output" / "assets")]
# Served straight from the packages: nothing has to be collected before the first start.
WHITENOISE_USE_FINDERS = True
WHITENOISE_ROOT = None

AUTH_USER_MODEL = "kernel.Officer"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/"
CSRF_FAILURE_VIEW = "fadu.web.shared.refusals.no_token"
# A form may have many rows of parties and items.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# Signed in for a working day, and no longer than two hours after the last look.
SESSION_ENGINE = "fadu.kernel.web_sessions"
SESSION_COOKIE_AGE = 2 * 3600
LONGEST_SESSION = 12 * 3600
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_TRUSTED_ORIGINS = words("FADU_ORIGINS")
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}
