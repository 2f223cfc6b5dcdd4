"""Reads what residents sent as one list, page by page, in a fixed number of queries; changes nothing."""

import datetime as dt
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, When

from .enums import DraftState, Objected, Sort, State, Status
from .models import Objection, Voice
from .permissions import answering_teams, moderated_teams
from .working_days import objections_overdue_before, today

PAGE_SIZE = 20
SOON = dt.timedelta(days=7)
# Each word searched for reads the texts once more.
MOST_WORDS = 8
# What is due first, then what nobody is owed an answer to, the oldest first; what is doubted comes last.
DUE_FIRST = (
    Case(When(suspicion="", then=0), default=1),
    F("due_on").asc(nulls_last=True),
    "received_at",
    "id",
)
NEWEST_FIRST = ("-received_at", "-id")
_RELATED = (
    "notice__live_edition",
    "notice__team",
    "team",
    "assigned_to",
    "ward",
    "moderated_by",
    "asked_with",
    "draft",
    "photo",
)
_ANSWER = ("current_answer__team", "current_answer__answered_by", "current_answer__checked_by")


def every(sort: str = "") -> QuerySet[Any]:
    """Return what was sent in words, or the one sort asked for of it."""
    written = Voice.objects.exclude(status=Status.COUNTED)
    return written.filter(sort=sort) if sort else written


def sources(teams: frozenset[int]) -> list[str]:
    """Return where what came in for `teams` was written, other than on the portal itself. One query."""
    found = every().filter(team__in=teams).exclude(source="").order_by().values_list("source", flat=True)
    return sorted(found.distinct())


def in_state(rows: QuerySet[Any], state: str) -> QuerySet[Any]:
    """Return the rows that stand in one of the inbox's states."""
    return rows if state == State.ALL else rows.filter(state_filter(state))


def state_filter(state: str) -> Q:
    """Return which rows stand in `state` (any but ALL, and MINE, which depends on who looks)."""
    filters = {
        State.TO_DO: Q(status=Status.WAITING) | UNANSWERED | ON_TRUST | OBJECTED,
        State.WAITING: Q(status=Status.WAITING),
        State.UNANSWERED: UNANSWERED,
        State.OVERDUE: IS_OPEN & Q(due_on__lt=today()) | _objected_too_long(),
        State.DUE_SOON: IS_OPEN & Q(due_on__range=(today(), today() + SOON)),
        State.UNASSIGNED: (Q(status=Status.WAITING) | UNANSWERED) & Q(assigned_to=None),
        State.OBJECTED: OBJECTED,
        State.ON_TRUST: ON_TRUST,
        State.TO_CHECK: Q(draft__state=DraftState.OFFERED),
        State.SUSPECTED: Q(status=Status.WAITING) & ~Q(suspicion=""),
        State.INFORMATION: IS_OPEN & Q(is_information_request=True),
        State.PUBLISHED: Q(status__in=[Status.PUBLISHED, Status.ANSWERED_PRIVATELY]),
        State.HIDDEN: Q(status=Status.HIDDEN),
    }
    return filters[State(state)]


def assigned_to(rows: QuerySet[Any], user: Any) -> QuerySet[Any]:
    """Return what of `rows` is a person's own to do."""
    return rows.filter(state_filter(State.TO_DO), assigned_to=user)


def containing(rows: QuerySet[Any], words: str) -> QuerySet[Any]:
    """Return the rows with this reference, or whose text has each of `words` in it."""
    reference = words.strip().upper()
    found = Q()
    for word in words.split()[:MOST_WORDS]:
        found &= Q(text__icontains=word) | Q(public_text__icontains=word)
    return rows.filter(Q(reference=reference) | found)


def to_do_of(user: Any) -> QuerySet[Any]:
    """Return what this very person can do something about: moderators decide, those who may answer answer."""
    open_to_them = state_filter(State.WAITING) | state_filter(State.ON_TRUST)
    decides = Q(team__in=moderated_teams(user)) & open_to_them
    answers = Q(team__in=answering_teams(user)) & state_filter(State.UNANSWERED)
    return every().filter(decides | answers | _may_decide(user))


