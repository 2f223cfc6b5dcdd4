"""Turns what the demo town's residents say with “Still off here?” into steps of history."""

from datetime import datetime, timedelta
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
            _moment(town, notice, row),
            9,
            f"still off: {notice['slug']}",
            partial(_press, town, notice["slug"], row),
        )
        for row in notice.get("still_off", [])
    ]


def _moment(town: Town, notice: dict[str, Any], row: dict[str, Any]) -> datetime:
    """Return when it was; nobody says anything of a notice before it is there."""
    return max(town.calendar.moment(row["at"]), town.live_at[notice["slug"]] + timedelta(minutes=1))


def _press(town: Town, slug: str, row: dict[str, Any]) -> None:
    notice = Notice.objects.select_related("live_edition__outage").get(pk=town.notices[slug].pk)
    place = lookup.find(row["place"])
    assert place is not None, row["place"]
    for _press in range(row["people"]):
        staying_off.count(notice, staying_off.counted_as(place), town.calendar.moment(row["at"]))
