"""Where an edition holds, as CAP's areas and as they are drawn today; read once, when a message is sent."""

from collections.abc import Iterable, Sequence
from typing import Any

import shapely
from django.conf import settings
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from shapely.geometry.base import BaseGeometry

from places import areas as drawn_areas
from places import geometry
from places.models import Ward

from ..models import Edition

# Receivers cut or refuse more (CAP Composer of the WMO, after the CAP implementation notes).
MOST_VERTICES = 100
LONGEST_NAME = 50
_DECIMALS = 5
_METRES_PER_KILOMETRE = 1000
# desc, polygons of [latitude, longitude], circles of [latitude, longitude, kilometres], codes, streets.
CapArea = dict[str, Any]


def areas_of(edition: Edition) -> list[CapArea]:
    """Return the areas of `edition`: the drawn one, or the borough, or each of its wards. Three queries.

    Never empty, and never without a name: a message whose place cannot be drawn is still sent.
    """
    wards = list(Ward.objects.all() if edition.is_borough_wide else edition.wards.all())
    streets = list(edition.streets.all())
    if edition.is_borough_wide or not (edition.area or wards):
        return [_borough(wards)]
    if edition.area:
        return [_drawn(edition.area, wards, [street.name for street in streets])]
    return [_ward(ward, [street.name for street in streets if street.ward_id == ward.pk]) for ward in wards]


def _borough(wards: Sequence[Ward]) -> CapArea:
    shapes = [geometry.shape_of(ward.boundary) for ward in wards if ward.boundary]
    name = _("All of %(council)s") % {"council": settings.COUNCIL.short_name}
    return _area(name, polygons=_polygons(shapes), codes=[ward.code for ward in wards])


def _ward(ward: Ward, streets: list[str]) -> CapArea:
    shapes = [geometry.shape_of(ward.boundary)] if ward.boundary else []
    return _area(ward.name, polygons=_polygons(shapes), codes=[ward.code], streets=streets)


def _drawn(area: geometry.Area, wards: Sequence[Ward], streets: list[str]) -> CapArea:
    name = drawn_areas.in_words(area, list(wards))
    if area["type"] == "Circle":
        longitude, latitude = area["centre"]
        circle = [*_turned((longitude, latitude)), round(area["radius_m"] / _METRES_PER_KILOMETRE, 3)]
        return _area(name, circles=[circle], streets=streets)
    shape = shapely.Polygon(geometry.outline(area))
    return _area(name, polygons=_polygons([shape]), streets=streets)


def _area(name: str, **more: Any) -> CapArea:
    empty: CapArea = {"polygons": [], "circles": [], "codes": [], "streets": []}
    return {**empty, "desc": Truncator(name).chars(LONGEST_NAME), **more}


def _polygons(shapes: Sequence[BaseGeometry]) -> list[list[list[float]]]:
    """Return the outer rings of all the shapes together, simplified; none of what cannot be drawn."""
    try:
        whole = geometry.simplified(shapely.unary_union(list(shapes)), MOST_VERTICES)
    except shapely.GEOSException:
        # A boundary that crosses itself: the ward's name and code still say where.
        return []
    parts = getattr(whole, "geoms", [whole])
    return [
        _ring(part.exterior.coords) for part in parts if part.geom_type == "Polygon" and not part.is_empty
    ]


def _ring(positions: Iterable[geometry.Position]) -> list[list[float]]:
    return [_turned(position) for position in positions]


def _turned(position: geometry.Position) -> list[float]:
    """Return latitude and longitude, CAP's order; GeoJSON's is the other one."""
    return [round(position[1], _DECIMALS), round(position[0], _DECIMALS)]
