"""Reading a live notice again in time: who is reminded, that it still holds, and whose it is."""

from datetime import date, datetime, time, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import permissions
from accounts.models import User
from audit.recorder import record
from look import times
from outbox.enums import Status as RowStatus

from .. import reminders
from ..enums import Nudge, Status
from ..models import Edition, Notice, Reminder

# How long before its day a notice is announced to whoever has to read it.
AHEAD = timedelta(days=7)
# Mails that can wait are not sent in the night (the council's own time).
FROM_CLOCK = time(8)
LONGEST = timedelta(days=3 * 366)
_REASONS = [Nudge.REVIEW_SOON, Nudge.REVIEW]


class ReviewRefused(Exception):
    """It cannot be done; its text says why, fit for the person who asked."""


def may_look(user: User, notice: Notice) -> bool:
    """Return whether `user` may say that `notice` still holds, and whose it is: a writer or an approver."""
    team, kind = notice.team, notice.kind
    return permissions.may_write(user, team, kind) or permissions.may_approve(user, team, kind)


def remind_due(now: datetime) -> int:
    """Remind whoever is responsible, a week before and on the day; return how many mails were written."""
    local = times.in_zone(now)
    if local.time() < FROM_CLOCK:
        return 0
    today = local.date()
    soon = Edition.objects.filter(status=Status.PUBLISHED, review_on__lte=today + AHEAD, review_on__gt=today)
    due = Edition.objects.filter(status=Status.PUBLISHED, review_on__lte=today)
    written = 0
    for reason, editions in ((Nudge.REVIEW_SOON, soon), (Nudge.REVIEW, due)):
        waiting = editions.exclude(reminders__reason=reason).select_related("notice__team", "notice__owner")
        written += sum(_remind(edition, reason) for edition in waiting)
    return written


def _remind(edition: Edition, reason: Nudge) -> int:
    people = reminders.responsible_for(edition.notice)
    return sum(reminders.remind(edition, person, reason) for person in people)


@transaction.atomic
def still_right(edition: Edition, *, by: User, next_on: date) -> Edition:
    """Record that `by` read the live words and they hold; they are read again on `next_on`.

    Nothing residents see changes, so it is no new edition. Raises PermissionDenied and ReviewRefused.
    """
    notice, current = _locked(edition)
    if not may_look(by, notice):
        raise PermissionDenied
    if current.status != Status.PUBLISHED:
        raise ReviewRefused(_("This edition is not live any more, so there is nothing to confirm."))
    today = times.in_zone(timezone.now()).date()
    if not today < next_on <= today + LONGEST:
        raise ReviewRefused(_("Choose a day that is still ahead, within three years."))
    before, current.review_on = current.review_on, next_on
    current.save(update_fields=["review_on"])
    # The next time is reminded of anew; a mail under way is left to the engine.
    Reminder.objects.filter(edition=current, reason__in=_REASONS).exclude(status=RowStatus.SENDING).delete()
    record(
        "edition.still_right",
        actor=by,
        target=current,
        notice=notice.reference,
        number=current.number,
        before=before,
        after=next_on,
    )
    return current


def candidates(notice: Notice) -> list[User]:
    """Return who may own `notice`: the active authors of its team, in the order of their names."""
    people = User.objects.active().filter(memberships__team=notice.team).distinct().order_by("name", "pk")
    return [person for person in people if permissions.may_write(person, notice.team, notice.kind)]


@transaction.atomic
def change_owner(notice: Notice, *, by: User, owner: User) -> Notice:
    """Make `owner` the one who is reminded. Raises PermissionDenied, and ReviewRefused for an outsider."""
    if not may_look(by, notice):
        raise PermissionDenied
    current = Notice.objects.select_for_update().get(pk=notice.pk)
    if owner not in candidates(notice):
        raise ReviewRefused(_("Choose somebody who writes for this team."))
    if current.owner_id == owner.pk:
        return current
    before, current.owner = current.owner, owner
    current.save(update_fields=["owner"])
    record(
        "notice.owner",
        actor=by,
        target=current,
        notice=current.reference,
        before=before.get_full_name(),
        after=owner.get_full_name(),
    )
    return current


def _locked(edition: Edition) -> tuple[Notice, Edition]:
    # The notice first, as everywhere.
    Notice.objects.select_for_update().get(pk=edition.notice_id)
    notice = Notice.objects.select_related("team", "owner").get(pk=edition.notice_id)
    return notice, Edition.objects.select_for_update().get(pk=edition.pk)
