"""Makes outgoing rows in any state; social.Delivery is the concrete row, the engine knows nothing of it."""

from datetime import timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from accounts.models import Team, User
from outbox.enums import HoldReason, Status
from social.models import Account, Delivery
from updates.models import Edition, Notice

_numbers = count(1)
OUTSIDE = {Status.SENT, Status.REMOVING, Status.REMOVED}
POST = {
    "text": "Burst main in Quay Street",
    "link": "https://riverbank.example/n/AAAAA/",
    "language": "en",
    "link_title": "",
    "link_summary": "",
    "images": [],
    "facets": [],
    "created_at": "2026-11-22T09:00:00.000000Z",
}


def account(channel: str = "sandbox", **more: Any) -> Account:
    """Make a connected account on the practice network."""
    from social.credentials import seal

    number = next(_numbers)
    given = {
        "handle": f"riverbank{number}",
        "remote_account_id": f"riverbank{number}",
        "sealed_secrets": seal({}),
        "confirmed_at": timezone.now(),
    }
    return Account.objects.create(channel=channel, **(given | more))


def edition() -> Edition:
    """Make a bare edition: the engine does not read it."""
    number = next(_numbers)
    author = User.objects.create_user(f"author{number}@riverbank.example", "Amira Shah")
    team = Team.objects.create(name=f"Outbox {number}", slug=f"outbox-{number}")
    notice = Notice.objects.create(kind="general", team=team, owner=author)
    return Edition.objects.create(notice=notice, number=1, title="T", summary="S", author=author)


def row(status: str = Status.QUEUED, **more: Any) -> Delivery:
    """Make one row in `status`, due a second ago, with what the database wants to see in that status."""
    now = timezone.now()
    given: dict[str, Any] = {
        "key": f"key-{next(_numbers)}",
        "payload": POST,
        "next_attempt_at": now - timedelta(seconds=1),
        "hold_reason": HoldReason.LATE if status == Status.HELD else "",
        "last_error": "A sentence." if status in {Status.HELD, Status.FAILED, Status.UNKNOWN} else "",
        "remote_id": "there-1" if status in OUTSIDE else "",
        "claimed_at": now if status == Status.SENDING else None,
        "attempts": 0 if status == Status.QUEUED else 1,
    } | more
    given.setdefault("edition", None)
    given["edition"] = given["edition"] or edition()
    given.setdefault("account", None)
    given["account"] = given["account"] or account()
    return Delivery.objects.create(status=status, **given)


def fresh(delivery: Delivery) -> Delivery:
    """Read the row again."""
    return Delivery.objects.get(pk=delivery.pk)
