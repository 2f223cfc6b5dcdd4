"""What the minute beat does for outages: marks what was missed, nags, ends what is long restored."""

import logging
from datetime import datetime, timedelta

from django.db.models import Q

from look import times

from .. import reminders
from ..enums import Nudge, OutageState
from ..models import Edition, ToldUntil
from ..transitions import Action
from ..workflow import TransitionRefused, perform
from . import promises

logger = logging.getLogger(__name__)

# How long residents may still say "it is off here" after it was called restored; then the notice ends.
OVER_AFTER = timedelta(hours=48)


def mark_missed(now: datetime) -> int:
    """Mark missed promises and estimates, and works that should have begun; return how many."""
    return (
        promises.missed_updates(now).update(update_missed_at=now)
        + promises.missed_estimates(now).update(estimate_missed_at=now)
        + promises.passed_starts(now).update(planned_start_passed_at=now)
    )


def nag_for_updates(now: datetime) -> int:
    """Remind whoever looks after an outage at half and at the full time of its promise; return how many."""
    sent = 0
    for edition in promises.open_promises():
        due = edition.outage.next_update_by_at
        if due is not None and due <= now:
            sent += _remind_all(edition, Nudge.UPDATE_DUE)
        elif promises.is_half_over(edition, now):
            sent += _remind_all(edition, Nudge.UPDATE_HALF)
    return sent


def _remind_all(edition: Edition, reason: Nudge) -> int:
    return sum(reminders.remind(edition, who, reason) for who in reminders.responsible_for(edition.notice))


def escalate_checks(_now: datetime) -> int:
    """Remind those who may make a second check that it is overdue; return how many mails were written."""
    owed = Edition.objects.filter(is_urgent=True, second_check_at=None, second_check_overdue_at__isnull=False)
    unsaid = owed.exclude(reminders__reason=Nudge.SECOND_CHECK).select_related("notice__team")
    return sum(
        reminders.remind(edition, who, Nudge.SECOND_CHECK)
        for edition in unsaid
        for who in reminders.checkers_of(edition)
    )


def end_restored(now: datetime) -> int:
    """End the outages that have been called restored for long enough; return how many."""
    restored = promises.live().filter(outage__state=OutageState.RESTORED)
    long_ago = Q(outage__restored_at=None) | Q(outage__restored_at__lte=now - OVER_AFTER)
    # Where somebody chose when the notice ends, that holds.
    told = restored.filter(long_ago, published_at__lte=now - OVER_AFTER, expires_at=None)
    return sum(_ended(edition) for edition in told)


def _ended(edition: Edition) -> bool:
    try:
        perform(Action.EXPIRE, edition, by=None)
    except TransitionRefused as refusal:
        logger.warning("Edition %s could not be ended: %s", edition.pk, refusal)
        return False
    return True


def tell_until_yesterday(now: datetime) -> int:
    """Move the history of outages on to the last whole day; return 1 if it moved."""
    yesterday = times.in_zone(now).date() - timedelta(days=1)
    if ToldUntil.objects.filter(day_on__gte=yesterday).exists():
        return 0
    ToldUntil.objects.update_or_create(pk=1, defaults={"day_on": yesterday})
    return 1
