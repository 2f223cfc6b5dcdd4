"""Measures queries and server time of the home, list and notice pages at 100 and 10,000 notices."""

import random
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from ._scratch import let_the_database_look, portal

SIZES = (100, 10_000)
ROUNDS = 40
# A notice asks ten: timeline, place, documents, corrections, who is still off, other rooms.
MOST_QUERIES = 10
# A page at the larger size may take this many times as long as at the smaller one.
MOST_GROWTH = 1.5
# With 100 notices this page is not full yet, so it shows more at 10,000.
FULLER = {"projects"}
EPOCH = datetime(2026, 1, 1, 9, tzinfo=UTC)


def main(sizes: Sequence[int] = SIZES) -> None:
    """Build the notices in a scratch database, measure each page, print one table; exits 1 on growth."""
    with portal():
        _run(sizes)


def _run(sizes: Sequence[int]) -> None:
    from django.db import connection

    print(f"Database: {connection.vendor}. Fastest of {ROUNDS} requests through all middleware.\n")
    places = make_places()
    measured: dict[str, list[tuple[int, float]]] = {}
    made = 0
    for size in sizes:
        make_notices(size - made, places, start=made)
        made = size
        let_the_database_look()
        for page, path in addresses().items():
            measured.setdefault(page, []).append(measure(path))
    _print(sizes, measured)


def addresses() -> dict[str, str]:
    """Return the pages to measure."""
    from places.models import Ward
    from updates.models import Notice

    middle = Notice.objects.current().order_by("id")[50]
    ward = Ward.objects.all()[0].slug
    return {
        "home": "/",
        "list": "/notices/",
        "list, one kind": "/notices/?kind=event",
        "list, one ward": f"/notices/?ward={ward}",
        "list, ended too": "/notices/?state=all",
        "outages": "/outages/",
        "events": "/events/",
        "projects": "/projects/",
        "notice": middle.get_absolute_url(),
        "feed": "/feeds/notices.atom",
    }


