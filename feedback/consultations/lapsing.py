"""Writes the rows by which time shows on residents' pages: open now, owed for long; moves no stage."""

import datetime as dt

from django.utils import timezone

from look import times

from .. import owed
from ..enums import Stage, Status
from ..models import Consultation, Question


def mark(now: dt.datetime | None = None) -> int:
    """Write down what has opened and what is owed for so long that everybody may read of it; return how many.

    Safe to run as often as one likes; late it changes nothing but when pages say so. Five statements.
    """
    now = now or timezone.now()
    opening = Consultation.objects.filter(stage=Stage.OPEN, opens_at__lte=now, opened_at__isnull=True)
    owing = owed.outcomes(now, closed_for=owed.told_in_public_after()).filter(owed_in_public_at__isnull=True)
    opened = opening.update(opened_at=now)
    ids = list(owing.order_by().values_list("pk", flat=True))
    owed_outcomes = Consultation.objects.filter(pk__in=ids).update(owed_in_public_at=now)
    return opened + owed_outcomes + _mark_questions(now)


def _mark_questions(now: dt.datetime) -> int:
    """Mark the questions everybody can read whose answer was due so long ago."""
    day = times.in_zone(now - owed.told_in_public_after()).date()
    late = owed.overdue_questions(day).filter(status=Status.PUBLISHED, owed_in_public_at__isnull=True)
    ids = list(late.order_by().values_list("pk", flat=True))
    return int(Question.objects.filter(pk__in=ids).update(owed_in_public_at=now)) if ids else 0
