"""For the tests: the database and broker the test run started, cheap passwords, mail in memory."""

import os
import tempfile
from pathlib import Path

from . import env
from .base import *  # noqa: F403
from .database import database

DEBUG = False
SECRET_KEY = "only-for-tests-" + "x" * 50
AUDIT_KEY = "only-for-tests-audit"
CREDENTIALS_KEY = "b25seS1mb3ItdGVzdHMtMzItYnl0ZXMta2V5LS0tLS0="
PUBLIC_LOG_KEY = "b25seS1mb3ItdGVzdHMtcHVibGljLWxvZy1zZWVkLS0="
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PORTAL_URL = "https://riverbank.example"

_FOLDER = Path(os.environ.get("PORTAL_TEST_VAR") or tempfile.mkdtemp(prefix="portal-test-"))
DATABASES = {"default": database(env.text("DATABASE_URL"), sqlite_path=_FOLDER / "test.sqlite3")}
MEDIA_ROOT = _FOLDER / "media"
PRIVATE_ROOT = _FOLDER / "private"
# whitenoise warns about a folder that is not there, and a warning is an error here.
STATIC_ROOT = _FOLDER / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
if not env.text("REDIS_URL"):
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

SOCIAL_ALLOW_PRIVATE_ADDRESSES = True
SANDBOX_NETWORK = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
