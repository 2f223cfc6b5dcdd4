"""Reads questions and feedback as one list, page by page, in a fixed number of queries; changes nothing."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import CharField, Q, QuerySet, Value

from .enums import Sort, State, Status
from .models import Feedback, Question, Voice
from .permissions import answering_teams, moderated_teams
from .working_days import today

PAGE_SIZE = 20
_RELATED = ("notice__live_edition", "notice__team", "ward", "moderated_by")
_ANSWER = ("current_answer__team", "current_answer__answered_by", "current_answer__mail")


def both(sort: str = "") -> list[QuerySet[Any]]:
    """Return the questions and the feedback, or the one sort asked for."""
    found: list[QuerySet[Any]] = [Question.objects.all(), Feedback.objects.all()]
    return [rows for rows in found if sort in ("", rows.model.sort)]


def sources(teams: frozenset[int]) -> list[str]:
    """Return where what came in for `teams` was written, other than on the portal itself. One query."""
    found = [
        rows.filter(notice__team__in=teams).exclude(source="").order_by().values_list("source")
        for rows in both()
    ]
    return sorted(source for (source,) in found[0].union(found[1]))


def in_state(rows: QuerySet[Any], state: str) -> QuerySet[Any]:
    """Return the rows that stand in one of the inbox's states."""
    return rows if state == State.ALL else rows.filter(state_filter(rows, state))


def state_filter(rows: QuerySet[Any], state: str) -> Q:
    """Return which of the rows stand in `state` (any but ALL)."""
    unanswered = _of_questions(rows, Q(status=Status.PUBLISHED, current_answer__isnull=True))
    filters = {
        State.TO_DO: Q(status=Status.WAITING) | unanswered,
        State.WAITING: Q(status=Status.WAITING),
        State.UNANSWERED: unanswered,
        State.OVERDUE: _of_questions(rows, IS_OPEN & Q(due_on__lt=today())),
        State.PUBLISHED: Q(status__in=[Status.PUBLISHED, Status.ANSWERED_PRIVATELY]),
        State.HIDDEN: Q(status=Status.HIDDEN),
    }
    return filters[State(state)]


def to_do_of(user: Any) -> list[QuerySet[Any]]:
    """Return what this very person can do something about: moderators decide, those who may answer answer."""
    decides = Q(notice__team__in=moderated_teams(user))
    answers = Q(notice__team__in=answering_teams(user))
    return [
        rows.filter(
            decides & state_filter(rows, State.WAITING) | answers & state_filter(rows, State.UNANSWERED)
        )
        for rows in both()
    ]


def next_to_do(user: Any, after: Voice) -> str:
    """Return the reference of the oldest thing the person can do, other than `after`, or "". Two queries."""
    found = [
        rows.exclude(reference=after.reference)
        .order_by("received_at", "id")
        .values_list("received_at", "reference")
        .first()
        for rows in to_do_of(user)
    ]
    return min((row for row in found if row), default=(None, ""))[1]


# A question nobody has answered; feedback has no such columns.
IS_OPEN = Q(status__in=[Status.WAITING, Status.PUBLISHED], current_answer__isnull=True)


def _of_questions(rows: QuerySet[Any], condition: Q) -> Q:
    return condition if rows.model is Question else Q(pk__in=[])


def page(
    querysets: Sequence[QuerySet[Any]], number: str | int, *, newest_first: bool = True, size: int = PAGE_SIZE
) -> Page[Any]:
    """Return one page of the rows of `querysets` together, by when they came in.

    At most four queries: the count, the page's ids, and the rows of each sort with all that a list shows.
    """
    ids = [_ids(rows) for rows in querysets]
    together = ids[0].union(*ids[1:], all=True) if len(ids) > 1 else ids[0]
    order = ("-received_at", "-id") if newest_first else ("received_at", "id")
    found = Paginator(together.order_by(*order), size).get_page(number)
    listed = list(found.object_list)
    rows = _fetch(listed)
    found.object_list = [rows[row["row_sort"], row["id"]] for row in listed]
    return found


def find(reference: str) -> Voice | None:
    """Return what was sent under `reference`, with all that its own page shows, or None. One query."""
    if reference.startswith(Question.prefix):
        return Question.objects.select_related(*_RELATED, *_ANSWER).filter(reference=reference).first()
    return Feedback.objects.select_related(*_RELATED).filter(reference=reference).first()


def _ids(rows: QuerySet[Any]) -> QuerySet[Any]:
    sort = Value(str(rows.model.sort), output_field=CharField())
    return rows.order_by().annotate(row_sort=sort).values("row_sort", "id", "received_at")


def _fetch(listed: list[dict[str, Any]]) -> dict[tuple[str, int], Voice]:
    wanted = {sort: [row["id"] for row in listed if row["row_sort"] == sort] for sort in Sort.values}
    questions = Question.objects.select_related(*_RELATED, "current_answer__team")
    feedback = Feedback.objects.select_related(*_RELATED)
    return {
        (str(rows.model.sort), row.pk): row
        for rows in (questions, feedback)
        for row in rows.filter(pk__in=wanted[str(rows.model.sort)])
    }
