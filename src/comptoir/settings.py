"""One file, read from the environment. Every variable is listed in docs/deploy/settings.md (a test compares them)."""

import sys
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from comptoir import env

PACKAGE = Path(__file__).resolve().parent
DATA = Path(env.text("COMPTOIR_DATA") or Path.home() / ".local/share/comptoir").expanduser()
TESTING = "pytest" in sys.modules

DEBUG = env.flag("COMPTOIR_DEBUG", default=False)
DEMO = env.flag("COMPTOIR_DEMO", default=False)
SECRET_KEY = env.secret("COMPTOIR_SECRET_KEY", DATA)
ALLOWED_HOSTS = env.words("COMPTOIR_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = env.words("COMPTOIR_ORIGINS")
COMPTOIR_GALLERY = DEBUG or DEMO or TESTING
HTTPS = env.flag("COMPTOIR_HTTPS", default=False)
if DEMO and HTTPS:
    raise ImproperlyConfigured("COMPTOIR_DEMO ouvre des comptes connus de tous : il ne va pas avec COMPTOIR_HTTPS.")

COMPTOIR_URL = env.address("COMPTOIR_URL", "http://127.0.0.1:8000")
SECOND_FACTOR = env.choice("COMPTOIR_SECOND_FACTOR", "off" if DEMO else "required", "required", "offered", "off")

MAIL = env.mail("COMPTOIR_MAIL", DATA)
EMAIL_BACKEND = MAIL["EMAIL_BACKEND"]
EMAIL_FILE_PATH = MAIL.get("EMAIL_FILE_PATH")
EMAIL_HOST = MAIL.get("EMAIL_HOST", "")
EMAIL_PORT = MAIL.get("EMAIL_PORT", 25)
EMAIL_HOST_USER = MAIL.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = MAIL.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_SSL = MAIL.get("EMAIL_USE_SSL", False)
EMAIL_USE_TLS = MAIL.get("EMAIL_USE_TLS", False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("COMPTOIR_MAIL_FROM", "Comptoir <ne-pas-repondre@localhost>")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "comptoir.kit",
    "comptoir.spaces",
    "comptoir.audit",
    "comptoir.accounts",
    "comptoir.imports",
    "comptoir.disclosure",
    "comptoir.territories",
    "comptoir.contracts",
    "comptoir.voices",
    "comptoir.workshops",
    "comptoir.participation",
    "comptoir.observatory",
    "comptoir.commitments",
    "comptoir.evaluation",
    "comptoir.thread",
    "comptoir.reports",
    "comptoir.keeping",
    "comptoir.portal",
    "comptoir.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "comptoir.kit.middleware.content_policy",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "comptoir.kit.middleware.CompressText",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "comptoir.kit.middleware.SignInFirst",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "comptoir.kit.middleware.FriendlyErrors",
    "comptoir.accounts.sessions.note_activity",
    "comptoir.kit.middleware.ReadOnlyGet",
]

ROOT_URLCONF = "comptoir.urls"
WSGI_APPLICATION = "comptoir.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "comptoir.accounts.context.frame",
            ],
            "builtins": ["django.templatetags.static", "comptoir.kit.templatetags.dates"],
        },
    }
]
FORM_RENDERER = "comptoir.kit.formrender.FormRenderer"

DATABASES = {"default": env.database("COMPTOIR_DATABASE_URL", DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
FILES = DATA / "files"
MAX_UPLOAD = 20 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = MAX_UPLOAD  # pasted text is a field of the form
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

AUTH_USER_MODEL = "accounts.Person"
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign_in"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("UserAttributeSimilarityValidator", {}),
    )
]
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"  # a GET writes nothing

LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
STATICFILES_FINDERS = [
    "comptoir.kit.static_files.VendorFinder",
    "comptoir.kit.static_files.OwnFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING or DEBUG
        else "comptoir.kit.static_files.Storage"
    },
}
WHITENOISE_USE_FINDERS = TESTING or DEBUG
WHITENOISE_AUTOREFRESH = DEBUG

SESSION_ENGINE = "comptoir.accounts.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "comptoir.kit.views.csrf_failure"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
# Streets under the maps: none unless the host chooses a server of tiles. Its host is then allowed to give pictures.
TILES = env.tiles("COMPTOIR_TILES")
TILES_CREDIT = env.text("COMPTOIR_TILES_CREDIT")
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; "
    f"img-src 'self' data:{env.host_of(TILES)}; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'"
)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("COMPTOIR_LOG", "WARNING")},
}

READ_AHEAD = True
"""Whether the columns of a board that opens are read beside the request, for the question asked when typing pauses."""
