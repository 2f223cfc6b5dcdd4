"""What feedback adds to the pages of notices; the public block is a pure function of the database."""

from typing import Any

from django.conf import settings
from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.template.loader import render_to_string

from updates.models import Notice

from . import listing, me_too
from .enums import State
from .models import Feedback, Question
from .permissions import inbox_teams

QUESTIONS_SHOWN = 8
FEEDBACK_SHOWN = 4


def notice_main(_context: dict[str, Any], notice: Notice) -> str:
    """Return "Questions and answers" for a notice's public page. Two queries."""
    questions = me_too.counted(Question.objects.told().filter(notice=notice))
    related = questions.select_related("current_answer__team", "asked_with__current_answer")
    asked = list(related[: QUESTIONS_SHOWN + 1])
    told = list(_feedback(notice))
    said = [voice for voice in told if not voice.hidden_reason]
    hidden = sorted((voice for voice in told if voice.hidden_reason), key=lambda voice: -voice.alike)
    context = {
        "notice": notice,
        "council": settings.COUNCIL,
        "questions": asked[:QUESTIONS_SHOWN],
        "feedback": said[:FEEDBACK_SHOWN],
        "hidden": hidden,
        "hidden_count": sum(voice.alike for voice in hidden),
        "has_more": len(asked) > QUESTIONS_SHOWN or len(said) > FEEDBACK_SHOWN,
    }
    return render_to_string("feedback/block_notice.html", context)


def _feedback(notice: Notice) -> QuerySet[Any]:
    """Return the newest shown feedback, and one row per reason for hiding; `alike` counts it."""
    reason, newest = [F("hidden_reason")], [F("received_at").desc(), F("id").desc()]
    rows = (
        Feedback.objects.told()
        .filter(notice=notice)
        .select_related("photo")
        .annotate(
            alike=Window(Count("pk"), partition_by=reason),
            place=Window(RowNumber(), partition_by=reason, order_by=newest),
        )
    )
    return rows.filter(Q(place=1) | Q(place__lte=FEEDBACK_SHOWN + 1, hidden_reason=""))


def staff_notice(_context: dict[str, Any], notice: Notice) -> str:
    """Return how many wait on one notice, for its page at the desk. One query."""
    counts = _counts(listing.every().filter(notice=notice))
    return render_to_string("feedback/block_staff_notice.html", {"notice": notice, **counts})


def desk(context: dict[str, Any], _about: Any) -> str:
    """Return what waits in the person's inbox, for the desk; nothing for somebody without one."""
    teams = inbox_teams(context["user"])
    if not teams:
        return ""
    return render_to_string("feedback/block_desk.html", waiting_counts(teams))


def teams(_context: dict[str, Any], _about: Any) -> str:
    """Return the administrators' way to what teams settle about their answers."""
    return render_to_string("feedback/block_teams.html")


def count_to_do(user: Any) -> int:
    """Return how much this very person can do something about, for the navigation. One query."""
    return int(listing.to_do_of(user).count())


def waiting_counts(teams: frozenset[int]) -> dict[str, int]:
    """Return what waits for `teams`: `waiting` for a moderator, `unanswered`, `overdue`. One query."""
    return _counts(listing.every().filter(team__in=teams))


def _counts(rows: QuerySet[Any]) -> dict[str, int]:
    states = (State.WAITING.value, State.UNANSWERED.value, State.OVERDUE.value)
    filters = {state: Count("pk", filter=listing.state_filter(state)) for state in states}
    return dict(rows.order_by().aggregate(**filters))
