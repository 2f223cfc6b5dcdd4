"""Measures the councillors' page and one more comment on PostgreSQL, at 10,000 voices and at many more."""

from __future__ import annotations

import datetime as dt
import statistics
import time
import uuid
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from . import search
from ._scratch import portal

if TYPE_CHECKING:
    from accounts.models import User
    from updates.models import Notice

SIZES = (10_000, 100_000)
ROUNDS = 20
NOTICES, WARDS, THEMES, WEEKS = 400, 20, 40, 24
# So many rows are written by one statement.
BATCH = 50_000
# So many notices are written about at the same time.
ALIVE = 60
PAGES = (
    ("one ward, this week", "?ward=ward-2"),
    ("the borough, this week", "?ward="),
    ("the borough, twelve weeks", "?ward=&week="),
    ("of one kind, twelve weeks", "?ward=&week=&kind=general"),
)
WRITERS, EACH_WRITES = 8, 25
# When the reader last pressed "I have read everything".
DAYS_SINCE_READ = 2

# What differs from row to row; everything else is the pattern's. Writers: three in ten come again.
_DIFFERENT = {
    # A counter in capitals; the few that were drawn by lot for a measured comment are left out.
    "reference": "left(t.reference, 2) || lpad(upper(to_hex(g)), 5, '0')",
    "token": "md5(random()::text || g)",
    "form_key": "gen_random_uuid()",
    "person": "md5(CASE WHEN random() < 0.3 THEN (random() * {size} / 10)::int::text ELSE g::text END)",
    "received_at": f"now() - s.age * interval '{WEEKS} weeks'",
    "ward_id": f"1 + (power(random(), 2) * {WARDS - 1})::int + {{ward}}",
    "notice_id": f"1 + (s.age * {NOTICES - ALIVE} + power(random(), 2) * {ALIVE - 1})::int",
    "status": "s.status",
    "hidden_reason": "CASE s.status WHEN 'hidden' THEN 'off_topic' ELSE '' END",
    "moderated_at": "CASE s.status WHEN 'waiting' THEN NULL ELSE now() END",
    "public_text": "CASE s.status WHEN 'published' THEN t.text ELSE '' END",
    "theme_id": "CASE s.status WHEN 'published' THEN "
    f"1 + (power(random(), 2) * {THEMES - 1})::int + {{theme}} END",
    "mood": "CASE s.status WHEN 'published' THEN "
    "(ARRAY['negative','neutral','positive'])[1 + (random() * 2)::int] ELSE '' END",
    "helpful": "CASE t.sort WHEN 'feedback' THEN (ARRAY['','yes','no'])[1 + (random() * 2)::int] ELSE '' END",
}
_STATUS = "(ARRAY['published','published','published','published','published','published','published',"


def main(sizes: Sequence[int] = SIZES) -> None:
    """Fill a PostgreSQL of its own step by step; print p50 and p95 of the pages and of one more comment."""
    from tests.real import postgres

    with postgres.server() as url, portal(url):
        _run(sizes)


def _run(sizes: Sequence[int]) -> None:
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["*"]
    reader, notice = _town()
    print(f"{ROUNDS} rounds each; p50 and p95 in milliseconds.\n")
    print(f"{'':<28}{'voices':>10}{'p50':>9}{'p95':>9}")
    made = 0
    for size in sizes:
        began = time.perf_counter()
        _fill(made, size)
        made = size
        print(f"{'(filled in ' + str(round(time.perf_counter() - began)) + ' s)':<28}{size:>10,}", flush=True)
        _measure(size, reader, notice)


def _measure(size: int, reader: User, notice: Notice) -> None:
    from django.test import Client

    from feedback.models import Tally
    from tests.accounts.signing_in import sign_in

    client = Client()
    sign_in(client, reader)
    for name, query in PAGES:
        address = f"/staff/summary/{query}"
        assert client.get(address).status_code == 200
        _line(name, size, _timed(lambda address=address: client.get(address)))
    _line("one more comment", size, _timed(lambda: _comment(notice)))
    print(f"{f'{WRITERS} at once, comments/s':<28}{size:>10,}{_at_once(notice):>9.0f}", flush=True)
    print(f"{'rows of running counts':<28}{Tally.objects.count():>10,}\n", flush=True)


def _comment(notice: Notice) -> None:
    from feedback import receiving

    receiving.receive_feedback(
        notice, receiving.Words("The lights are lovely."), key=uuid.uuid4(), helpful="yes"
    )


def _at_once(notice: Notice) -> float:
    """Let several people write at the same time, each with a connection; return comments a second."""
    from django.db import connection

    def write(_writer: int) -> None:
        for _number in range(EACH_WRITES):
            _comment(notice)
        connection.close()

    began = time.perf_counter()
    with ThreadPoolExecutor(WRITERS) as writers:
        list(writers.map(write, range(WRITERS)))
    return WRITERS * EACH_WRITES / (time.perf_counter() - began)


