"""Takes in postcodes from CSV: the ONS's directory, OS Code-Point Open, or a council's own list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ..lookup import possible_postcodes
from ..models import Postcode, Street, Ward
from . import tables
from .report import NotOurs, Report, RowFault
from .tables import Layout, Row
from .taking import Kind
from .wards import OurWards

CODE_POINT_OPEN = (
    "postcode",
    "positional_quality_indicator",
    "eastings",
    "northings",
    "country_code",
    "nhs_regional_ha_code",
    "nhs_ha_code",
    "admin_county_code",
    "admin_district_code",
    "admin_ward_code",
)
LAYOUT = Layout(
    patterns={
        "postcode": r"pcds|postcode|pcd\d?|pcd7|pcd8",
        "ward": r"osward|wd\d\dcd(_\w+)?|ward|ward_code|ward code|admin_ward_code",
        "latitude": r"lat|latitude",
        "longitude": r"long|lon|lng|longitude",
        "easting": r"eastings?",
        "northing": r"northings?",
        "ended": r"doterm",
        "street": r"street|street_name|street name",
    },
    needed=("postcode",),
    headerless={len(CODE_POINT_OPEN): CODE_POINT_OPEN},
)
_LONGEST_STREET = 120
_BATCH = 500


@dataclass
class _Read:
    code: str
    ward: Ward
    street: str
    point: tuple[float, float] | None


def _read(row: Row, ours: OurWards) -> tuple[str, _Read]:
    codes = possible_postcodes(row["postcode"])
    if not codes:
        raise RowFault(_("“%(text)s” is not a full postcode") % {"text": row["postcode"][:20]}, "postcode")
    if row.get("ended"):
        raise NotOurs(_("postcodes that are not used any more"))
    point = tables.point(row)
    ours.refuse_swapped(point)
    ward = ours.find(row.get("ward", ""), point)
    if ward is None:
        raise NotOurs(_("postcodes outside our wards"))
    ours.refuse_far(point)
    street = " ".join(row.get("street", "").split())[:_LONGEST_STREET]
    return codes[0], _Read(codes[0], ward, street, point)


def _keep(found: Mapping[str, _Read], report: Report) -> None:
    every = list(found.values())
    streets = _streets(every)
    for begin in range(0, len(every), _BATCH):
        part = every[begin : begin + _BATCH]
        known = Postcode.objects.in_bulk([each.code for each in part], field_name="code")
        new, changed = [], []
        for each in part:
            row = known.get(each.code)
            if row is None:
                new.append(_filled(Postcode(code=each.code), each, streets))
            elif _values(row) != _values(_filled(row, each, streets)):
                changed.append(row)
        Postcode.objects.bulk_create(new)
        Postcode.objects.bulk_update(changed, ["ward", "street", "longitude", "latitude"])
        report.added, report.changed = report.added + len(new), report.changed + len(changed)
        report.same += len(part) - len(new) - len(changed)


def _filled(row: Postcode, each: _Read, streets: Mapping[tuple[int, str], Street]) -> Postcode:
    """Give a row what the file says; what it does not say, a street or a point, stays."""
    if row.ward_id != each.ward.pk:
        row.ward, row.street = each.ward, None
    if each.street:
        row.street = streets[each.ward.pk, each.street.casefold()]
    if each.point:
        row.longitude, row.latitude = each.point
    return row


def _values(row: Postcode) -> tuple[int, int | None, float | None, float | None]:
    return row.ward_id, row.street_id, row.longitude, row.latitude


def _streets(found: Sequence[_Read]) -> dict[tuple[int, str], Street]:
    """Return the streets the file names, by ward and name; those nobody has listed are made."""
    named: dict[tuple[int, str], _Read] = {}
    for each in found:
        if each.street:
            named.setdefault((each.ward.pk, each.street.casefold()), each)
    wards = {ward for ward, _name in named}
    known = {(s.ward_id, s.name.casefold()): s for s in Street.objects.filter(ward__in=wards)}
    new = [Street(ward=each.ward, name=each.street) for key, each in named.items() if key not in known]
    Street.objects.bulk_create(new, batch_size=_BATCH)
    return {**known, **{(street.ward_id, street.name.casefold()): street for street in new}}


POSTCODES = Kind("postcodes", LAYOUT, _read, _keep, last_counts=True)
