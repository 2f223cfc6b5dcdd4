"""Moves deliveries: sends, looks for, takes down. Enqueues nothing; what people decide is elsewhere."""

from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from outbox import engine, removal, settle
from outbox.engine import Outcome
from updates.models import Edition

from . import account_care
from .models import Account, Delivery
from .publishers.base import Post, Receipt
from .publishers.registry import publisher_for
from .sessions import credentials_of


def claimable() -> QuerySet[Delivery]:
    """Deliveries that nothing stops: account neither locked, broken nor gone, notice not withdrawn, no newer
    edition on its way to the same account.

    Conditions are EXISTS subqueries, never joins, so that they are part of the claim's own UPDATE.
    """
    usable = Account.objects.may_send().filter(pk=OuterRef("account_id"))
    standing = Edition.objects.filter(pk=OuterRef("edition_id"), notice__withdrawn_at__isnull=True)
    return Delivery.objects.filter(Exists(usable), Exists(standing), ~Exists(_newer())).order_by()


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
    row = engine.claim(claimable(), pk)
    if row is None:
        return None
    publisher = publisher_for(row.account.channel)

    def send() -> Receipt:
        return publisher.publish(Post.from_json(row.payload), credentials_of(row.account), key=row.key)

    outcome = engine.deliver(row, send)
    account_care.note(row.account, outcome)
    return outcome


def settle_one(pk: int) -> Outcome | None:
    """Look once for a delivery of unknown outcome; None if it is not due."""
    row = settle.claim_settling(Delivery.objects.order_by(), pk)
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
