"""Looks at one account: reads what it shows, outside any transaction, and hands it over to be compared."""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from outbox.engine import Outcome
from outbox.errors import AccountBroken, Blocked, NotSent, SendError
from outbox.receipt import Receipt
from outbox.storable import storable

from .. import account_care, locks
from ..models import Account, PostRow, Watch
from ..publishers.base import Credentials, Post, Publisher, SeenPost
from ..publishers.registry import publisher_for
from ..sessions import credentials_of
from . import comparing, presence
from .incidents import Finding, open_one

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=240)
"""One look at a time; longer than a look may take."""
LIGHT = timedelta(hours=1)
"""How far back every look reads."""
DEEP = timedelta(days=7)
"""How far back a deep look reads: edits, removals, and posts dated back."""
DEEP_EVERY = timedelta(minutes=10)
ACCESS_EVERY = timedelta(minutes=10)
"""How often we ask whether we are still let in, and what else may act for the account."""
# Where posts cost money, reading them does too (X: a tenth of a cent each): look far back once a day.
DEARLY_DEEP_EVERY = timedelta(days=1)
DEARLY_LIGHT = timedelta(minutes=10)
OVERLAP = timedelta(minutes=1)
"""Every look reads a little of what the last one read: clocks differ."""
MOST_FAILURES_COUNTED = 6
"""After so many failures in a row the wait between looks stops doubling."""
LONGEST_WAIT = timedelta(minutes=5)
"""However often looks failed, the next is no further away: the platform may be back, and a thief with it."""
LONGEST_ASKED = timedelta(minutes=15)
"""As long as we wait when the platform asks us to; one call in this time burdens nobody."""


def due() -> list[int]:
    """Return the accounts whose next look has come; starts a watch over those that have none. Two queries."""
    _begin_watching()
    now = timezone.now()
    free = Q(looking_until__isnull=True) | Q(looking_until__lt=now)
    waiting = Watch.objects.filter(free, account__in=watchable(), next_look_at__lte=now)
    return list(waiting.order_by("next_look_at", "pk").values_list("account_id", flat=True))


def watchable() -> list[Account]:
    """Return the accounts that are watched: ours, stopped or not, where the platform can be read back."""
    return [one for one in Account.objects.official() if publisher_for(one.channel).watch_every]


def look_at(account_id: int) -> list[Finding] | None:
    """Look once and act on what is found; None when it was not due or somebody else is looking.

    Each finding is acted on as soon as it is made, whatever goes wrong later in the same look.
    """
    watch = _take(account_id)
    if watch is None:
        return None
    found: list[Finding] = []
    try:
        for finding in _look(watch):
            found.append(finding)
            act_on(watch.account, finding)
    except SendError as error:
        _failed(watch, error)
    except Exception as error:
        # A fault of ours must not look like an account at which nobody looked.
        log.exception("A look failed in a way it should not")
        _failed(watch, NotSent(_("Something broke while looking: %s.") % type(error).__name__))
    return found


def act_on(account: Account, finding: Finding) -> None:
    """Open the incident; whatever keeps it from being written down, what should stop the account stops it."""
    try:
        open_one(account, finding)
    except Exception:
        if finding.stops:
            locks.lock(account, by=None, reason=finding.summary)
        raise


def _look(watch: Watch) -> Iterator[Finding]:
    now = timezone.now()
    publisher, credentials = publisher_for(watch.account.channel), _credentials(watch.account)
    is_deep = _is_deep(watch, publisher, now)
    since = _since(watch, publisher, now, is_deep=is_deep)
    posts = publisher.timeline(credentials, since)
    yield from comparing.compare(watch, posts, since)
    missing = comparing.to_look_for(watch, posts, since)
    looked = {row: _look_for(publisher, row, credentials) for row in missing}
    yield from comparing.compare_looked_for(watch.account, looked)
    asks = watch.access_asked_at is None or watch.access_asked_at <= now - ACCESS_EVERY
    if asks or not _is_dear(publisher):
        yield from presence.changed(watch, publisher.profile(credentials))
    if asks:
        yield from _ask_about_access(watch, publisher, credentials, now)
    _succeeded(watch, publisher, now, is_deep=is_deep)


