"""Reads what a councillor wants to look at from the address; shared by the pages of the summary."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from look import times
from places.models import Ward

from ..digesting import written
from ..digesting.scope import WEEKS, Period, Scope, monday, period, weeks
from ..enums import Sort
from ..staff_forms import KINDS, MINE, SummaryFilter
from ..working_days import today


@dataclass(frozen=True)
class Looking:
    """Who looks at what."""

    form: SummaryFilter
    scope: Scope
    day: dt.date
    wards: list[Ward]
    where: str
    week_words: str

    @property
    def span(self) -> Period:
        """The weeks looked at."""
        return period(self.scope, self.day)

    @property
    def choice(self) -> str:
        """What is looked at, in the words of the form: "Quayside · This week"."""
        chosen = self.form.chosen()
        kind, sort = dict(KINDS).get(chosen["kind"], ""), dict(Sort.choices).get(chosen["sort"], "")
        words = [self.where, self.week_words[:1].upper() + self.week_words[1:], kind, sort]
        return " · ".join(str(each) for each in words if each)

    @property
    def is_running(self) -> bool:
        """Say whether this is one week that is not over: half a week is no match for a whole one."""
        return self.scope.week is not None and self.span.until > self.day

    @property
    def last_day(self) -> dt.date:
        """The last day looked at: not one that is still to come."""
        return min(self.span.until - dt.timedelta(days=1), self.day)


def read(request: HttpRequest) -> Looking:
    """Return what the address asks for: the reader's own wards and the newest week with a summary, unless it
    says otherwise.
    """
    asked: Any = request.GET.copy()
    wards = _wards()
    own = frozenset(request.user.seats.values_list("ward_id", flat=True))  # type: ignore[union-attr]
    asked.setdefault("ward", MINE if own else "")
    if "week" not in asked:
        week = written.newest_week(_ward_ids(asked["ward"], wards, own), today())
        asked["week"] = week.isoformat()
    return _looking(asked, own, wards)


def look_at(asked: Any, own: frozenset[int]) -> Looking:
    """Return what `asked` (as an address carries it) means to somebody who sits for the wards `own`."""
    return _looking(asked, own, _wards())


def _wards() -> list[Ward]:
    return list(Ward.objects.only("name", "slug"))


def _looking(asked: Any, own: frozenset[int], wards: list[Ward]) -> Looking:
    day = today()
    form = SummaryFilter(asked, wards=_ward_choices(wards, bool(own)), weeks=week_choices(day))
    chosen = form.chosen()
    scope = Scope(
        ward_ids=_ward_ids(chosen["ward"], wards, own),
        kind=chosen["kind"],
        sort=chosen["sort"],
        week=dt.date.fromisoformat(chosen["week"]) if chosen["week"] else None,
        notice=chosen["notice"].upper(),
    )
    words = dict(week_choices(day))[chosen["week"]]
    return Looking(form, scope, day, wards, _where(chosen, wards, own), words[0].lower() + words[1:])


def week_choices(day: dt.date) -> list[tuple[str, str]]:
    """Return the periods to choose from, the newest first."""
    everything = ("", _("The last %(number)s weeks") % {"number": WEEKS})
    return [*((week.isoformat(), _week_words(week, day)) for week in reversed(weeks(day))), everything]


def _ward_choices(wards: list[Ward], has_own: bool) -> list[tuple[str, Any]]:
    mine = [(MINE, _("Your wards"))] if has_own else []
    return [*mine, ("", _("The whole borough")), *((ward.slug, ward.name) for ward in wards)]


def _ward_ids(chosen: str, wards: list[Ward], own: frozenset[int]) -> frozenset[int] | None:
    if chosen == MINE:
        return own
    return frozenset(ward.pk for ward in wards if ward.slug == chosen) if chosen else None


def _where(chosen: dict[str, Any], wards: list[Ward], own: frozenset[int]) -> str:
    """Return who speaks: "Quayside", "Millgate and Quayside", or the whole town."""
    if chosen["ward"] == MINE:
        return get_text_list([ward.name for ward in wards if ward.pk in own], _("and"))
    return next((ward.name for ward in wards if ward.slug == chosen["ward"]), settings.COUNCIL.short_name)


def _week_words(week: dt.date, day: dt.date) -> str:
    if week == monday(day):
        return _("This week")
    if week == monday(day) - dt.timedelta(weeks=1):
        return _("Last week")
    return _("Week of %(day)s") % {"day": times.words(week)}
