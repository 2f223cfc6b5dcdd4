"""Turns what the demo town's residents say with “Still off here?” into steps of history."""

from functools import partial
from typing import Any

from places import lookup
from updates.models import Notice
from updates.outages import staying_off

from .notices import Step, Town


def steps(town: Town, notice: dict[str, Any]) -> list[Step]:
    """Return one step for each time somebody pressed the button, all of a row at the same moment."""
    return [
        Step(
            town.calendar.moment(row["at"]),
            9,
            f"still off: {notice['slug']}",
            partial(_press, town, notice["slug"], row),
        )
        for row in notice.get("still_off", [])
    ]


def _press(town: Town, slug: str, row: dict[str, Any]) -> None:
    notice = Notice.objects.select_related("live_edition__outage").get(pk=town.notices[slug].pk)
    place = lookup.find(row["place"])
    assert place is not None, row["place"]
    for _press in range(row["people"]):
        staying_off.count(notice, staying_off.counted_as(place), town.calendar.moment(row["at"]))
