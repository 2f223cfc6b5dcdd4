"""A council's own servers: everything secret comes from the environment, everything strict is on."""

from . import env
from .base import *  # noqa: F403
from .base import VAR_DIR
from .database import database

DEBUG = False
SECRET_KEY = env.required("SECRET_KEY")
AUDIT_KEY = env.required("AUDIT_KEY")
CREDENTIALS_KEY = env.required("CREDENTIALS_KEY")
PUBLIC_LOG_KEY = env.required("PUBLIC_LOG_KEY")
PORTAL_URL = env.required("PORTAL_URL").rstrip("/")
ALLOWED_HOSTS = env.items("ALLOWED_HOSTS") or [PORTAL_URL.split("://", 1)[-1].split("/")[0].split(":")[0]]
CSRF_TRUSTED_ORIGINS = [PORTAL_URL]

DATABASES = {"default": database(env.required("DATABASE_URL"), sqlite_path=VAR_DIR / "unused.sqlite3")}

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

EMAIL_HOST = env.text("SMTP_HOST", "localhost")
EMAIL_PORT = env.number("SMTP_PORT", 587)
EMAIL_HOST_USER = env.text("SMTP_USER")
EMAIL_HOST_PASSWORD = env.text("SMTP_PASSWORD")
EMAIL_USE_TLS = env.flag("SMTP_TLS", True)

SECURE_SSL_REDIRECT = env.flag("SSL_REDIRECT", True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^watchz$"]
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
