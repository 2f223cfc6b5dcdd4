"""Writes the mails that remind staff of what they promised; says which are still wanted; sends nothing."""

import uuid
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import permissions
from accounts.enums import Role
from accounts.models import User
from look import times

from . import workflow
from .enums import Nudge, Status
from .models import Edition, Notice, Reminder

_ABOUT_WHAT_IS_LIVE = [Nudge.UPDATE_HALF, Nudge.UPDATE_DUE, Nudge.REVIEW_SOON, Nudge.REVIEW]


def remind(edition: Edition, recipient: User, reason: Nudge) -> bool:
    """Write one mail to `recipient` about `edition`, once for each reason; return whether it is new.

    The sweep of tasks.py hands it to the workers.
    """
    _row, is_new = Reminder.objects.get_or_create(
        edition=edition,
        recipient=recipient,
        reason=reason,
        defaults={
            "key": f"reminder-{uuid.uuid4().hex}",
            "payload": compose(edition, recipient, reason),
        },
    )
    return is_new


def responsible_for(notice: Notice) -> list[User]:
    """Return who is reminded of `notice`: its owner, or its team's approvers once the owner has left."""
    if notice.owner.is_active and permissions.may_write(notice.owner, notice.team, notice.kind):
        return [notice.owner]
    return approvers_of(notice)


def approvers_of(notice: Notice) -> list[User]:
    """Return the people who may approve for the notice's team, in the order of their names."""
    people = User.objects.active().filter(memberships__team=notice.team, memberships__role=Role.APPROVER)
    return [
        person
        for person in people.order_by("name", "pk")
        if permissions.may_approve(person, notice.team, notice.kind)
    ]


def checkers_of(edition: Edition) -> list[User]:
    """Return the approvers who may make the second check that `edition` owes."""
    people = approvers_of(edition.notice)
    return [person for person in people if not workflow.why_not_check(edition, person)]


def wanted(rows: QuerySet[Reminder]) -> QuerySet[Reminder]:
    """Return those of `rows` that are still true: a promise already kept reminds nobody."""
    editions = Edition.objects.filter(pk=OuterRef("edition_id"))
    is_live = Exists(editions.filter(status=Status.PUBLISHED))
    is_owed = Exists(editions.filter(is_urgent=True, second_check_at=None))
    return rows.filter(
        (Q(reason__in=_ABOUT_WHAT_IS_LIVE) & Q(is_live)) | (Q(reason=Nudge.SECOND_CHECK) & Q(is_owed))
    )


def compose(edition: Edition, recipient: User, reason: Nudge) -> dict[str, str]:
    """Return the whole mail as it will be sent: to, subject, text and HTML."""
    heading, sentence, button, path = _WORDS[reason](edition)
    context: dict[str, Any] = {
        "heading": heading,
        "sentence": sentence,
        "button": button,
        "url": f"{settings.PORTAL_URL}{path}",
        "edition": edition,
        "person": recipient,
        "council": settings.COUNCIL,
    }
    return {
        "to": recipient.email,
        "subject": f"{heading}: {edition.headline}",
        "text": render_to_string("emails/reminder.txt", context),
        "html": render_to_string("emails/reminder.html", context),
    }


Words = tuple[str, str, str, str]


def _half(edition: Edition) -> Words:
    by = times.words(edition.outage.next_update_by_at, "short")  # type: ignore[arg-type]
    sentence = _("You promised residents news by %(time)s. Half of that time has passed.") % {"time": by}
    return _("Update due by %(time)s") % {"time": by}, sentence, _("Write the update"), _update_path(edition)


def _due(edition: Edition) -> Words:
    by = times.words(edition.outage.next_update_by_at, "short")  # type: ignore[arg-type]
    sentence = _(
        "You promised residents news by %(time)s. The page now says that it is late. "
        "“We have nothing new, and will say more by …” is news too."
    ) % {"time": by}
    return _("Update due now"), sentence, _("Write the update"), _update_path(edition)


def _second_check(edition: Edition) -> Words:
    by = times.words(edition.second_check_due_at, "short")  # type: ignore[arg-type]
    sentence = _(
        "This went out before a second person had read it. It should have been checked by %(time)s, and the "
        "page tells residents that it has not been."
    ) % {"time": by}
    path = reverse("desk:second_check", args=[edition.notice.reference, edition.number])
    return _("Second check overdue"), sentence, _("Read and check it"), path


def _review(edition: Edition) -> Words:
    on = times.words(edition.review_on, "long") if edition.review_on else _("now")
    sentence = _("It was to be read again by %(day)s. Say that it still holds, change it, or end it.") % {
        "day": on
    }
    return _("Please read again"), sentence, _("Read it"), _review_path(edition)


def _review_soon(edition: Edition) -> Words:
    on = times.words(edition.review_on, "long") if edition.review_on else _("soon")
    sentence = _("By %(day)s somebody has to read it again: does it still hold, has it changed, is it over?")
    return _("To read again within a week"), sentence % {"day": on}, _("Read it"), _review_path(edition)


def _review_path(edition: Edition) -> str:
    return reverse("desk:still_right", args=[edition.notice.reference, edition.number])


def _update_path(edition: Edition) -> str:
    return reverse("desk:outage_update", args=[edition.notice.reference])


_WORDS = {
    Nudge.UPDATE_HALF: _half,
    Nudge.UPDATE_DUE: _due,
    Nudge.SECOND_CHECK: _second_check,
    Nudge.REVIEW_SOON: _review_soon,
    Nudge.REVIEW: _review,
}
