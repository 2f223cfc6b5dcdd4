"""What the council owes residents: answers and objections overdue, outcomes not told; reads only."""

import datetime as dt

from django.conf import settings
from django.db.models import QuerySet

from .enums import Objected, Stage
from .listing import IS_OPEN
from .models import Consultation, Objection, Question
from .working_days import objections_overdue_before


def overdue_questions(day: dt.date) -> QuerySet[Question]:
    """Return the questions whose answer was due before `day` and is not given, the oldest debt first."""
    rows = Question.objects.filter(IS_OPEN, due_on__lt=day)
    return rows.select_related("notice__live_edition", "team", "assigned_to").order_by("due_on", "pk")


def overdue_objections(day: dt.date) -> QuerySet[Objection]:
    """Return the open objections that were due to be decided before `day`, oldest first."""
    rows = Objection.objects.filter(outcome=Objected.OPEN, made_at__lt=objections_overdue_before(day))
    return rows.select_related("voice__notice__live_edition", "hidden_by").order_by("made_at", "pk")


def outcomes(at: dt.datetime, *, closed_for: dt.timedelta = dt.timedelta()) -> QuerySet[Consultation]:
    """Return the consultations closed at least so long ago of which no outcome is public, oldest first."""
    rows = Consultation.objects.filter(stage=Stage.CLOSED, closed_at__lte=at - closed_for)
    return rows.select_related("notice__live_edition", "team", "owner").order_by("closed_at", "pk")


def told_in_public_after() -> dt.timedelta:
    """Return for how long a debt stays between the council and its staff: then everybody may read of it.

    Twelve weeks is what many councils allow themselves for a consultation, and what UK government suggests.
    """
    return dt.timedelta(weeks=settings.OWED_IN_PUBLIC_AFTER_WEEKS)
