"""What staff owe residents of each live outage, and by when; must not write."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.translation import gettext as _

from accounts import permissions
from accounts.enums import Role
from accounts.models import User

from .. import spans
from ..enums import OutageState
from ..models import Edition
from . import promises, staying_off

# More live outages of one's teams than this are found in the list of notices.
SHOWN = 12


@dataclass(frozen=True)
class Row:
    """One live outage at the desk."""

    edition: Edition
    due_at: datetime | None
    left: str
    is_late: bool
    still_off: int
    asks_to_look_again: bool


def row_of(edition: Edition, now: datetime, still_off: staying_off.Counts) -> Row:
    """Return what is owed of `edition`: "12 minutes left" or "12 minutes late"."""
    return _row(edition, now, still_off.total)


def rows_for(user: User, now: datetime) -> list[Row]:
    """Return the live outages of the teams `user` writes or approves for, the longest due first."""
    teams = permissions.team_ids(user, Role.AUTHOR, Role.APPROVER)
    live = list(promises.live().filter(notice__team_id__in=teams))
    for edition in live:
        edition.notice.live_edition = edition
    told = staying_off.totals([edition.notice for edition in live])
    rows = [_row(edition, now, told[edition.notice_id]) for edition in live]
    owed = [row for row in rows if row.due_at or row.asks_to_look_again or not _is_restored(row.edition)]
    return sorted(owed, key=_longest_due)[:SHOWN]


def _row(edition: Edition, now: datetime, still_off: int) -> Row:
    restored = _is_restored(edition)
    due = None if restored else edition.outage.next_update_by_at
    late = due is not None and due <= now
    again = restored and still_off >= staying_off.LOOK_AGAIN_FROM
    return Row(edition, due, _left(due, now), late, still_off, again)


def _left(due: datetime | None, now: datetime) -> str:
    if due is None:
        return ""
    span = {"time": spans.length(due - now)}
    return _("%(time)s late") % span if due <= now else _("%(time)s left") % span


def _longest_due(row: Row) -> tuple[bool, datetime]:
    latest = datetime.max.replace(tzinfo=UTC)
    return not row.asks_to_look_again, row.due_at or latest


def _is_restored(edition: Edition) -> bool:
    return edition.outage.state == OutageState.RESTORED
