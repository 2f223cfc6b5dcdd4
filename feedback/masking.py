"""Takes personal data out of residents' words, or marks it; what it looks like updates.checks knows."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from updates.checks import personal_data


@dataclass(frozen=True)
class Piece:
    """A stretch of a text; `label` says what kind of personal data it is, "" for none."""

    text: str
    label: str = ""


def pieces(text: str) -> list[Piece]:
    """Return `text` cut where personal data begins and ends; joined again it is `text`."""
    cut, end = [], 0
    for match in _in_order(text):
        cut += [Piece(text[end : match.start]), Piece(match.text, match.label)]
        end = match.start + len(match.text)
    return [piece for piece in [*cut, Piece(text[end:])] if piece.text]


def mask(text: str) -> str:
    """Return `text` with each piece of personal data replaced by what it was ("[an e-mail address]")."""
    return "".join(_("[%(what)s]") % {"what": p.label} if p.label else p.text for p in pieces(text))


def has_personal_data(text: str) -> bool:
    """Return whether anything in `text` looks like personal data."""
    return bool(personal_data.find(text))


def _in_order(text: str) -> list[personal_data.Match]:
    """Return the matches by place, without those that lie inside one before (a number inside an address)."""
    kept: list[personal_data.Match] = []
    end = 0
    for match in sorted(personal_data.find(text), key=lambda match: match.start):
        if match.start >= end:
            kept.append(match)
            end = match.start + len(match.text)
    return kept
