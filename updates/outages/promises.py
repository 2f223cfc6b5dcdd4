"""The promises of live outages: when half their time is over, when they are missed; must not write."""

from datetime import datetime

from django.db.models import QuerySet

from ..enums import EstimateStage, OutageState, Status
from ..models import Edition, OutageDetail


def live() -> QuerySet[Edition]:
    """Return the live editions of outages, with what their mails and marks need."""
    return Edition.objects.filter(status=Status.PUBLISHED, outage__isnull=False).select_related(
        "outage", "notice__team", "notice__owner"
    )


def open_promises() -> QuerySet[Edition]:
    """Return the live editions that promise an update: nothing more is owed once it is restored."""
    return live().filter(outage__next_update_by_at__isnull=False).exclude(outage__state=OutageState.RESTORED)


def half_of(edition: Edition) -> datetime | None:
    """Return when half the time to the promised update is over; None if it promises none ahead.

    The time runs from the edition's going live, in UTC, so that a clock change makes it neither longer nor
    shorter.
    """
    made, due = edition.published_at, edition.outage.next_update_by_at
    if made is None or due is None or due <= made:
        return None
    return made + (due - made) / 2


def is_half_over(edition: Edition, now: datetime) -> bool:
    """Say whether half the time is over and the whole of it is not."""
    half, due = half_of(edition), edition.outage.next_update_by_at
    return half is not None and due is not None and half <= now < due


def missed_updates(now: datetime) -> QuerySet[OutageDetail]:
    """Return the details of live outages whose promised update has not come, not yet marked."""
    unmarked = _unrestored().filter(update_missed_at=None)
    return unmarked.filter(next_update_by_at__lte=now)


def missed_estimates(now: datetime) -> QuerySet[OutageDetail]:
    """Return the details of live outages that should be back by now and are not, not yet marked."""
    unmarked = _unrestored().filter(estimate_missed_at=None)
    said = unmarked.exclude(estimate_stage=EstimateStage.ASSESSING).exclude(state=OutageState.PLANNED)
    return said.filter(estimate_to_at__lte=now)


def passed_starts(now: datetime) -> QuerySet[OutageDetail]:
    """Return the details of planned works whose announced start has come, not yet marked."""
    planned = _unrestored().filter(state=OutageState.PLANNED, planned_start_passed_at=None)
    return planned.filter(planned_from_at__lte=now)


def _unrestored() -> QuerySet[OutageDetail]:
    details = OutageDetail.objects.filter(edition__status=Status.PUBLISHED)
    return details.exclude(state=OutageState.RESTORED)
