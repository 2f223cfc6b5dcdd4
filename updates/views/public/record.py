"""The public record: the last year, one month of it with its cases, and both as CSV."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from look.months import Month
from look.spreadsheet import whole
from updates.record import cases, chart, measures, months, spreadsheet
from updates.record.measures import Told
from updates.record.months import Period

from .page import residents_page, respond

# A month's page lists this many cases of a measure; the CSV has them all.
CASES_SHOWN = 40


@residents_page
def record(request: HttpRequest) -> HttpResponse:
    """Show the twelve months up to the last one in which something was published. 18 queries and slots."""
    known = months.known()
    context: dict[str, Any] = {"now": cases.now(), "is_empty": known is None}
    if known is not None:
        period = months.year_to(known.months[-1])
        told = measures.tell(period)
        context |= {
            "period": period,
            "told": [(each, chart.bars(each)) for each in told],
            "rows": _rows(told, known),
        }
    return respond("updates/record.html", context, path=reverse("updates:record"))


def _rows(told: list[Told], known: Period) -> list[tuple[Month, bool, list[measures.Summary]]]:
    """Return the table's rows, the newest month first; only known months have a page of their own."""
    columns = [dict(each.months) for each in told]
    listed = [month for month, _summary in told[0].months]
    return [
        (month, month in known.months, [column[month] for column in columns]) for month in reversed(listed)
    ]


@residents_page
def month(request: HttpRequest, month: Month) -> HttpResponse:
    """Show one month: every measure with the cases behind it."""
    known = _with(month)
    at = known.months.index(month)
    period = Period((month,))
    context = {
        "month": month,
        "period": period,
        "told": [(each, each.cases[-CASES_SHOWN:][::-1]) for each in measures.tell(period)],
        "shown": CASES_SHOWN,
        "earlier": known.months[at - 1] if at else None,
        "later": known.months[at + 1] if at + 1 < len(known.months) else None,
    }
    return respond("updates/record_month.html", context, path=reverse("updates:record_month", args=[month]))


@residents_page
def by_month(request: HttpRequest) -> HttpResponse:
    """Return every month there is as CSV."""
    known = months.known()
    return whole(spreadsheet.by_month(measures.tell(known) if known else []), "record.csv")


@residents_page
def by_case(request: HttpRequest, month: Month) -> HttpResponse:
    """Return every case of one month as CSV."""
    _with(month)
    return whole(spreadsheet.by_case(measures.tell(Period((month,)))), f"record-{month}.csv")


def _with(month: Month) -> Period:
    """Return the known months; raise Http404 when `month` is none of them."""
    known = months.known()
    if known is None or month not in known.months:
        raise Http404
    return known
