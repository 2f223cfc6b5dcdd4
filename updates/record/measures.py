"""The measures of the record: what each is called, how it is counted, and what its cases come to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from look.months import Month

from . import cases, words
from .cases import Case
from .months import Period

Text = str | Promise
TIME, SHARE, COUNT = "time", "share", "count"


@dataclass(frozen=True)
class Measure:
    """One thing the council can be held to."""

    key: str
    sort: str
    name: Text
    how: Text
    find: Callable[[datetime, datetime], list[Case]]


@dataclass(frozen=True)
class Summary:
    """What some cases come to: `value` is what a chart draws (seconds, per cent or a number)."""

    words: str
    note: str
    number: int
    value: float | None


MEASURES = [
    Measure(
        "live",
        TIME,
        gettext_lazy("From approval to live"),
        gettext_lazy(
            "From the moment a second person approved a notice until residents could read it. What was "
            "scheduled counts from its time. What was published urgently is not here: see the second checks."
        ),
        cases.to_live,
    ),
    Measure(
        "promises",
        SHARE,
        gettext_lazy("“Next update by” kept"),
        gettext_lazy(
            "Every “next update by” of an outage counts on the day it fell due. It is kept when a newer "
            "edition was live by then, or the notice had ended. One that is not due yet does not count."
        ),
        cases.promises,
    ),
    Measure(
        "estimates",
        SHARE,
        gettext_lazy("Estimates that held"),
        gettext_lazy(
            "Every outage that was restored, for which we had given a time. It held when the supply was back "
            "by the last time we had given before. Planned works, and outages without a time, do not count."
        ),
        cases.estimates,
    ),
    Measure(
        "corrections",
        COUNT,
        gettext_lazy("Corrections"),
        gettext_lazy(
            "Every edition that put right what residents had been told wrongly, on the day it went live. "
            "The wrong words stood from when they were first published."
        ),
        cases.corrected,
    ),
    Measure(
        "checks",
        SHARE,
        gettext_lazy("Second checks in time"),
        gettext_lazy(
            "Every urgent publication, which goes live before a second person has read it. The check is in "
            "time when it was made before it became overdue. One that is still owed does not count yet."
        ),
        cases.second_checks,
    ),
]


def summary(measure: Measure, found: Sequence[Case]) -> Summary:
    """Return what `found` comes to."""
    return _SUMMARIES[measure.sort](found)


def _time(found: Sequence[Case]) -> Summary:
    lengths = _lengths(found)
    middle, most = words.middle(lengths), words.nine_in_ten(lengths)
    if middle is None or most is None:
        return Summary(words.too_few(), "", len(lengths), None)
    note = _("Half took no longer. Nine in ten took no longer than %(time)s.") % {"time": words.took(most)}
    return Summary(words.took(middle), note, len(lengths), middle.total_seconds())


def _share(found: Sequence[Case]) -> Summary:
    tested = [case.held for case in found if case.held is not None]
    kept = sum(tested)
    share = words.percent(kept, len(tested))
    note = _("%(kept)s of %(all)s") % {"kept": kept, "all": len(tested)} if tested else ""
    text = words.too_few() if share is None else _("%(percent)s%%") % {"percent": share}
    return Summary(text, note, len(tested), share)


def _count(found: Sequence[Case]) -> Summary:
    middle = words.middle(_lengths(found))
    note = (
        _("Half of the wrong words stood no longer than %(time)s.") % {"time": words.took(middle)}
        if middle
        else ""
    )
    text = ngettext("%(count)s correction", "%(count)s corrections", len(found)) % {"count": len(found)}
    return Summary(text, note, len(found), len(found))


_SUMMARIES: dict[str, Callable[[Sequence[Case]], Summary]] = {TIME: _time, SHARE: _share, COUNT: _count}


def _lengths(found: Sequence[Case]) -> list[timedelta]:
    return [case.took for case in found if case.took is not None]


@dataclass(frozen=True)
class Told:
    """A measure over a period, as a whole and month by month."""

    measure: Measure
    cases: list[Case]
    whole: Summary
    months: list[tuple[Month, Summary]]


def tell(period: Period) -> list[Told]:
    """Return every measure over `period`. Thirteen queries, however many cases there are."""
    return [_told(measure, period) for measure in MEASURES]


def _told(measure: Measure, period: Period) -> Told:
    found = measure.find(period.starts_at, period.ends_at)
    of: dict[Month, list[Case]] = {month: [] for month in period.months}
    for case in found:
        of[Month.of(case.at)].append(case)
    months = [(month, summary(measure, its)) for month, its in of.items()]
    return Told(measure, found, summary(measure, found), months)
