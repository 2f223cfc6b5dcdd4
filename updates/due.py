"""What is due by the clock: each piece is looked up in the database and checked again as it happens."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.recorder import record

from . import public_face
from .content import content_hash
from .enums import Status
from .events import occurrences
from .feeds import chain
from .models import Edition, Notice
from .outages import steps as outage_steps
from .transitions import Action
from .workflow import TransitionRefused, perform
from .writing import review, scratch

logger = logging.getLogger(__name__)


def run_due(now: datetime | None = None) -> dict[str, int]:
    """Do everything that is due at `now`; return how many rows each step moved.

    One edition's trouble never stops the others: it is logged and met again a minute later.
    """
    now = now or timezone.now()
    return {name: _safely(name, step, now) for name, step in STEPS.items()}


def _safely(name: str, step: Callable[[datetime], int], now: datetime) -> int:
    """Run one step; its trouble is logged and never keeps the next step from being due."""
    try:
        return step(now)
    except Exception:
        logger.exception("The step “%s” could not be done", name)
        return 0


def _publish(now: datetime) -> int:
    return _each(_due_editions(now), lambda edition: _publish_or_hold(edition, now))


def _expire(now: datetime) -> int:
    return _each(_ended_editions(now), lambda edition: perform(Action.EXPIRE, edition, by=None))


def _mark_overdue_checks(now: datetime) -> int:
    return _each(_overdue_checks(now), lambda edition: _mark_overdue(edition, now))


def _each(editions: list[Edition], step: Callable[[Edition], object]) -> int:
    done = 0
    for edition in editions:
        try:
            step(edition)
            done += 1
        except TransitionRefused as refusal:
            logger.warning("Edition %s could not be moved: %s", edition.pk, refusal)
        except Exception:
            # Whatever a room above did wrong with this one, the next edition is still due.
            logger.exception("Edition %s could not be moved", edition.pk)
    return done


def _due_editions(now: datetime) -> list[Edition]:
    return list(
        Edition.objects.filter(status=Status.SCHEDULED, publish_at__lte=now).select_related("notice__team")
    )


def _publish_or_hold(edition: Edition, now: datetime) -> None:
    assert edition.publish_at is not None  # a database constraint: scheduled means it has a time
    if now - edition.publish_at > timedelta(minutes=settings.LATE_AFTER_MINUTES):
        note = _("Its time passed while the portal was not running, so a person decides now.")
        _system(Action.HOLD_LATE, edition, note)
    elif edition.approved_hash != content_hash(edition):
        note = _("What would be shown or sent has changed since it was approved.")
        _system(Action.VOID, edition, note)
    else:
        try:
            _system(Action.PUBLISH_DUE, edition)
        except TransitionRefused as refusal:
            _system(Action.HOLD_LATE, edition, str(refusal))


def _system(action: Action, edition: Edition, note: str = "") -> None:
    """Move a scheduled edition, naming the time it was found due at."""
    perform(action, edition, by=None, note=note, publish_at=edition.publish_at)


def _ended_editions(now: datetime) -> list[Edition]:
    live = Edition.objects.filter(status=Status.PUBLISHED).select_related("notice__team")
    return list(live.filter(Q(expires_at__lte=now) | occurrences.is_over(now)))


def _overdue_checks(now: datetime) -> list[Edition]:
    owed = Edition.objects.filter(is_urgent=True, second_check_at=None, second_check_overdue_at=None)
    return list(owed.filter(second_check_due_at__lte=now).select_related("notice__team"))


def _mark_overdue(edition: Edition, now: datetime) -> None:
    changed = Edition.objects.filter(pk=edition.pk, second_check_at=None, second_check_overdue_at=None)
    with transaction.atomic():
        # The notice first, as every move does: we never hold what a newer edition is about to replace.
        Notice.objects.select_for_update().get(pk=edition.notice_id)
        if changed.update(second_check_overdue_at=now):
            record("edition.second_check_overdue", target=edition, notice=edition.notice.reference)


# What the minute beat does, in this order; each step returns how many rows it moved.
STEPS: dict[str, Callable[[datetime], int]] = {
    "published": _publish,
    "expired": _expire,
    "next dates": occurrences.advance,
    "overdue": _mark_overdue_checks,
    "banners": public_face.end_banners,
    "scratches": scratch.clear_old,
    "reviews": review.remind_due,
    "alerts": chain.lapse,
    "missed": outage_steps.mark_missed,
    "nags": outage_steps.nag_for_updates,
    "checks to make": outage_steps.escalate_checks,
    "restored": outage_steps.end_restored,
    "history": outage_steps.tell_until_yesterday,
}
