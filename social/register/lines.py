"""What each kind of line says; only public facts, and of people only what residents read anyway."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings

from updates.models import Edition, Notice

from ..enums import LogKind
from ..models import Account, AnswerPost, Delivery
from .canonical import moment, text_hash


@dataclass(frozen=True)
class Line:
    """One line before it has a number: what it says, and which row it is about."""

    at: datetime
    kind: LogKind
    data: Mapping[str, Any]
    about: Mapping[str, Any] = field(default_factory=dict)
    reference: str = ""
    link: str = ""
    text_sha256: str = ""


def edition_line(edition: Edition) -> Line:
    """An edition went live: its address, and the hash of its title, summary and body as they were."""
    assert edition.published_at is not None
    reference = edition.notice.reference
    url = f"{settings.PORTAL_URL}/n/{reference}/"
    data: dict[str, Any] = {
        "reference": reference,
        "edition": edition.number,
        "title": edition.headline,
        "url": url,
        "text_sha256": text_hash(f"{edition.title} {edition.summary} {edition.body}"),
        "correction": edition.is_correction,
    }
    return Line(edition.published_at, LogKind.EDITION, data, {"edition": edition}, reference, url)


def withdrawn_line(notice: Notice) -> Line:
    """A notice was withdrawn; it stays readable."""
    assert notice.withdrawn_at is not None
    return Line(
        notice.withdrawn_at,
        LogKind.WITHDRAWN,
        {"reference": notice.reference},
        {"notice": notice},
        notice.reference,
    )


def copy_line(row: Delivery | AnswerPost) -> Line:
    """A post of ours stands on a platform: where, and the hash of its exact words."""
    assert row.sent_at is not None
    return _about_copy(row, LogKind.COPY, row.sent_at)


def removed_line(row: Delivery | AnswerPost) -> Line:
    """A post of ours was taken down by us."""
    assert row.removed_at is not None
    return _about_copy(row, LogKind.COPY_REMOVED, row.removed_at)


def accounts_line(accounts: list[Account], at: datetime) -> Line:
    """The whole list of official accounts, from now on."""
    listed = [
        {"channel": one.channel, "server": one.base_url, "handle": one.handle, "id": one.remote_account_id}
        for one in accounts
    ]
    return Line(at, LogKind.ACCOUNT, {"accounts": listed})


def _about_copy(row: Delivery | AnswerPost, kind: LogKind, at: datetime) -> Line:
    words = text_hash(row.payload["text"])
    data: dict[str, Any] = {
        "channel": row.account.channel,
        "handle": row.account.handle,
        "id": row.remote_id,
        "link": row.remote_url,
        "text_sha256": words,
        "sent_at": moment(row.sent_at) if row.sent_at else "",
    }
    if isinstance(row, Delivery):
        reference = row.edition.notice.reference
        data |= {"reference": reference, "edition": row.edition.number, "part": row.part}
        return Line(at, kind, data, {"delivery": row}, reference, row.remote_url, words)
    return Line(at, kind, data, {"answer": row}, "", row.remote_url, words)
