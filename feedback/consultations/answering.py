"""Keeps one person's answer to a consultation and counts it once; must not know forms, pages or mails."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import identity, suspicion
from ..enums import Access, ItemKind, ResponseState, Suspicion, Via
from ..models import Consultation, Item, Remark, Reply, Response, Voice

# In these states what was answered may still be changed by whoever has its address.
CHANGEABLE = (ResponseState.STARTED, ResponseState.UNCONFIRMED)


class NotTaken(Exception):
    """An answer that was not taken, or not counted; its text is fit for the person."""


class TooLate(NotTaken):
    """It came at or after the closing second, or the consultation was called off."""


@dataclass(frozen=True)
class Said:
    """What somebody says to one question; all empty is no answer.

    `options` are ids, of a ranking in the order given; `number` is a rating.
    """

    options: tuple[int, ...] = ()
    number: int | None = None
    text: str = ""

    def __bool__(self) -> bool:
        """Say whether the question was answered at all."""
        return bool(self.options) or self.number is not None or bool(self.text)


def said(response: Response) -> dict[int, Said]:
    """Return what an answer says, by the id of the question. Two queries."""
    found: dict[int, Said] = {}
    for reply in response.replies.order_by("item_id", "number", "option__number", "pk"):
        known = found.get(reply.item_id, Said())
        if reply.option_id:
            found[reply.item_id] = Said((*known.options, reply.option_id))
        else:
            found[reply.item_id] = Said(number=reply.number, text=reply.text)
    for remark in response.remarks.all():
        assert remark.item_id is not None  # the database holds that
        found[remark.item_id] = Said(text=remark.text)
    return found


def missing(items: Iterable[Item], given: Mapping[int, Said]) -> list[Item]:
    """Return the questions that must be answered and are not."""
    return [item for item in items if item.is_required and not given.get(item.pk)]


@transaction.atomic
def save(response: Response, replies: Mapping[int, Said]) -> Response:
    """Keep an answer, new or changed, as the whole of what is said; nothing is sent.

    The caller sets ward, email, wants_outcome and code on the row. Raises NotTaken when it was sent before.
    """
    if response.pk:
        row = Response.objects.select_for_update().get(pk=response.pk)
        if row.state not in CHANGEABLE:
            raise NotTaken(_("This answer was sent already, so it cannot be changed."))
        response.version = row.version + 1
    response.email = response.email.strip().lower()
    response.person = response.person or identity.nobody()
    response.state, response.saved_at = ResponseState.STARTED, timezone.now()
    response.save()
    response.replies.all().delete()
    Reply.objects.bulk_create(_rows(response, replies))
    return response


def _rows(response: Response, replies: Mapping[int, Said]) -> list[Reply]:
    kinds = dict(response.consultation.items.values_list("pk", "kind"))
    return [row for pk, given in replies.items() if given for row in _rows_of(response, pk, kinds[pk], given)]


def _rows_of(response: Response, item: int, kind: str, given: Said) -> list[Reply]:
    if given.options:
        is_ranked = kind == ItemKind.RANKING
        return [
            Reply(response=response, item_id=item, option_id=option, number=place if is_ranked else None)
            for place, option in enumerate(given.options, start=1)
        ]
    return [Reply(response=response, item_id=item, number=given.number, text=given.text)]


@transaction.atomic
def send(
    response: Response,
    *,
    at: dt.datetime,
    via: str = Via.WEB,
    entered_by: Any = None,
    paper_number: str = "",
    is_in_burst: bool = False,
) -> Response:
    """Take a saved answer in, as of the moment `at` it arrived; sent twice it is the same answer.

    On the web an answer by e-mail waits for its address to be confirmed (confirming.py); every other is
    counted. From paper or the telephone `entered_by` typed it in, who says whether it is in time.
    Raises NotTaken: too late, something that must be answered is not, no code, an address counted before.
    """
    row = Response.objects.select_for_update(of=("self",)).get(pk=response.pk)
    if row.state not in CHANGEABLE:
        return row
    row.consultation = Consultation.objects.get(pk=row.consultation_id)
    row.via, row.entered_by, row.paper_number = via, entered_by, paper_number
    row.is_in_burst = is_in_burst
    if via == Via.WEB:
        _check(row, at)
    row.sent_at = at
    row.person = _person(row)
    if via == Via.WEB and row.consultation.access == Access.EMAIL:
        row.state = ResponseState.UNCONFIRMED
        row.save()
        return row
    return count_alone(row, at)


def _check(row: Response, at: dt.datetime) -> None:
    if not row.consultation.takes_answers(at):
        raise TooLate(_("This consultation takes no answers now, so yours was not sent."))
    if missing(row.consultation.items.all(), said(row)):
        raise NotTaken(_("Some questions that must be answered are not answered yet."))
    if row.consultation.access == Access.EMAIL and not row.email:
        raise NotTaken(_("Enter your e-mail address: an answer counts when the address is confirmed."))
    if row.consultation.access == Access.CODE and not row.code_id:
        raise NotTaken(_("Begin with the code from your letter."))


def _person(row: Response) -> str:
    if row.email:
        return identity.person(row.email)
    return identity.person(source="code", handle=str(row.code_id)) if row.code_id else row.person


def count(response: Response, at: dt.datetime) -> Response:
    """Count an answer whose address was confirmed at `at`; an earlier one of the same address steps back.

    The row must be locked, in the caller's transaction.
    """
    try:
        with transaction.atomic():
            return _replace_and_count(response, at)
    except IntegrityError:
        # Two answers of one address were confirmed at once, and the other was first: now it is the earlier.
        return _replace_and_count(response, at)


def _replace_and_count(row: Response, at: dt.datetime) -> Response:
    earlier = Response.objects.select_for_update().filter(_same_address(row)).exclude(pk=row.pk)
    for each in earlier:
        set_aside(each, _("The same person sent another answer later, and the later one counts."))
    return _counted(row, at)


def _same_address(row: Response) -> Q:
    return Q(consultation=row.consultation_id, email=row.email, state=ResponseState.COUNTED)


def count_alone(row: Response, at: dt.datetime) -> Response:
    """Count an answer without a confirmed address, or one that was set aside; no other is touched.

    The row must be locked, in the caller's transaction. Raises NotTaken.
    """
    try:
        with transaction.atomic():
            return _counted(_without_known_address(row), at)
    except IntegrityError:
        return _counted(_without_known_address(row), at)


def _without_known_address(row: Response) -> Response:
    if not row.email or not Response.objects.filter(_same_address(row)).exclude(pk=row.pk).exists():
        return row
    if row.consultation.access == Access.EMAIL:
        raise NotTaken(_("An answer with this e-mail address is counted already."))
    # Anybody can type an address: it must not push another's answer aside, and it is told once anyway.
    row.email, row.wants_outcome = "", False
    return row


def _counted(row: Response, at: dt.datetime) -> Response:
    row.state = ResponseState.COUNTED
    row.save()
    written = row.replies.filter(option__isnull=True, item__kind=ItemKind.TEXT).select_related("item")
    for reply in written:
        if reply.text:
            _remark(row, reply, at).save(force_insert=True)
    written.delete()
    return row


def _remark(row: Response, reply: Reply, at: dt.datetime) -> Remark:
    """Return the words as what moderators read; nobody wrote them anywhere else, so no source is named."""
    remark = Remark(
        notice=row.consultation.notice,
        team=row.consultation.team,
        response=row,
        item=reply.item,
        text=reply.text,
        email=row.email,
        email_confirmed_at=row.email_confirmed_at,
        person=row.person,
        ward=row.ward,
        received_at=at,
    )
    remark.fill_in()
    remark.suspicion = suspicion.of(remark) or (Suspicion.FLOOD if row.is_in_burst else "")
    return remark


def set_aside(row: Response, because: str) -> None:
    """Count an answer no longer, for a reason; words no moderator has read yet go back into it.

    The row must be locked.
    """
    row.state, row.set_aside_because = ResponseState.SET_ASIDE, because
    row.save(update_fields=["state", "set_aside_because"])
    unread = Voice.objects.filter(response=row, moderated_at__isnull=True)
    Reply.objects.bulk_create(
        Reply(response=row, item=each.item, text=each.text) for each in unread.select_related("item")
    )
    unread.delete()
