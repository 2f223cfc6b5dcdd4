"""The test settings with short waits, so that a crash run settles within seconds."""

from council_portal.settings.test import *  # noqa: F403

CELERY_TASK_TIME_LIMIT = 5
OUTBOX_TIMING = {
    "claim_limit": 6,
    "settle_after": 0.5,
    "first_backoff": 0.5,
    # A look through hundreds of posts is many requests, and one answer in twenty is lost: most looks fail.
    "longest_backoff": 10,
    "requeue_after": 4,
}
