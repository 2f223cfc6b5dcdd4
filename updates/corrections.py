"""Corrections: what stood wrong, what is right, and for how long; must not decide what is one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from django.db.models import QuerySet, prefetch_related_objects

from . import difference, lists
from .difference import Change, Fact
from .models import Edition

# What staff decide about a notice and what says itself in the list; residents were told none of it wrongly.
_NOT_TOLD = {"urgency", "severity", "banner_until_at", "is_correction", "estimate_stage", "picture"}
_PLACES_AND_LISTS = ["wards", "streets", *lists.MODELS]


@dataclass(frozen=True)
class Correction:
    """One published correction: its edition, which knows its notice, and what it put right."""

    edition: Edition
    changes: list[Change]
    # When the first of the wrong words were first public; None where nothing stood before.
    stood_since: datetime | None

    @property
    def stood(self) -> timedelta | None:
        """Return for how long the wrong words stood."""
        if self.stood_since is None or self.edition.published_at is None:
            return None
        return self.edition.published_at - self.stood_since


def published() -> QuerySet[Edition]:
    """Return every correction that residents have seen, the newest first."""
    found = Edition.objects.filter(is_correction=True, published_at__isnull=False)
    return found.order_by("-published_at", "-pk")


def tell(corrections: Sequence[Edition]) -> list[Correction]:
    """Return `corrections` with what each put right, in the same order. Seven queries, or one for none."""
    notices = {edition.notice_id for edition in corrections}
    seen = Edition.objects.filter(notice__in=notices, published_at__isnull=False)
    editions = list(
        seen.select_related("notice__team", "picture", "outage", "event", "project").order_by(
            "notice_id", "-number"
        )
    )
    prefetch_related_objects(editions, *_PLACES_AND_LISTS)
    told = {
        correction.edition.pk: correction
        for _notice, its in groupby(editions, key=lambda edition: edition.notice_id)
        for correction in _tell(list(its))
    }
    return [told[edition.pk] for edition in corrections]


def changes_in(editions: Sequence[Edition]) -> dict[int, list[Change]]:
    """Return what each correction among `editions` put right, by its number.

    `editions` are all of one notice, newest first, and share it. Five queries where there is a correction.
    """
    if not any(edition.is_correction for edition in editions):
        return {}
    prefetch_related_objects(list(editions), *_PLACES_AND_LISTS)
    return {correction.edition.number: correction.changes for correction in _tell(editions)}


def _tell(editions: Sequence[Edition]) -> Iterable[Correction]:
    """Give the corrections of one notice; `editions` are its public ones, newest first."""
    said = [_said(edition) for edition in editions]
    for at, edition in enumerate(editions):
        if edition.is_correction:
            yield _correction(edition, said[at:], editions[at + 1 :])


def _said(edition: Edition) -> dict[str, Fact]:
    return {fact.name: fact for fact in difference.facts_of(edition) if fact.name not in _NOT_TOLD}


def _correction(edition: Edition, said: Sequence[dict[str, Fact]], before: Sequence[Edition]) -> Correction:
    if not before:
        return Correction(edition, [], None)
    now, *earlier = said
    changed = [fact for fact in now.values() if _text(earlier[0], fact.name) != fact.text]
    found = [Change(fact.label, _text(earlier[0], fact.name), fact.text, fact.is_long) for fact in changed]
    since = [_first_said(fact.name, earlier, before) for fact in changed if _text(earlier[0], fact.name)]
    return Correction(edition, found, min(since, default=before[0].published_at))


def _text(said: dict[str, Fact], name: str) -> str:
    return said[name].text if name in said else ""


def _first_said(name: str, said: Sequence[dict[str, Fact]], editions: Sequence[Edition]) -> datetime:
    """Return since when the newest of `said` (newest first) had stood unchanged in `name`."""
    wrong = _text(said[0], name)
    first = editions[0]
    for words, edition in zip(said, editions, strict=True):
        if _text(words, name) != wrong:
            break
        first = edition
    assert first.published_at is not None  # only public editions are looked at
    return first.published_at
