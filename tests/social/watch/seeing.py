"""Accounts under watch on the practice network, our posts there, and looks whose time has come."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from outbox.enums import Status
from social.models import Account, AnswerPost, Delivery, Incident, Reply, SandboxPost, Watch
from social.publishers.base import Post
from social.sandbox import network
from social.watch import looking
from social.watch.incidents import Finding
from tests.outbox.rows import POST, row
from tests.social.posts import key


def watched(account: Account, **more: Any) -> Watch:
    """Begin the watch over an account, an hour ago."""
    ago = timezone.now() - timedelta(hours=1)
    return Watch.objects.create(account=account, **({"since_at": ago, "began_at": ago} | more))


def look(account: Account) -> list[Finding] | None:
    """Look now, whenever the next look was due."""
    now = timezone.now()
    Watch.objects.filter(account=account).update(next_look_at=now, access_asked_at=None, deep_seen_at=None)
    return looking.look_at(account.pk)


def saying(text: str) -> dict[str, Any]:
    """Return the frozen payload of a post with these words."""
    return POST | {"text": text}


def placed(account: Account, text: str, **more: Any) -> SandboxPost:
    """Put the words there as our publisher would, without any row."""
    post = Post.from_json(saying(text))
    network.add(account.remote_account_id, post, key())
    made = SandboxPost.objects.get(text=text, handle=account.remote_account_id)
    SandboxPost.objects.filter(pk=made.pk).update(**more)
    made.refresh_from_db()
    return made


def ours(account: Account, text: str, status: str = Status.SENT, **more: Any) -> Delivery:
    """Make a row of ours in `status` and the post it made, five minutes ago."""
    made = placed(account, text)
    ago = timezone.now() - timedelta(minutes=5)
    known = {"remote_id": made.remote_id, "sent_at": ago} if status in {"sent", "removing", "removed"} else {}
    return row(status, **({"account": account, "payload": saying(text)} | known | more))


def answer(account: Account, by: Any, text: str, status: str, **more: Any) -> AnswerPost:
    """Make an answer of ours to somebody, and the post it made."""
    made, now = placed(account, text), timezone.now()
    asked = Reply.objects.create(
        account=account, remote_id=f"q {text}", text="Why?", author_handle="kim", posted_at=now
    )
    known = {"remote_id": made.remote_id, "sent_at": now} if status == Status.SENT else {}
    claimed = {"claimed_at": now, "attempts": 1} if status == Status.SENDING else {}
    given = {"account": account, "reply": asked, "answered_by": by, "key": f"a {text}"}
    return AnswerPost.objects.create(status=status, payload=saying(text), **given, **known, **claimed, **more)


def kinds() -> list[str]:
    """Return the kind of every incident there is, the oldest first."""
    return list(Incident.objects.order_by("pk").values_list("kind", flat=True))


def is_locked(account: Account) -> bool:
    """Say whether the account is stopped."""
    return Account.objects.get(pk=account.pk).locked_at is not None
