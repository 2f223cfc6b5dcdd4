"""The test settings with short waits and a mail server of the test's, so that a crash run settles soon."""

import os

from council_portal.settings.test import *  # noqa: F403

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = "127.0.0.1"
EMAIL_PORT = int(os.environ["CRASH_SMTP_PORT"])
CELERY_TASK_TIME_LIMIT = 5
OUTBOX_TIMING = {
    "claim_limit": 6,
    "settle_after": 0.5,
    "first_backoff": 0.5,
    "requeue_after": 4,
    # Every process is killed many times here, so a batch is not to blame for three of them.
    "max_unended_claims": 50,
}
