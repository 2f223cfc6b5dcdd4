"""Asks each platform what people wrote to our accounts and keeps it once; must not show or answer it."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from outbox.engine import Outcome
from outbox.errors import AccountBroken, Blocked, NotSent, OutcomeUnknown, SendError
from outbox.storable import storable

from .. import account_care
from ..models import Account, AnswerPost, Delivery, KnownPost, Reply, Watch
from ..publishers.base import SeenReply
from ..publishers.registry import PUBLISHERS, publisher_for
from ..sessions import credentials_of
from ..text import printable
from . import handing, joining

log = logging.getLogger(__name__)

PAUSE = timedelta(seconds=90)
"""Between two looks at one account; longer where the platform is read more seldom anyway."""
PAUSE_AFTER_ERROR = timedelta(minutes=5)
LEASE = timedelta(minutes=5)
"""Longer than a task may run: a worker that dies simply lets it lapse."""
OVERLAP = timedelta(minutes=10)
"""Asked for again each time: platforms show some things late. What is known already is not kept twice."""
LONG_LOOK_EVERY = timedelta(hours=6)
LONG_LOOK = timedelta(days=1)
"""Now and then further back, for what travelled long between servers."""
BATCH = 500
LONGEST_TEXT = 100_000
LONGEST_ID = 500


def due_accounts(now: datetime | None = None) -> list[int]:
    """Return the ids of the accounts whose replies are to be asked for now. One query."""
    now = now or timezone.now()
    able = [channel for channel, publisher in PUBLISHERS.items() if publisher.can_reply]
    later = Watch.objects.filter(account=OuterRef("pk"), replies_next_at__gt=now)
    # A stopped account is still listened to: that posts nothing.
    listening = Account.objects.official().filter(channel__in=able, broken_at__isnull=True)
    return list(listening.exclude(Exists(later)).order_by("pk").values_list("pk", flat=True))


def collect(account_id: int) -> int | None:
    """Ask for an account's new replies, keep and hand over what came; None when it is not due."""
    watch = _claim(account_id)
    if watch is None:
        return None
    account, started = watch.account, timezone.now()
    try:
        seen = publisher_for(account.channel).replies(credentials_of(account), _since(watch, started))
    except SendError as error:
        _note_failure(watch, error)
        return None
    except Exception as error:
        log.exception("A publisher failed in a way it should not while it collected replies")
        _note_failure(watch, OutcomeUnknown(_("Something broke: %s.") % type(error).__name__))
        return None
    kept = keep(account, seen)
    rejoin(account)
    handing.hand_over(account)
    again = timezone.now() + _pause(account)
    done = {"replies_seen_at": started, "replies_next_at": again, "replies_error": ""}
    Watch.objects.filter(pk=watch.pk).update(**done)
    return kept


def keep(account: Account, seen: Sequence[SeenReply]) -> int:
    """Keep what is not known yet and not our own, joined to its notice; return how many came in anew."""
    ours = {each.casefold() for each in _our_handles(account)}
    # The oldest first: an answer to an answer finds what it answers.
    others = [each for each in seen if each.author_handle.casefold() not in ours and _has_usable_id(each)]
    others.sort(key=lambda each: each.posted_at)
    before = Reply.objects.filter(account=account).count()
    for start in range(0, len(others), BATCH):
        _keep_batch(account, others[start : start + BATCH])
    return Reply.objects.filter(account=account).count() - before


def rejoin(account: Account) -> None:
    """Try lately collected answers again whose post we did not know as ours when they came."""
    lately = timezone.now() - LONG_LOOK
    waiting = Reply.objects.filter(account=account, notice__isnull=True, set_aside_at__isnull=True)
    replies = list(waiting.exclude(parent_id="").filter(collected_at__gt=lately)[:BATCH])
    joining.join(account, replies)
    Reply.objects.bulk_update([each for each in replies if each.notice_id], ["delivery", "notice"])


def _keep_batch(account: Account, seen: list[SeenReply]) -> None:
    known = _known_ids(account, [each.remote_id for each in seen])
    new = {each.remote_id: _reply(account, each) for each in seen if each.remote_id not in known}
    replies = list(new.values())
    joining.join(account, replies)
    Reply.objects.bulk_create(replies, ignore_conflicts=True)


def _known_ids(account: Account, ids: list[str]) -> set[str]:
    """Return which of these we have already, or made ourselves. Four queries."""
    found: set[str] = set()
    for model in (Reply, Delivery, AnswerPost, KnownPost):
        rows = model._default_manager.filter(account=account, remote_id__in=ids).order_by()
        found.update(rows.values_list("remote_id", flat=True))
    return found


def _reply(account: Account, seen: SeenReply) -> Reply:
    now = timezone.now()
    return Reply(
        account=account,
        remote_id=seen.remote_id,
        url=_web_address(seen.url),
        text=storable(printable(seen.text), LONGEST_TEXT),
        author_handle=storable(seen.author_handle, 300),
        author_name=storable(seen.author_name, 300),
        parent_id=storable(seen.parent_id, LONGEST_ID),
        root_id=storable(seen.root_id, LONGEST_ID),
        # A platform's clock may be ahead of ours.
        posted_at=min(seen.posted_at, now),
        collected_at=now,
    )


def _web_address(url: str) -> str:
    clean = storable(url, 1001)
    try:
        is_page = urlsplit(clean).scheme in ("http", "https")
    except ValueError:
        return ""
    return clean if len(clean) <= 1000 and is_page else ""  # noqa: PLR2004


def _has_usable_id(seen: SeenReply) -> bool:
    return 0 < len(seen.remote_id) <= LONGEST_ID and storable(seen.remote_id, LONGEST_ID) == seen.remote_id


def _our_handles(account: Account) -> list[str]:
    same = Account.objects.connected().filter(channel=account.channel, base_url=account.base_url)
    return list(same.values_list("handle", flat=True))


def _since(watch: Watch, now: datetime) -> datetime:
    seen_at = watch.replies_seen_at
    if seen_at is None:
        return watch.account.connected_at
    is_long_look = seen_at.timestamp() // LONG_LOOK_EVERY.total_seconds() != (
        now.timestamp() // LONG_LOOK_EVERY.total_seconds()
    )
    return max(seen_at - (LONG_LOOK if is_long_look else OVERLAP), watch.account.connected_at)


def _pause(account: Account) -> timedelta:
    return max(PAUSE, timedelta(seconds=publisher_for(account.channel).watch_every))


def _claim(account_id: int) -> Watch | None:
    """Reserve an account for one look, or return None."""
    if account_id not in due_accounts():
        return None
    watch, _is_new = Watch.objects.get_or_create(account_id=account_id)
    now = timezone.now()
    mine = Watch.objects.filter(pk=watch.pk, replies_next_at__lte=now)
    if not mine.update(replies_next_at=now + LEASE):
        return None
    return Watch.objects.select_related("account").get(pk=watch.pk)


def _note_failure(watch: Watch, error: SendError) -> None:
    """Say why nothing came, and ask again later, not before the platform's own time."""
    again = timezone.now() + PAUSE_AFTER_ERROR
    if isinstance(error, NotSent) and error.retry_at:
        again = max(again, min(error.retry_at, timezone.now() + LONG_LOOK_EVERY))
    failed = {"replies_error": storable(error.message, 1000), "replies_next_at": again}
    Watch.objects.filter(pk=watch.pk).update(**failed)
    if isinstance(error, AccountBroken | Blocked):
        account_care.note(watch.account, Outcome(error=error))
