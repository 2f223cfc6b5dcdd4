"""Takes in answers that came on paper or by telephone, typed in by staff; must not count them itself."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.recorder import record
from look import times
from places.models import Ward

from .. import permissions
from ..enums import Access, ResponseState, Stage, Via
from ..models import AccessCode, Consultation, Response
from ..working_days import add_working_days
from . import access, answering, stages
from .answering import NotTaken, Said
from .stages import Refused

# Paper posted in time may come in, and be typed in, until so many working days after the closing day.
WORKING_DAYS_FOR_PAPER = 5


@dataclass(frozen=True)
class Person:
    """What the paper or the caller told about themselves; nothing of it has to be told."""

    ward: Ward | None = None
    email: str = ""
    wants_outcome: bool = False
    code: str = ""


def last_day(consultation: Consultation) -> dt.date:
    """Return the last day on which answers that came in time may be typed in, in the council's zone."""
    closing = times.in_zone(consultation.closes_at).date()
    return add_working_days(closing, WORKING_DAYS_FOR_PAPER)


def why_not(consultation: Consultation, at: dt.datetime) -> str:
    """Return the sentence that says why nothing can be typed in now, or an empty text."""
    if consultation.stage not in (Stage.OPEN, Stage.CLOSED) or at < consultation.opens_at:
        return _("Answers can be typed in while it is open, and for a few days after it closed.")
    if times.in_zone(at).date() > last_day(consultation):
        return _("The last day to type in what was posted in time was %(day)s.") % {
            "day": times.words(last_day(consultation), "date")
        }
    return ""


def enter(
    consultation: Consultation,
    given: Mapping[int, Said],
    *,
    by: Any,
    via: str,
    paper_number: str = "",
    person: Person | None = None,
    at: dt.datetime | None = None,
) -> Response:
    """Count one answer from paper or the telephone, marked as such. Raises Refused.

    The number on the paper is good for one answer, so no sheet is typed in twice.
    """
    at = at or timezone.now()
    person = person or Person()
    try:
        with transaction.atomic():
            fresh = stages.locked(consultation)
            _check(fresh, by, via, paper_number, at)
            if not any(given.values()):
                raise Refused(_("Nothing was typed in. Answer at least one question."))
            row = answering.save(_row(fresh, by, via, person), given)
            row = answering.send(row, at=at, via=via, entered_by=by, paper_number=paper_number)
            record("consultation.answer_entered", actor=by, target=fresh, via=via, paper=paper_number)
    except NotTaken as refusal:
        raise Refused(str(refusal)) from refusal
    except IntegrityError:
        raise Refused(_twice(paper_number)) from None
    return row


def _row(consultation: Consultation, by: Any, via: str, person: Person) -> Response:
    return Response(
        consultation=consultation,
        via=via,
        entered_by=by,
        ward=person.ward,
        email=person.email,
        wants_outcome=person.wants_outcome and bool(person.email),
        code=_code(consultation, person.code),
    )


def _check(consultation: Consultation, by: Any, via: str, paper_number: str, at: dt.datetime) -> None:
    if not permissions.may_enter_answers(by, consultation.team):
        raise Refused(_("Your roles do not allow this for %(team)s.") % {"team": consultation.team})
    if via not in (Via.PAPER, Via.PHONE):
        raise Refused(_("Say whether it came on paper or by telephone."))
    if sentence := why_not(consultation, at):
        raise Refused(sentence)
    if via == Via.PAPER and not paper_number:
        raise Refused(_("Write a number on the paper and enter it, so that no sheet is typed in twice."))
    if paper_number and consultation.responses.filter(paper_number=paper_number).exists():
        raise Refused(_twice(paper_number))


def _twice(paper_number: str) -> str:
    return _("Paper number %(number)s is typed in already.") % {"number": paper_number}


def _code(consultation: Consultation, typed: str) -> AccessCode | None:
    """Return the code of the letter where answers need one; a code answers once, on whatever way."""
    if consultation.access != Access.CODE:
        return None
    found = access.find_code(consultation, typed)
    if found is None:
        raise Refused(_("We do not know this code. Compare it with the letter."))
    kept = Response.objects.select_for_update().filter(code=found).first()
    if kept and kept.state != ResponseState.STARTED:
        raise Refused(_("This code was used already: its answer is counted once."))
    if kept:
        # Begun on the portal and finished on paper: the paper is the answer.
        kept.delete()
    return found
