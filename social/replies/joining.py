"""Joins what people wrote to the notice it is about; must not hand anything over."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import regex
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit.recorder import record
from updates.models import REFERENCE_ALPHABET, Notice

from ..models import Account, AnswerPost, Delivery, Reply

_REFERENCE = f"([{REFERENCE_ALPHABET}]{{5}})"


class JoiningRefused(Exception):
    """It could not be joined or set aside; its text says why, fit for the person who tried."""


def join(account: Account, replies: list[Reply]) -> None:
    """Set `delivery` and `notice` on replies of one account, stored or not. Four queries for any number.

    By the post of ours that is answered, however deep; else by a link to a notice in the words.
    """
    found = _posts(account, {name for reply in replies for name in _answered(reply)})
    # The oldest first: what answers one of these finds it here already.
    for reply in sorted(replies, key=lambda reply: reply.posted_at):
        known = next((found[name] for name in _answered(reply) if name in found), None)
        if known:
            reply.delivery_id, reply.notice_id = known
            found[reply.remote_id] = known
    _join_by_link([reply for reply in replies if reply.notice_id is None])


def join_by_hand(reply: Reply, typed: str, *, by: User) -> Notice:
    """Join a mention to the notice whose reference or link was typed. Raises JoiningRefused."""
    notice = _typed_notice(typed)
    if notice is None:
        raise JoiningRefused(_("We know no published notice with this reference. It looks like N7K3Q."))
    with transaction.atomic():
        open_ones = Reply.objects.filter(pk=reply.pk, notice__isnull=True, set_aside_at__isnull=True)
        if not open_ones.update(notice=notice):
            raise JoiningRefused(_("Somebody has dealt with this since you opened the page."))
        record("reply.joined", actor=by, target=reply, account=str(reply.account), notice=notice.reference)
    return notice


def set_aside(reply: Reply, *, by: User) -> None:
    """Leave a mention out of the inbox for good. Raises JoiningRefused."""
    with transaction.atomic():
        open_ones = Reply.objects.filter(pk=reply.pk, notice__isnull=True, set_aside_at__isnull=True)
        if not open_ones.update(set_aside_at=timezone.now(), set_aside_by=by):
            raise JoiningRefused(_("Somebody has dealt with this since you opened the page."))
        record("reply.set_aside", actor=by, target=reply, account=str(reply.account))


def references_in(text: str) -> list[str]:
    """Return the references of our notices that `text` links to, in their order."""
    host = regex.escape(urlsplit(settings.PORTAL_URL).netloc)
    pattern = rf"(?<![\w.-]){host}/(?:n|notices)/{_REFERENCE}(?![\w])"
    return [found.upper() for found in regex.findall(pattern, text, regex.IGNORECASE)]


def _answered(reply: Reply) -> list[str]:
    return [name for name in (reply.parent_id, reply.root_id) if name]


def _posts(account: Account, names: set[str]) -> dict[str, tuple[int | None, int | None]]:
    """Return which delivery and notice each of these posts belongs to, as far as we know them."""
    mine = {"account": account, "remote_id__in": names}
    people = Reply.objects.filter(**mine).values_list("remote_id", "delivery_id", "notice_id")
    answers = AnswerPost.objects.filter(**mine).order_by()
    told = answers.values_list("remote_id", "reply__delivery_id", "reply__notice_id")
    ours = Delivery.objects.filter(**mine).order_by().values_list("remote_id", "pk", "edition__notice_id")
    found = [*people, *told, *ours]
    return {name: (delivery, notice) for name, delivery, notice in found if notice is not None}


def _join_by_link(replies: list[Reply]) -> None:
    linked = {id(reply): references_in(reply.text) for reply in replies}
    wanted = {reference for references in linked.values() for reference in references}
    if not wanted:
        return
    known = dict(
        Notice.objects.published().filter(reference__in=wanted).values_list("reference", "pk").order_by()
    )
    for reply in replies:
        reply.notice_id = next(_known(linked[id(reply)], known), None)


def _known(references: list[str], known: dict[str, int]) -> Iterator[int]:
    return (known[reference] for reference in references if reference in known)


def _typed_notice(typed: str) -> Notice | None:
    linked = references_in(typed)
    reference = linked[0] if linked else typed.strip().upper()
    return Notice.objects.published().filter(reference=reference[:5] if len(reference) == 5 else "").first()  # noqa: PLR2004
