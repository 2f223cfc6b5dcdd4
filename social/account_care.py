"""Keeps what we know of accounts' health; a broken account holds its deliveries until a person has looked."""

from django.db import transaction
from django.utils import timezone

from outbox.engine import Outcome
from outbox.enums import HoldReason, Status
from outbox.errors import AccountBroken, Blocked, SendError
from outbox.moves import Move
from outbox.rows import move
from outbox.storable import storable

from . import locks
from .connect import lasting
from .models import Account, AnswerPost, Delivery
from .publishers.base import Health, Limits
from .publishers.registry import publisher_for
from .sessions import credentials_of
from .watch import access


def note(account: Account, outcome: Outcome) -> None:
    """Remember on the account how a call went, and stop it where the platform no longer lets us in."""
    now = timezone.now()
    mine = Account.objects.filter(pk=account.pk)
    if outcome.error is None:
        mine.update(last_success_at=now)
        return
    mine.update(last_failure_at=now, last_error=storable(outcome.error.message, 1000))
    if isinstance(outcome.error, AccountBroken | Blocked):
        _stop(account, outcome.error)


def check(account_id: int) -> SendError | None:
    """Ask the platform whether the account can post and refresh name and limits; returns what is wrong."""
    account = Account.objects.connected().filter(pk=account_id).first()
    if account is None:
        return None
    now = timezone.now()
    try:
        health = publisher_for(account.channel).check(credentials_of(account))
    except SendError as error:
        Account.objects.filter(pk=account_id).update(checked_at=now)
        note(account, Outcome(error=error))
        return error
    well = {"checked_at": now, "broken_at": None, "last_error": ""}
    Account.objects.filter(pk=account_id).update(**well, **_said(health))
    lasting.note(account, health.access_ends_at)
    return None


def limit_columns(limits: Limits) -> dict[str, int | None]:
    """Return a platform's limits as columns of an account."""
    return {
        "max_characters": limits.characters,
        "max_bytes": limits.bytes,
        "url_weight": limits.url_weight,
        "max_alt_characters": limits.alt_characters,
    }


def hold_waiting(account: Account, sentence: str) -> int:
    """Hold everything that waits for an account, so that nothing leaves in a burst; returns how many."""
    held = {"status": Status.HELD, "hold_reason": HoldReason.ACCOUNT, "last_error": sentence}
    return sum(
        move(rows.filter(account=account), Move.HOLD, **held)
        for rows in (Delivery.objects.all(), AnswerPost.objects.all())
    )


def _stop(account: Account, error: SendError) -> None:
    with transaction.atomic():
        if isinstance(error, Blocked):
            locks.lock(account, by=None, reason=error.message)
        else:
            Account.objects.filter(pk=account.pk, broken_at__isnull=True).update(broken_at=timezone.now())
        hold_waiting(account, storable(error.message, 1000))
    access.refused(account, error)


def _said(health: Health) -> dict[str, object]:
    names: dict[str, object] = {
        "handle": storable(health.handle, 200),
        "display_name": storable(health.display_name, 200),
    }
    return {name: value for name, value in names.items() if value} | dict(limit_columns(health.limits))
