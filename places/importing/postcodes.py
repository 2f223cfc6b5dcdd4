"""Takes in postcodes from CSV: the ONS's directory, OS Code-Point Open, or a council's own list."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from audit.recorder import record

from ..lookup import possible_postcodes
from ..models import Postcode, Street, Ward
from . import tables
from .report import NotOurs, Rejected, Report, RowFault
from .tables import Layout, Row
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

Tell = Callable[[int, int], None]


@dataclass
class _Read:
    code: str
    ward: Ward
    street: str
    point: tuple[float, float] | None


def take_in(path: Path, *, renamed: Mapping[str, str], dry_run: bool, tell: Tell) -> Report:
    """Read a file of postcodes and keep those of our wards, all or none; `tell` hears (read, kept).

    Raises FileFault.
    """
    report = Report()
    found = _read_all(path, renamed, report, tell)
    with transaction.atomic():
        _keep(list(found.values()), report)
        counts = {"added": report.added, "changed": report.changed, "rejected": len(report.rejected)}
        record("postcodes.imported", file=path.name, **counts)
        transaction.set_rollback(dry_run)
    return report


def _read_all(path: Path, renamed: Mapping[str, str], report: Report, tell: Tell) -> dict[str, _Read]:
    ours = OurWards()
    found: dict[str, _Read] = {}
    kinds: Counter[str] = Counter()
    for line, row in tables.rows(path, LAYOUT, renamed):
        tell(line, len(found))
        try:
            if isinstance(row, RowFault):
                raise row
            read = _read(row, ours)
            found[read.code] = read
        except NotOurs as reason:
            report.left_out[str(reason)] += 1
        except RowFault as fault:
            kinds[fault.kind] += 1
            name = "" if isinstance(row, RowFault) else row["postcode"][:20]
            report.rejected.append(Rejected(line, name, str(fault)))
    tables.judge(kinds, len(found), "postcode")
    return found


def _read(row: Row, ours: OurWards) -> _Read:
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
    return _Read(codes[0], ward, street, point)


def _keep(found: Sequence[_Read], report: Report) -> None:
    streets = _streets(found)
    for begin in range(0, len(found), _BATCH):
        part = found[begin : begin + _BATCH]
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
