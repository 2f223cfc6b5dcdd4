"""Turns the demo town's templates, and what was made from them, into steps of history."""

from functools import partial
from typing import Any

from accounts.enums import Kind
from places.models import Street
from updates.enums import SlotKind, Urgency
from updates.models import NoticeTemplate
from updates.writing import slots, templates
from updates.writing.filling import start_from

from . import data
from .notices import Step, Town

_WORDS = ["name", "when_to_use", "title", "summary", "body", "service", "state", "reason", "advice"]


def steps(town: Town) -> list[Step]:
    """Return how the templates were written and approved, and what was started from them."""
    held = data.templates()
    story = [step for row in held["template"] for step in _of_template(town, row)]
    return story + [
        Step(town.calendar.moment(row["at"]), 0, f"from {row['template']}", partial(_fill, town, row))
        for row in held.get("filled", [])
    ]


def _of_template(town: Town, row: dict[str, Any]) -> list[Step]:
    label = f"template {row['name']}"
    story = [Step(town.calendar.moment(row["written"]), 0, label, partial(_write, town, row))]
    if row.get("approved"):
        story.append(Step(town.calendar.moment(row["approved"]), 1, label, partial(_approve, town, row)))
    return story


def _write(town: Town, row: dict[str, Any]) -> None:
    words = {name: row[name].strip() for name in _WORDS if name in row}
    templates.start_template(
        team=town.teams[row["team"]],
        kind=Kind(row["kind"]),
        by=town.people[row["author"]],
        fields={
            **words,
            "urgency": Urgency[row["urgency"].upper()],
            "slots": [slots.Slot.read(slot).stored() for slot in row["slot"]],
        },
    )


def _approve(town: Town, row: dict[str, Any]) -> None:
    template = _find(row["name"])
    seen = templates.template_hash(template)
    templates.approve(template, by=town.people[row["approver"]], seen_hash=seen)


def _fill(town: Town, row: dict[str, Any]) -> None:
    template = _find(row["template"])
    kinds = {slot.name: slot.kind for slot in templates.slots_of(template)}
    values = {name: _value(town, kinds[name], value) for name, value in row["values"].items()}
    start_from(
        template, by=town.people[row["author"]], values=values, wards=[], seen_version=template.version
    )


def _value(town: Town, kind: str, value: str) -> object:
    if kind == SlotKind.STREET:
        return list(Street.objects.filter(name=value).select_related("ward"))
    return town.calendar.moment(value) if kind == SlotKind.TIME else value


def _find(name: str) -> NoticeTemplate:
    return NoticeTemplate.objects.select_related("team").get(name=name)
