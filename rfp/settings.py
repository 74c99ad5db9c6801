"""Settings of Countersign: what differs between installations comes from the environment (``.env.example``)."""

from __future__ import annotations

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from rfp import env

BASE_DIR = Path(__file__).resolve().parent.parent
# It is the only folder the product writes to, unless another is set below.
VAR_DIR = env.read_folder(
    "COUNTERSIGN_VAR", BASE_DIR / "var", shown="var", about="The SQLite database, stored files and caches."
)
VAR_DIR.mkdir(parents=True, exist_ok=True)

DEVELOPMENT_KEY = "development-only-not-secret"
DEBUG = env.read_flag("DEBUG", False, about="Show errors whole, to developers. Refused in production.")
PRODUCTION = env.read_flag(
    "PRODUCTION", False, about="Refuse development defaults, speak https only, mark cookies secure."
)
SECRET_KEY = env.read_text(
    "SECRET_KEY", DEVELOPMENT_KEY, about="At least 32 random characters; production refuses to start without them."
)
# Keys from before a rotation: what they signed and sealed still opens, and is sealed with the new one when it changes.
SECRET_KEY_FALLBACKS = env.read_list(
    "SECRET_KEY_FALLBACKS", about="Earlier secret keys, while what they signed and sealed is still about."
)
if PRODUCTION and (SECRET_KEY == DEVELOPMENT_KEY or len(SECRET_KEY) < 32):
    raise ImproperlyConfigured("SECRET_KEY must be set to at least 32 random characters in production")
if PRODUCTION and DEBUG:
    raise ImproperlyConfigured("DEBUG must be off in production")
