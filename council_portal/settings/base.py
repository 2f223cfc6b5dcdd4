"""What every place shares; must not hold a secret or a switch that differs by place."""

from decimal import Decimal

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from kombu import Queue

from . import env
from .signin import *  # noqa: F403

BASE_DIR = env.BASE_DIR
VAR_DIR = env.VAR_DIR

# --- One installation serves one council -------------------------------------------------------
COUNCIL = env.Council(
    name=env.text("COUNCIL_NAME", "Riverbank Borough Council"),
    short_name=env.text("COUNCIL_SHORT_NAME", "Riverbank"),
    strapline=env.text("COUNCIL_STRAPLINE", "Borough Council"),
    contact_email=env.text("COUNCIL_EMAIL", "hello@riverbank.example"),
    contact_phone=env.text("COUNCIL_PHONE", "01632 960 100"),
    language=env.text("COUNCIL_LANGUAGE", "en-gb"),
    zone=env.text("COUNCIL_ZONE", "Europe/London"),
)
# Absolute addresses come from here, never from a request, so that a page can be cached or written to disk.
PORTAL_URL = env.text("PORTAL_URL", f"http://localhost:{env.text('PORT', '8000')}").rstrip("/")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "crispy_forms",
    "csp",
    "django_filters",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "council_portal",
    "look",
    "audit",
    "outbox",
    "accounts",
    "places",
    "updates",
    "social",
    "feedback",
    "subscriptions",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "council_portal.middleware.Faults",
    "audit.middleware.WhereFrom",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.SecondFactorFirst",
]

ROOT_URLCONF = "council_portal.urls"
WSGI_APPLICATION = "council_portal.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

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
                "look.context.council",
                "updates.navigation.staff",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = ["council"]
CRISPY_TEMPLATE_PACK = "council"
CRISPY_FAIL_SILENTLY = False

