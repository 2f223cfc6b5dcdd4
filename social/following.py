"""What a later edition does with the earlier copies on an account: answer, edit, or remove and post again.

It decides and works out where a post belongs; it speaks to no platform.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from outbox.decisions import FATE_UNKNOWN
from outbox.enums import HoldReason, Status
from outbox.moves import Move
from outbox.receipt import Receipt
from outbox.removal import withdraw
from outbox.rows import WITHDRAWN, move, same_claim
from updates.models import Edition

from .enums import Act
from .models import Account, Delivery
from .publishers.base import Publisher, Thread
from .publishers.registry import publisher_for


@dataclass(frozen=True)
class FollowUp:
    """What the first part of a new copy does, about which earlier one, and which copies it takes away."""

    act: Act = Act.POST
    about: Delivery | None = None
    replaced: tuple[Delivery, ...] = ()


def manner(edition: Edition, account: Account, parts: int) -> str:
    """Return in words how the post is meant to appear beside earlier ones; empty for a first edition.

    It follows from the edition and the platform alone, so that approval does not hang on what was delivered.
    """
    if edition.number == 1:
        return ""
    publisher = publisher_for(account.channel)
    if edition.is_correction:
        if publisher.can_edit and parts == 1:
            return _("In place of the earlier post.")
        return _("The earlier post is removed and this is posted again.")
    if publisher.can_reply:
        return _("As an answer to the earlier post.")
    return _("As a new post of its own.")


def earlier_copies(edition: Edition, accounts: Iterable[Account]) -> dict[int, list[Delivery]]:
    """Return what earlier editions have, or may have, on each account, the oldest first. One query."""
    rows = Delivery.objects.filter(
        edition__notice_id=edition.notice_id,
        edition__number__lt=edition.number,
        account__in=accounts,
        status__in=[Status.SENT, Status.SENDING, Status.UNKNOWN, Status.HELD],
    )
    found: dict[int, list[Delivery]] = defaultdict(list)
    for row in rows.order_by("edition__number", "part", "pk"):
        if row.status != Status.HELD or row.hold_reason == HoldReason.UNCLEAR:
            found[row.account_id].append(row)
    return found


def follow_up(edition: Edition, account: Account, parts: int, earlier: list[Delivery]) -> FollowUp:
    """Decide what a new copy does, from the account's `earlier_copies` as they stand. Writes nothing."""
    publisher = publisher_for(account.channel)
    standing = [row for row in earlier if row.status == Status.SENT]
    if edition.is_correction:
        return _correction(publisher, parts, earlier, standing)
    if standing and publisher.can_reply:
        return FollowUp(Act.REPLY, standing[-1])
    return FollowUp()


def _correction(
    publisher: Publisher, parts: int, earlier: list[Delivery], standing: list[Delivery]
) -> FollowUp:
    """After a correction only the corrected words stand: in the one post there is, or in a new one."""
    one_post = len({row.remote_id for row in standing}) == 1
    if publisher.can_edit and parts == 1 and one_post:
        # An edit still on its way is about the same post, which stays.
        on_their_way = [row for row in earlier if row.status != Status.SENT and row.act != Act.EDIT]
        return FollowUp(Act.EDIT, standing[-1], tuple(on_their_way))
    return FollowUp(Act.POST, standing[-1] if standing else None, tuple(earlier))


def thread_of(row: Delivery) -> Thread | None:
    """Return where a post belongs on the platform: under the part before it, or under what it answers."""
    if row.part > 1:
        before = Delivery.objects.get(edition=row.edition_id, account=row.account_id, part=row.part - 1)
        return Thread(receipt_of(before), _root_of(before))
    if row.act == Act.REPLY and row.about:
        return Thread(receipt_of(row.about), _root_of(row.about))
    return None


def receipt_of(row: Delivery) -> Receipt:
    """Return where a copy stands."""
    return Receipt(row.remote_id, row.remote_url)


def _root_of(row: Delivery) -> Receipt:
    """Follow a conversation to its first post."""
    first = _first_part(row)
    while first.act != Act.POST and first.about:
        first = _first_part(first.about)
    return receipt_of(first)


def _first_part(row: Delivery) -> Delivery:
    if row.part == 1:
        return row
    return Delivery.objects.get(edition=row.edition_id, account=row.account_id, part=1)


def send_as_new_post(row: Delivery) -> bool:
    """Turn a refused answer or edit into a post of its own, once; returns whether it was one.

    A refusal proves that nothing was made. What could not be edited is removed, so that the words which were
    corrected do not stay.
    """
    if row.act == Act.POST:
        return False
    sentence = {
        Act.REPLY: _("The platform did not take it as an answer. It goes out as a post of its own."),
        Act.EDIT: _("The earlier post could not be edited. It is removed, and this goes out as a new post."),
    }[Act(row.act)]
    again = {"status": Status.RETRY, "next_attempt_at": timezone.now(), "enqueued_at": None}
    with transaction.atomic():
        refused = same_claim(row).filter(act=row.act).exclude(WITHDRAWN).exclude(FATE_UNKNOWN)
        turned = move(refused, Move.RELEASE, act=Act.POST, last_error=sentence, **again)
        if turned and row.act == Act.EDIT and row.about:
            copies = Delivery.objects.filter(account=row.account_id, remote_id=row.about.remote_id)
            withdraw(copies.exclude(pk=row.pk))
    return bool(turned)
