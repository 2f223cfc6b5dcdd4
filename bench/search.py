"""Measures the search on PostgreSQL at 10,000, 100,000 and 1,000,000 editions beside a plain LIKE."""

from __future__ import annotations

import io
import itertools
import random
import statistics
import sys
import time
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from ._scratch import portal

if TYPE_CHECKING:
    from django.db import models

EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
SIZES = (10_000, 100_000, 1_000_000)
ROUNDS = 40
# So many searches by LIKE are enough at the largest size: each reads every edition.
LIKE_ROUNDS = 5
_COMMON = ["water", "road", "library", "bridge", "closed", "market", "park", "street", "works", "bins"]
_STEMS = ["ab", "er", "in", "ol", "un", "ar", "is", "em", "or", "at", "el", "ip", "ow", "ed", "us"]


def main(sizes: Sequence[int] = SIZES) -> None:
    """Fill a PostgreSQL of its own step by step and print p50 and p95; exits 1 when LIKE is faster."""
    from tests.real import postgres

    with postgres.server() as url, portal(url):
        _run(sizes)


def _run(sizes: Sequence[int]) -> None:
    from django.db import connection

    words = vocabulary()
    print(f"Database: {connection.vendor}. {ROUNDS} searches of 1 to 3 words each; all results ranked.\n")
    print(f"{'editions':>10}{'p50':>12}{'p95':>12}{'LIKE p50':>12}{'ratio':>10}")
    made, slower = 0, False
    for size in sizes:
        fill(made, size, words)
        made = size
        found = timings(words)
        like = plain_timings(words)
        ratio = statistics.median(like) / statistics.median(found)
        slower = slower or ratio < 1
        print(
            f"{size:>10,}{_ms(statistics.median(found))}{_ms(_p95(found))}"
            f"{_ms(statistics.median(like))}{ratio:>9.1f}×",
            flush=True,
        )
    if slower:
        sys.exit("The search is slower than reading everything.")


def vocabulary() -> list[str]:
    """Return 20,000 made-up words; which of them an edition holds follows Zipf's law."""
    rng = random.Random(7)
    return _COMMON + ["".join(rng.choices(_STEMS, k=rng.randint(2, 4))) + str(n % 7) for n in range(20_000)]


def fill(start: int, stop: int, words: list[str]) -> None:
    """Write live notices of one edition each straight into the tables; a town would need centuries."""
    from django.db import connection

    from accounts.models import Team, User
    from updates.models import Edition, Notice, SearchEntry

    team, _made = Team.objects.get_or_create(name="Water", slug="water")
    author = User.objects.first() or User.objects.create_user(
        "bench@riverbank.example", "Bea Bench", "x" * 20
    )
    rng = random.Random(start)
    weights = list(itertools.accumulate(1 / (rank + 10) for rank in range(len(words))))
    for begin in range(start, stop, 20_000):
        numbers = range(begin, min(begin + 20_000, stop))
        copy(_notice(number, team.pk, author.pk) for number in numbers)
        copy(_edition(number, author.pk) for number in numbers)
        copy(_entry(number, rng.choices(words, cum_weights=weights, k=48)) for number in numbers)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE updates_notice SET live_edition_id = id WHERE live_edition_id IS NULL")
        cursor.execute("INSERT INTO updates_searchword SELECT unnest(%s) ON CONFLICT DO NOTHING", [words])
        cursor.execute("VACUUM ANALYZE")
    for model in (Notice, Edition, SearchEntry):
        assert model._base_manager.count() == stop


def copy(rows: Iterable[models.Model]) -> None:
    """Send unsaved `rows` of one model to PostgreSQL with COPY, every column as Django would write it."""
    from django.db import connection

    rows = list(rows)
    fields = [field for field in rows[0]._meta.concrete_fields if not field.generated]
    lines = io.StringIO()
    for row in rows:
        values = [field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields]
        lines.write("\t".join("\\N" if value is None else str(value) for value in values) + "\n")
    lines.seek(0)
    columns = ", ".join(f'"{field.column}"' for field in fields)
    with connection.cursor() as cursor:
        cursor.copy_expert(f'COPY "{rows[0]._meta.db_table}" ({columns}) FROM STDIN', lines)


def _notice(number: int, team: int, author: int) -> models.Model:
    from updates.models import Notice

    at = EPOCH + timedelta(minutes=number)
    return Notice(
        pk=number + 1,
        reference=_reference(number),
        slug="bench",
        kind="general",
        team_id=team,
        owner_id=author,
        first_published_at=at,
        updated_at=at,
    )


def _edition(number: int, author: int) -> models.Model:
    from updates.models import Edition

    return Edition(
        pk=number + 1,
        notice_id=number + 1,
        number=1,
        status="published",
        title="Bench",
        summary="Bench",
        author_id=author,
        is_urgent=True,
        second_check_due_at=EPOCH,
        submitted_at=EPOCH,
        published_at=EPOCH + timedelta(minutes=number),
    )


def _entry(number: int, text: list[str]) -> models.Model:
    from updates.models import SearchEntry

    return SearchEntry(
        notice_id=number + 1,
        title=" ".join(text[:6]),
        summary=" ".join(text[6:20]),
        places="Quayside, Bell Yard",
        body=" ".join(text[20:]),
    )


def _reference(number: int) -> str:
    from updates.models import REFERENCE_ALPHABET

    text = ""
    for _position in range(5):
        number, rest = divmod(number, len(REFERENCE_ALPHABET))
        text = REFERENCE_ALPHABET[rest] + text
    return text


def _queries(words: list[str]) -> list[str]:
    rng = random.Random(99)
    return [
        " ".join(rng.choices(words[:2000], k=rng.randint(1, 3))) for _round in range(ROUNDS - 10)
    ] + _COMMON


def timings(words: list[str]) -> list[float]:
    """Return how long each search took, with its first page of extracts (milliseconds)."""
    from updates.models import Notice
    from updates.search.asked import Asked
    from updates.search.finding import extracts, search

    taken = []
    for text in _queries(words):
        began = time.perf_counter()
        found = search(Asked(text))
        shown = list(Notice.objects.with_live_edition().filter(pk__in=found.keys[:20]))
        extracts(shown, found.words)
        taken.append((time.perf_counter() - began) * 1000)
    return taken


def plain_timings(words: list[str]) -> list[float]:
    """Return how long a LIKE over the same words took, without ranking or extracts (milliseconds)."""
    from django.db import connection

    sql = "SELECT notice_id FROM updates_searchentry WHERE {} ORDER BY notice_id DESC"
    taken = []
    for text in _queries(words)[:: ROUNDS // LIKE_ROUNDS]:
        said = "title || ' ' || summary || ' ' || places || ' ' || body"
        parts = [f"({said}) ILIKE %s" for _word in text.split()]
        began = time.perf_counter()
        with connection.cursor() as cursor:
            cursor.execute(sql.format(" AND ".join(parts)), [f"%{word}%" for word in text.split()])
            cursor.fetchall()
        taken.append((time.perf_counter() - began) * 1000)
    return taken


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


def _ms(value: float) -> str:
    return f"{value:>9.1f} ms"
