"""The record as tables: month by month, and case by case; the download is look.spreadsheet's."""

from collections.abc import Sequence

from django.conf import settings
from django.utils.translation import gettext as _

from look import times

from .cases import Case
from .measures import Told

_MINUTE = 60


def by_month(told: Sequence[Told]) -> list[list[object]]:
    """Return one row for each month and measure, the newest month first."""
    heading: list[object] = [_("Month"), _("Measure"), _("Figure"), _("In detail"), _("Cases")]
    rows = [
        [month.key, str(each.measure.name), said.words, said.note, said.number]
        for each in told
        for month, said in each.months
    ]
    return [heading, *sorted(rows, key=lambda row: str(row[0]), reverse=True)]


def by_case(told: Sequence[Told]) -> list[list[object]]:
    """Return one row for each case of each measure."""
    heading = [_("Measure"), _("When"), _("Notice"), _("Title"), _("Address"), _("Minutes"), _("Held")]
    return [[*heading], *(_cells(each, case) for each in told for case in each.cases)]


def _cells(told: Told, case: Case) -> list[object]:
    minutes = "" if case.took is None else f"{case.took.total_seconds() / _MINUTE:.1f}"
    return [
        str(told.measure.name),
        times.in_zone(case.at).strftime("%Y-%m-%d %H:%M"),
        case.notice.reference,
        case.notice.title,
        f"{settings.PORTAL_URL}{case.notice.get_absolute_url()}",
        minutes,
        "" if case.held is None else _("Yes") if case.held else _("No"),
    ]
