"""Checks that a notice tells nothing of private people; must not keep or log what it found."""

from itertools import groupby

from django.utils.translation import gettext as _

from accounts.models import User
from places.models import Street, Ward

from ..finding import BLOCK, WARN, Finding, excerpt
from . import personal_data
from .personal_data import Match
from .texts import Words


def check(words: Words) -> list[Finding]:
    """Return the private details in every text, one finding for each kind of them in each field.

    What proves itself by check digits blocks, for it can hardly be anything else; the rest is for a person.
    """
    return [
        finding
        for where, text in words.texts.items()
        for finding in _findings(where, text, personal_data.find(text))
    ]


def check_names(words: Words) -> list[Finding]:
    """Return the names of people that are neither the council's own nor names of its streets and wards.

    Three queries, and none where no name stands.
    """
    found = {where: personal_data.find_names(text) for where, text in words.texts.items()}
    names = {match.text for matches in found.values() for match in matches}
    public = _public(names)
    return [
        finding
        for where, matches in found.items()
        for finding in _findings(where, words[where], [m for m in matches if m.text not in public])
    ]


def _findings(where: str, text: str, matches: list[Match]) -> list[Finding]:
    def kind(match: Match) -> tuple[str, bool]:
        return match.code, match.is_certain

    alike = groupby(sorted(matches, key=kind), kind)
    return [_finding(where, text, list(group)) for _kind, group in alike]


def _finding(where: str, text: str, matches: list[Match]) -> Finding:
    first = matches[0]
    return Finding(
        f"personal_{first.code}",
        BLOCK if first.is_certain else WARN,
        _sentence(first),
        where,
        tuple(excerpt(text, match.start, match.end) for match in sorted(matches, key=lambda m: m.start)),
    )


def _sentence(match: Match) -> str:
    if match.is_certain:
        return _("This is %(what)s. Take it out: it must never be published.") % {"what": match.label}
    if match.code == "name":
        return _("This looks like a person’s name. Do they know that it will be public?")
    return _("This looks like %(what)s. Is it meant to be public?") % {"what": match.label}


def _public(names: set[str]) -> set[str]:
    """Return which of `names` the council's people sign with, and which its streets and wards bear."""
    if not names:
        return set()
    staff = {name.casefold() for name in User.objects.values_list("name", flat=True)}
    surnames = {name.rpartition(" ")[2] for name in staff}
    places = {
        *Street.objects.filter(name__in=names).values_list("name", flat=True),
        *Ward.objects.filter(name__in=names).values_list("name", flat=True),
    }
    return {name for name in names if name in places or _is_of_staff(name.casefold(), staff, surnames)}


def _is_of_staff(name: str, staff: set[str], surnames: set[str]) -> bool:
    title, _space, rest = name.partition(" ")
    # "Ms Shah" has only the surname to go by.
    return name in staff or rest in staff or (title.rstrip(".") in _TITLES and rest in surnames)


_TITLES = {"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor"}
