"""What is out now and what is planned; and how the outages of the last 90 days went, with their table."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.dateformat import format as date_format
from django.utils.html import format_html_join
from django.utils.translation import gettext as _

from look import chart
from look.chart import Bar
from look.spreadsheet import whole
from places import map as ward_map
from updates import cards, facts, queries
from updates.models import Notice
from updates.outages import estimates, history, overview, spreadsheet

from .page import residents_page, respond

# The table on the page; the file has all of them.
STORIES_SHOWN = 60


@residents_page
def outages(request: HttpRequest) -> HttpResponse:
    """Show what is out, just back and planned, by ward and service. At most six queries."""
    chosen = overview.asked(request.GET)
    shown = overview.read(chosen)
    wards = overview.by_ward(shown, chosen)
    context = {
        "nav": "outages",
        "chosen": chosen,
        "shown": shown,
        "counts": overview.counts(shown, chosen),
        "states": overview.states(shown),
        "out": [cards.card(notice) for notice in shown.out],
        "restored": [cards.card(notice) for notice in shown.restored],
        "planned": [_works_row(notice) for notice in shown.planned],
        "wards": wards,
        "map_svg": _map(chosen, wards),
    }
    path = f"{reverse('updates:outages')}{chosen.in_address}"
    return respond("updates/outages.html", context, path=path)


def _works_row(notice: Notice) -> cards.Row:
    edition = cards.live_edition(notice)
    when = estimates.window(edition.outage)
    parts = (edition.outage.get_service_display(), cards.where_of(edition), when)
    return cards.Row(
        title=edition.headline,
        url=notice.get_absolute_url(),
        on=overview.starts_at(notice),
        text=format_html_join(" · ", "{}", ((part,) for part in parts if part)),
        tag_text=str(facts.outage_panel(edition.outage).heading),
    )


def _map(chosen: overview.Asked, wards: list[tuple[Any, int, str]]) -> str:
    names = ", ".join(ward.name for ward, _number, _address in wards)
    label = _("Map of the wards. Something is out in: %(wards)s.") % {"wards": names}
    marked = {ward.pk for ward, _number, _address in wards}
    return ward_map.draw(chosen.form.wards, queries.map_features(), marked, label) if wards else ""


@residents_page
def outage_history(request: HttpRequest) -> HttpResponse:
    """Show the figures of the last 90 whole days. Three queries."""
    period = history.period()
    found = history.stories(period) if period else []
    crumbs = [(_("Home"), reverse("updates:home")), (_("Outages"), reverse("updates:outages"))]
    context: dict[str, Any] = {
        "nav": "outages",
        "crumbs": crumbs,
        "period": period,
        "days": history.DAYS,
    }
    if period and found:
        told = history.tell(period, found)
        weeks = history.weeks(period, found)
        bars = [Bar(date_format(start, "j M"), number, str(number)) for start, number in weeks]
        label = _(
            "Bars: how many outages were restored each week. The same numbers stand in the table below."
        )
        context |= {
            "told": told,
            "figures": [*told.services, told.all] if len(told.services) > 1 else told.services,
            "weeks": weeks,
            "chart_svg": chart.bars(bars, label),
            "stories": told.stories[:STORIES_SHOWN],
            "has_more": len(told.stories) > STORIES_SHOWN,
        }
    return respond("updates/outages_history.html", context, path=reverse("updates:outage_history"))


@residents_page
def outage_history_csv(request: HttpRequest) -> HttpResponse:
    """Return the same outages as a table for a spreadsheet, one a row. Three queries."""
    period = history.period()
    found = history.stories(period) if period else []
    return whole(spreadsheet.rows(found), "outages-90-days.csv")
