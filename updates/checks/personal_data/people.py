"""Finds private people in residents' words by how these speak of them; must not know who is on staff.

Wider than `names`, which asks about notices: a comment speaks of neighbours, children and the writer, whose
names stand in no list. Names in small letters, and strangers' names by themselves, it does not find.
"""

import re

from django.conf import settings
from django.utils.translation import gettext as _

from . import names
from .match import Match
from .word_lists import (
    ALSO_SURNAMES,
    BODIES,
    DEEDS,
    GIVEN_NAMES,
    NOT_IN_PAIRS,
    NOT_NAMES,
    NOT_SURNAMES,
    OFFICES,
    PLACES,
    RELATIONS,
)

# One word of a name as people write it: "McKay", "O’Neill", "D'Souza", "al-Rashid", "J.", "Brzęczyszcz…".
_CAPITAL = r"[^\W\d_a-zà-ÿ]"
_PART = rf"(?:{_CAPITAL}\.|{_CAPITAL}(?:[^\W\d_]|[’'-](?=[^\W\d_]))*+)"
_NAME = rf"({_PART}(?:[ \xa0](?:(?:van|de|der|al|bin|von|da|dos)[ \xa0])?{_PART}){{0,3}})"
_TWO = rf"({_PART}(?:[ \xa0](?:(?:van|de|der|al|bin|von|da|dos)[ \xa0])?{_PART}){{1,3}})"
_RELATION = "|".join(sorted(RELATIONS, key=len, reverse=True))
# How a name is brought up, and the name.
_WAYS = [
    # "my neighbour Kevin Stubbs", "our landlord, Derek Mould", "her brother is called Tyrone"
    re.compile(
        rf"(?i:\b(?:my|our|his|her|their|your|the|a|an|some|that|old|little|late)[ \xa0](?:{_RELATION})"
        r"(?:[ \xa0](?:is|was|who is|is called|called|named|known as|upstairs|downstairs|next door))?"
        r",?[ \xa0])"
        rf"{_NAME}"
    ),
    # "my name is Ivan Petrescu", "the girl’s name is Destiny", "Name: Beatrix Foley", "signed Arthur Pell"
    re.compile(rf"(?i:\bname(?:[’']?s| is|:)[ \xa0]|^name[ \xa0]|\bsigned(?: by|:)?[ \xa0]){_NAME}"),
    # "I am Peter Lowndes", "this is Colin Raye": with one word it may be anything ("I am Welsh").
    re.compile(rf"(?i:\b(?:I am|I[’']m|I m|this is)[ \xa0]){_TWO}"),
    # The end of a letter, on the line of its greeting or below.
    re.compile(
        r"(?im:^|[.!?][ \xa0])(?i:(?:kind |best |warm |many )?(?:regards|wishes|thanks)|thank you"
        rf"|yours(?: \w+)?|sincerely|cheers),?[ \xa0]?\n{{0,2}}[ \xa0]?{_NAME}"
        r"(?=[ \xa0]*(?:[.!,]?[ \xa0]*$|\n))"
    ),
    # "Ffion, age 9", "Mo, aged 11"
    re.compile(rf"(?<![\w’'-]){_NAME}(?=,? \(?(?:age|aged) \d)"),
]
# Two capitalised words that ask, thank or tell are said of, or that do what only people do. One word may be
# anything, and so may two in which one makes a body or a place.
_SPOKEN_OF = re.compile(
    r"(?i:\b(?:ask|asked|told|tell|thanks? to|thank|thanked|listen to|speak to|spoke to|spoken to"
    rf"|talk to|talked to|according to|belongs to|met|it was|it is|it[’']s)[ \xa0]){_TWO}"
)
_DOING = re.compile(
    rf"(?<![\w’'-]){_TWO}(?=[ \xa0](?:(?:also|always|never|once|then|still|has|had|was)[ \xa0]){{0,2}}"
    rf"(?:{'|'.join(sorted(map(re.escape, DEEDS)))})\b)"
)
# "Zadie Danvers-Wright", "Danvers-Wright": a pair of three letters or more each, and the word before it.
_DOUBLE = re.compile(
    rf"(?<![\w’'-])((?:{_PART}[ \xa0])?{_CAPITAL}[a-zà-ÿ]{{2,}}[-‑]{_CAPITAL}[a-zà-ÿ]{{2,}})(?![\w-])"
)
_COUPLE = re.compile(
    rf"\b(?:Mr|Mrs|Ms|Miss)\.? (?:and|&) (?:Mr|Mrs|Ms|Miss)\.?[ \xa0]({_PART}(?:[ \xa0]{_PART})?)"
)
_SMALL_TITLE = re.compile(r"\b(?:mr|mrs)\.? (?!(?:and|who|at|in|is|or|the)\b)[a-z’'-]{3,}\b")
# Somebody honoured or elected: "the Emmeline Pankhurst statue", "Owen Price, leader of the council".
_AFTER_PUBLIC = re.compile(
    r"[’']?s?,?[ \xa0](?:(?:our|the|your|a|local|ward)[ \xa0]){0,2}"
    r"(?:statue|memorial|plaque|exhibition|leader|mayor|councillor|cllr|MP\b|minister|chief executive)",
    re.IGNORECASE,
)
_BEFORE_PUBLIC = re.compile(
    r"(?:\b(?:leader|mayor|mayoress|minister|MP|councillors?|cllrs?|king|queen|prince|princess|saint|st|bishop|pope)"
    r",?\.?|\bcllrs? \w+ and)[ \xa0]$",
    re.IGNORECASE,
)
_BEFORE = 40


