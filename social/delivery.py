"""Moves deliveries: sends, looks for, takes down. Enqueues nothing; what people decide is elsewhere."""

from functools import partial

from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from outbox import decisions, engine, removal, settle
from outbox.engine import Outcome
from outbox.enums import HoldReason, Status
from outbox.errors import NotSent, OutcomeUnknown, Rejected
from outbox.sweep import mark_told
from updates.models import Edition

from . import account_care, following, pacing, spending
from .enums import Act
from .models import Account, Delivery
from .publishers.base import Post, Receipt
from .publishers.registry import publisher_for
from .sessions import credentials_of


def claimable() -> QuerySet[Delivery]:
    """Deliveries that nothing stops: account neither stopped nor resting, notice not withdrawn, no newer
    edition on its way to the same account, its turn in the account's line, the part before it in place.

    Conditions are EXISTS subqueries, never joins, so that they are part of the claim's own UPDATE.
    """
    now = timezone.now()
    standing = Edition.objects.filter(pk=OuterRef("edition_id"), notice__withdrawn_at__isnull=True)
    free = Delivery.objects.filter(pacing.may_go(now), Exists(standing), ~Exists(_newer()))
    return free.filter(pacing.has_part_before(), pacing.in_turn(now)).order_by()


def overtaken() -> QuerySet[Delivery]:
    """Deliveries of an edition whose notice sent a newer one to the same account: old news by now."""
    return Delivery.objects.filter(Exists(_newer())).order_by()


def _newer() -> QuerySet[Edition]:
    return Edition.objects.filter(
        pk=OuterRef("edition_id"),
        notice__editions__number__gt=F("number"),
        notice__editions__deliveries__account=OuterRef("account_id"),
    )


def deliver_one(pk: int) -> Outcome | None:
    """Send one delivery; None if it was not due, somebody else has it, or something stops it."""
    _hold_over_cap(pk)
    row = engine.claim(claimable(), pk)
    if row is None:
        return None
    outcome = engine.deliver(row, partial(_send, row))
    account_care.note(row.account, outcome)
    pacing.rest_if_away(row, outcome)
    if isinstance(outcome.error, Rejected):
        following.send_as_new_post(row)
    if outcome.error is None:
        pacing.keep_in_line(row.account_id, timezone.now())
    return outcome


def next_in_line(pk: int) -> int | None:
    """Return the delivery that comes after `pk` on the same account, if it may leave now.

    Remembers that it was handed out. So a long line empties as fast as the platform takes it.
    """
    now = timezone.now()
    account_id = Delivery.objects.filter(pk=pk).values_list("account_id", flat=True).first()
    found = pacing.first_in_line(engine.on_time(claimable(), now), account_id, now) if account_id else None
    if found:
        mark_told(Delivery.objects.all(), [found], now)
    return found


def _send(row: Delivery) -> Receipt:
    """Make the call that a claimed row asks for."""
    if row.act == Act.EDIT:
        return _edit(row)
    if row.act == Act.REPLY and not _stands(row.about):
        raise Rejected(_("The earlier post is not there any more."))
    post, credentials = Post.from_json(row.payload), credentials_of(row.account)
    publisher = publisher_for(row.account.channel)
    return publisher.publish(post, credentials, key=row.key, thread=following.thread_of(row))


def _edit(row: Delivery) -> Receipt:
    if row.about is None or not _stands(row.about):
        raise Rejected(_("The earlier post is not there any more."))
    there = following.receipt_of(row.about)
    try:
        publisher_for(row.account.channel).edit(
            there, Post.from_json(row.payload), credentials_of(row.account)
        )
    except OutcomeUnknown as error:
        # The same words in the same place once more do no harm.
        raise NotSent(error.message) from error
    return there


def _stands(about: Delivery | None) -> bool:
    return about is not None and about.status == Status.SENT


def _find(row: Delivery) -> Receipt | None:
    """Look for what a row of unknown outcome would have made."""
    publisher, credentials = publisher_for(row.account.channel), credentials_of(row.account)
    post = Post.from_json(row.payload)
    if row.act != Act.EDIT or row.about is None:
        return publisher.find(post, credentials, key=row.key)
    there = following.receipt_of(row.about)
    seen = publisher.look(there, credentials) if publisher.watch_every else None
    return there if seen and publisher.matches(seen, post) else None


def _hold_over_cap(pk: int) -> None:
    """Hold a post that would cost more than may be spent this month; a person decides."""
    priced = Delivery.objects.filter(pk=pk, price__gt=0, account__monthly_cap__isnull=False)
    row = priced.select_related("account").first()
    if row and spending.passes_cap(row.account, row.price):
        sentence = _("Posting this would cost more than may be spent on the account this month.")
        decisions.hold(row, HoldReason.ACCOUNT, sentence)


def settle_one(pk: int) -> Outcome | None:
    """Look once for a delivery of unknown outcome; None if it is not due."""
    row = settle.claim_settling(Delivery.objects.order_by(), pk)
    if row is None:
        return None
    if row.account.disconnected_at:
        settle.ask_a_person(row, _("It may have been sent, and the account is disconnected. Please look."))
        return None
    age = timezone.now() - (row.claimed_at or row.created_at)
    is_safe = row.act == Act.EDIT or publisher_for(row.account.channel).repeat_is_safe(age)
    outcome = settle.settle(row, partial(_find, row), repeat_is_safe=is_safe)
    _note_trouble(row.account, outcome)
    return outcome


def remove_one(pk: int) -> Outcome | None:
    """Take one withdrawn post down; None if not due. A locked account may still remove."""
    row = removal.claim_removal(Delivery.objects.order_by(), pk)
    if row is None:
        return None
    publisher = publisher_for(row.account.channel)

    def remove() -> None:
        publisher.remove(Receipt(row.remote_id, row.remote_url), credentials_of(row.account))

    outcome = removal.take_down(row, remove)
    _note_trouble(row.account, outcome)
    return outcome


def _note_trouble(account: Account, outcome: Outcome) -> None:
    """Looking and removing also show that we are no longer let in; their success proves no posting."""
    if outcome.error is not None and not account.disconnected_at:
        account_care.note(account, outcome)
