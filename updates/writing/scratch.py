"""Keeps what a person typed that cannot be saved yet, exactly as typed, for them alone."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.http import QueryDict

from accounts.models import User

from ..models import DraftScratch, Edition

# Well over the longest form that can be saved; beyond it something else was pasted (characters).
LONGEST = 200_000
# Nobody goes on with words this old, and they may hold what should not be kept.
KEPT_FOR = timedelta(days=30)
# What a form carries besides words.
_NOT_WORDS = {"csrfmiddlewaretoken", "version", "stay", "add"}


class TooLong(Exception):
    """More was typed than is kept."""


def keep(edition: Edition, person: User, typed: QueryDict, seen_version: int) -> None:
    """Keep what `person` typed over the version they saw, in place of what was kept before.

    Raises TooLong beyond LONGEST characters; what was kept before then stays.
    """
    words = {name: typed.getlist(name) for name in typed if name not in _NOT_WORDS}
    if _length(words.values()) > LONGEST:
        raise TooLong
    DraftScratch.objects.update_or_create(
        edition=edition, person=person, defaults={"typed": _storable(words), "seen_version": seen_version}
    )


def of(edition: Edition, person: User) -> DraftScratch | None:
    """Return what is kept for `person`, or None. One query."""
    return DraftScratch.objects.filter(edition=edition, person=person).first()


def as_form(kept: DraftScratch) -> QueryDict:
    """Return what was typed the way a form is posted."""
    data = QueryDict(mutable=True)
    for name, texts in kept.typed.items():
        data.setlist(name, texts)
    return data


def forget(edition: Edition, person: User) -> None:
    """Drop what is kept for `person`: it is saved now, or not wanted any more."""
    DraftScratch.objects.filter(edition=edition, person=person).delete()


def clear_old(now: datetime) -> int:
    """Drop what nobody came back for; return how many. The minute beat calls it."""
    return DraftScratch.objects.filter(saved_at__lt=now - KEPT_FOR).delete()[0]


def _length(texts: Iterable[list[str]]) -> int:
    return sum(len(text) for listed in texts for text in listed)


def _storable(words: dict[str, list[str]]) -> dict[str, list[str]]:
    """Leave out what no database keeps: the character with the number 0, and halves of characters."""
    return {
        name: [text.replace("\x00", "").encode("utf-8", "replace").decode() for text in texts]
        for name, texts in words.items()
    }
