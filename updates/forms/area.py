"""The drawn area in the editor, with and without a mouse: a distance from a place, or corners one by one."""

import re
from collections.abc import Sequence
from typing import Any

from crispy_forms.layout import HTML, Div
from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from places import areas, lookup
from places import map as ward_map
from places.areas import AreaRefused
from places.geometry import Area
from places.models import Feature, Ward

from ..models import Edition

NONE, ROUND, CORNERS = "none", "round", "corners"
# Ten thousand corners of GeoJSON, generously written (characters).
LONGEST = 1_000_000
_PAIR = re.compile(r"\s*(-?[0-9]{1,3}\.[0-9]+)\s*,\s*(-?[0-9]{1,3}\.[0-9]+)\s*")


def fields() -> dict[str, forms.Field]:
    """Return the fields, new ones for each form."""
    return {
        "area_how": forms.TypedChoiceField(
            empty_value=NONE,
            label=_("Is it an area that wards and streets do not fit?"),
            required=False,
            choices=[
                (NONE, _("No, wards and streets say it")),
                (ROUND, _("Everything within a distance of a place")),
                (CORNERS, _("An area with corners, clicked on the map or typed")),
            ],
            widget=forms.RadioSelect,
            help_text=_("The wards it touches are then chosen by themselves."),
        ),
        "area_metres": forms.IntegerField(
            label=_("Within how many metres?"),
            required=False,
            min_value=areas.LEAST_RADIUS,
            max_value=areas.MOST_RADIUS,
            widget=forms.NumberInput(attrs={"class": "govuk-input--width-5"}),
        ),
        "area_place": forms.CharField(
            label=_("Of which postcode or street?"),
            required=False,
            max_length=150,
            widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
        ),
        "area_corners": forms.CharField(
            label=_("Corners of the area"),
            required=False,
            help_text=_(
                "One on each line, latitude first: 53.995, 2.087. Go round the area in one direction. "
                "A polygon from a drawing program (GeoJSON) may be pasted instead."
            ),
            widget=forms.Textarea(attrs={"rows": 5, "data-corners": "", "spellcheck": "false"}),
        ),
    }


def layout() -> Div:
    """Return the fields in their order, the map below them."""
    return Div(
        "area_how",
        Div("area_metres", "area_place", data_area=ROUND),
        Div("area_corners", HTML('{% include "desk/parts/area_map.html" %}'), data_area=CORNERS),
        css_class="cp-draw",
    )


def initial_of(edition: Edition) -> dict[str, Any]:
    """Return what the fields show for the edition as it stands."""
    area = edition.area
    if not area:
        return {"area_how": NONE}
    if area["type"] != "Circle":
        return {"area_how": CORNERS, "area_corners": areas.on_lines(area)}
    longitude, latitude = area["centre"]
    place = area.get("of") or f"{latitude:.6f}, {longitude:.6f}"
    return {"area_how": ROUND, "area_metres": area["radius_m"], "area_place": place}


def read(data: dict[str, Any]) -> tuple[Area | None, list[Ward]]:
    """Return the area that the cleaned fields describe and the wards it touches; (None, []) for no area.

    Raises ValidationError, by field, for what cannot be used. One query, up to five for a place.
    """
    if data.get("area_how") not in (ROUND, CORNERS):
        return None, []
    if data.get("is_borough_wide"):
        sentence = _("The whole borough is chosen above. Take that away, or choose no area.")
        raise forms.ValidationError({"area_how": sentence})
    wards = list(Ward.objects.all())
    area = _circle(data, wards) if data["area_how"] == ROUND else _corners(data, wards)
    return area, areas.wards_of(area, wards)


def _corners(data: dict[str, Any], wards: Sequence[Ward]) -> Area:
    typed = data.get("area_corners") or ""
    if not typed.strip():
        raise forms.ValidationError({"area_corners": _("Give at least three corners, or choose no area.")})
    if len(typed) > LONGEST:
        # No max_length on the field: it would count a million characters down beside it.
        words = _("That is too long. More than %(most)s corners cannot be read; draw it more simply.")
        raise forms.ValidationError({"area_corners": words % {"most": f"{areas.MOST_READ:,}"}})
    try:
        return areas.read(typed, wards)
    except AreaRefused as refusal:
        raise forms.ValidationError({"area_corners": str(refusal)}) from refusal


def _circle(data: dict[str, Any], wards: Sequence[Ward]) -> Area:
    if data.get("area_metres") is None:
        raise forms.ValidationError({"area_metres": _("Give a distance, for example 300.")})
    point, label = _centre(data.get("area_place") or "")
    try:
        return areas.circle(point, data["area_metres"], wards, of=label)
    except AreaRefused as refusal:
        raise forms.ValidationError({"area_place": str(refusal)}) from refusal


def _centre(typed: str) -> tuple[tuple[float, float], str]:
    """Return the point that a postcode, a street or "53.995, 2.087" means, and what residents call it."""
    if pair := _PAIR.fullmatch(typed):
        return (float(pair[2]), float(pair[1])), ""
    place = lookup.find(typed) if typed.strip() else None
    if place is None:
        sentence = lookup.why_not(typed) if typed.strip() else _("Name a postcode or a street.")
        raise forms.ValidationError({"area_place": sentence})
    if place.point is None:
        words = _(
            "Nobody has told us where %(place)s lies on the map. Try a postcode near by, or give corners."
        )
        raise forms.ValidationError({"area_place": words % {"place": place.label}})
    street = str(place.street) if place.street and not place.postcode else ""
    return place.point, street or place.label


def map_of(area: Area | None) -> SafeString:
    """Return the map to click corners on, with the saved area; "" without boundaries. Two queries."""
    wards = list(Ward.objects.all())
    view = ward_map.projection(wards)
    if view is None:
        return SafeString("")
    return format_html(
        '<svg viewBox="0 0 {} {}" role="img" aria-label="{}" data-draw data-label="{}" data-west="{}" '
        'data-north="{}" data-across="{}" data-down="{}" data-edge="{}">{}<g data-drawn>{}</g></svg>',
        ward_map.WIDTH,
        view.height,
        _("Map of the wards"),
        _LABEL,
        view.west,
        view.north,
        view.across,
        view.down,
        ward_map.EDGE,
        ward_map.drawing(view, wards, Feature.objects.all(), set(), None),
        ward_map.area_on(view, area) if area else "",
    )


_LABEL = gettext_lazy(
    "Map. Arrow keys move the cross, Enter sets a corner, Backspace takes the last corner away."
)
