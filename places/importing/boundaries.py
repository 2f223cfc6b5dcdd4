"""Takes in ward boundaries from GeoJSON; a ward is known by its code and keeps all else it has."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely
from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from shapely.errors import GEOSException
from shapely.geometry import MultiPolygon, shape
from shapely.geometry.base import BaseGeometry

from audit.recorder import record

from .. import geometry
from ..models import Ward
from . import geojson
from .report import FileFault, NotOurs, Rejected, Report, RowFault

# The properties of the ONS's files, of any year: WD24CD, WD24NM, LAD24CD.
PATTERNS = {"code": r"wd\d\dcd", "name": r"wd\d\dnm", "local_authority": r"lad\d\dcd"}
_LONGEST_NAME, _LONGEST_CODE = 80, 20
# Britain in degrees: west, south, east, north. Only to tell latitude from longitude.
_LONGITUDES, _LATITUDES = (-15, 15), (45, 65)
# What mending a crossing outline may take away or add.
_MENDED_SHARE = 0.01
# Where most rows have the same fault, it is the file's.
_MOST = 0.5

Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class Options:
    """How a file is read: names of its properties, whose wards, how exactly, and whether to write."""

    names: Mapping[str, str]
    local_authority: str = ""
    simplify_metres: float = 10
    match_names: bool = False
    dry_run: bool = False


@dataclass
class _Read:
    number: int
    code: str
    name: str
    shape: BaseGeometry


def take_in(path: Path, options: Options, tell: Tell) -> Report:
    """Read a boundary file and keep its wards, all or none; `tell` hears (read, kept). Raises FileFault."""
    report = Report()
    found = _read_all(path, options, report, tell)
    _simplify(found, options.simplify_metres)
    with transaction.atomic():
        for each in found:
            _keep(each, options, report)
        counts = {"added": report.added, "changed": report.changed, "rejected": len(report.rejected)}
        record("wards.imported", file=path.name, **counts)
        transaction.set_rollback(options.dry_run)
    report.rejected.sort(key=lambda each: each.line)
    return report


def _read_all(path: Path, options: Options, report: Report, tell: Tell) -> list[_Read]:
    found: list[_Read] = []
    kinds: Counter[str] = Counter()
    councils: Counter[str] = Counter()
    number = 0
    for number, feature in enumerate(geojson.features(path), start=1):
        tell(number, len(found))
        name = ""
        try:
            properties = _properties(feature, options)
            name = properties["name"]
            councils[properties.get("local_authority", "")] += 1
            _refuse_others(properties, options)
            found.append(_Read(number, properties["code"], name, _shape(feature)))
        except NotOurs as reason:
            report.left_out[str(reason)] += 1
        except RowFault as fault:
            kinds[fault.kind] += 1
            report.rejected.append(Rejected(number, name, str(fault)))
    if not number:
        raise FileFault(_("The file has no features. Download it again."))
    _judge(kinds, len(found), councils, options)
    return found


def _judge(kinds: Counter[str], kept: int, councils: Counter[str], options: Options) -> None:
    """Raise the fault of the whole file, if most of its wards tell of one."""
    for kind, count in kinds.items():
        if kind and count >= _MOST * (kept + sum(kinds.values())):
            raise FileFault(_file_fault(kind, options))
    if options.local_authority and not kept and not kinds:
        words = _("The file has no ward of %(code)s. It has those of %(others)s.")
        some = ", ".join(sorted(councils)[:5])
        raise FileFault(words % {"code": options.local_authority, "others": some})
    if len(councils) > 1 and not options.local_authority:
        words = _(
            "The file has the wards of %(count)s councils. "
            "Say which is yours, for example --local-authority %(one)s."
        )
        raise FileFault(words % {"count": len(councils), "one": min(councils)})


def _file_fault(kind: str, options: Options) -> str:
    if kind == "swapped":
        return _(
            "Latitude and longitude are the wrong way round in this file: GeoJSON has longitude first. "
            "Download it again, or convert it: "
            "ogr2ogr -s_srs EPSG:4326 -t_srs OGC:CRS84 new.geojson old.geojson."
        )
    if kind == "grid":
        return _(
            "The coordinates are metres of the British National Grid and not degrees. Download the file "
            "as GeoJSON, or convert it: ogr2ogr -s_srs EPSG:27700 -t_srs EPSG:4326 new.geojson old.geojson."
        )
    return _(
        "No ward in the file has the properties for its %(missing)s. "
        "Name them with --%(option)s-property NAME, or see docs/places.md for the files that fit."
    ) % {"missing": kind.replace("_", " "), "option": kind.replace("_", "-")}


def _properties(feature: Any, options: Options) -> dict[str, str]:
    given = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(given, dict):
        raise RowFault(_("it is not a feature with properties"))
    found = {}
    for word, pattern in PATTERNS.items():
        wanted = re.escape(options.names[word]) if options.names.get(word) else pattern
        key = next((key for key in given if re.fullmatch(wanted, key, re.IGNORECASE)), None)
        if key is not None and given[key] not in (None, ""):
            found[word] = " ".join(str(given[key]).replace("\x00", "").split())
    for word in ("code", "name", *(["local_authority"] if options.local_authority else [])):
        if word not in found:
            raise RowFault(_("it has no %(word)s") % {"word": word.replace("_", " ")}, word)
    if len(found["code"]) > _LONGEST_CODE or len(found["name"]) > _LONGEST_NAME or not slugify(found["name"]):
        raise RowFault(_("its name or code is too long, or has no letters"))
    return found


def _refuse_others(properties: Mapping[str, str], options: Options) -> None:
    if options.local_authority and properties["local_authority"] != options.local_authority:
        raise NotOurs(_("wards of other councils"))


def _shape(feature: Mapping[str, Any]) -> BaseGeometry:
    """Return a feature's polygons, mended where the outline crosses itself a little. Raises RowFault."""
    given = feature.get("geometry")
    if not isinstance(given, dict) or given.get("type") not in ("Polygon", "MultiPolygon"):
        raise RowFault(_("it has no polygon"))
    try:
        made = shape(given)
        bounds = made.bounds
    except (GEOSException, ValueError, TypeError, IndexError, KeyError, AttributeError) as fault:
        raise RowFault(_("its polygon cannot be read")) from fault
    if made.is_empty:
        raise RowFault(_("it has no polygon"))
    _refuse_wrong_coordinates(*bounds)
    return _mended(made)