def measure(path: str) -> tuple[int, float]:
    """Return a page's queries and its fastest time in milliseconds: noise can only lengthen it."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
        asked = len(queries)
    # SQLite works inside this process: its processor time leaves out whatever else the computer does.
    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    times = []
    for _round in range(ROUNDS):
        began = clock()
        client.get(path)
        times.append((clock() - began) * 1000)
    return asked, min(times)


def _print(sizes: Sequence[int], measured: dict[str, list[tuple[int, float]]]) -> None:
    head = "".join(f"{f'{size:,} notices':>26}" for size in sizes)
    print(f"{'page':<18}{head}{'time ratio':>14}")
    bad = []
    for page, ((few_queries, few_ms), (many_queries, many_ms)) in measured.items():
        ratio = many_ms / few_ms
        print(
            f"{page:<18}{f'{few_queries} queries {few_ms:6.1f} ms':>26}"
            f"{f'{many_queries} queries {many_ms:6.1f} ms':>26}{ratio:>13.2f}×"
        )
        grew = ratio > MOST_GROWTH and page not in FULLER
        if many_queries != few_queries or many_queries > MOST_QUERIES or grew:
            bad.append(page)
    if bad:
        raise SystemExit(f"\nGrew, or asked the database more than {MOST_QUERIES} times: {', '.join(bad)}.")
    print(f"\nThe same queries at both sizes, at most {MOST_QUERIES}; no time grew by half or more.")


def make_places() -> dict[str, object]:
    """Make what notices hang on: twelve wards, a team, an author, an approver."""
    from accounts.models import Team, User
    from places.models import Feature, Street, Ward

    wards = []
    for number in range(12):
        west, south = 2 + number % 4 * 0.02, 54 + number // 4 * 0.02
        corners = [(0, 0), (0.02, 0), (0.02, 0.02), (0, 0.02), (0, 0)]
        boundary = [[[[west + east, south + north] for east, north in corners]]]
        wards.append(Ward(name=f"Ward {number}", slug=f"ward-{number}", code=f"W{number}", boundary=boundary))
    Ward.objects.bulk_create(wards)
    streets = [Street(ward=ward, name=f"{ward.name} Street {i}") for ward in wards for i in range(8)]
    Street.objects.bulk_create(streets)
    Feature.objects.create(name="River", points=[[2, 54.02], [2.08, 54.02], [2.08, 54.021], [2, 54.021]])
    return {
        "wards": wards,
        "streets": streets,
        "team": Team.objects.create(name="Water", slug="water"),
        "author": User.objects.create_user("author@riverbank.example", "Amira Shah"),
        "approver": User.objects.create_user("approver@riverbank.example", "Ben Achterberg"),
    }


def make_notices(count: int, places: dict[str, object], *, start: int) -> None:
    """Make `count` published notices, each with two editions: a quarter of each kind, two thirds current."""
    from updates.models import Edition, Notice

    chance = random.Random(start)
    numbers = range(start, start + count)
    notices = [_notice(number, places, chance) for number in numbers]
    Notice.objects.bulk_create(notices, batch_size=2000)
    old = [_edition(notice, 1, "superseded", places) for notice in notices]
    live = [_edition(notice, 2, _live_status(notice), places) for notice in notices]
    Edition.objects.bulk_create([*old, *live], batch_size=1000)
    _add_details(notices, [*old, *live])
    _add_places(live, places, chance)
    for notice, edition in zip(notices, live, strict=True):
        notice.live_edition = edition
    Notice.objects.bulk_update(notices, ["live_edition"], batch_size=500)


def _notice(number: int, places: dict[str, object], chance: random.Random) -> object:
    from accounts.enums import Kind
    from updates.enums import Horizon
    from updates.models import REFERENCE_ALPHABET, Notice

    base = len(REFERENCE_ALPHABET)
    at = EPOCH + timedelta(minutes=10 * number)
    kind = Kind.values[number % 4]
    reference = "".join(REFERENCE_ALPHABET[number // base**place % base] for place in range(5))
    return Notice(
        reference=reference,
        # A third: enough that a ward's list is as full at 100 notices as at 10,000.
        is_borough_wide=reference[0] in "23456789A",
        slug=f"notice-number-{number}",
        kind=kind,
        team=places["team"],
        owner=places["author"],
        first_published_at=at,
        updated_at=at,
        urgency=2 if number % 50 == 0 else chance.choice([0, 0, 0, 1]),
        ended_at=at + timedelta(days=1) if number % 3 == 2 else None,
        starts_at=at + timedelta(days=9) if kind == Kind.EVENT else None,
        horizon=chance.choice(Horizon.values) if kind == Kind.PROJECT else "",
    )


def _live_status(notice: object) -> str:
    return "expired" if notice.ended_at else "published"  # type: ignore[attr-defined]


def _edition(notice: object, number: int, status: str, places: dict[str, object]) -> object:
    from updates.models import Edition

    at = notice.updated_at  # type: ignore[attr-defined]
    return Edition(
        notice=notice,
        number=number,
        status=status,
        title=f"Notice {notice.slug} about something that matters",  # type: ignore[attr-defined]
        summary="What happens, where, since when, until when, and what to do about it.",
        body="A paragraph of words.\n\n## A heading\n\n- one\n- two\n\nAnd the end." * 4,
        change_note="The second edition." if number > 1 else "",
        urgency=notice.urgency,  # type: ignore[attr-defined]
        is_borough_wide=notice.is_borough_wide,  # type: ignore[attr-defined]
        author=places["author"],
        submitted_by=places["author"],
        submitted_at=at,
        approved_by=places["approver"],
        approved_at=at,
        approved_hash="x" * 64,
        published_at=at,
    )


def _add_details(notices: list[object], editions: list[object]) -> None:
    from updates.models import EventDetail, Occurrence, OutageDetail, ProjectDetail

    made: dict[str, list[object]] = {"outage": [], "event": [], "project": [], "date": []}
    for edition in editions:
        at, kind = edition.published_at, edition.notice.kind  # type: ignore[attr-defined]
        if kind == "outage":
            made[kind].append(OutageDetail(edition=edition, service="water", state="repairing", since_at=at))
        elif kind == "event":
            starts, ends = at + timedelta(days=9), at + timedelta(days=9, hours=2)
            made[kind].append(EventDetail(edition=edition, starts_at=starts, ends_at=ends, venue="Corn Hall"))
            if edition.number > 1:  # type: ignore[attr-defined] the live one: a notice has its dates once
                made["date"].append(Occurrence(notice=edition.notice, starts_at=starts, ends_at=ends))  # type: ignore[attr-defined]
        elif kind == "project":
            horizon = edition.notice.horizon  # type: ignore[attr-defined]
            made[kind].append(
                ProjectDetail(edition=edition, phase="design", horizon=horizon, progress_percent=40)
            )
    OutageDetail.objects.bulk_create(made["outage"], batch_size=2000)  # type: ignore[arg-type]
    EventDetail.objects.bulk_create(made["event"], batch_size=2000)  # type: ignore[arg-type]
    Occurrence.objects.bulk_create(made["date"], batch_size=2000)  # type: ignore[arg-type]
    ProjectDetail.objects.bulk_create(made["project"], batch_size=2000)  # type: ignore[arg-type]


def _add_places(editions: list[object], places: dict[str, object], chance: random.Random) -> None:
    from updates.models import Edition

    wards: list[object] = places["wards"]  # type: ignore[assignment]
    streets: list[object] = places["streets"]  # type: ignore[assignment]
    in_ward, in_street = Edition.wards.through, Edition.streets.through
    ward_rows = [
        in_ward(edition_id=edition.pk, ward_id=ward.pk)  # type: ignore[attr-defined]
        for edition in editions
        for ward in chance.sample(wards, 2)
    ]
    street_rows = [
        in_street(edition_id=edition.pk, street_id=street.pk)  # type: ignore[attr-defined]
        for edition in editions
        for street in chance.sample(streets, 3)
    ]
    in_ward.objects.bulk_create(ward_rows, batch_size=5000)
    in_street.objects.bulk_create(street_rows, batch_size=5000)