def find(text: str) -> list[Match]:
    """Return the names of people who seem private, in the order of their places, none over another."""
    label = _("a person’s name")
    spans = [(match.start, match.end) for match in names.find(text)]
    spans += [span for way in _WAYS for hit in way.finditer(text) if (span := _person(hit))]
    doing = [*_SPOKEN_OF.finditer(text), *_DOING.finditer(text)]
    spans += [span for hit in doing if not _names_a_body(hit) and (span := _person(hit))]
    spans += [span for hit in _DOUBLE.finditer(text) if (span := _double(hit))]
    spans += [hit.span() for hit in _COUPLE.finditer(text)]
    spans += [hit.span() for hit in _SMALL_TITLE.finditer(text)]
    return [
        Match("name", label, text[start:end], start)
        for start, end in _merged(spans)
        if not _is_public(text, start, end)
    ]


def _names_a_body(hit: re.Match[str]) -> bool:
    words = {re.sub(r"[’']s$", "", word) for word in hit[1].split()}
    return bool(words & (BODIES | PLACES | NOT_NAMES)) or any(
        word.isupper() and len(word) > 1 for word in words
    )


def _double(hit: re.Match[str]) -> tuple[int, int] | None:
    """Return where a double name in a hit stands, with the given name before it; None for a thing."""
    *before, pair = hit[1].split()
    if set(re.split("[-‑]", pair)) & (NOT_IN_PAIRS | NOT_NAMES | BODIES | OFFICES | NOT_SURNAMES):
        return None
    is_with_it = before and before[0] not in NOT_NAMES | BODIES | OFFICES
    return (hit.start(1) if is_with_it else hit.end(1) - len(pair)), hit.end(1)


def _person(hit: re.Match[str]) -> tuple[int, int] | None:
    """Return where the name in a hit stands, without other capitals after it; None for no name."""
    words = list(re.finditer(r"\S+", hit[1]))
    town = settings.COUNCIL.short_name
    kept = 0
    for word in words:
        bare = re.sub(r"[’']s$", "", word.group().rstrip("."))
        if bare in NOT_NAMES | NOT_SURNAMES | OFFICES or bare == town:
            break
        kept += 1
    if not kept or (len(words) > kept and words[kept].group() in ("Council", "Association", "Group")):
        return None
    last = re.sub(r"(?:[’']s|\.)$", "", words[kept - 1].group()) if kept > 1 else words[0].group()
    is_a_thing = kept > 1 and last in PLACES and not _is_called_so(hit, words[0].group(), last)
    is_shouted = hit[1].isupper() and len(hit[1]) > len("J. R.")
    if is_a_thing or is_shouted:
        return None
    start = hit.start(1)
    return start, start + words[kept - 1].end()


def _is_called_so(hit: re.Match[str], first: str, last: str) -> bool:
    """Say whether a name that ends as places do is a person's: "my neighbour Tom Field", not "Castle Hill".

    Victoria Park and Albert Hall are places, so after "thanks to" a given name is not enough.
    """
    is_brought_up = hit.re in _WAYS[:2] or (hit.re is _WAYS[2] and not hit.group().startswith(("T", "t")))
    return is_brought_up and last in ALSO_SURNAMES and first in GIVEN_NAMES


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans in order, those that touch as one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _is_public(text: str, start: int, end: int) -> bool:
    return bool(
        _AFTER_PUBLIC.match(text, end) or _BEFORE_PUBLIC.search(text[max(0, start - _BEFORE) : start])
    )
