"""Finds what may be about a private person in a text; the one place that knows how such things look.

Pure functions of the text and the council's settings, in time that grows with its length and no faster.
"""

from . import contact, homes, identity, names, numbers, people
from .match import Match

__all__ = ["Match", "find", "find_names", "find_private_people"]

# In this order one place is claimed: what is surely a card's number is not also called a telephone's.
_FINDERS = [
    contact.emails,
    numbers.cards,
    numbers.ibans,
    numbers.bank_accounts,
    numbers.national_insurance,
    numbers.nhs,
    contact.phones,
    identity.births,
    identity.plates,
    contact.postcodes,
]


def find(text: str) -> list[Match]:
    """Return the private details in `text` in the order of their places, none of them over another.

    The council's own addresses and numbers are left out, and so are names by themselves (`find_names`).
    """
    claimed: list[Match] = []
    for finder in _FINDERS:
        claimed += _outside(claimed, finder(text))
    return sorted(claimed, key=lambda match: match.start)


def find_names(text: str) -> list[Match]:
    """Return the names of people in `text`, which are no secret but have to be looked at."""
    return names.find(text)


def find_private_people(text: str) -> list[Match]:
    """Return who residents' words name and where these live; for words that are not the council's own."""
    found = homes.find(text)
    return sorted(found + _outside(found, people.find(text)), key=lambda match: match.start)


def _outside(claimed: list[Match], found: list[Match]) -> list[Match]:
    """Return what was found where nothing is claimed yet. Both stand in the order of their places."""
    taken = sorted((match.start, match.end) for match in claimed)
    free, at = [], 0
    for match in found:
        while at < len(taken) and taken[at][1] <= match.start:
            at += 1
        if at == len(taken) or taken[at][0] >= match.end:
            free.append(match)
    return free