def _look_for(publisher: Publisher, row: PostRow, credentials: Credentials) -> SeenPost | None:
    return publisher.look(Receipt(row.remote_id, row.remote_url), credentials)


def _ask_about_access(
    watch: Watch, publisher: Publisher, credentials: Credentials, now: datetime
) -> Iterator[Finding]:
    """Ask the platform about us; an account whose access was given back or lost is only looked at."""
    Watch.objects.filter(pk=watch.pk).update(access_asked_at=now)
    if not credentials.secrets and publisher.needs_secret:
        return
    try:
        health = publisher.check(credentials)
    except SendError as error:
        account_care.note(watch.account, Outcome(error=error))
        return
    yield from presence.new_passwords(watch, health.app_passwords)


def _credentials(account: Account) -> Credentials:
    """Return what is needed to read; without our access the public part can still be read in most places."""
    try:
        return credentials_of(account)
    except AccountBroken:
        return Credentials(account.base_url, account.handle, account.remote_account_id)


def _begin_watching() -> None:
    watched = Watch.objects.values_list("account_id", flat=True)
    new = [one for one in watchable() if one.pk not in set(watched)]
    # Whatever stood there before two people called the account ours is nobody's business here.
    Watch.objects.bulk_create(
        [Watch(account=one, since_at=one.confirmed_at or timezone.now()) for one in new],
        ignore_conflicts=True,
    )


def _take(account_id: int) -> Watch | None:
    now = timezone.now()
    free = Q(looking_until__isnull=True) | Q(looking_until__lt=now)
    due_now = Watch.objects.filter(free, account_id=account_id, next_look_at__lte=now)
    if not due_now.update(looking_until=now + LEASE):
        return None
    return Watch.objects.select_related("account").get(account_id=account_id)


def _is_deep(watch: Watch, publisher: Publisher, now: datetime) -> bool:
    every = DEARLY_DEEP_EVERY if _is_dear(publisher) else DEEP_EVERY
    return watch.deep_seen_at is None or watch.deep_seen_at <= now - every


def _reach(publisher: Publisher, *, is_deep: bool) -> timedelta:
    if is_deep:
        return DEEP
    return DEARLY_LIGHT if _is_dear(publisher) else LIGHT


def _since(watch: Watch, publisher: Publisher, now: datetime, *, is_deep: bool) -> datetime:
    """Return from when on to read: never later than the last look, or what was posted since is missed."""
    since = now - _reach(publisher, is_deep=is_deep)
    if watch.seen_at:
        since = min(since, watch.seen_at - OVERLAP)
    return max(watch.since_at - OVERLAP, since)


def _is_dear(publisher: Publisher) -> bool:
    return bool(publisher.price(Post(text="", link="")))


def _succeeded(watch: Watch, publisher: Publisher, now: datetime, *, is_deep: bool) -> None:
    deep = {"deep_seen_at": now} if is_deep else {}
    Watch.objects.filter(pk=watch.pk).update(
        looking_until=None,
        next_look_at=now + timedelta(seconds=publisher.watch_every),
        seen_at=now,
        failures=0,
        last_error="",
        **deep,
    )


def _failed(watch: Watch, error: SendError) -> None:
    """A look that failed proves nothing; the next comes later each time, and too long a silence alarms."""
    now = timezone.now()
    if isinstance(error, AccountBroken | Blocked) and watch.account.sealed_secrets:
        account_care.note(watch.account, Outcome(error=error))
    every = publisher_for(watch.account.channel).watch_every
    wait = min(timedelta(seconds=every * 2 ** min(watch.failures, MOST_FAILURES_COUNTED)), LONGEST_WAIT)
    asked = getattr(error, "retry_at", None)
    Watch.objects.filter(pk=watch.pk).update(
        looking_until=None,
        next_look_at=min(max(now + wait, asked), now + LONGEST_ASKED) if asked else now + wait,
        failures=watch.failures + 1,
        last_error=storable(error.message, 1000),
    )
