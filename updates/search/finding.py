"""The one door of the search: `search` finds, corrects a slip of the keyboard and gives extracts."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import connection
from django.utils.safestring import SafeString

from ..models import Notice
from . import plain, postgres
from .asked import Asked

# So many of the newest matches are ranked; who is given more has to search more closely anyway.
MOST = 2000


@dataclass(frozen=True)
class Found:
    """The notices found as keys, the best first; `corrected` is what was searched for instead, or empty."""

    keys: list[int]
    words: str
    corrected: str = ""

    @property
    def is_capped(self) -> bool:
        """Say whether there may be more than are counted."""
        return len(self.keys) >= MOST


@dataclass(frozen=True)
class Extract:
    """Where a notice says what was asked for, with the words marked."""

    title: SafeString
    text: SafeString


def search(asked: Asked) -> Found:
    """Return what fits `asked`, or else what fits the nearest known words. One to three queries."""
    if not asked.words:
        return Found([], "")
    engine = _engine()
    if keys := engine.matches(asked, MOST):
        return Found(keys, asked.words)
    corrected = engine.corrected(asked.words)
    if corrected == asked.words:
        return Found([], asked.words)
    keys = engine.matches(replace(asked, text=corrected), MOST)
    return Found(keys, corrected if keys else asked.words, corrected if keys else "")


def extracts(notices: Sequence[Notice], words: str) -> dict[int, Extract]:
    """Return the extract of each of `notices` by its key. One query."""
    marked = _engine().marked([notice.pk for notice in notices], words)
    return {key: Extract(title, text) for key, title, text in marked}


def _engine() -> plain.Engine | postgres.Engine:
    return postgres.Engine() if connection.vendor == "postgresql" else plain.Engine()
