"""Moves answers to people on platforms: sends, looks for, sweeps. Enqueues nothing."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from outbox import engine, settle, sweep
from outbox.engine import Outcome

from .. import account_care, pacing
from ..models import AnswerPost, Reply
from ..publishers.base import Post, Receipt, Thread
from ..publishers.registry import publisher_for
from ..sessions import credentials_of


@dataclass(frozen=True)
class Due:
    """Ids that workers should hear of now."""

    send: list[int]
    settle: list[int]


def claimable() -> QuerySet[AnswerPost]:
    """Answers whose account may send now and does not rest."""
    return AnswerPost.objects.filter(pacing.may_go(timezone.now())).order_by()


def send_one(pk: int) -> Outcome | None:
    """Post one answer; None if it was not due, somebody else has it, or its account is stopped."""
    row = engine.claim(claimable(), pk)
    if row is None:
        return None
    publisher = publisher_for(row.account.channel)

    def send() -> Receipt:
        post, thread = Post.from_json(row.payload), thread_of(row.reply)
        return publisher.publish(post, credentials_of(row.account), key=row.key, thread=thread)

    outcome = engine.deliver(row, send)
    account_care.note(row.account, outcome)
    pacing.rest_if_away(row, outcome)
    return outcome


def settle_one(pk: int) -> Outcome | None:
    """Look once for an answer of unknown outcome; None if it is not due."""
    row = settle.claim_settling(AnswerPost.objects.order_by(), pk)
    if row is None:
        return None
    if row.account.disconnected_at:
        settle.ask_a_person(row, _("It may have been sent, and the account is disconnected. Please look."))
        return None
    publisher = publisher_for(row.account.channel)

    def find() -> Receipt | None:
        return publisher.find(Post.from_json(row.payload), credentials_of(row.account), key=row.key)

    age = timezone.now() - (row.claimed_at or row.created_at)
    outcome = settle.settle(row, find, repeat_is_safe=publisher.repeat_is_safe(age))
    if outcome.error is not None:
        account_care.note(row.account, outcome)
    return outcome


def collect_due() -> Due:
    """Put left-behind answers in order and return what is due; remembers that the ids were handed out."""
    now, rows = timezone.now(), AnswerPost.objects.all()
    sweep.abandon_dead_claims(rows, now)
    sweep.hold_late(rows, now)
    due = Due(sweep.due_ids(claimable(), now), sweep.settle_ids(rows, now))
    # Before the handing over: if that fails, the rows come up again in a minute.
    sweep.mark_told(rows, due.send + due.settle, now)
    return due


def thread_of(reply: Reply) -> Thread:
    """Return where an answer to `reply` belongs; a mention begins a conversation of its own."""
    parent = Receipt(reply.remote_id, reply.url)
    return Thread(parent, Receipt(reply.root_id) if reply.root_id else parent)
