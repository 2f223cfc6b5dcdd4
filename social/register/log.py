"""Appends to the public log whatever was published and is not in it yet; never changes a line.

The log follows the tables within seconds instead of being written by every path that publishes: so no path
can forget it, a crash loses nothing, and there is one writer, whose lines have no gaps.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from outbox.enums import Status
from updates.models import Edition, Notice

from ..enums import LogKind
from ..models import Account, AnswerPost, Delivery, LogEntry
from . import lines, signing
from .canonical import GENESIS, Place, body_of, hash_of
from .lines import Line

BATCH = 500
"""Lines written by one run of each kind; the next run takes the rest."""
_LOCK = 0x10C0_F00D
"""The number of the advisory lock that lets one writer at a time append."""
_WAS_SENT = (Status.SENT, Status.REMOVING, Status.REMOVED)


def catch_up() -> int:
    """Append every line that is missing, in the order in which things happened; returns how many."""
    with transaction.atomic():
        _wait_for_the_pen()
        wanted = sorted(_missing(), key=lambda line: line.at)
        _append(wanted)
    return len(wanted)


def head() -> LogEntry | None:
    """Return the newest line."""
    return LogEntry.objects.order_by("-number").first()


def as_lines(entries: Iterable[LogEntry]) -> str:
    """Return lines as JSON, one to a line of text: what scripts/verify_log.py reads."""
    return "".join(
        json.dumps(
            {"body": one.body, "hash": one.hash, "key_id": one.key_id, "signature": one.signature},
            ensure_ascii=False,
        )
        + "\n"
        for one in entries
    )


def _wait_for_the_pen() -> None:
    """Let one writer in until its transaction ends; SQLite's are immediate, so one at a time anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _append(wanted: list[Line]) -> None:
    last = head()
    place = Place(last.number, last.hash, timezone.now()) if last else Place(0, GENESIS, timezone.now())
    made = []
    for line in wanted:
        place = replace(place, number=place.number + 1)
        entry = _entry(place, line)
        place = replace(place, previous=entry.hash)
        made.append(entry)
    LogEntry.objects.bulk_create(made)


def _entry(place: Place, line: Line) -> LogEntry:
    body = body_of(place, line.at, line.kind, line.data)
    return LogEntry(
        number=place.number,
        at=line.at,
        kind=line.kind,
        reference=line.reference,
        link=line.link,
        text_sha256=line.text_sha256,
        body=body,
        previous_hash=place.previous,
        hash=hash_of(body),
        key_id=signing.key_id(),
        signature=signing.sign(body),
        **line.about,
    )


def _missing() -> Iterator[Line]:
    editions = Edition.objects.filter(published_at__isnull=False).select_related("notice")
    yield from map(lines.edition_line, _unsaid(editions, LogKind.EDITION, "edition"))
    withdrawn = Notice.objects.filter(withdrawn_at__isnull=False)
    yield from map(lines.withdrawn_line, _unsaid(withdrawn, LogKind.WITHDRAWN, "notice"))
    for rows, name in _ledger():
        sent, removed = (
            rows.filter(status__in=_WAS_SENT, sent_at__isnull=False),
            rows.filter(status=Status.REMOVED),
        )
        yield from map(lines.copy_line, _unsaid(sent, LogKind.COPY, name))
        yield from map(lines.removed_line, _unsaid(removed, LogKind.COPY_REMOVED, name))
    yield from _changed_accounts()


def _ledger() -> list[tuple[QuerySet[Any], str]]:
    return [
        (Delivery.objects.select_related("account", "edition__notice").order_by(), "delivery"),
        (AnswerPost.objects.select_related("account").order_by(), "answer"),
    ]


def _unsaid(rows: QuerySet[Any], kind: LogKind, name: str) -> list[Any]:
    """Return the rows no line of this kind speaks of, the oldest first."""
    said = LogEntry.objects.filter(kind=kind, **{name: OuterRef("pk")})
    return list(rows.filter(~Exists(said)).order_by("pk")[:BATCH])


def _changed_accounts() -> Iterator[Line]:
    accounts = list(Account.objects.official().order_by("channel", "base_url", "remote_account_id"))
    line = lines.accounts_line(accounts, timezone.now())
    last = LogEntry.objects.filter(kind=LogKind.ACCOUNT).order_by("-number").first()
    said = json.loads(last.body)["data"] if last else {"accounts": []}
    if said != line.data:
        yield line
