"""Locks accounts: nothing is sent to a locked one, from the moment the lock commits, on every path."""

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.recorder import record
from outbox.storable import storable

from .enums import StopLevel
from .models import Account

LONGEST_REASON = 300


def lock(account: Account, *, by: User | None, reason: str) -> bool:
    """Stop an account (by=None: the portal itself); returns False when it was locked already."""
    now = timezone.now()
    with transaction.atomic():
        locked = Account.objects.filter(pk=account.pk, locked_at__isnull=True).update(
            locked_at=now,
            locked_by=by,
            locked_reason=storable(reason, LONGEST_REASON),
            stop_level=StopLevel.LOCK,
        )
        if locked:
            record("account.locked", actor=by, target=account, reason=reason)
    return bool(locked)


def lock_all(*, by: User, reason: str) -> int:
    """Stop every connected account; returns how many were not stopped before."""
    with transaction.atomic():
        # All accounts before the first event: whoever locks one account takes them in this order too.
        open_ones = Account.objects.connected().filter(locked_at__isnull=True).order_by("pk")
        return sum(lock(account, by=by, reason=reason) for account in list(open_ones.select_for_update()))


def unlock(account: Account, *, by: User, note: str) -> bool:
    """Let an account send again; what became late meanwhile stays held. False when it was not locked."""
    with transaction.atomic():
        opened = Account.objects.filter(pk=account.pk, locked_at__isnull=False).update(
            locked_at=None, locked_by=None, locked_reason="", stop_level=""
        )
        if opened:
            record("account.unlocked", actor=by, target=account, note=note)
    return bool(opened)
