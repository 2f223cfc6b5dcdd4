"""Says in SQL what of a voice is counted; must not run anything.

Every voice is counted on several faces, each with the few facts one kind of question needs: all its facts
together are nearly as many rows as there are voices, a face has as many as the town's wards or notices allow.
"""

from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper

from look import times

from ..enums import Face, Status

TABLE = "feedback_tally"
VOICES = "feedback_voice"
# The facts of all faces, each with what stands for it on a face that lacks it.
_FACTS = {
    "ward_id": "CAST(NULL AS bigint)",
    "notice_id": "CAST(NULL AS bigint)",
    "theme_id": "CAST(NULL AS bigint)",
    "sort": "''",
    "status": "''",
    "hidden_reason": "''",
    "source": "''",
    "helpful": "''",
    "mood": "''",
}
KEYS = ", ".join(("face", "week", *_FACTS))
COLUMNS = f"{KEYS}, number, is_folded"
# What of a voice may change a count.
COUNTED = ("received_at", *_FACTS)


@dataclass(frozen=True)
class _Side:
    facts: frozenset[str]
    where: str = ""


_OUTCOME = frozenset({"sort", "status", "hidden_reason", "source", "helpful"})
_ABOUT = frozenset({"theme_id", "sort", "mood"})
_IN_WORDS = f"{{row}}.status <> '{Status.COUNTED}'"
_PUBLIC = f"{{row}}.status = '{Status.PUBLISHED}' AND ({{row}}.theme_id IS NOT NULL OR {{row}}.mood <> '')"
_FACES = {
    Face.OUTCOME: _Side(_OUTCOME | {"ward_id"}),
    Face.NOTICE: _Side(frozenset({"ward_id", "notice_id", "sort"}), _IN_WORDS),
    Face.NOTICE_OUTCOME: _Side(_OUTCOME | {"ward_id", "notice_id"}),
    Face.THEME: _Side(_ABOUT, _PUBLIC),
    Face.THEME_IN_WARD: _Side(_ABOUT | {"ward_id"}, _PUBLIC),
}


def of(connection: BaseDatabaseWrapper, row: str, number: int, source: str = "") -> str:
    """Return a SELECT with the faces of a row named `row`, each counting `number`.

    `source` is the table the row is read from; without one it stands for itself, as NEW and OLD do.
    """
    return " UNION ALL ".join(_face(connection, face, row, number, source) for face in _FACES)


def _face(connection: BaseDatabaseWrapper, face: Face, row: str, number: int, source: str) -> str:
    side = _FACES[face]
    facts = ", ".join(
        f"{f'{row}.{name}' if name in side.facts else none} AS {name}" for name, none in _FACTS.items()
    )
    where = f" WHERE {side.where.format(row=row)}" if side.where else ""
    origin = f" FROM {source} {row}" if source else ""
    week = _week(connection, f"{row}.received_at")
    return f"SELECT '{face}' AS face, {week} AS week, {facts}, {number} AS number{origin}{where}"


def _week(connection: BaseDatabaseWrapper, at: str) -> str:
    """Return the Monday of the week a moment lies in, in the council's zone."""
    zone = times.zone().key
    if connection.vendor == "postgresql":
        return f"CAST(date_trunc('week', {at} AT TIME ZONE '{zone}') AS date)"
    return f"date(django_datetime_trunc('week', {at}, '{zone}', 'UTC'))"