def _refuse_wrong_coordinates(west: float, south: float, east: float, north: float) -> None:
    if max(abs(west), abs(east)) > 180 or max(abs(south), abs(north)) > 180:  # noqa: PLR2004 degrees
        raise RowFault(_("its coordinates are metres of a grid and not degrees"), "grid")
    is_swapped = _between(_LATITUDES, west, east) and _between(_LONGITUDES, south, north)
    if is_swapped or max(abs(south), abs(north)) > 90:  # noqa: PLR2004 degrees at the pole
        raise RowFault(_("its latitude and longitude are the wrong way round"), "swapped")


def _between(limits: tuple[int, int], *values: float) -> bool:
    return all(limits[0] <= value <= limits[1] for value in values)


def _mended(made: BaseGeometry) -> BaseGeometry:
    if made.is_valid:
        return made
    parts = shapely.get_parts(shapely.make_valid(made))
    whole = MultiPolygon([p for part in parts for p in shapely.get_parts(part) if p.geom_type == "Polygon"])
    if whole.is_empty or abs(whole.area - abs(made.area)) > _MENDED_SHARE * whole.area:
        raise RowFault(_("its outline crosses itself"))
    return whole


def _simplify(found: list[_Read], metres: float) -> None:
    """Leave out corners nobody would miss, the same on both sides of an edge that two wards share."""
    if metres > 0 and found:
        degrees = metres / geometry.METRES_PER_DEGREE
        for each, slim in zip(
            found, shapely.coverage_simplify([each.shape for each in found], degrees), strict=True
        ):
            each.shape = each.shape if slim.is_empty or not slim.is_valid else slim


def _keep(each: _Read, options: Options, report: Report) -> None:
    ward = Ward.objects.filter(code=each.code).first()
    if ward is None and options.match_names:
        ward = Ward.objects.filter(name__iexact=each.name).first()
    is_new, ward = ward is None, ward or Ward(slug=_free_slug(each.name))
    before = (ward.code, ward.name, ward.boundary)
    ward.code, ward.name, ward.boundary = each.code, each.name, geometry.boundary_of(each.shape)
    if not is_new and before == (ward.code, ward.name, ward.boundary):
        report.same += 1
        return
    try:
        with transaction.atomic():
            ward.save()
    except IntegrityError:
        reason = _(
            "there is a ward of that name with another code: change its code first, or use --match-names"
        )
        report.rejected.append(Rejected(each.number, each.name, reason))
        return
    report.added += is_new
    report.changed += not is_new


def _free_slug(name: str) -> str:
    """Return the address for a new ward: its name, with a number where another has taken it."""
    slug = slugify(name)[:70]
    taken = set(Ward.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    return next(
        each for each in (slug, *(f"{slug}-{n}" for n in range(2, len(taken) + 3))) if each not in taken
    )
