"""Hands publishers their credentials and lets one worker at a time renew a session."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from outbox.errors import NotSent

from .credentials import seal, unseal
from .models import Account
from .publishers.base import Credentials, Secrets

LEASE = timedelta(seconds=90)
"""Longer than any renewal takes (two calls of at most 45 s)."""
PATIENCE = 30
"""Seconds to wait for another worker's renewal."""
PAUSE = 0.2


def credentials_of(account: Account) -> Credentials:
    """Return what a publisher needs; raises AccountBroken when there is nothing to act with."""
    return Credentials(
        base_url=account.base_url,
        handle=account.handle,
        remote_account_id=account.remote_account_id,
        secrets=unseal(account.sealed_secrets),
        renew=partial(renew, account.pk),
    )


def renew(account_id: int, stale: Secrets, fetch: Callable[[Secrets], Secrets]) -> Secrets:
    """Replace `stale` secrets: one worker runs `fetch`, the others take what it brought.

    A platform's refresh token can be used once only, so two workers must never use it together. The lease is
    a column, not a row lock, because no transaction may stay open during a call. Raises what `fetch` raises;
    the stored secrets then stay as they were.
    """
    give_up_at = time.monotonic() + PATIENCE
    while time.monotonic() < give_up_at:
        current = _stored(account_id)
        if current != stale:
            return current
        if until := _take_lease(account_id):
            return _fetch_and_keep(account_id, stale, fetch, until)
        time.sleep(PAUSE)
    raise NotSent(_("Another worker is still renewing the session."))


def _fetch_and_keep(
    account_id: int, stale: Secrets, fetch: Callable[[Secrets], Secrets], until: datetime
) -> Secrets:
    try:
        current = _stored(account_id)
        if current != stale:
            return current
        fresh = fetch(current)
        _keep(account_id, stale, fresh)
        return fresh
    finally:
        Account.objects.filter(pk=account_id, renewing_until=until).update(renewing_until=None)


def _keep(account_id: int, stale: Secrets, fresh: Secrets) -> None:
    """Put `fresh` in the place of `stale`, whoever's lease it is by now: the old one is used up.

    Nothing is kept of an account that was disconnected or connected anew meanwhile.
    """
    with transaction.atomic():
        row = Account.objects.select_for_update(no_key=True).get(pk=account_id)
        if row.sealed_secrets and unseal(row.sealed_secrets) == stale:
            Account.objects.filter(pk=account_id).update(sealed_secrets=seal(fresh))


def _stored(account_id: int) -> Secrets:
    return unseal(Account.objects.values_list("sealed_secrets", flat=True).get(pk=account_id))


def _take_lease(account_id: int) -> datetime | None:
    now = timezone.now()
    free = Q(renewing_until__isnull=True) | Q(renewing_until__lt=now)
    until = now + LEASE
    taken = Account.objects.filter(free, pk=account_id).update(renewing_until=until)
    return until if taken else None
