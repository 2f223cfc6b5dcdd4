"""Measures the page of several places, with five of them, at 1,000 and 100,000 notices."""

import random
from collections.abc import Sequence

from ._scratch import let_the_database_look, portal
from .pages import make_notices, make_places, measure

SIZES = (1_000, 100_000)
PLACES = 5
MOST_QUERIES = 14
# The page at the larger size may take this many times as long as at the smaller one.
MOST_GROWTH = 3.0
# As many areas as stand drawn at one time in a stormy week; their number does not follow that of all notices.
AREAS = 40
_PORTION = 10_000


def main(sizes: Sequence[int] = SIZES) -> None:
    """Build the notices in a scratch database, measure the page, print one table; exits 1 on growth."""
    with portal():
        _run(sizes)


def _run(sizes: Sequence[int]) -> None:
    from django.db import connection

    print(f"Database: {connection.vendor}. /places/ with {PLACES} places, {AREAS} areas drawn.\n")
    places = make_places()
    path = f"/places/?{'&'.join(f'place={key}' for key in _add_postcodes(places))}"
    measured, made = [], 0
    for size in sizes:
        # In portions: a hundred thousand notices at once do not fit a small computer.
        while made < size:
            portion = min(_PORTION, size - made)
            make_notices(portion, places, start=made)
            made += portion
        _draw_areas(size)
        let_the_database_look()
        asked, fastest = measure(path)
        measured.append((asked, fastest))
        print(f"{size:>9,} notices {asked:>4} queries {fastest:>8.1f} ms")
    _judge(sizes, measured)


def _judge(sizes: Sequence[int], measured: list[tuple[int, float]]) -> None:
    (few_queries, few_ms), (many_queries, many_ms) = measured
    ratio = many_ms / few_ms
    print(f"\n{ratio:.2f} times as long at {sizes[1] // sizes[0]} times as many notices.")
    if many_queries != few_queries or many_queries > MOST_QUERIES or ratio > MOST_GROWTH:
        raise SystemExit(f"Grew more than {MOST_GROWTH} times, or asked more than {MOST_QUERIES} queries.")


def _add_postcodes(places: dict[str, object]) -> list[str]:
    """Give each ward's first street a postcode with a point; return what stands in the address."""
    from places.models import Postcode

    streets: list = [street for street in places["streets"] if street.name.endswith(" 0")]  # type: ignore[attr-defined]
    rows = [
        Postcode(
            code=f"RB{number}1AA",
            ward=street.ward,
            street=street,
            longitude=street.ward.boundary[0][0][0][0] + 0.005,
            latitude=street.ward.boundary[0][0][0][1] + 0.005,
        )
        for number, street in enumerate(streets, start=1)
    ]
    Postcode.objects.bulk_create(rows)
    return [*(row.code for row in rows[: PLACES - 2]), "ward-7", "ward-9.ward-9-street-3"]


def _draw_areas(size: int) -> None:
    """Draw an area of a hundred corners or a circle round a point on some of the current notices."""
    from updates.models import Edition, Notice

    Edition.objects.filter(area__isnull=False).update(area=None)
    chance = random.Random(size)
    current = Notice.objects.current().filter(is_borough_wide=False).values_list("live_edition", flat=True)
    for key in chance.sample(list(current), AREAS):
        x, y = 2 + chance.random() * 0.08, 54 + chance.random() * 0.06
        Edition.objects.filter(pk=key).update(area=_area(x, y, is_round=key % 2 == 0))


def _area(x: float, y: float, *, is_round: bool) -> dict[str, object]:
    from places.geometry import outline

    circle = {"type": "Circle", "centre": [x, y], "radius_m": 600}
    return circle if is_round else {"type": "Polygon", "coordinates": [outline(circle)]}