def _may_decide(user: Any) -> Q:
    """Return which voices have an objection that is not about the person's own hiding."""
    found = Objection.objects.filter(outcome=Objected.OPEN, voice__team__in=moderated_teams(user))
    return Q(pk__in=found.exclude(hidden_by=user.pk).values("voice"))


def next_to_do(user: Any, after: Voice) -> str:
    """Return the reference of what the person can do after `after`, in the inbox's order; "" for nothing.

    At the end it begins anew, so that whoever skips one comes by everything. Two queries.
    """
    is_before = Case(When(_stands_after(after), then=0), default=1)
    rows = to_do_of(user).exclude(pk=after.pk).alias(is_before=is_before)
    return rows.order_by("is_before", *_due_first()).values_list("reference", flat=True).first() or ""


def _due_first() -> tuple[Any, ...]:
    """Return the inbox's order: first those whose writer waited too long for a decision on an objection."""
    return (Case(When(_objected_too_long(), then=0), default=1), *DUE_FIRST)


def _objected_too_long() -> Q:
    """Return which words have an open objection that was due before today. Reads the clock."""
    made_before = objections_overdue_before(today())
    late = Objection.objects.filter(outcome=Objected.OPEN, made_at__lt=made_before)
    return Q(pk__in=late.values("voice"))


def _stands_after(voice: Voice) -> Q:
    """Return what stands after `voice` in the inbox's order. One query."""
    late = _objected_too_long()
    if Voice.objects.filter(late, pk=voice.pk).exists():
        return ~late | _follows(voice)
    return ~late & _follows(voice)


def _follows(voice: Voice) -> Q:
    """Return what stands after `voice` when what is due comes first (DUE_FIRST)."""
    due = voice.due_on
    same_day = Q(due_on=due) if due else Q(due_on=None)
    later = Q(received_at__gt=voice.received_at) | Q(received_at=voice.received_at, pk__gt=voice.pk)
    after = same_day & later | (Q(due_on__gt=due) | Q(due_on=None) if due else Q(pk=None))
    return after & ~Q(suspicion="") if voice.suspicion else ~Q(suspicion="") | after


# A question nobody has answered, and one that is shown and only lacks the answer.
IS_OPEN = Q(sort=Sort.QUESTION, status__in=[Status.WAITING, Status.PUBLISHED], current_answer__isnull=True)
# Shown, and no moderator has looked yet (trust.py).
ON_TRUST = Q(status=Status.PUBLISHED, moderated_by=None)
# Hidden, and their writer objects.
OBJECTED = Q(pk__in=Objection.objects.filter(outcome=Objected.OPEN).values("voice"))
UNANSWERED = Q(sort=Sort.QUESTION, status=Status.PUBLISHED, current_answer__isnull=True)


def page(
    rows: QuerySet[Any], number: str | int, *, newest_first: bool = True, size: int = PAGE_SIZE
) -> Page[Any]:
    """Return one page of `rows`, newest first or what is due first, with all a list shows. Two queries.

    `objected_at` is when their writer objected, None unless somebody has to decide about it.
    """
    order: tuple[Any, ...] = NEWEST_FIRST if newest_first else _due_first()
    open_one = Objection.objects.filter(outcome=Objected.OPEN, voice=OuterRef("pk")).values("made_at")
    related = rows.select_related(*_RELATED, "current_answer__team").annotate(objected_at=Subquery(open_one))
    return Paginator(related.order_by(*order), size).get_page(number)


def newest(rows: QuerySet[Any], most: int) -> list[Any]:
    """Return the newest of `rows` with all that a list shows. One query."""
    return list(rows.select_related(*_RELATED, "current_answer__team").order_by("-received_at", "-id")[:most])


def find(reference: str) -> Any:
    """Return what was sent under `reference`, with all that its own page shows, or None. One query."""
    return Voice.objects.select_related(*_RELATED, *_ANSWER).filter(reference=reference).first()
