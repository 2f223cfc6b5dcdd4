"""Takes personal data out of residents' words, or marks it; what it looks like updates.checks knows."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _

from updates.checks import personal_data


@dataclass(frozen=True)
class Piece:
    """A stretch of a text; `label` says what kind of personal data it is, "" for none."""

    text: str
    label: str = ""


# "@kim", "@kim.example", "@kim@town.example": who is spoken to on a platform.
_MENTION = re.compile(r"(?<![\w@./])@\w[\w.-]*\w(?:@\w[\w.-]*\w)?")


def pieces(text: str, handle: str = "") -> list[Piece]:
    """Return `text` cut where personal data begins and ends; joined again it is `text`.

    Names on platforms are personal data too, and `handle` even without the sign before it.
    """
    cut, end = [], 0
    for match in found(text, handle):
        cut += [Piece(text[end : match.start]), Piece(match.text, match.label)]
        end = match.start + len(match.text)
    return [piece for piece in [*cut, Piece(text[end:])] if piece.text]


def mask(text: str, handle: str = "") -> str:
    """Return `text` with each piece of personal data replaced by what it was ("[an e-mail address]")."""
    return without(text, None, handle)


def without(text: str, taken: Collection[str] | None, handle: str = "") -> str:
    """Return `text` masked, but only the pieces whose numbers ("0" is the first) are `taken`; None is all."""
    words, end = "", 0
    for number, match in enumerate(found(text, handle)):
        is_taken = taken is None or str(number) in taken
        words += text[end : match.start] + (
            _("[%(what)s]") % {"what": match.label} if is_taken else match.text
        )
        end = match.start + len(match.text)
    return words + text[end:]


def has_personal_data(text: str, handle: str = "") -> bool:
    """Return whether anything in `text` looks like personal data."""
    return bool(found(text, handle))


def found(text: str, handle: str = "") -> list[personal_data.Match]:
    """Return the matches by place, without those inside one before (a postcode inside an address)."""
    kept: list[personal_data.Match] = []
    end = 0
    matches = [*personal_data.find(text), *personal_data.find_private_people(text), *_handles(text, handle)]
    for match in sorted(matches, key=lambda match: (match.start, -match.end)):
        if match.start >= end:
            kept.append(match)
            end = match.start + len(match.text)
    return kept


def _handles(text: str, handle: str) -> list[personal_data.Match]:
    """Return the names on platforms in `text`: whoever is mentioned, and the writer's own `handle`."""
    label = _("a name on a platform")
    found = list(_MENTION.finditer(text))
    if handle:
        found += re.finditer(rf"(?<!\w){re.escape(handle)}(?!\w)", text, re.IGNORECASE)
    return [personal_data.Match("handle", label, match.group(), match.start()) for match in found]
