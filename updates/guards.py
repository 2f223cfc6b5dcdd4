"""The conditions a move must meet beyond status and right; each returns a sentence, or nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import permissions
from accounts.enums import Kind
from accounts.models import User

from .content import content_hash
from .enums import Urgency
from .finding import Finding
from .models import Edition
from .policy import blocking, findings, warnings
from .writing import preapproval


@dataclass(frozen=True)
class Move:
    """What a person brings to a transition."""

    edition: Edition
    by: User | None
    note: str = ""
    seen_hash: str = ""
    publish_at: datetime | None = None

    @cached_property
    def findings(self) -> list[Finding]:
        """What the checks find in the edition, which is locked: looked for once in a move."""
        return findings(self.edition)


def four_eyes(move: Move) -> str:
    """Nobody approves what they helped write or sent on: every contributor is barred, without exception."""
    edition, by = move.edition, move.by
    if by is None:
        return _("A person has to approve.")
    if edition.author_id == by.pk or edition.contributions.filter(person=by).exists():
        return _("You wrote or changed part of this, so somebody else has to approve it.")
    if edition.submitted_by_id == by.pk:
        return _("You sent this for approval, so somebody else has to approve it.")
    return ""


def read_what_is_approved(move: Move) -> str:
    """Approval names the content the approver read; anything newer is refused."""
    if move.seen_hash != content_hash(move.edition):
        return _("This has changed since you opened it. Read it again before you decide.")
    return ""


def nothing_newer(move: Move) -> str:
    """Whoever names what they read gets nothing newer; naming nothing is vouching for it."""
    return read_what_is_approved(move) if move.seen_hash else ""


def same_time(move: Move) -> str:
    """The beat acts only on the time it looked up: a person may have moved it since."""
    if move.edition.publish_at != move.publish_at:
        return _("Its time was changed in the meantime.")
    return ""


def another_than_publisher(move: Move) -> str:
    """The second check is a second person's, so it is never made by whoever published urgently."""
    if move.by is not None and move.edition.published_by_id == move.by.pk:
        return _("You published this, so somebody else has to check it.")
    return ""


def approval_holds(move: Move) -> str:
    """What goes live is what was approved: the text, the picture and every account's post."""
    if move.edition.approved_hash != content_hash(move.edition):
        return _("What would be published is no longer what was approved. Return it and approve it again.")
    return ""


def nothing_blocks(move: Move) -> str:
    """A blocking finding refuses."""
    found = blocking(move.findings)
    return " ".join(finding.message for finding in found)


def warnings_answered(move: Move) -> str:
    """A warning may be overruled, by the approver, in writing."""
    if warnings(move.findings) and not move.note.strip():
        return _("The checks found something to look at. Say why it may be published as it is.")
    return ""


def notice_stands(move: Move) -> str:
    """Nothing is added to a withdrawn notice."""
    if move.edition.notice.withdrawn_at:
        return _("This notice was withdrawn. Start a new notice instead.")
    return ""


def time_ahead(move: Move) -> str:
    """A schedule names a time in the future."""
    if move.publish_at is None:
        return _("Choose when it goes live.")
    if move.publish_at <= timezone.now():
        return _("Choose a time that is still ahead.")
    return ""


def urgent_kind(move: Move) -> str:
    """Only outages and emergencies may go live before the second check."""
    edition = move.edition
    if edition.notice.kind == Kind.OUTAGE or edition.urgency == Urgency.EMERGENCY:
        return ""
    return _("Only an outage or an emergency can be published before somebody else has checked it.")


def trusted_or_template(move: Move) -> str:
    """Without the urgent right, only an approved template, filled and nothing more, goes live at once."""
    edition, notice = move.edition, move.edition.notice
    is_emergency = edition.urgency == Urgency.EMERGENCY
    if permissions.may_publish_urgently(move.by, notice.team, notice.kind, emergency=is_emergency):
        return ""
    return preapproval.why_not(edition)


def owes_second_check(move: Move) -> str:
    """A second check is made once, for an urgent edition."""
    if not move.edition.is_urgent:
        return _("This was approved before it went live: no second check is owed.")
    if move.edition.second_check_at:
        return _("%(name)s has already made the second check.") % {"name": move.edition.second_check_by}
    return ""


GUARDS: dict[str, Callable[[Move], str]] = {
    guard.__name__: guard
    for guard in [
        four_eyes,
        read_what_is_approved,
        nothing_newer,
        same_time,
        another_than_publisher,
        approval_holds,
        nothing_blocks,
        warnings_answered,
        notice_stands,
        time_ahead,
        urgent_kind,
        trusted_or_template,
        owes_second_check,
    ]
}
