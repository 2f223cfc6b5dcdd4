"""Sends batches: what may be sent, and what becomes of the whole; each single mail is in rounds.py."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from outbox import engine, mails
from outbox.engine import Outcome
from outbox.enums import Status
from updates.enums import OutageState

from .enums import DIGESTS, Occasion
from .models import Batch, Mailing
from .rounds import Round


def claimable() -> QuerySet[Batch]:
    """Batches whose mailing still stands; EXISTS conditions, so that they are part of the claim's UPDATE."""
    return Batch.objects.filter(Exists(_standing())).order_by()


def overtaken() -> QuerySet[Batch]:
    """Batches about what is withdrawn, over or replaced: nobody needs that mail any more."""
    news = Mailing.objects.filter(pk=OuterRef("mailing_id"), occasion=Occasion.NEWS)
    return Batch.objects.filter(Exists(news), ~Exists(_standing())).order_by()


def _standing() -> QuerySet[Mailing]:
    digest = Q(occasion__in=DIGESTS)
    # Only who got the notice hears of its withdrawal, so those who are getting it must be through.
    about_it = Q(mailing__edition__notice_id=OuterRef("edition__notice_id"), mailing__occasion=Occasion.NEWS)
    # A digest claimed later looks for itself what is withdrawn.
    may_hold_it = Q(mailing__occasion__in=DIGESTS, claimed_at__lt=OuterRef("created_at"))
    busy = Batch.objects.filter(about_it | may_hold_it, status__in=[Status.SENDING, Status.UNKNOWN])
    withdrawal = Q(occasion=Occasion.WITHDRAWN) & ~Exists(busy)
    newer = Mailing.objects.filter(
        occasion=Occasion.NEWS,
        edition__notice_id=OuterRef("edition__notice_id"),
        edition__number__gt=OuterRef("edition__number"),
    )
    # An all-clear is worth having after the end; nothing else is.
    on = Q(edition__notice__ended_at=None) | Q(edition__outage__state=OutageState.RESTORED)
    news = Q(occasion=Occasion.NEWS, edition__notice__withdrawn_at=None) & on & ~Exists(newer)
    return Mailing.objects.filter(digest | withdrawal | news, pk=OuterRef("mailing_id"))


def deliver_one(pk: int) -> Outcome | None:
    """Send what is left of one batch; None if it was not due, somebody else has it, or nobody needs it."""
    row = engine.claim(claimable(), pk)
    if row is None:
        return None
    return engine.deliver(row, Round(row, claimable()).send)


def settle_one(pk: int) -> Outcome | None:
    """Take up a batch whose worker died, once it is certain that it did.

    What went out is recorded reader by reader, so the rest may go: at most the one mail that was in flight
    goes twice, with the same Message-ID, by which most mailboxes show it once.
    """
    return mails.settle_one(Batch.objects.order_by(), pk)
