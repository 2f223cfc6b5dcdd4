"""Says of every copy how it was made, and what later editions or a withdrawal could and could not change."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from outbox.enums import Status

from .advice import what_to_do
from .enums import Act
from .models import Delivery


@dataclass(frozen=True)
class Copy:
    """One delivery with its sentences: what to do, how it was meant, and what was changed since."""

    row: Delivery
    todo: str
    manner: str
    since: str


def copies(rows: list[Delivery]) -> list[Copy]:
    """Return the deliveries of one notice with their sentences; `rows` are all of them. No query."""
    return [Copy(row, what_to_do(row), manner_of(row), _since(row, rows)) for row in rows]


def manner_of(row: Delivery) -> str:
    """Return in words what the delivery does beside earlier ones; empty for a plain post."""
    if row.part > 1:
        return _("Part %(number)d of a thread.") % {"number": row.part}
    if row.act == Act.EDIT:
        return _("In place of the earlier post.")
    if row.act == Act.REPLY:
        return _("As an answer to the earlier post.")
    if row.about_id is None:
        return ""
    if row.edition.is_correction:
        return _("Posted again; the earlier post is removed.")
    return _("A post of its own: the platform did not take it as an answer.")


def count_published(rows: Iterable[Delivery]) -> tuple[int, int]:
    """Return on how many accounts all parts stand, and how many accounts there are."""
    stands: dict[int, bool] = {}
    for row in rows:
        stands[row.account_id] = stands.get(row.account_id, True) and row.status == Status.SENT
    return sum(stands.values()), len(stands)


def _since(row: Delivery, rows: list[Delivery]) -> str:
    if row.status == Status.REMOVED:
        corrected = any(other.edition.is_correction for other in _later(row, rows))
        withdrawn = row.edition.notice.withdrawn_at and not corrected
        return _("Taken down with the notice.") if withdrawn else _("Taken down for a correction.")
    if row.status == Status.REMOVING and row.last_error:
        return _("It could not be taken down yet.")
    later = _later(row, rows)
    return _after(row, later) if row.status == Status.SENT and later else ""


def _later(row: Delivery, rows: list[Delivery]) -> list[Delivery]:
    """Return the account's rows of newer editions."""
    return [
        other
        for other in rows
        if other.account_id == row.account_id and other.edition.number > row.edition.number
    ]


def _after(row: Delivery, later: list[Delivery]) -> str:
    """What became of a copy that stands and is not the newest."""
    for other in later:
        number = {"number": other.edition.number}
        if other.act == Act.EDIT and other.status == Status.SENT and other.remote_id == row.remote_id:
            return _("Edition %(number)d has put its words in the place of these.") % number
        if other.about_id != row.pk:
            continue
        if other.act == Act.EDIT:
            return _("It still says this: the edit for edition %(number)d is not done.") % number
        if other.act == Act.REPLY and other.status == Status.SENT:
            return _("It stays as it is; edition %(number)d answers it.") % number
    return _("It stays as it is.")
