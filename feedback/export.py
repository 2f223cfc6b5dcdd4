"""Writes residents' words as CSV, without names and addresses, safe to open in a spreadsheet."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from look import times

from .masking import mask
from .models import Voice

# A spreadsheet takes a cell that starts with one of these for a formula (OWASP, CSV injection).
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class _Echo:
    """Hands each written line back, so that a response can stream it."""

    def write(self, line: str) -> str:
        return line


def neutral(cell: Any) -> str:
    """Return `cell` as text that no spreadsheet runs: an apostrophe before what looks like a formula."""
    text = str(cell)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) else text


def lines(voices: Iterable[Voice]) -> Iterator[str]:
    """Give the file line by line: a heading, then one line for each question or piece of feedback.

    Starts with a byte order mark, without which spreadsheets misread accents.
    """
    writer = csv.writer(_Echo())
    heading = [
        _("Reference"),
        _("Kind"),
        _("Received"),
        _("Notice"),
        _("Title"),
        _("Ward"),
        _("Words"),
        _("Answer"),
    ]
    yield "\ufeff" + str(writer.writerow(heading))
    for voice in voices:
        yield str(writer.writerow([neutral(cell) for cell in _cells(voice)]))


def _cells(voice: Voice) -> list[str]:
    answer = getattr(voice, "current_answer", None)
    edition = voice.notice.live_edition
    return [
        voice.reference,
        str(voice.sort.label),
        times.in_zone(voice.received_at).strftime("%Y-%m-%d %H:%M"),
        voice.notice.reference,
        edition.title if edition else "",
        voice.ward.name if voice.ward else "",
        mask(voice.public_text or voice.text),
        mask(answer.text) if answer and answer.is_public else "",
    ]