# --- Language and time ------------------------------------------------------------------------
LANGUAGE_CODE = COUNCIL.language
LANGUAGES = [("en-gb", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = COUNCIL.zone
USE_I18N = True
USE_TZ = True

# --- Files ------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
# What residents send: outside the public media, so that no web server hands it out.
PRIVATE_ROOT = VAR_DIR / "private"
# A picture is read whole to be re-encoded: more than this is refused with a sentence (bytes).
PICTURE_MAX_BYTES = 12 * 1024 * 1024
PICTURE_MAX_PIXELS = 40_000_000
DOCUMENT_MAX_BYTES = 10 * 1024 * 1024
# The request as a whole; nginx has the same limit in docs/operating.md (bytes).
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# --- Headers (OWASP; the policy has no exception for scripts or styles) ---------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# How many proxies in front may be believed about the visitor's address.
TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXY_COUNT", 0)

# --- Celery: ids only, no result backend, a killed worker's task comes back ----------------------
REDIS_URL = env.text("REDIS_URL", "redis://127.0.0.1:6379/0")
CELERY_TASK_TIME_LIMIT = 240
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://")
CELERY_BROKER_TRANSPORT_OPTIONS = {
    # Above the task time limit, so a task still running is never handed out twice (seconds).
    "visibility_timeout": env.number("BROKER_VISIBILITY_TIMEOUT", 300),
    "unacked_restore_interval": 2,
    "unacked_restore_throttle": 1,
    # Publishing must not hang when the broker is away: the sweeper finds the row later (seconds).
    "max_retries": 0,
    "socket_connect_timeout": 2,
    "socket_timeout": 10,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TIMEZONE = "UTC"
# A worker takes from each queue in turn: a hundred thousand letters never keep a post or an alarm waiting.
CELERY_TASK_QUEUES = [Queue("celery"), Queue("letters"), Queue("alarms")]
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "portal",
        # A server that accepts and never answers must not hold a visitor (seconds).
        "OPTIONS": {"socket_connect_timeout": 2, "socket_timeout": 5},
    }
}

# --- Mail -------------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = env.text("MAIL_FROM", f"{COUNCIL.name} <no-reply@riverbank.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_TIMEOUT = 20
# Where mail to subscribers that cannot be delivered comes back to, for `manage.py read_bounces`. The local
# part is followed by "+" and a mark, so the mail server must accept such addresses. Empty: to the sender.
BOUNCE_ADDRESS = env.text("BOUNCE_ADDRESS")

# --- Publishing rules the council sets (hours, minutes) ----------------------------------------
SECOND_CHECK_HOURS = env.number("SECOND_CHECK_HOURS", 2)
LATE_AFTER_MINUTES = 10
# How long an emergency stands in the banner when nobody said until when (hours).
BANNER_HOURS = env.number("BANNER_HOURS", 24)
# How alerts name their sender (no spaces, no commas), and whether they are meant: Actual or Exercise.
CAP_SENDER = env.text("CAP_SENDER", COUNCIL.contact_email)
CAP_STATUS = env.text("CAP_STATUS", "Actual")
# Whose public holidays are no working days (ISO 3166); empty for none.
PUBLIC_HOLIDAYS = env.text("COUNCIL_HOLIDAYS", "GB-ENG")
# Working days a question may wait for its answer: the council's own service level.
ANSWER_WITHIN_WORKING_DAYS = env.number("ANSWER_WITHIN_WORKING_DAYS", 10)
ANSWER_URGENT_WITHIN_WORKING_DAYS = env.number("ANSWER_URGENT_WITHIN_WORKING_DAYS", 1)
# A request under freedom of information: the UK's law gives 20 working days.
INFORMATION_WITHIN_WORKING_DAYS = env.number("INFORMATION_WITHIN_WORKING_DAYS", 20)
# Working days in which somebody else decides about an objection to hiding; its writer is told the day.
OBJECTION_WITHIN_WORKING_DAYS = env.number("OBJECTION_WITHIN_WORKING_DAYS", 10)

# What is still owed to residents after so many weeks is listed in public.
OWED_IN_PUBLIC_AFTER_WEEKS = env.number("OWED_IN_PUBLIC_AFTER_WEEKS", 12)

# Whose last so many words were all shown unchanged within a year is shown at once, and looked at afterwards,
# once they confirmed the address for the new words too. 0: a moderator reads everything first.
FEEDBACK_TRUST_AFTER = env.number("FEEDBACK_TRUST_AFTER", 5)

# How long a resident's name and address are kept after the matter is settled (months).
# E-petitions to the UK Parliament make their signers anonymous after six; the same here.
FEEDBACK_CONTACT_MONTHS = env.number("FEEDBACK_CONTACT_MONTHS", 6)
# What was begun and never finished: saved answers after the closing, addresses nobody confirmed (days).
FEEDBACK_UNFINISHED_DAYS = env.number("FEEDBACK_UNFINISHED_DAYS", 30)
# What a mail said and to whom, once it went (days). GOV.UK Notify keeps messages for seven.
FEEDBACK_LETTER_DAYS = env.number("FEEDBACK_LETTER_DAYS", 7)

# --- Subscriptions by e-mail: how long what is kept (days), as the privacy page tells --------------
SUBSCRIPTIONS_CONFIRM_DAYS = env.number("SUBSCRIPTIONS_CONFIRM_DAYS", 7)
# The bulk mail of GOV.UK keeps ended subscriptions and the records of old mail for a year; the same here.
SUBSCRIPTIONS_ENDED_DAYS = env.number("SUBSCRIPTIONS_ENDED_DAYS", 365)

# --- Read API ------------------------------------------------------------------------------------
# A widget asks a few times a minute, an office behind one address a few dozen times.
API_REQUESTS_A_MINUTE = env.number("API_REQUESTS_A_MINUTE", 300)

# --- Social accounts ----------------------------------------------------------------------------
# Platforms that live on one server each.
SOCIAL_SERVERS = {
    "facebook": env.text("FACEBOOK_SERVER", "https://graph.facebook.com"),
    "x": env.text("X_SERVER", "https://api.x.com"),
}
SOCIAL_ALLOW_PRIVATE_ADDRESSES = False
# The pretend network inside the portal: pages under /sandbox/, for demos and drills.
SANDBOX_NETWORK = env.flag("SANDBOX_NETWORK")
# Whether two people may let the portal take down posts it did not make; what they said is kept.
SOCIAL_MAY_REMOVE_ROGUE_POSTS = env.flag("SOCIAL_MAY_REMOVE_ROGUE_POSTS")
# What X charges, in US dollars: for a post, for one with an address in it, for a picture's description.
X_PRICES = {
    "post": Decimal(env.text("X_PRICE_POST", "0.015")),
    "post_with_link": Decimal(env.text("X_PRICE_POST_WITH_LINK", "0.200")),
    "picture": Decimal(env.text("X_PRICE_PICTURE", "0.005")),
}
DEMO_ONE_TIME_CODES = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "INFO")},
    # It tells every letter it puts into a PDF.
    "loggers": {"fontTools": {"level": "WARNING"}},
}
