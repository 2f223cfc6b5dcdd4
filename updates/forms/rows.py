"""Milestones and decisions in the editor: a project's lists as fields row by row; must not save them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.db import models
from django.forms.boundfield import BoundField
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.enums import Kind
from look import times
from look.fields import DayField

from .. import lists
from ..models import Edition

# Whoever has more than this writes a document, not a list.
MOST_ROWS = 40
# How many empty rows wait below the filled ones, for whoever has no script.
SPARE_ROWS = 2
_MOST_DIGITS = 3
_LISTS_OF: dict[str, list[str]] = {Kind.PROJECT: ["milestones", "decisions"]}
_HEADINGS: dict[str, str | Promise] = {
    "milestones": gettext_lazy("Milestones"),
    "decisions": gettext_lazy("Decisions"),
}
_HINTS: dict[str, str | Promise] = {
    "milestones": gettext_lazy(
        "The steps residents can check you by, in order. Keep the planned day when one is reached late: "
        "the page says both. Empty a row to remove it."
    ),
    "decisions": gettext_lazy(
        "What was decided, by whom, and where one can read it. Empty a row to remove it."
    ),
}
_ADD: dict[str, str | Promise] = {
    "milestones": gettext_lazy("Add another milestone"),
    "decisions": gettext_lazy("Add another decision"),
}
_TITLES: dict[str, str | Promise] = {
    "milestones": gettext_lazy("What is to be reached"),
    "decisions": gettext_lazy("What was decided"),
}
_NO_ADDRESS = gettext_lazy("Write the whole address, starting with https://")


class WebAddressField(forms.URLField):
    """An address of a web page and nothing else."""

    default_validators = [URLValidator(schemes=["http", "https"], message=_NO_ADDRESS)]
    default_error_messages = {"invalid": _NO_ADDRESS}


@dataclass(frozen=True)
class ShownList:
    """One list as the editor shows it: its rows are (legend, fields with their short labels)."""

    name: str
    heading: str | Promise
    hint: str | Promise
    add: str | Promise
    count: int
    rows: list[tuple[str, list[tuple[BoundField, str]]]]

    @property
    def is_full(self) -> bool:
        """Say whether no row can be added."""
        return self.count >= MOST_ROWS


def names_for(kind: str) -> list[str]:
    """Return the lists that a notice of `kind` has in the editor."""
    return _LISTS_OF.get(kind, [])


def counts(edition: Edition, data: Mapping[str, Any] | None = None) -> dict[str, int]:
    """Return how many rows each list shows: as many as were posted, or what there is and a few spare ones.

    A list that was posted without its number of rows is left out: it stays as it is.
    """
    names = names_for(edition.notice.kind)
    if data is not None:
        return {name: _posted(data, name) for name in names if f"{name}-rows" in data}
    return {name: min(getattr(edition, name).count() + SPARE_ROWS, MOST_ROWS) for name in names}


def _posted(data: Mapping[str, Any], name: str) -> int:
    typed = str(data.get(f"{name}-rows", ""))
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= _MOST_DIGITS else 0
    return min(number + (data.get("add") == name), MOST_ROWS)


def fields_for(shown: Mapping[str, int]) -> dict[str, forms.Field]:
    """Return the form fields of every row by name ("milestones-0-title"); `shown` is `counts`."""
    return {_key(name, row, column): _field(name, row, column) for name, row, column in _places(shown)}


def initial_of(edition: Edition) -> dict[str, Any]:
    """Return what the fields show for the edition as it stands. One query a list."""
    return {
        _key(name, row, column): value
        for name in names_for(edition.notice.kind)
        for row, values in enumerate(lists.content_of(edition, name))
        for column, value in values.items()
    }


def read(shown: Mapping[str, int], data: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Return the rows that are not empty, by list, from the cleaned `data`."""
    return {name: [row for _at, row in _filled(name, count, data)] for name, count in shown.items()}


def faults(shown: Mapping[str, int], data: Mapping[str, Any]) -> dict[str, str]:
    """Return what is missing or cannot be, as field's name → sentence."""
    today = times.in_zone(timezone.now()).date()
    found: dict[str, str] = {}
    for name, count in shown.items():
        judge = _milestone_faults if name == "milestones" else _decision_faults
        for at, row in _filled(name, count, data):
            found |= {_key(name, at, column): text for column, text in judge(row, today).items()}
    return found


def _milestone_faults(row: dict[str, Any], today: date) -> dict[str, str]:
    found = {} if row["title"] else {"title": _("Say what is to be reached, or empty the whole row.")}
    if row["reached_on"] and row["reached_on"] > today:
        found["reached_on"] = _("This day is still to come. Leave it empty until the step is reached.")
    return found


def _decision_faults(row: dict[str, Any], today: date) -> dict[str, str]:
    found = {} if row["title"] else {"title": _("Say what was decided, or empty the whole row.")}
    if not row["decided_on"]:
        found["decided_on"] = _("Say when it was decided.")
    elif row["decided_on"] > today:
        found["decided_on"] = _("This day is still to come. What is still to be decided is a milestone.")
    return found


def shown_lists(form: forms.Form, shown: Mapping[str, int]) -> list[ShownList]:
    """Return the lists of `form` for its template."""
    return [
        ShownList(
            name,
            _HEADINGS[name],
            _HINTS[name],
            _ADD[name],
            count,
            [(_legend(name, row), _bound(form, name, row)) for row in range(count)],
        )
        for name, count in shown.items()
    ]


def _bound(form: forms.Form, name: str, row: int) -> list[tuple[BoundField, str]]:
    return [(form[_key(name, row, column)], _short(name, column)) for column in lists.columns(name)]


def _filled(name: str, count: int, data: Mapping[str, Any]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Give each row that says anything, with its place; what was refused already counts as said."""
    for at in range(count):
        keys = {column: _key(name, at, column) for column in lists.columns(name)}
        if any(data.get(key) or key not in data for key in keys.values()):
            yield at, {column: data.get(key) for column, key in keys.items()}


def _places(shown: Mapping[str, int]) -> Iterator[tuple[str, int, str]]:
    for name, count in shown.items():
        for row in range(count):
            for column in lists.columns(name):
                yield name, row, column


def _key(name: str, row: int, column: str) -> str:
    return f"{name}-{row}-{column}"


def _legend(name: str, row: int) -> str:
    return f"{capfirst(str(lists.MODELS[name]._meta.verbose_name))} {row + 1}"


def _short(name: str, column: str) -> str:
    if column == "title":
        return str(_TITLES[name])
    model_field: Any = lists.MODELS[name]._meta.get_field(column)
    return capfirst(str(model_field.verbose_name))


def _field(name: str, row: int, column: str) -> forms.Field:
    model_field: Any = lists.MODELS[name]._meta.get_field(column)
    # The summary of errors lists fields far apart, so its labels name the row.
    label = f"{_legend(name, row)}, {_short(name, column).lower()}"
    if isinstance(model_field, models.DateField):
        return DayField(label=label, required=False)
    if isinstance(model_field, models.URLField):
        return WebAddressField(
            label=label, required=False, max_length=model_field.max_length, assume_scheme="https"
        )
    return forms.CharField(label=label, required=False, max_length=model_field.max_length)
