"""Adds alike counts together, so that reading them stays cheap; no sum changes by it."""

import datetime as dt

from django.db import connection, transaction
from django.db.models import Count, Max

from ..models import Tally
from . import faces

# A week is folded once so many rows were added to it: fewer cost a reader nothing.
WORTH_FOLDING = 200


def fold(at_least: int = WORTH_FOLDING) -> int:
    """Fold each week to which `at_least` rows were added; return how many. Safe to run twice at once."""
    added = Tally.objects.filter(is_folded=False).order_by().values("week")
    weeks = added.annotate(rows=Count("pk"), newest=Max("pk")).filter(rows__gte=at_least)
    found = list(weeks.values_list("week", "newest"))
    for week, newest in found:
        _fold_week(week, newest)
    return len(found)


def _fold_week(week: dt.date, newest: int) -> None:
    """Replace the week's rows up to `newest` by one for each key."""
    sums = f"SELECT {faces.KEYS}, SUM(number), TRUE FROM {{}} GROUP BY {faces.KEYS} HAVING SUM(number) <> 0"
    write = f"INSERT INTO {faces.TABLE} ({faces.COLUMNS}) {sums}"
    which = "WHERE week = %s AND id <= %s"
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # One statement: what two runs at once both want, only one of them deletes and adds up.
            gone = f"WITH gone AS (DELETE FROM {faces.TABLE} {which} RETURNING {faces.KEYS}, number) "
            cursor.execute(gone + write.format("gone"), [week, newest])
            return
        rows = f"(SELECT * FROM {faces.TABLE} {which})"
        cursor.execute(write.format(rows), [week, newest])
        cursor.execute(f"DELETE FROM {faces.TABLE} {which}", [week, newest])
