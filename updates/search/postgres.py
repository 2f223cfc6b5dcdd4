"""Searches with PostgreSQL: full text with ranking, marked extracts, and trigrams for mistyped words."""

from typing import Any

from django.db import connection
from django.db.models import BooleanField, FloatField
from django.db.models.expressions import RawSQL
from django.utils.safestring import SafeString

from ..models import SearchEntry
from ..models.search import DICTIONARY
from . import indexing
from .asked import Asked
from .marking import START, STOP, marked
from .narrowing import narrowed

_QUERY = f"websearch_to_tsquery('{DICTIONARY}', %s)"
_VECTOR = '"updates_searchentry"."vector"'
# How alike a typed word and a known one must be; 0.3 is the extension's own threshold, which finds too much.
_ALIKE = 0.35
_EXTRACT = (
    f'StartSel={START}, StopSel={STOP}, MaxWords=32, MinWords=16, MaxFragments=2, FragmentDelimiter=" … "'
)
_WHOLE = f"StartSel={START}, StopSel={STOP}, HighlightAll=true"


class Engine:
    """The search on PostgreSQL."""

    def matches(self, asked: Asked, most: int) -> list[int]:
        """Return the keys of the newest `most` notices that hold the words, the best first. One query.

        Ranking reads every match, so a word that is everywhere would be slow: only the newest are ranked.
        """
        holds = RawSQL(f"{_VECTOR} @@ {_QUERY}", [asked.words], output_field=BooleanField())  # noqa: S611 our own constants, words as parameters
        rank = RawSQL(f"ts_rank_cd({_VECTOR}, {_QUERY}, 1)", [asked.words], output_field=FloatField())  # noqa: S611
        # Naming the entry's column joins its table, which the raw conditions read.
        entries = narrowed(asked).filter(search_entry__title__isnull=False)
        newest = entries.filter(holds).annotate(rank=rank).values_list("pk", "rank")[:most]
        # The order is the newest first: those of one rank stay so.
        return [key for key, _rank in sorted(newest, key=lambda row: -row[1])]

    def corrected(self, words: str) -> str:
        """Return `words` with each unknown one replaced by the known word most like it. One query."""
        typed = list(dict.fromkeys(indexing.words_of(words)))
        nearest = self._nearest(typed)
        return " ".join(nearest.get(word.casefold(), word) for word in words.split())

    def _nearest(self, typed: list[str]) -> dict[str, str]:
        sql = """
            SELECT typed, (
                SELECT word FROM updates_searchword
                WHERE word %% typed AND similarity(word, typed) >= %s
                ORDER BY similarity(word, typed) DESC, word LIMIT 1
            ) FROM unnest(%s::text[]) AS typed
            WHERE NOT EXISTS (SELECT 1 FROM updates_searchword WHERE word = typed)
        """
        with connection.cursor() as cursor:
            cursor.execute(sql, [_ALIKE, typed])
            return {word: near for word, near in cursor.fetchall() if near}

    def marked(self, keys: list[int], words: str) -> list[tuple[int, SafeString, SafeString]]:
        """Return key, marked title and marked extract of each notice. One query."""
        entries = SearchEntry.objects.filter(pk__in=keys)
        rows = entries.annotate(
            said_title=_headline("title", words, _WHOLE),
            said=_headline("summary || ' ' || body", words, _EXTRACT),
        ).values_list("pk", "said_title", "said")
        return [(key, marked(title), marked(text)) for key, title, text in rows]


def _headline(columns: str, words: str, options: str) -> Any:
    sql = f"ts_headline('{DICTIONARY}', translate({columns}, '{START}{STOP}', ''), {_QUERY}, '{options}')"
    return RawSQL(sql, [words])  # noqa: S611 our own constants, words as parameters
