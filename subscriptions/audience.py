"""Who is told of an edition: place, kind and urgency against what people follow; sends and writes nothing."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby, islice
from typing import NamedTuple

from django.db.models import Q, QuerySet, prefetch_related_objects
from django.utils import timezone

from accounts.enums import Kind
from places.lookup import find_all
from updates.concerns import concerned
from updates.models import Edition

from .enums import Cadence
from .models import Subscription

# Places looked up at a time: few queries, and short enough for any database.
_PLACES_AT_ONCE = 100
_ROWS_AT_ONCE = 2000


class Row(NamedTuple):
    """What deciding about a subscription needs; a hundred thousand of these are read for one edition."""

    pk: int
    subscriber_id: int
    notice_id: int | None
    ward_id: int | None
    place_key: str
    lowest_urgency: int
    wants_outage: bool
    wants_event: bool
    wants_project: bool
    wants_general: bool

    def wants(self, kind: str) -> bool:
        """Say whether this kind of notice is wanted."""
        return bool(getattr(self, f"wants_{kind}"))


class Reader(NamedTuple):
    """Somebody who is told, and which of their subscriptions ask for it."""

    subscriber_id: int
    subscription_ids: list[int]


class Matcher:
    """One edition, ready to be held against many subscriptions."""

    def __init__(self, edition: Edition) -> None:
        """Read the edition's places and what it said before. Three queries."""
        prefetch_related_objects([edition], "wards", "streets")
        self.edition = edition
        self.kind = Kind(edition.notice.kind)
        self.wards = {ward.pk for ward in edition.wards.all()}
        self._reached = self.wards | {street.ward_id for street in edition.streets.all()}
        is_narrow = edition.area is not None or bool(edition.streets.all())
        self._is_exact = is_narrow and not edition.is_borough_wide
        # Whoever was told of the emergency is told that it is over, though that is none.
        before = edition.notice.editions.filter(published_at__isnull=False, number__lt=edition.number)
        last = before.order_by("-number").values_list("urgency", flat=True).first()
        self.loudness = max(edition.urgency, last or 0)
        self._is_concerned: dict[str, bool | None] = {}

    def candidates(self) -> Q:
        """Return the condition by which the database leaves out most of those who are not told."""
        by_place = Q(lowest_urgency__lte=self.loudness, notice=None, **{f"wants_{self.kind}": True})
        if not self.edition.is_borough_wide:
            near = Q(ward=None) | Q(ward__in=self._reached)
            # A point at a ward's edge may lie in an area drawn across it.
            by_place &= near | ~Q(place_key="") if self.edition.area else near
        return Q(notice=self.edition.notice_id) | by_place

    def matching(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Yield those of `rows` that ask for this edition. Looks places up in blocks, each once."""
        remaining = iter(rows)
        while block := list(islice(remaining, _ROWS_AT_ONCE)):
            if self._is_exact:
                self._look_up({row.place_key for row in block if row.place_key})
            yield from (row for row in block if self._asks(row))

    def _asks(self, row: Row) -> bool:
        if row.notice_id is not None:
            return row.notice_id == self.edition.notice_id
        if not row.wants(self.kind) or row.lowest_urgency > self.loudness:
            return False
        if self.edition.is_borough_wide or row.ward_id is None:
            return True
        is_concerned = self._is_concerned.get(row.place_key) if row.place_key else None
        # A ward, or a place nobody knows any more: its ward decides.
        return row.ward_id in self.wards if is_concerned is None else is_concerned

    def _look_up(self, keys: set[str]) -> None:
        unknown = sorted(keys - self._is_concerned.keys())
        for start in range(0, len(unknown), _PLACES_AT_ONCE):
            block = unknown[start : start + _PLACES_AT_ONCE]
            places = [found[0] if found else None for found in find_all(block)]
            told = {place.key for place in concerned(self.edition, [place for place in places if place])}
            for key, place in zip(block, places, strict=True):
                self._is_concerned[key] = place.key in told if place else None


def following(cadence: str, now: datetime | None = None) -> QuerySet[Subscription]:
    """Return the subscriptions with this cadence of everybody who wants mail now, by subscriber."""
    now = now or timezone.now()
    awake = Q(subscriber__paused_until_at=None) | Q(subscriber__paused_until_at__lte=now)
    rows = Subscription.objects.filter(awake, cadence=cadence, subscriber__ended_at=None)
    return rows.order_by("subscriber_id", "pk")


def rows_of(subscriptions: QuerySet[Subscription]) -> Iterator[Row]:
    """Yield subscriptions as rows, a block at a time."""
    names = subscriptions.values_list(*Row._fields)
    return (Row(*values) for values in names.iterator(chunk_size=_ROWS_AT_ONCE))


def readers(edition: Edition, now: datetime | None = None) -> Iterator[Reader]:
    """Yield everybody who is told of `edition` at once, each once however many subscriptions ask for it."""
    matcher = Matcher(edition)
    found = matcher.matching(rows_of(following(Cadence.IMMEDIATE, now).filter(matcher.candidates())))
    for subscriber_id, rows in groupby(found, key=lambda row: row.subscriber_id):
        yield Reader(subscriber_id, [row.pk for row in rows])


def size(edition: Edition) -> int:
    """Return how many would be told of `edition` at once if it were published now."""
    return sum(1 for _reader in readers(edition))
