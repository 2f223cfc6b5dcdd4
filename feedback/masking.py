"""Takes personal data out of residents' words, or marks it; the patterns live in updates.personal_data."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from updates import personal_data


@dataclass(frozen=True)
class Piece:
    """A stretch of a text; `label` says what kind of personal data it is, "" for none."""

    text: str
    label: str = ""


def pieces(text: str) -> list[Piece]:
    """Return `text` cut where personal data begins and ends; joined again it is `text`."""
    cut, rest = [], text
    for match in _in_order(text):
        before, found, rest = rest.partition(match.text)
        cut += [Piece(before), Piece(found, match.label)]
    return [piece for piece in [*cut, Piece(rest)] if piece.text]


def mask(text: str) -> str:
    """Return `text` with each piece of personal data replaced by what it was ("[an e-mail address]")."""
    return "".join(_("[%(what)s]") % {"what": p.label} if p.label else p.text for p in pieces(text))


def has_personal_data(text: str) -> bool:
    """Return whether anything in `text` looks like personal data."""
    return bool(personal_data.find(text))


def _in_order(text: str) -> list[personal_data.Match]:
    """Return the matches by place, without those that lie inside one before (a number inside an address)."""
    ordered: list[tuple[int, personal_data.Match]] = []
    for match in personal_data.find(text):
        taken = [at for at, other in ordered if other.text == match.text]
        at = text.find(match.text, taken[-1] + len(match.text) if taken else 0)
        ordered.append((at, match))
    ordered.sort(key=lambda pair: pair[0])
    kept: list[personal_data.Match] = []
    end = 0
    for at, match in ordered:
        if at >= end:
            kept.append(match)
            end = at + len(match.text)
    return kept
