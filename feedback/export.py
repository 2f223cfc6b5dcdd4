"""Writes residents' words as CSV, without names and addresses, safe to open in a spreadsheet."""

from collections.abc import Iterable, Iterator
from itertools import chain

from django.utils.translation import gettext as _

from look import spreadsheet, times

from .masking import mask
from .models import Voice


def lines(voices: Iterable[Voice]) -> Iterator[str]:
    """Give the file line by line: a heading, then one line for each question or piece of feedback.

    Starts with a byte order mark, without which spreadsheets misread accents.
    """
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
    yield "\ufeff"
    yield from spreadsheet.lines(chain([heading], map(_cells, voices)))


def _cells(voice: Voice) -> list[str]:
    answer = getattr(voice, "current_answer", None)
    return [
        voice.reference,
        str(voice.sort.label),
        times.in_zone(voice.received_at).strftime("%Y-%m-%d %H:%M"),
        voice.notice.reference,
        voice.notice.title,
        voice.ward.name if voice.ward else "",
        mask(voice.public_text or voice.text),
        mask(answer.text) if answer and answer.is_public else "",
    ]
