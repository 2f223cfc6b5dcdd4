"""What a person may decide about one delivery, and the event that says so; refusals are sentences."""

from collections.abc import Callable

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit.recorder import record
from outbox import decisions, removal
from outbox.receipt import Receipt
from updates.models import Notice

from . import fanout
from .enums import IncidentKind
from .enums import Outcome as IncidentOutcome
from .models import Account, AnswerPost, Delivery, Incident
from .publishers.registry import publisher_for


class DecisionRefused(Exception):
    """The decision is not possible (any more); its text says why, fit for the person who asked."""


def retry_one(delivery: Delivery, *, by: User) -> None:
    """Send a held or failed delivery now."""
    if not delivery.account.may_send:
        raise DecisionRefused(_("Nothing can be sent to this account at the moment."))
    _decide("delivery.retried", delivery, by, decisions.release, was=delivery.last_error)
    fanout.deliver_on_commit([delivery.pk])


def give_up(delivery: Delivery, *, by: User, note: str = "") -> None:
    """Decide that a delivery that has not gone out never will."""
    sentence = _("Given up by %(name)s.") % {"name": by.get_full_name()}
    if note:
        sentence = f"{sentence} {note}"
    _decide("delivery.given_up", delivery, by, lambda row: decisions.give_up(row, sentence), note=note)


def settle_as_sent(delivery: Delivery, link: str, *, by: User) -> None:
    """A person has seen the post and gives its link."""
    account = delivery.account
    receipt = publisher_for(account.channel).receipt_from_link(
        link.strip(), account.base_url, account.remote_account_id
    )
    if receipt is None:
        raise DecisionRefused(_("This is not a link to a post of this account."))
    refuse_what_is_not_ours(account, receipt)
    _decide(
        "delivery.settled_as_sent",
        delivery,
        by,
        lambda row: decisions.settle_as_sent(row, receipt),
        link=link,
    )


def refuse_what_is_not_ours(account: Account, receipt: Receipt) -> None:
    """Refuse a post the watch has called strange, or another row has: it must not become ours by a paste."""
    strange = Incident.objects.filter(
        account=account, kind=IncidentKind.UNKNOWN_POST, subject=receipt.remote_id
    )
    if strange.exclude(outcome=IncidentOutcome.OURS).exists():
        raise DecisionRefused(_("This post is an incident. Say there what it was first."))
    taken = {"account": account, "remote_id": receipt.remote_id}
    if Delivery.objects.filter(**taken).exists() or AnswerPost.objects.filter(**taken).exists():
        raise DecisionRefused(_("This link belongs to another post of ours."))


def settle_as_not_sent(delivery: Delivery, *, by: User) -> None:
    """A person has looked and the post is not there: it is sent again."""
    _decide("delivery.settled_as_not_sent", delivery, by, decisions.settle_as_not_sent)
    fanout.deliver_on_commit([delivery.pk])


def remove_now(delivery: Delivery, *, by: User) -> None:
    """Try a removal that keeps failing again at once."""
    _decide("delivery.removal_retried", delivery, by, removal.retry_removal)
    fanout.remove_on_commit([delivery.pk])


def removed_by_hand(delivery: Delivery, *, by: User) -> None:
    """A person has taken the post down on the platform itself."""
    _decide("delivery.removed_by_hand", delivery, by, removal.record_removed)


def _decide(
    action: str, delivery: Delivery, by: User, apply: Callable[[Delivery], bool], **detail: object
) -> None:
    """Apply a decision and record it, both or neither."""
    with transaction.atomic():
        # The notice first, as the workflow does: a decision and a withdrawal never wait for each other.
        Notice.objects.select_for_update().get(pk=delivery.edition.notice_id)
        # The trail before the row, as everywhere: letting an account go holds the one and wants the other.
        record(action, actor=by, target=delivery, account=str(delivery.account), **detail)
        if not apply(delivery):
            fresh = Delivery.objects.get(pk=delivery.pk)
            sentence = _("This is not possible any more: the post is now “%(status)s”.")
            raise DecisionRefused(sentence % {"status": fresh.get_status_display()})
