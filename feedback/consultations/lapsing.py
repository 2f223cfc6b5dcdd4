"""Writes the rows by which time shows on residents' pages: open now, owed for long; moves no stage."""

import datetime as dt

from django.utils import timezone

from .. import owed
from ..enums import Stage
from ..models import Consultation


def mark(now: dt.datetime | None = None) -> int:
    """Write down what has opened and what is owed for so long that everybody may read of it; return how many.

    Safe to run as often as one likes; late it changes nothing but when pages say so. Two statements.
    """
    now = now or timezone.now()
    opening = Consultation.objects.filter(stage=Stage.OPEN, opens_at__lte=now, opened_at__isnull=True)
    owing = owed.outcomes(now, closed_for=owed.told_in_public_after()).filter(owed_in_public_at__isnull=True)
    opened = opening.update(opened_at=now)
    ids = list(owing.order_by().values_list("pk", flat=True))
    return opened + Consultation.objects.filter(pk__in=ids).update(owed_in_public_at=now)
