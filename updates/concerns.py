"""Whether a notice concerns a place, exactly, and all that concern some places in a fixed number of queries.

Must not know pages or visitors.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from django.db.models import Exists, IntegerField, OuterRef, Q, Value
from django.utils.translation import gettext as _

from places import areas, geometry
from places.lookup import Place

from .models import Edition, Notice

# The loudest and latest of what concerns one place; whoever wants more has the list of notices.
MOST_PER_PLACE = 20
MOST_EVERYWHERE = 6
_ORDER = ("-urgency", "-updated_at", "-id")


class Reason(StrEnum):
    """Why an edition concerns a place."""

    BOROUGH = "borough"
    AREA = "area"
    STREET = "street"
    WARD = "ward"
    # Some streets of the ward are named, and nobody knows in which street the place is.
    SOME_STREETS = "some_streets"


@dataclass(frozen=True)
class Concern:
    """A notice, fetched as a card needs it, that concerns a place, and why."""

    notice: Notice
    reason: Reason
    # In words for the resident: "in Quayside".
    words: str


@dataclass(frozen=True)
class Found:
    """What concerns one place itself, the loudest first; `has_more` when there is more than can be shown."""

    place: Place
    concerns: list[Concern]
    has_more: bool = False


@dataclass(frozen=True)
class Affected:
    """What concerns the whole borough, and what concerns each of some places."""

    everywhere: list[Notice]
    places: list[Found]
    has_more_everywhere: bool = False


def concerns(edition: Edition, place: Place) -> bool:
    """Say whether `edition` concerns `place`. Uses prefetched wards and streets, else two queries."""
    return why(edition, place) is not None


def why(edition: Edition, place: Place) -> Reason | None:
    """Return why `edition` concerns `place`, None when it does not.

    The whole borough; a street that is named; a drawn area that holds one of the place's points; else the
    wards, where the edition names no street in them. A place of which no point is known, such as a ward, is
    in a drawn area when its ward is. In doubt a resident is told.
    """
    return _reader(edition)(place)


def concerned(edition: Edition, places: Iterable[Place]) -> list[Place]:
    """Return those of many places that `edition` concerns; its wards and streets are read once."""
    reads = _reader(edition)
    return [place for place in places if reads(place) is not None]


def _reader(edition: Edition) -> Callable[[Place], Reason | None]:
    if edition.is_borough_wide:
        return lambda _place: Reason.BOROUGH
    wards = {ward.pk for ward in edition.wards.all()}
    streets = {street.pk: street.ward_id for street in edition.streets.all()}
    partly = set(streets.values())
    holds = geometry.inside(edition.area) if edition.area else None

    def read(place: Place) -> Reason | None:
        if place.street and place.street.pk in streets:
            return Reason.STREET
        if holds and place.points:
            return Reason.AREA if any(map(holds, place.points)) else None
        if place.ward.pk not in wards:
            return None
        if holds:
            return Reason.AREA
        if place.ward.pk not in partly:
            return Reason.WARD
        return None if place.street else Reason.SOME_STREETS

    return read


def in_words(reason: Reason, edition: Edition, place: Place) -> str:
    """Return a reason as a resident reads it on the card."""
    if reason == Reason.AREA and edition.area:
        values = {"place": place.label, "where": areas.in_words(edition.area, list(edition.wards.all()))}
        if not place.points:
            return _("Part of %(place)s: %(where)s") % values
        is_round = edition.area["type"] == "Circle"
        return (_("%(place)s is %(where)s") if is_round else _("%(place)s is in %(where)s")) % values
    words = {
        Reason.BOROUGH: _("The whole borough"),
        Reason.STREET: _("%(street)s is named"),
        Reason.WARD: _("All of %(ward)s"),
        Reason.SOME_STREETS: _("Some streets in %(ward)s"),
    }
    return words[reason] % {"ward": place.ward, "street": place.street}


def notices_for(places: Sequence[Place]) -> Affected:
    """Return what concerns each of `places` now. Seven queries, whatever the number of places and notices."""
    everywhere = Notice.objects.current().filter(is_borough_wide=True).order_by(*_ORDER)
    wide = list(everywhere.with_live_edition()[: MOST_EVERYWHERE + 1])
    keys = _candidates(places)
    rows = Notice.objects.filter(pk__in={key for some in keys for key in some}).order_by(*_ORDER)
    fetched = list(rows.with_live_edition().prefetch_related("live_edition__streets"))
    found = [
        _found(place, [notice for notice in fetched if notice.pk in some])
        for place, some in zip(places, keys, strict=True)
    ]
    return Affected(wide[:MOST_EVERYWHERE], found, len(wide) > MOST_EVERYWHERE)


def _found(place: Place, candidates: list[Notice]) -> Found:
    told = []
    for notice in candidates:
        edition = notice.live_edition
        assert edition is not None  # candidates are current, so they have one
        if reason := why(edition, place):
            told.append(Concern(notice, reason, in_words(reason, edition, place)))
    return Found(place, told[:MOST_PER_PLACE], len(told) > MOST_PER_PLACE)


def _candidates(places: Sequence[Place]) -> list[set[int]]:
    """Return for each place the keys of the notices that concern it, the loudest among them. Two queries."""
    keys: list[set[int]] = [set() for _place in places]
    if not places:
        return keys
    for key, number in chain(_listed(places), _in_drawn_areas(places)):
        keys[number].add(key)
    return keys


def _listed(places: Sequence[Place]) -> Iterable[tuple[int, int]]:
    """Return (notice, number of the place) of the loudest of each place that need no geometry. One query."""
    parts = []
    for number, place in enumerate(places):
        for ways in _ways(place):
            loudest = Notice.objects.current().filter(*ways, is_borough_wide=False).order_by(*_ORDER)
            # The limit stands inside a condition: SQLite takes none in the parts of a union.
            chosen = Notice.objects.filter(pk__in=loudest.values("pk")[: MOST_PER_PLACE + 1])
            parts.append(chosen.order_by().values_list("pk", Value(number, output_field=IntegerField())))
    return parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]


def _ways(place: Place) -> list[list[Exists | Q]]:
    """Return the ways in which `why` may be true of a notice, without looking into drawn areas.

    Each is a list of conditions that all hold. Kept apart and not joined by "or", of which PostgreSQL would
    make a list of every notice in the ward before it took the first twenty.
    """
    edition = OuterRef("live_edition_id")
    named = Edition.streets.through.objects.filter(edition_id=edition)
    in_ward = Exists(Edition.wards.through.objects.filter(edition_id=edition, ward_id=place.ward.pk))
    no_area = Q(live_edition__area__isnull=True)
    if place.street is None:
        return [[in_ward, no_area] if place.points else [in_ward]]
    whole = Q(~Exists(named.filter(street__ward_id=place.ward.pk)))
    ways: list[list[Exists | Q]] = [
        [Exists(named.filter(street_id=place.street.pk))],
        [in_ward, whole, no_area],
    ]
    return ways if place.points else [*ways, [in_ward, Q(live_edition__area__isnull=False)]]


def _in_drawn_areas(places: Sequence[Place]) -> Iterator[tuple[int, int]]:
    """Yield (notice, number of the place) where a drawn area holds one of a place's points. One query.

    Every drawn area of now is read, whatever its wards: a point at a ward's edge may lie just across it.
    """
    pointed = [(number, place) for number, place in enumerate(places) if place.points]
    drawn = Notice.objects.current().filter(is_borough_wide=False, live_edition__area__isnull=False)
    for key, area in drawn.order_by().values_list("pk", "live_edition__area") if pointed else ():
        assert area is not None  # the condition above
        holds = geometry.inside(area)
        yield from ((key, number) for number, place in pointed if any(map(holds, place.points)))
