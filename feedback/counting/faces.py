"""Says in SQL what of a voice is counted; must not run anything.

Every voice is counted twice, on two faces, because all its facts together are nearly as many as the voices:
by notice (what, where, what became of it), and, once its words are public, by theme and mood.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

from look import times

from ..enums import Status

TABLE = "feedback_tally"
VOICES = "feedback_voice"
KEY = (
    "week",
    "notice_id",
    "ward_id",
    "sort",
    "status",
    "hidden_reason",
    "source",
    "helpful",
    "theme_id",
    "mood",
)
KEYS = ", ".join(KEY)
COLUMNS = f"{KEYS}, number, is_folded"
# What of a voice may change a count.
COUNTED = (
    "received_at",
    "notice_id",
    "ward_id",
    "sort",
    "status",
    "hidden_reason",
    "source",
    "helpful",
    "theme_id",
    "mood",
)


def of(connection: BaseDatabaseWrapper, row: str, number: int, source: str = "") -> str:
    """Return a SELECT with the faces of a row named `row`, each counting `number`.

    `source` is the table the row is read from; without one it stands for itself, as NEW and OLD do.
    """
    week = _week(connection, f"{row}.received_at")
    origin = f"FROM {source} {row}" if source else ""
    return (
        f"SELECT {week} AS week, {row}.notice_id, {row}.ward_id, {row}.sort, {row}.status,"
        f" {row}.hidden_reason, {row}.source, {row}.helpful, CAST(NULL AS bigint) AS theme_id,"
        f" '' AS mood, {number} AS number {origin}"
        f" UNION ALL SELECT {week}, CAST(NULL AS bigint), {row}.ward_id, {row}.sort, {row}.status,"
        f" '', '', '', {row}.theme_id, {row}.mood, {number} {origin}"
        f" WHERE {row}.status = '{Status.PUBLISHED}' AND ({row}.theme_id IS NOT NULL OR {row}.mood <> '')"
    )


def _week(connection: BaseDatabaseWrapper, at: str) -> str:
    """Return the Monday of the week a moment lies in, in the council's zone."""
    zone = times.zone().key
    if connection.vendor == "postgresql":
        return f"CAST(date_trunc('week', {at} AT TIME ZONE '{zone}') AS date)"
    return f"date(django_datetime_trunc('week', {at}, '{zone}', 'UTC'))"
