"""What answers promised residents, and whether it was kept; must not change an answer's words."""

from typing import Any

from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.recorder import record

from .models import Answer
from .moderation import Refused
from .permissions import may_answer


def made_by(teams: frozenset[int]) -> QuerySet[Answer]:
    """Return the promises in the current public answers of `teams`: open ones first, the soonest first."""
    rows = Answer.objects.filter(team__in=teams, current_for__isnull=False).exclude(promise="")
    return rows.select_related("question__notice__live_edition", "team", "answered_by").order_by(
        F("promise_kept_at").desc(nulls_first=True), F("promised_on").asc(nulls_last=True), "pk"
    )


def keep(answer: Answer, *, by: Any) -> None:
    """Mark a promise as kept, now. A second time changes nothing. Raises Refused."""
    if not may_answer(by, answer.team):
        raise Refused(_("Only somebody of %(team)s can mark this.") % {"team": answer.team})
    if not answer.promise or answer.promise_kept_at:
        return
    answer.promise_kept_at = timezone.now()
    answer.save(update_fields=["promise_kept_at"])
    record("promise.kept", actor=by, target=answer.question, number=answer.number)
