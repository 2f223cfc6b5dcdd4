"""Takes in streets from CSV: the named roads of OS Open Names, or a council's own list."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ..models import Street, Ward
from . import tables
from .report import NotOurs, Report, RowFault
from .tables import Layout, Row
from .taking import Kind
from .wards import OurWards

OPEN_NAMES = (
    *("id", "names_uri", "name1", "name1_lang", "name2", "name2_lang", "type", "local_type"),
    *("geometry_x", "geometry_y", "most_detail_view_res", "least_detail_view_res"),
    *("mbr_xmin", "mbr_ymin", "mbr_xmax", "mbr_ymax", "postcode_district", "postcode_district_uri"),
    *("populated_place", "populated_place_uri", "populated_place_type", "district_borough"),
    *("district_borough_uri", "district_borough_type", "county_unitary", "county_unitary_uri"),
    *("county_unitary_type", "region", "region_uri", "country", "country_uri"),
    *("related_spatial_object", "same_as_dbpedia", "same_as_geonames"),
)
LAYOUT = Layout(
    patterns={
        "name": r"name1|name|street|street_name|street name",
        "kind": r"local_type",
        "ward": r"osward|wd\d\dcd(_\w+)?|ward|ward_code|ward code",
        "latitude": r"lat|latitude",
        "longitude": r"long|lon|lng|longitude",
        "easting": r"geometry_x|eastings?",
        "northing": r"geometry_y|northings?",
    },
    needed=("name",),
    headerless={len(OPEN_NAMES): OPEN_NAMES},
)
WANTED = "named road"
_LONGEST = 120
_BATCH = 500


@dataclass
class _Read:
    name: str
    ward: Ward
    point: tuple[float, float] | None


def _read(row: Row, ours: OurWards) -> tuple[tuple[int, str], _Read]:
    if row.get("kind") and row["kind"].casefold() != WANTED:
        raise NotOurs(_("names of other things than roads"))
    name = " ".join(row["name"].split())
    if not name or len(name) > _LONGEST:
        raise RowFault(_("it has no name, or one too long for a street"), "name")
    point = tables.point(row)
    if point is None and not row.get("ward"):
        raise RowFault(_("it has neither a ward nor a point"))
    ours.refuse_swapped(point)
    ward = ours.find(row.get("ward", ""), point)
    if ward is None:
        raise NotOurs(_("streets outside our wards"))
    return (ward.pk, name.casefold()), _Read(name, ward, point)


def _keep(found: Mapping[tuple[int, str], _Read], report: Report) -> None:
    known = {(street.ward_id, street.name.casefold()): street for street in Street.objects.all()}
    new, changed = [], []
    for key, each in found.items():
        street = known.get(key)
        longitude, latitude = each.point or (None, None)
        if street is None:
            new.append(Street(ward=each.ward, name=each.name, longitude=longitude, latitude=latitude))
        elif each.point and street.point != each.point:
            street.longitude, street.latitude = each.point
            changed.append(street)
    Street.objects.bulk_create(new, batch_size=_BATCH)
    Street.objects.bulk_update(changed, ["longitude", "latitude"], batch_size=_BATCH)
    report.added, report.changed = len(new), len(changed)
    report.same = len(found) - len(new) - len(changed)


# A long road has several rows in OS Open Names: the first says where it is.
STREETS = Kind("streets", LAYOUT, _read, _keep, last_counts=False)
