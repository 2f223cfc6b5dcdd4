"""Reads mail that came back and complaints, and ends what must end; believes only addresses we signed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.utils import getaddresses

from outbox.smtp import is_mailbox_gone

from . import leaving, links
from .enums import Ended
from .models import Subscriber

# Where a delivered report still shows the address it was sent to.
_TO = ("Delivered-To", "X-Original-To", "Envelope-To", "To")
_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")


@dataclass(frozen=True)
class Report:
    """What a returned mail says: whose it was, whether it failed, and the code (RFC 3463)."""

    subscriber: Subscriber
    has_failed: bool
    status: str = ""
    is_complaint: bool = False


def take_in(message: Message) -> str:
    """Act on one returned mail; return in a word what it was: unknown, delayed, bounced, gone or complaint.

    A report about nobody we know, or one that anybody could have written, changes nothing.
    """
    report = read(message)
    if report is None:
        return "unknown"
    if report.is_complaint:
        leaving.end(report.subscriber, Ended.COMPLAINED)
        return "complaint"
    if not report.has_failed:
        return "delayed"
    if report.status.startswith("5.7.") or report.status.startswith("5.3.4"):
        # Our words or our server are refused, not the mailbox.
        return "refused"
    for_good = is_mailbox_gone(report.status)
    leaving.note_bounce(report.subscriber, for_good=for_good)
    return "gone" if for_good else "bounced"


def read(message: Message) -> Report | None:
    """Return what a delivery report (RFC 3464) or a complaint (RFC 5965) says, None if it is neither."""
    subscriber = _whose(message)
    if subscriber is None:
        return None
    if _part(message, "message/feedback-report"):
        return Report(subscriber, has_failed=False, is_complaint=True)
    status_part = _part(message, "message/delivery-status")
    if status_part is None:
        return None
    fields = list(_fields(status_part))
    action = next((value.strip().lower() for name, value in fields if name == "action"), "")
    status = next(
        (found[0] for name, value in fields if name == "status" and (found := _STATUS.search(value))), ""
    )
    return Report(subscriber, has_failed=action == "failed", status=status)


def _whose(message: Message) -> Subscriber | None:
    headers = [str(value) for name in _TO for value in message.get_all(name, [])]
    for _name, address in getaddresses(headers):
        if subscriber := links.bounced(address):
            return subscriber
    return None


def _part(message: Message, content_type: str) -> Message | None:
    return next((part for part in message.walk() if part.get_content_type() == content_type), None)


def _fields(part: Message) -> Iterator[tuple[str, str]]:
    """Yield the fields of a report, in small letters; Python reads each block of them as a message."""
    payload = part.get_payload()
    for block in payload if isinstance(payload, list) else []:
        if isinstance(block, Message):
            yield from ((name.lower(), str(value)) for name, value in block.items())
