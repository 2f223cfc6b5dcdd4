"""How long we keep who wrote to us on platforms; ids stay, so that nothing comes in twice."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from ..models import Reply

DAYS_A_MONTH = 30.5
_NOBODY = {"author_handle": "", "author_name": "", "url": "", "text": ""}


def forget(now: datetime | None = None) -> int:
    """Empty names, links and words as collected, once their time is over; return how many.

    The words that were handed over stay where they were moderated. What waits for a notice waits no longer.
    """
    before = (now or timezone.now()) - timedelta(days=settings.FEEDBACK_CONTACT_MONTHS * DAYS_A_MONTH)
    old = Reply.objects.filter(collected_at__lt=before)
    old.filter(voice="", set_aside_at__isnull=True, notice__isnull=True).update(
        set_aside_at=now or timezone.now()
    )
    return old.exclude(**_NOBODY).update(**_NOBODY)
