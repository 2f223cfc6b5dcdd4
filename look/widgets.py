"""Form controls Django does not have: a date, and a date with a time, as boxes; must not judge the values."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from look import times


class Boxes(forms.MultiWidget):
    """Several short text boxes with their own labels, inside one fieldset."""

    template_name = "look/boxes.html"
    use_fieldset = True
    labels: list[Any] = []
    widths: list[int] = []

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        """Make one text box for each label."""
        super().__init__([forms.TextInput(attrs={"autocomplete": "off"}) for _label in self.labels], attrs)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add label and width to each box; hint and error belong to the fieldset around them."""
        shared = {
            key: kept for key, kept in (attrs or {}).items() if key not in {"class", "aria-describedby"}
        }
        context = super().get_context(name, value, shared)
        for box, label, width in zip(context["widget"]["subwidgets"], self.labels, self.widths, strict=True):
            box["label"] = label
            box["attrs"]["class"] = f"govuk-input govuk-input--width-{width}"
        return context

    def id_for_label(self, id_: str) -> str:
        """Return the first box's id, so that a link to the field lands on a control."""
        return f"{id_}_0" if id_ else ""


class DayBoxes(Boxes):
    """Day, month and year."""

    labels = [_("Day"), _("Month"), _("Year")]
    widths = [2, 2, 4]

    def decompress(self, value: dt.date | None) -> list[str]:
        """Return what each box shows for a day."""
        return [str(value.day), str(value.month), str(value.year)] if value else ["", "", ""]


class MomentBoxes(Boxes):
    """Day, month, year and time of day, in the council's zone."""

    labels = [_("Day"), _("Month"), _("Year"), _("Time")]
    widths = [2, 2, 4, 5]

    def decompress(self, value: dt.datetime | None) -> list[str]:
        """Return what each box shows for a moment."""
        if not value:
            return ["", "", "", ""]
        local = times.in_zone(value) if value.tzinfo else value
        return [str(local.day), str(local.month), str(local.year), times.clock(local)]
