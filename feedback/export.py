"""Residents' words as a table, without names, handles and addresses; the download is look.spreadsheet's."""

from collections.abc import Iterable, Iterator
from itertools import chain

from django.utils.translation import gettext as _

from look import times

from .masking import mask
from .models import Voice


def rows(voices: Iterable[Voice]) -> Iterator[list[str]]:
    """Give a heading, then one row for each question or piece of feedback."""
    heading = [
        _("Reference"),
        _("Kind"),
        _("Received"),
        _("Notice"),
        _("Title"),
        _("Ward"),
        _("Words"),
        _("Answer"),
        # Last, so that tables made of earlier files still fit.
        _("Written on"),
    ]
    return chain([heading], map(_cells, voices))


def _cells(voice: Voice) -> list[str]:
    answer = voice.current_answer
    return [
        voice.reference,
        voice.get_sort_display(),
        times.in_zone(voice.received_at).strftime("%Y-%m-%d %H:%M"),
        voice.notice.reference,
        voice.notice.title,
        voice.ward.name if voice.ward else "",
        mask(voice.public_text or voice.text, voice.handle),
        mask(answer.text) if answer and answer.is_public else "",
        voice.source or _("the portal"),
    ]
