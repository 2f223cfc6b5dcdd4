"""“Still off here?”: counts by place what residents say, never who said it."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import F, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.enums import Kind
from places.lookup import Place
from places.models import Ward

from ..enums import OutageState
from ..models import Edition, Notice, StillOff

# From so many on a place is named; fewer are shown for the ward, so that nobody's house stands out.
NAMED_FROM = 2
# So many after "restored" ask whoever looks after it to look again.
LOOK_AGAIN_FROM = 3
# A notice's page names the places that said it most; the rest are counted together.
PLACES_SHOWN = 8


@dataclass(frozen=True)
class Counts:
    """What was said since the outage was last called off, or restored."""

    total: int
    is_after_restoration: bool
    last_at: datetime | None = None
    lines: list[str] = field(default_factory=list)

    @property
    def asks_to_look_again(self) -> bool:
        """Say whether so many say it is still off that "restored" may be wrong."""
        return self.is_after_restoration and self.total >= LOOK_AGAIN_FROM


def is_asked(notice: Notice) -> bool:
    """Say whether residents may say that it is still off: while it is, and until the notice ends."""
    live = notice.live_edition
    if live is None or notice.kind != Kind.OUTAGE or notice.withdrawn_at or notice.ended_at:
        return False
    return live.outage.state != OutageState.PLANNED


def is_restored(notice: Notice) -> bool:
    """Say whether the live edition calls it restored."""
    return notice.live_edition is not None and notice.live_edition.outage.state == OutageState.RESTORED


def concerned(notice: Notice, places: list[Place]) -> list[Place]:
    """Return those of `places` that lie in a ward the live edition is about. One query, or none."""
    live = notice.live_edition
    assert live is not None  # only a live notice asks
    if live.is_borough_wide:
        return places
    wards = set(live.wards.values_list("pk", flat=True))
    return [place for place in places if place.ward.pk in wards]


def counted_as(place: Place) -> Place:
    """Return the place that is counted: a street rather than one of its few houses' postcodes."""
    if place.postcode and place.street:
        return Place(place.ward, place.street)
    return place


@transaction.atomic
def count(notice: Notice, place: Place, now: datetime) -> None:
    """Count one more resident of `place`; presses at the same moment are all counted."""
    row, _is_new = StillOff.objects.get_or_create(
        notice=notice,
        place_key=place.key,
        is_after_restoration=is_restored(notice),
        defaults={"place_label": place.label, "ward": place.ward, "last_at": now},
    )
    StillOff.objects.filter(pk=row.pk).update(count=F("count") + 1, last_at=now)


def begin_anew(before: Edition | None, live: Edition) -> None:
    """Forget what was said about a state that is over: call it inside the publishing transaction.

    An outage called restored starts counting from nothing; so does one that turns out not to be.
    """
    if live.notice.kind != Kind.OUTAGE or before is None:
        return
    was, is_now = (each.outage.state == OutageState.RESTORED for each in (before, live))
    if was != is_now:
        StillOff.objects.filter(notice=live.notice, is_after_restoration=is_now).delete()


def told(notice: Notice) -> Counts:
    """Return what residents said since the present state began, as everybody may read it. One query."""
    restored = is_restored(notice)
    rows = list(
        notice.still_off.filter(is_after_restoration=restored).select_related("ward").defer("ward__boundary")
    )
    total = sum(row.count for row in rows)
    last = max((row.last_at for row in rows), default=None)
    return Counts(total, restored, last, _lines(rows))


def totals(notices: list[Notice]) -> dict[int, int]:
    """Return the number said since the present state began, by the notices' keys. One query."""
    rows = StillOff.objects.filter(notice__in=notices).values("notice_id", "is_after_restoration")
    summed = {
        (row["notice_id"], row["is_after_restoration"]): row["total"]
        for row in rows.annotate(total=Sum("count")).order_by()
    }
    return {notice.pk: summed.get((notice.pk, is_restored(notice)), 0) for notice in notices}


def _lines(rows: list[StillOff]) -> list[str]:
    """Return "7 people in Quay Street", the most first; places with fewer than two go by their ward."""
    named = [row for row in rows if row.count >= NAMED_FROM][:PLACES_SHOWN]
    shown = {row.pk for row in named}
    rest: Counter[Ward] = Counter()
    for row in rows:
        if row.pk not in shown:
            rest[row.ward] += row.count
    wards_named = {row.ward_id for row in named}
    lines = [_line(row.count, row.place_label) for row in named]
    for ward, number in rest.most_common():
        lines.append(_elsewhere(number, ward.name) if ward.pk in wards_named else _line(number, ward.name))
    return lines


def _line(number: int, place: str) -> str:
    words = ngettext("%(count)s person in %(place)s", "%(count)s people in %(place)s", number)
    return words % {"count": number, "place": place}


def _elsewhere(number: int, ward: str) -> str:
    words = ngettext(
        "%(count)s person elsewhere in %(place)s", "%(count)s people elsewhere in %(place)s", number
    )
    return words % {"count": number, "place": ward}


def not_concerned(place: Place) -> str:
    """Return the sentence for somebody whose place the notice is not about."""
    return _(
        "This notice is not about %(place)s. If it is off there too, we may not know yet: please call us."
    ) % {"place": place.label}
