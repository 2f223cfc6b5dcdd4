"""Turns milestones and decisions of the demo data into the rows of an edition; must not save them."""

from datetime import date
from typing import Any

from .moments import Calendar


def of(row: dict[str, Any], calendar: Calendar) -> dict[str, list[dict[str, Any]]]:
    """Return the lists that an edition's `row` names; a list it does not name stays as it was."""
    makers = {"milestones": _milestone, "decisions": _decision}
    return {
        name: [make(each, calendar) for each in row[name]] for name, make in makers.items() if name in row
    }


def _milestone(row: dict[str, Any], calendar: Calendar) -> dict[str, Any]:
    days = {"planned_on": _day(row, "planned", calendar), "reached_on": _day(row, "reached", calendar)}
    return {"title": calendar.fill(row["title"]), **days}


def _decision(row: dict[str, Any], calendar: Calendar) -> dict[str, Any]:
    return {
        "title": calendar.fill(row["title"]),
        "decided_on": _day(row, "on", calendar),
        "decided_by": row.get("by", ""),
        "url": row.get("url", ""),
    }


def _day(row: dict[str, Any], key: str, calendar: Calendar) -> date | None:
    return calendar.moment(row[key]).astimezone(calendar.zone).date() if row.get(key) else None
