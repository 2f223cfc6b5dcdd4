"""What we know of an account's posts: made by us, on their way, accepted by a person; reads only."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from outbox.enums import HoldReason, Status

from ..models import Account, AnswerPost, Delivery, KnownPost, PostRow
from ..publishers.base import Post, SeenPost
from ..publishers.registry import publisher_for

OUTSIDE = (Status.SENT, Status.REMOVING, Status.REMOVED)
# An edit whose answer was lost waits for its repetition, and so may a post the platform knows by our key.
_IN_FLIGHT = Q(status__in=[Status.SENDING, Status.UNKNOWN, Status.RETRY]) | Q(
    status=Status.HELD, hold_reason=HoldReason.UNCLEAR
)


def known(account: Account, remote_ids: Collection[str]) -> dict[str, PostRow]:
    """Return our rows of these posts; of a post that was edited by us, the row of the edit. Two queries."""
    found: dict[str, PostRow] = {}
    for rows in _both(account):
        outside = rows.filter(status__in=OUTSIDE, remote_id__in=remote_ids).order_by("sent_at", "pk")
        found |= {row.remote_id: row for row in outside}
    return found


def accepted(account: Account, remote_ids: Collection[str]) -> set[str]:
    """Return those of these posts that a person said are ours. One query."""
    posts = KnownPost.objects.filter(account=account, remote_id__in=remote_ids)
    return set(posts.values_list("remote_id", flat=True))


def in_flight(account: Account) -> list[PostRow]:
    """Return the rows on their way, or of unknown outcome, the oldest first. Two queries."""
    return [row for rows in _both(account) for row in rows.filter(_IN_FLIGHT).order_by("pk")]


def that_says(rows: Iterable[PostRow], account: Account, seen: SeenPost) -> PostRow | None:
    """Return the first of `rows` that says exactly what was seen. Pure."""
    publisher = publisher_for(account.channel)
    return next((row for row in rows if publisher.matches(seen, Post.from_json(row.payload))), None)


def standing(account: Account, since: datetime, until: datetime) -> Iterator[PostRow]:
    """Yield our rows that should be on show, made in this time; of an edited post only the edit's row."""
    for rows in _both(account):
        sent = rows.filter(status=Status.SENT, sent_at__gte=since, sent_at__lt=until).order_by(
            "sent_at", "pk"
        )
        yield from {row.remote_id: row for row in sent}.values()


def _both(account: Account) -> Iterator[QuerySet[Any]]:
    yield Delivery.objects.filter(account=account)
    yield AnswerPost.objects.filter(account=account)
