"""The first look's settings with the tests' keys and cheap passwords, for a portal that a test runs whole."""

from council_portal.settings import env
from council_portal.settings.dev import *  # noqa: F403
from council_portal.settings.test import AUDIT_KEY, CREDENTIALS_KEY, PUBLIC_LOG_KEY, SECRET_KEY  # noqa: F401

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = "127.0.0.1"
EMAIL_PORT = env.number("SMTP_PORT", 25)