ALLOWED_HOSTS = env.read_list(
    "ALLOWED_HOSTS", ("localhost", "127.0.0.1", "[::1]"), about="The host names it answers to."
)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "csp",
    "accounts",
    "evidence",
    "rfp",
]
MIDDLEWARE = [
    "rfp.middleware.note_request",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
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
    # Probes come from inside, past the proxy that speaks https.
    SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
BEHIND_PROXY = env.read_flag(
    "BEHIND_PROXY",
    False,
    about="True only behind a proxy that sets X-Forwarded-Proto, X-Forwarded-For and X-Request-ID itself.",
)
if BEHIND_PROXY:
    # Only behind a proxy that sets these headers itself: anyone else could claim that a request came by https, or
    # from another address than it did.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1

DATABASES = {
    "default": env.read_database(
        "DATABASE_URL", VAR_DIR / "countersign.sqlite3", about="PostgreSQL; without it SQLite in COUNTERSIGN_VAR."
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Limits are counted here, so the processes have to share it.
CACHES = {
    "default": env.read_cache(
        "REDIS_URL",
        VAR_DIR / "cache",
        about="Limits are counted there and jobs go to Celery workers; without it files and the runner process do.",
    )
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign_in"
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

# Signing in (django-allauth). Accounts open by invitation only: ``accounts.adapter`` holds the gate.
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "accounts.entrance_forms.SignIn",
    "signup": "accounts.entrance_forms.SignUp",
    "add_email": "accounts.entrance_forms.AddEmail",
    "change_password": "accounts.entrance_forms.ChangePassword",
    "set_password": "accounts.entrance_forms.SetPassword",
    "reset_password": "accounts.entrance_forms.ResetPassword",
    "reset_password_from_key": "accounts.entrance_forms.ResetPasswordKey",
    "reauthenticate": "accounts.entrance_forms.Reauthenticate",
    "confirm_email_verification_code": "accounts.entrance_forms.ConfirmEmailCode",
    "confirm_password_reset_code": "accounts.entrance_forms.ConfirmResetCode",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
# Codes instead of links: nothing secret in an address, and a mail scanner that opens links uses nothing up.
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_RATE_LIMITS = {
    # Failures: from one place for all addresses, and from anywhere for one address. ``accounts.adapter`` adds one
    # for an address from one place, so that a stranger who guesses does not shut the owner out.
    "login_failed": "30/15m/ip,50/15m/key",
    "login_failed_from_one_place": "10/15m/key",
}
MFA_ADAPTER = "accounts.adapter.TwoFactorAdapter"
MFA_FORMS = {
    "authenticate": "accounts.entrance_forms.SecondStep",
    "reauthenticate": "accounts.entrance_forms.SecondStepAgain",
    "activate_totp": "accounts.entrance_forms.ActivateApp",
    "add_webauthn": "accounts.entrance_forms.AddKey",
    "edit_webauthn": "accounts.entrance_forms.RenameKey",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Countersign"
MFA_TOTP_TOLERANCE = 1
# Browsers call http://localhost trustworthy; everywhere else security keys need https.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
SOCIALACCOUNT_ADAPTER = "accounts.adapter.SingleSignOnAdapter"
SOCIALACCOUNT_PROVIDERS = env.read_single_sign_on(
    "OIDC", about="Single sign-on by OpenID Connect: these three or none. An account or invitation is needed too."
)
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
# A form that leads to another site is what the policy of the pages forbids; a link is not. All that somebody could
# bring about with it is that a person signs in as themself.
SOCIALACCOUNT_LOGIN_ON_GET = True

EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
if MAIL := env.read_mail("EMAIL_URL", about="Without it mails are printed: invitations and codes, too."):
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = MAIL.host, MAIL.port
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.user, MAIL.password
    EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL.starttls, MAIL.tls
    EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.read_text("EMAIL_FROM", "Countersign <countersign@localhost>", about="Who mails come from.")

LANGUAGE_CODE = "en"
USE_I18N = False
TIME_ZONE = env.read_text("TIME_ZONE", "UTC", about="Days are judged in this zone where an organisation sets none.")
USE_TZ = True

# Evidence, workbooks and exports, named by their SHA-256 (rfp and evidence share one store).
STORE_DIR = env.read_folder(
    "COUNTERSIGN_STORE", VAR_DIR / "store", shown="var/store", about="Evidence, workbooks and exports, by their hash."
)

# Links in mails that a job sends lead here.
PUBLIC_URL = env.read_text("PUBLIC_URL", "http://localhost:8000", about="Where links in mails lead.").rstrip("/")

# Without a broker the runner process looks for jobs; with one, Celery workers are rung up. The Job rows are the truth
# either way (docs/jobs.md).
REDIS_URL = env.read_text("REDIS_URL", "")
JOB_DOORBELL = "rfp.tasks.ring" if REDIS_URL else "rfp.actions.doorbell.nobody"
JOB_LEASE_SECONDS = env.read_number(
    "JOB_LEASE_SECONDS", 30, least=1, about="How long a worker that says nothing is believed to live (jobs.md)."
)
JOB_LIMIT_SECONDS = env.read_number("JOB_LIMIT_SECONDS", 15 * 60, least=10, about="The longest a job may run.")

# Where the processes put their figures together for `manage.py metrics`; prometheus-client knows it by this name.
METRICS_DIR = env.read_text(
    "PROMETHEUS_MULTIPROC_DIR", "", about="A folder of web processes and workers for what `manage.py metrics` shows."
)
if METRICS_DIR:
    Path(METRICS_DIR).mkdir(parents=True, exist_ok=True)

LOG_FORMAT = env.read_text(
    "LOG_FORMAT",
    "json" if PRODUCTION else "text",
    choices=("text", "json"),
    about="Lines for people or for programs; json in production, unless set.",
)
LOG_LEVEL = env.read_text(
    "LOG_LEVEL",
    "INFO" if PRODUCTION else "WARNING",
    choices=("DEBUG", "INFO", "WARNING", "ERROR"),
    about="INFO notes each request and job; it is what production takes, unless set.",
)
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"hide_links": {"()": "rfp.logs.HideLinks"}},
    "formatters": {"text": {"()": "rfp.logs.TextLines", "whole": DEBUG}, "json": {"()": "rfp.logs.JsonLines"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "filters": ["hide_links"],
            "formatter": LOG_FORMAT,
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        **{name: {"level": LOG_LEVEL} for name in ("accounts", "evidence", "rfp")},
        "django": {"handlers": [], "level": "WARNING"},
        # What was asked for in vain is in the line of its request; here it would stand with its whole address.
        "django.request": {"level": "ERROR"},
        "django.server": {"handlers": ["console"], "level": "INFO", "propagate": False},
    },
}
