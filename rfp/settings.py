"""Settings of Countersign: what differs between installations comes from the environment (``.env.example``)."""

from __future__ import annotations

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from rfp import env

BASE_DIR = Path(__file__).resolve().parent.parent
# The database file and the stored files live here; it is the only folder the product writes to.
VAR_DIR = env.read_folder("COUNTERSIGN_VAR", BASE_DIR / "var")
VAR_DIR.mkdir(parents=True, exist_ok=True)

DEVELOPMENT_KEY = "development-only-not-secret"
DEBUG = env.read_flag("DEBUG", False)
PRODUCTION = env.read_flag("PRODUCTION", False)
SECRET_KEY = env.read_text("SECRET_KEY", DEVELOPMENT_KEY)
if PRODUCTION and (SECRET_KEY == DEVELOPMENT_KEY or len(SECRET_KEY) < 32):
    raise ImproperlyConfigured("SECRET_KEY must be set to at least 32 random characters in production")
if PRODUCTION and DEBUG:
    raise ImproperlyConfigured("DEBUG must be off in production")
ALLOWED_HOSTS = env.read_list("ALLOWED_HOSTS", ("localhost", "127.0.0.1", "[::1]"))

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "csp",
    "accounts",
    "evidence",
    "rfp",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "rfp.middleware.keep_private",
]
ROOT_URLCONF = "rfp.urls"
WSGI_APPLICATION = "rfp.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "builtins": ["rfp.templatetags.words"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "accounts.context.notifications",
            ],
        },
    }
]
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Style sheets and pictures are served by the application itself: no web server and no copying step is needed.
WHITENOISE_USE_FINDERS = True
WHITENOISE_ALLOW_ALL_ORIGINS = False

LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "inbox"
LOGOUT_REDIRECT_URL = "sign_in"

# The pages load only their own style sheets, scripts, fonts and pictures; nothing inline runs.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "style-src": ["'self'"],
        "script-src": ["'self'"],
        "connect-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_COOKIE_HTTPONLY = True
# Whether browsers ship the rule with their releases is for whoever owns the domain to decide, and hard to undo.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
if PRODUCTION:
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_SSL_REDIRECT = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
if env.read_flag("BEHIND_PROXY", False):
    # Only behind a proxy that sets this header itself: anyone else could claim that a request came by https.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

DATABASES = {"default": env.read_database("DATABASE_URL", VAR_DIR / "countersign.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LANGUAGE_CODE = "en"
USE_I18N = False
TIME_ZONE = env.read_text("TIME_ZONE", "UTC")
USE_TZ = True

# Evidence, workbooks and exports, named by their SHA-256 (rfp and evidence share one store).
STORE_DIR = env.read_folder("COUNTERSIGN_STORE", VAR_DIR / "store")

# E-mails are printed until a server is set; links in them lead to this address.
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
PUBLIC_URL = env.read_text("PUBLIC_URL", "http://localhost:8000").rstrip("/")

# Without a broker the runner process looks for jobs; with one, Celery workers are rung up. The Job rows are the truth
# either way (docs/jobs.md).
REDIS_URL = env.read_text("REDIS_URL", "")
JOB_DOORBELL = "rfp.tasks.ring" if REDIS_URL else "rfp.actions.doorbell.nobody"
JOB_LEASE_SECONDS = env.read_number("JOB_LEASE_SECONDS", 30, least=1)
JOB_LIMIT_SECONDS = env.read_number("JOB_LIMIT_SECONDS", 15 * 60, least=10)
