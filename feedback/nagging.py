"""Writes the mails that tell people on staff what they owe residents; sends nothing."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import Max, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.enums import Role
from accounts.models import Team, User
from look import times

from . import letters, objecting, owed
from .enums import LetterPurpose, State
from .models import Consultation, Letter, Objection, Question, Voice

# Days after the day something was due (a question) or closed (a consultation) on which a mail goes, or as
# soon after as the job runs.
_FIRST, _THEN_EVERY = 1, 7
_OUTCOME_EVERY = 14
# In one mail: whoever owes more finds the rest in the inbox, where it can be narrowed.
_MOST = 20
# Who is told for a team when nobody is named, the first kind of which there is somebody.
_RESPONSIBLE = (Role.MODERATOR, Role.APPROVER, Role.AUTHOR)


@dataclass
class Debt:
    """What one person is told of: everything they owe, if some of it came due to be told since last time.

    `told_on` is the day they were last written to.
    """

    questions: list[Question] = field(default_factory=list)
    objections: list[Objection] = field(default_factory=list)
    outcomes: list[Consultation] = field(default_factory=list)
    told_on: dt.date | None = None
    is_told_today: bool = False

    def note(self, day: dt.date, due: dt.date, first: int, every: int) -> None:
        """Tell today if one of the days on which this is told has come since the last mail."""
        before = _tellings((self.told_on - due).days, first, every) if self.told_on else 0
        self.is_told_today |= _tellings((day - due).days, first, every) > before


def _tellings(days: int, first: int, every: int) -> int:
    """Return how often something so many days late should have been told by now."""
    return sum(1 for told in {first, *range(every, days + 1, every)} if told <= days)


def nag(now: dt.datetime | None = None) -> int:
    """Write to everybody who owes something and is to hear of it today; return how many mails are new.

    Safe to run as often as one likes: one mail to one person on one day.
    """
    now = now or timezone.now()
    day = times.in_zone(now).date()
    debts = _debts(now, day)
    return sum(_write(person, debt, day) for person, debt in debts.items() if debt.is_told_today)


def _debts(now: dt.datetime, day: dt.date) -> dict[User, Debt]:
    debts = _Debts()
    answerers: dict[int, list[User]] = {}
    for question in owed.overdue_questions(day):
        for person in _who_answers(question, answerers):
            debts[person].questions.append(question)
            debts[person].note(day, question.due_on or day, _FIRST, _THEN_EVERY)
    for objection in owed.overdue_objections(day):
        for person in objecting.deciders(objection) or _administrators():
            debts[person].objections.append(objection)
            debts[person].note(day, objection.due_on, _FIRST, _THEN_EVERY)
    for consultation in owed.outcomes(now):
        closed_on = times.in_zone(consultation.closed_at or now).date()
        for person in _who_decides(consultation, answerers):
            debts[person].outcomes.append(consultation)
            debts[person].note(day, closed_on, _OUTCOME_EVERY, _OUTCOME_EVERY)
    return debts


class _Debts(dict[User, Debt]):
    """Everybody's debts; whoever is asked for has one."""

    def __missing__(self, person: User) -> Debt:
        self[person] = Debt(told_on=_told_on(person))
        return self[person]


def _told_on(person: User) -> dt.date | None:
    """Return the day of the last mail to this person; its key says it, and keys outlive what mails said."""
    mails = Letter.objects.filter(purpose=LetterPurpose.NAG, reader=person)
    last = mails.aggregate(last=Max("once"))["last"]
    return dt.date.fromisoformat(last.removeprefix(_key(person, ""))) if last else None


def _key(person: User, day: dt.date | str) -> str:
    return f"nag-{person.pk}-{day}"


def _who_answers(question: Question, known: dict[int, list[User]]) -> list[User]:
    person = question.assigned_to
    return [person] if person and person.is_active else _of_team(question.team, known)


def _who_decides(consultation: Consultation, known: dict[int, list[User]]) -> list[User]:
    owner = consultation.owner
    return [owner] if owner.is_active else _of_team(consultation.team, known)


def _of_team(team: Team, known: dict[int, list[User]]) -> list[User]:
    if team.pk not in known:
        known[team.pk] = next(filter(None, (_holding(role, team) for role in _RESPONSIBLE)), [])
    return known[team.pk]


def _holding(role: Role, team: Team) -> list[User]:
    return list(User.objects.active().filter(memberships__team=team, memberships__role=role).distinct())


def _administrators() -> QuerySet[User]:
    """Return who can give a team a second moderator, without whom nobody may decide an objection."""
    return User.objects.active().filter(memberships__role=Role.ADMINISTRATOR).distinct()


def _write(person: User, debt: Debt, day: dt.date) -> bool:
    once = _key(person, day)
    if Letter.objects.filter(once=once).exists():
        return False
    letters.write(LetterPurpose.NAG, _message(person, debt, day), once=once, reader=person)
    return True


def _message(person: User, debt: Debt, day: dt.date) -> dict[str, str]:
    number = len(debt.questions) + len(debt.objections) + len(debt.outcomes)
    subject = ngettext(
        "%(number)s answer is owed to residents", "%(number)s answers are owed to residents", number
    ) % {"number": number}
    context: dict[str, Any] = {
        "person": person,
        "heading": subject,
        "questions": [_question_line(question, day) for question in debt.questions[:_MOST]],
        "more": max(0, len(debt.questions) - _MOST),
        "inbox_url": f"{settings.PORTAL_URL}{reverse('inbox:queue')}?state={State.OVERDUE}",
        "objections": [_objection_line(objection, day) for objection in debt.objections[:_MOST]],
        "outcomes": [_outcome_line(consultation) for consultation in debt.outcomes],
        "weeks": settings.OWED_IN_PUBLIC_AFTER_WEEKS,
        "council": settings.COUNCIL,
    }
    return {
        "to": person.email,
        "subject": subject,
        "text": render_to_string("emails/nag.txt", context),
        "html": render_to_string("emails/nag.html", context),
    }


def _question_line(question: Question, day: dt.date) -> dict[str, str]:
    return _voice_line(question, (day - (question.due_on or day)).days)


def _objection_line(objection: Objection, day: dt.date) -> dict[str, str]:
    return _voice_line(objection.voice, (day - objection.due_on).days)


def _voice_line(voice: Voice, days: int) -> dict[str, str]:
    late = ngettext("%(days)s day late", "%(days)s days late", days) % {"days": days}
    path = reverse("inbox:item", args=[voice.reference])
    words = f"{voice.reference}, {voice.notice.title}"
    return {"words": words, "note": late, "url": f"{settings.PORTAL_URL}{path}"}


def _outcome_line(consultation: Consultation) -> dict[str, str]:
    closed_at = consultation.closed_at or consultation.closes_at
    note = _("closed %(day)s") % {"day": times.words(closed_at, "date")}
    path = reverse("consulting:page", args=[consultation.reference])
    return {"words": str(consultation), "note": note, "url": f"{settings.PORTAL_URL}{path}"}
