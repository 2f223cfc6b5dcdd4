"""Two wards or two weeks side by side, for councillors."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.access import role_required

from ..compare_form import CompareFilter
from ..digesting import numbers, people, themes
from ..digesting.scope import monday
from ..models import Theme
from ..permissions import SUMMARY_ROLES
from ..staff_forms import MINE
from ..working_days import today
from .summary_filter import Looking, look_at

# More themes than there will ever be: one that is small here may be large there.
_ALL = 1000
WEEK = dt.timedelta(weeks=1)


@dataclass(frozen=True)
class Side:
    """One of the two things compared."""

    looking: Looking
    standing: numbers.Standing
    people: people.People
    helpful: list[tuple[Any, int, str]]
    mood: list[tuple[str, int, str]]
    themes: dict[Theme, int]


@role_required(*SUMMARY_ROLES)
@require_GET
def compare(request: HttpRequest) -> HttpResponse:
    """Show one place and time beside another: this week beside the last unless the address says otherwise."""
    own = frozenset(request.user.seats.values_list("ward_id", flat=True))  # type: ignore[union-attr]
    asked = _completed(request.GET, has_own=bool(own))
    one, other = (_side(look_at(_part(asked, name), own)) for name in ("", "2"))
    form = CompareFilter(
        asked,
        wards=one.looking.form.fields["ward"].choices,  # type: ignore[attr-defined]
        weeks=one.looking.form.fields["week"].choices,  # type: ignore[attr-defined]
    )
    found = {**one.themes, **other.themes}
    table = [(theme, one.themes.get(theme, 0), other.themes.get(theme, 0)) for theme in found]
    table.sort(key=lambda row: -(row[1] + row[2]))
    context = {"form": form, "sides": (one, other), "table": table[: themes.SHOWN]}
    return render(request, "feedback/summary_compare.html", context)


def _completed(query: QueryDict, *, has_own: bool) -> QueryDict:
    asked, this_week = query.copy(), monday(today())
    asked.setdefault("ward", MINE if has_own else "")
    asked.setdefault("ward2", asked.get("ward"))
    asked.setdefault("week", this_week.isoformat())
    asked.setdefault("week2", (this_week - WEEK).isoformat())
    return asked


def _part(asked: QueryDict, ending: str) -> dict[str, str]:
    return {name: asked.get(f"{name}{ending}", "") for name in ("ward", "week")}


def _side(looking: Looking) -> Side:
    scope, span = looking.scope, looking.span
    standing = numbers.standing(numbers.written(scope, span))
    return Side(
        looking,
        standing,
        people.people(scope, span, standing.total),
        numbers.helpfulness(numbers.counts(scope, span)),
        themes.mood(scope, span),
        {line.theme: line.number for line in themes.themes(scope, span, _ALL)},
    )
