"""Keeps what the search reads in step with the live editions; must not search."""

import re
import unicodedata

from django.db import models
from django.utils.html import strip_tags

from accounts.enums import Kind

from .. import richtext
from ..models import Edition, Notice, SearchEntry, SearchWord

# The search reads the beginning of a long document, as people do (characters).
LONGEST_BODY = 100_000
_LONGEST_WORD = 40
_SHORTEST_WORD = 3


def index(notice: Notice, edition: Edition) -> None:
    """Write what the search reads of `edition`, which has just gone live, and the words it brings."""
    said = {
        "title": edition.headline,
        "summary": edition.summary,
        "places": _places(notice, edition),
        "body": _body(edition),
    }
    SearchEntry.objects.update_or_create(notice=notice, defaults={k: _storable(v) for k, v in said.items()})
    learn(" ".join([said["title"], said["summary"], said["places"], said["body"]]))


def learn(text: str) -> None:
    """Add the words of `text` to the known ones, so that a mistyped one can be led to them."""
    found = {word for word in words_of(text) if _SHORTEST_WORD <= len(word) <= _LONGEST_WORD}
    # In one order everywhere: two notices going live together never wait for each other.
    rows = [SearchWord(word=word) for word in sorted(found)]
    SearchWord.objects.bulk_create(rows, ignore_conflicts=True)


def words_of(text: str) -> list[str]:
    """Return the words of `text` in small letters, figures left out."""
    return re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)?", unicodedata.normalize("NFKC", text).casefold())


def rebuild() -> int:
    """Write the entries that are missing; return how many. Safe to run at any time."""
    missing = Notice.objects.published().filter(search_entry__isnull=True).select_related("live_edition")
    done = 0
    for notice in missing.iterator():
        assert notice.live_edition is not None
        notice.live_edition.notice = notice
        index(notice, notice.live_edition)
        done += 1
    return done


def _places(notice: Notice, edition: Edition) -> str:
    names = [ward.name for ward in edition.wards.all()] + [street.name for street in edition.streets.all()]
    venue = edition.event.venue if notice.kind == Kind.EVENT else ""
    return ", ".join([notice.reference, *names, *([venue] if venue else [])])


def _body(edition: Edition) -> str:
    parts = [strip_tags(richtext.render(edition.body))]
    if (detail := edition.detail) is not None:
        texts = [f for f in detail._meta.fields if isinstance(f, models.CharField | models.TextField)]
        parts += [getattr(detail, field.name) for field in texts if not field.choices]
    parts += [f"{document.title} {document.text}" for document in edition.documents.all()]
    lines = (line.strip() for part in parts for line in part.splitlines())
    return " ".join(_ended(line) for line in lines if line)[:LONGEST_BODY]


def _ended(line: str) -> str:
    """Return a line with a stop at its end: an extract must not run a heading into what follows it."""
    return line if line[-1] in ".!?:;,…" else f"{line}."


def _storable(text: str) -> str:
    return text.replace("\x00", " ")
