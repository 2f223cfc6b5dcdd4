"""Lets a person on staff not count one answer, for a reason everybody can read, and count it again."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.recorder import record

from .. import permissions
from ..enums import ResponseState, Stage
from ..models import Response
from . import answering, stages
from .stages import Refused

# Once the outcome is public, what it rests on stands still.
_CHANGEABLE = (Stage.OPEN, Stage.CLOSED)


@transaction.atomic
def set_aside(response: Response, *, because: str, by: Any) -> None:
    """Count one answer no longer. Raises Refused."""
    row = _locked(response, by)
    if row.state != ResponseState.COUNTED:
        raise Refused(_("It is not counted now."))
    if not because.strip():
        raise Refused(_("Write the reason."))
    answering.set_aside(row, because.strip())
    record("consultation.answer_set_aside", actor=by, target=row.consultation, answer=row.pk, reason=because)


@transaction.atomic
def count_again(response: Response, *, by: Any) -> None:
    """Count an answer that was set aside. Raises Refused, also when its address has another that counts."""
    row = _locked(response, by)
    if row.state != ResponseState.SET_ASIDE:
        raise Refused(_("It is counted already."))
    if row.email and row.consultation.responses.filter(state=ResponseState.COUNTED, email=row.email).exists():
        raise Refused(_("Another answer of the same person is counted, so this one cannot be."))
    row.set_aside_because = ""
    answering.count_alone(row, row.sent_at or timezone.now())
    record("consultation.answer_counted_again", actor=by, target=row.consultation, answer=row.pk)


def _locked(response: Response, by: Any) -> Response:
    fresh = stages.locked(response.consultation)
    if not permissions.may_enter_answers(by, fresh.team):
        raise Refused(_("Your roles do not allow this for %(team)s.") % {"team": fresh.team})
    if fresh.stage not in _CHANGEABLE:
        raise Refused(_("The outcome is public: what it rests on is not changed any more."))
    row = Response.objects.select_for_update(of=("self",)).get(pk=response.pk)
    row.consultation = fresh
    return row
