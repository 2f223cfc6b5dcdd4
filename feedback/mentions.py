"""Finds an e-mail address in what others wrote, and takes it out of there; must not know whose row it is."""

import re
from collections.abc import Iterator
from typing import Any

from django.db.models import F, Model, Q
from django.utils.translation import gettext as _

from updates.keeping import Held

from . import identity
from .models import Answer, AnswerDraft, Note, Objection, Reply, Voice

ROOM = "feedback"
# Where people write freely, how it is called, and the way to the voice it belongs to.
_PLACES: list[tuple[type[Model], tuple[str, ...], str, str]] = [
    (Voice, ("text", "public_text"), "words", ""),
    (Note, ("text",), "note", "voice"),
    (Answer, ("text", "change_note", "promise"), "answer", "question"),
    (AnswerDraft, ("text", "change_note", "post", "promise", "note"), "draft", "question"),
    (Objection, ("text", "because"), "objection", "voice"),
    (Reply, ("text",), "saved answer", ""),
]


def find(address: str, *, without: set[int]) -> Iterator[Held]:
    """Return where `address` stands in words, other than those of the voices whose keys are `without`."""
    for row, names, what, way in _rows(address):
        voice = row if isinstance(row, Voice) else getattr(row, way) if way else None
        if voice is not None and voice.pk in without:
            continue
        about = voice.reference if voice is not None else row.response.consultation.reference
        words = [getattr(row, name) for name in names if getattr(row, name)]
        yield Held(ROOM, "mention", about, _at(row), {"where": what, "words": words})


def take_out(address: str) -> int:
    """Put "[an e-mail address]" in its place, in every row, and return how many rows that were.

    Who had a piece of it open is told, because its version rises.
    """
    sign, told = _pattern(address), 0
    for row, names, _what, _way in list(_rows(address)):
        said: dict[str, Any] = {
            name: sign.sub(_("[an e-mail address]"), getattr(row, name)) for name in names
        }
        if isinstance(row, Voice):
            said |= {"text_print": identity.text_print(said["text"]), "version": F("version") + 1}
        type(row)._default_manager.filter(pk=row.pk).update(**said)
        told += 1
    return told


def _rows(address: str) -> Iterator[tuple[Any, tuple[str, ...], str, str]]:
    """Read every row in which the whole address stands; each table is read through once."""
    if "@" not in address.strip("@"):
        return
    sign = _pattern(address)
    for model, names, what, way in _PLACES:
        found = Q()
        for name in names:
            found |= Q(**{f"{name}__icontains": address})
        for row in model._default_manager.filter(found):
            if any(sign.search(getattr(row, name)) for name in names):
                yield row, names, what, way


def _pattern(address: str) -> re.Pattern[str]:
    """Match the address by itself, not the end or the beginning of a longer one."""
    return re.compile(rf"(?<![\w.+-]){re.escape(address)}(?![\w-]|\.\w)", re.IGNORECASE)


def _at(row: Any) -> Any:
    if isinstance(row, Reply):
        return row.response.saved_at
    for name in ("received_at", "at", "published_at", "written_at", "made_at"):
        if found := getattr(row, name, None):
            return found
    raise TypeError(f"{row!r} says no time.")
