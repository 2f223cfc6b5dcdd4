"""Stops accounts: nothing is sent to a stopped one, from the moment the stop commits, on every path.

One person stops (or the portal itself); letting go takes two and is called by social.stopping.release alone.
Needs neither broker nor platform.
"""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from audit.recorder import record
from outbox.storable import storable

from .enums import StopLevel
from .models import Account, Drill

LONGEST_REASON = 300


def hold(account: Account, *, by: User | None, reason: str) -> bool:
    """Stop an account for now (by=None: the portal itself); returns False when it was stopped already."""
    with transaction.atomic():
        is_new = _stop_running(account, by, reason, StopLevel.HOLD)
        if is_new:
            record("account.held", actor=by, target=account, reason=reason)
    return is_new


def lock(account: Account, *, by: User | None, reason: str) -> bool:
    """Stop an account because something is wrong with it (by=None: the portal itself).

    An account on hold becomes locked. Returns False when it was locked already.
    """
    with transaction.atomic():
        is_new = _stop_running(account, by, reason, StopLevel.LOCK) or _make_graver(account, by, reason)
        if is_new:
            record("account.locked", actor=by, target=account, reason=reason)
    return is_new


def hold_all(*, by: User, reason: str) -> int:
    """Put every connected account on hold; returns how many were not stopped before."""
    with transaction.atomic():
        running = _in_order(Q(locked_at__isnull=True))
        return sum(hold(account, by=by, reason=reason) for account in running)


def lock_all(*, by: User, reason: str) -> int:
    """Lock every connected account, those on hold too; returns how many were not locked before."""
    with transaction.atomic():
        unlocked = _in_order(Q(locked_at__isnull=True) | Q(stop_level=StopLevel.HOLD))
        return sum(lock(account, by=by, reason=reason) for account in unlocked)


def let_go(account: Account) -> bool:
    """Let an account send again, inside the caller's transaction; False when it was not stopped.

    Two people stand behind this: only social.stopping.release may call it, which also holds what waits.
    """
    stopped = Account.objects.filter(pk=account.pk, locked_at__isnull=False)
    opened = stopped.update(locked_at=None, locked_by=None, locked_reason="", stop_level="")
    return bool(opened)


def _in_order(which: Q) -> list[Account]:
    """Lock the rows before the first event is written: whoever stops one account takes them in this order.

    No key of theirs changes: publishing writes the trail first and then rows that point here, and a full
    lock would wait for it in a circle.
    """
    return list(Account.objects.connected().filter(which).order_by("pk").select_for_update(no_key=True))


def _stop_running(account: Account, by: User | None, reason: str, level: StopLevel) -> bool:
    now = timezone.now()
    stopped = Account.objects.filter(pk=account.pk, locked_at__isnull=True).update(
        locked_at=now, stop_level=level, **_because(by, reason)
    )
    if stopped:
        Drill.objects.filter(account=account, ended_at__isnull=True, locked_at__isnull=True).update(
            locked_at=now
        )
    return bool(stopped)


def _make_graver(account: Account, by: User | None, reason: str) -> bool:
    """Since when it is stopped stays as it was."""
    held = Account.objects.filter(pk=account.pk, stop_level=StopLevel.HOLD)
    return bool(held.update(stop_level=StopLevel.LOCK, **_because(by, reason)))


def _because(by: User | None, reason: str) -> dict[str, object]:
    return {"locked_by": by, "locked_reason": storable(reason, LONGEST_REASON)}