def _timed(act: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    taken = []
    for _round in range(rounds):
        began = time.perf_counter()
        act()
        taken.append((time.perf_counter() - began) * 1000)
    return taken


def _line(name: str, size: int, taken: list[float]) -> None:
    late = statistics.quantiles(taken, n=20)[-1] if len(taken) >= ROUNDS else max(taken)
    print(f"{name:<28}{size:>10,}{statistics.median(taken):>9.1f}{late:>9.1f}", flush=True)


def _town() -> tuple[User, Notice]:
    """Make notices, wards, themes, a reader, and one question and one comment to copy."""
    from django.utils import timezone

    from feedback import receiving
    from feedback.models import Reading, Theme
    from tests import factories
    from updates.models import Notice

    search.fill(0, NOTICES, search.vocabulary())
    for _number in range(WARDS):
        factories.ward()
    Theme.objects.bulk_create(Theme(label=f"Theme {n}", terms="water") for n in range(THEMES))
    notice = Notice.objects.first()
    assert notice is not None
    words = receiving.Words("The water was off again when we came home from work.")
    receiving.receive_question(notice, words, key=uuid.uuid4())
    receiving.receive_feedback(notice, words, key=uuid.uuid4())
    reader = factories.member(notice.team, "councillor", "Cora Bench")
    Reading.objects.create(reader=reader, seen_at=timezone.now() - dt.timedelta(days=DAYS_SINCE_READ))
    return reader, notice


def _fill(start: int, stop: int) -> None:
    """Copy the patterns until there are `stop` voices, one in five a question, nearly all answered."""
    from django.db import connection

    from feedback.counting import recount, triggers
    from feedback.models import Theme, Voice
    from places.models import Ward

    wards, themes = (model.objects.order_by("pk").first().pk - 1 for model in (Ward, Theme))
    columns = [field.column for field in Voice._meta.concrete_fields if field.column != "id"]
    picked = [
        _DIFFERENT.get(name, f't."{name}"').format(size=stop, ward=wards, theme=themes) for name in columns
    ]
    quoted = ", ".join(f'"{name}"' for name in columns)
    patterns = list(Voice.objects.order_by("pk").values_list("pk", flat=True)[:2])
    sql = (  # the names are Django's and this file's
        f"INSERT INTO feedback_voice ({quoted}) SELECT {', '.join(picked)} FROM generate_series(%s, %s) AS g"
        f" CROSS JOIN LATERAL (SELECT {_STATUS}'published','waiting','hidden'])[1 + g %% 10] AS status,"
        " random() AS age) AS s"
        f" JOIN feedback_voice t ON t.id = CASE WHEN g %% 5 = 0 THEN {patterns[0]} ELSE {patterns[1]} END"
        " ON CONFLICT (reference) DO NOTHING"
    )
    # Counted at the end, not batch by batch: filling is not what is measured.
    triggers.drop()
    with connection.cursor() as cursor:
        for begin in range(start + 1, stop, BATCH):
            cursor.execute(sql, [begin, min(begin + BATCH - 1, stop)])
        _answer(cursor, patterns[0])
        triggers.install()
        _line("counting all of them", stop, _timed(recount.recount, 1))
        cursor.execute("VACUUM ANALYZE")
    _sum_up()


def _sum_up() -> None:
    """Have a summary of this week in the borough and in one ward, as the beat would."""
    from feedback import summaries, summarising
    from feedback.digesting.scope import monday
    from feedback.working_days import today
    from places.models import Ward

    for ward in (None, Ward.objects.get(slug="ward-2").pk):
        summarising.make(summaries.about_week(monday(today()), ward))


def _answer(cursor: object, pattern: int) -> None:
    """Answer ninety-eight questions in a hundred."""
    from feedback.models import Question

    author = Question.objects.get(pk=pattern).notice.owner_id
    cursor.execute(  # type: ignore[attr-defined]
        "INSERT INTO feedback_answer (question_id, number, text, change_note, team_id, answered_by_id,"
        " published_at, is_public, promise) SELECT id, 1, 'Yes.', '', team_id, %s, received_at, true, ''"
        " FROM feedback_voice WHERE sort = 'question' AND status = 'published' AND current_answer_id IS NULL"
        " AND id %% 50 > 0 AND id <> %s",
        [author, pattern],
    )
    cursor.execute(  # type: ignore[attr-defined]
        "UPDATE feedback_voice SET current_answer_id = feedback_answer.id FROM feedback_answer"
        " WHERE feedback_answer.question_id = feedback_voice.id AND current_answer_id IS NULL"
    )
