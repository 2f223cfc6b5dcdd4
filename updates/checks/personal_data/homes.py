"""Finds where a private person lives: an address said to be a home's; a place where something is, is none."""

import re

from django.utils.translation import gettext as _

from .match import Match

_WORD = r"[A-Z][\w’'-]*+"
_FLAT = r"(?:(?:Flat|Apartment|Apt|Unit|Room)\.? ?\w{1,4},? ){0,1}"
_NUMBER = r"(?:(?i:no\.? ?|number ))?\d{1,4}[A-Da-d]?"
_POSTCODE = r"[A-Z]{1,2}\d[A-Z\d]?[ \xa0]?\d[ABD-HJLNP-UW-Z]{2}"
# A number and a street, or a flat in a house; then, if they stand there, the town and the postcode.
_STREET = rf"{_WORD}(?: {_WORD}){{0,3}}"
_PLACE = rf"(?:{_FLAT}{_NUMBER},? {_STREET}|(?:Flat|Apartment|Apt)\.? ?\w{{1,4}},? {_STREET})"
_REST = rf"(?:,? {_WORD}){{0,2}}?,? {_POSTCODE}"
_SAID = re.compile(
    r"(?i:\b(?:lives?|living|lived|moved|address(?: is|:)?|house is|home is|home at|post it|send it"
    r"|deliver\w*(?: \w+){0,4}|I[’']m|we[’']re|deal|(?:Mrs?|Ms|Miss|Dr)\.? \w+)(?: (?:to|at|in|from|of))?:? )"
    rf"({_PLACE}(?:{_REST})?)"
)
# A whole postal address is a home's, unless it is told to be a building of the public's.
_POSTAL = re.compile(rf"(?<![\w£])({_PLACE}{_REST})\b")
_PUBLIC = re.compile(
    r"\b(?:library|hall|centre|school|church|hotel|surgery|offices?|museum|theatre|station|pool|hub|depot|court|"
    r"clinic|pharmacy|shop|caf[ée]|council|pub|mosque|temple|university|college|hospital)\b[^.\n]{0,24}$",
    re.IGNORECASE,
)
_BEFORE = 60


def find(text: str) -> list[Match]:
    """Return the addresses of homes, in the order of their places, none over another."""
    label = _("where somebody lives")
    hits = [hit for hit in _SAID.finditer(text) if not _is_public(text, hit)]
    said = {hit.start(1) for hit in hits}
    hits += [hit for hit in _POSTAL.finditer(text) if hit.start(1) not in said and not _is_public(text, hit)]
    found, end = [], 0
    for hit in sorted(hits, key=lambda hit: hit.start(1)):
        if hit.start(1) >= end:
            found.append(Match("home", label, hit[1], hit.start(1)))
            end = hit.end(1)
    return found


def _is_public(text: str, hit: re.Match[str]) -> bool:
    return bool(_PUBLIC.search(text[max(0, hit.start(1) - _BEFORE) : hit.start(1)]))
