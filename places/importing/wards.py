"""Tells in which of our wards a row of a file lies; must not write."""

from django.utils.translation import gettext as _
from shapely.geometry import Point
from shapely.strtree import STRtree

from .. import geometry
from ..models import Ward
from .report import FileFault, RowFault

# Degrees by which a point may lie beyond our wards' box: some postcodes have theirs in the river.
_BEYOND = 0.05


class OurWards:
    """Our wards by code, by name and by what lies in their boundaries."""

    def __init__(self) -> None:
        """Read them all. Raises FileFault when there is none."""
        self.wards = list(Ward.objects.all())
        if not self.wards:
            raise FileFault(_("There are no wards yet. Import their boundaries first: import_boundaries."))
        self._named = {
            key: ward for ward in self.wards for key in (ward.code.casefold(), ward.name.casefold())
        }
        self._bounded = [ward for ward in self.wards if ward.boundary]
        self._tree = STRtree([geometry.shape_of(ward.boundary) for ward in self._bounded])
        self._box = geometry.box_around(ward.boundary for ward in self._bounded)

    def find(self, named: str, point: tuple[float, float] | None) -> Ward | None:
        """Return the ward with that code or name, else the one in which the point lies, else None."""
        ward = self._named.get(named.casefold())
        return ward or (self.around(point) if point else None)

    def around(self, point: tuple[float, float]) -> Ward | None:
        """Return the ward in whose boundary the point lies; on an edge, the first of the neighbours."""
        if self._box is None or not self._is_near(point, 0):
            return None
        found = self._tree.query(Point(point), predicate="intersects")
        return self._bounded[min(found)] if len(found) else None

    def refuse_swapped(self, point: tuple[float, float] | None) -> None:
        """Raise RowFault for a point that lies among our wards only with longitude and latitude swapped."""
        if point is None or self._box is None or self._is_near(point, _BEYOND):
            return
        if self._is_near((point[1], point[0]), _BEYOND):
            raise RowFault(_("its latitude and longitude are the wrong way round"), "swapped")

    def refuse_far(self, point: tuple[float, float] | None) -> None:
        """Raise RowFault for a point far from all our wards."""
        if point is not None and self._box is not None and not self._is_near(point, _BEYOND):
            raise RowFault(_("its point lies far outside our wards"), "outside")

    def _is_near(self, point: tuple[float, float], beyond: float) -> bool:
        assert self._box is not None
        west, south, east, north = self._box
        in_width = west - beyond <= point[0] <= east + beyond
        return in_width and south - beyond <= point[1] <= north + beyond
