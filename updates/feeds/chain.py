"""Sends alerts: one row per CAP message as a notice goes live, is withdrawn or ends; never rewrites one."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings

from look import times

from ..enums import AlertType
from ..models import Alert, Edition, Notice
from . import meaning
from .areas import areas_of


def announce(notice: Notice, edition: Edition, now: datetime) -> None:
    """Send what `edition`, which has just gone live, means to alerting systems, if it means anything.

    Alert, or Update where an earlier message still holds. Call it inside the publishing transaction.
    """
    sent_at = now.replace(microsecond=0)
    earlier = _unexpired(notice, sent_at)
    if _is_nothing_new(notice, edition, earlier):
        return
    expires_at = meaning.expires(edition, sent_at)
    if is_all_clear := meaning.is_all_clear(edition):
        expires_at = max(expires_at, *(each.expires_at for each in earlier))
    _send(
        edition,
        earlier,
        identifier=f"{notice.reference}-{edition.number}",
        message_type=AlertType.UPDATE if earlier else AlertType.ALERT,
        is_all_clear=is_all_clear,
        sent_at=sent_at,
        expires_at=expires_at,
    )


def take_back(notice: Notice, now: datetime) -> None:
    """Cancel the messages of a notice that was withdrawn or has ended, as long as they would hold.

    Not after an all-clear, unless it was withdrawn. An end says nothing of safety, so it is no all-clear.
    """
    sent_at = now.replace(microsecond=0)
    earlier = _unexpired(notice, sent_at)
    if not earlier or earlier[-1].message_type == AlertType.CANCEL:
        return
    if earlier[-1].is_all_clear and notice.withdrawn_at is None:
        return
    edition = notice.live_edition
    assert edition is not None  # only what was published is withdrawn or ended
    _send(
        edition,
        earlier,
        identifier=f"{notice.reference}-{edition.number}-cancel",
        message_type=AlertType.CANCEL,
        sent_at=sent_at,
        expires_at=max(each.expires_at for each in earlier),
    )


def lapse(now: datetime) -> int:
    """Take expired messages out of the feed; return how many. The minute beat calls it."""
    return Alert.objects.filter(is_current=True, expires_at__lte=now).update(is_current=False)


def _unexpired(notice: Notice, sent_at: datetime) -> list[Alert]:
    """Return the earlier messages that still hold, oldest first. One query."""
    return list(notice.alerts.filter(expires_at__gt=sent_at).order_by("sent_at", "pk"))


def _is_nothing_new(notice: Notice, edition: Edition, earlier: Sequence[Alert]) -> bool:
    if meaning.is_all_clear(edition) and (not earlier or _is_over_already(edition, earlier[-1])):
        return True
    return edition.is_minor and notice.alerts.exists()


def _is_over_already(edition: Edition, last: Alert) -> bool:
    """Say whether a notice that is no emergency any more has said so: its further news are no alerts."""
    return not meaning.is_told(edition) and (last.is_all_clear or last.message_type == AlertType.CANCEL)


def _send(edition: Edition, earlier: Sequence[Alert], **fields: object) -> None:
    edition.notice.alerts.filter(is_current=True).update(is_current=False)
    Alert.objects.create(
        notice=edition.notice,
        edition=edition,
        sender=settings.CAP_SENDER,
        status=settings.CAP_STATUS,
        references=" ".join(reference_to(each) for each in earlier),
        areas=areas_of(edition),
        **fields,
    )


def reference_to(alert: Alert) -> str:
    """Return how a later message names `alert` (CAP 1.2, 3.2.1: sender, identifier, sent)."""
    return f"{alert.sender},{alert.identifier},{times.machine(alert.sent_at)}"
