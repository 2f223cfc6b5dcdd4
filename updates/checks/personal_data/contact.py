"""Finds how a private person can be reached: mail addresses, telephone numbers, a postcode beside a name."""

import re

from django.conf import settings
from django.utils.translation import gettext as _

from . import names
from .match import Match

# It begins where a run of such characters begins and never steps back: a long text takes no longer.
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]+(?:\.[\w-]+)+\b")
# How people hide an address from machines: "jan [at] mail [dot] example", "sam at inbox dot com".
_HIDDEN_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]++(?: ?[\[(] ?at ?[\])] ?[\w-]+(?: ?[\[(] ?dot ?[\])] ?|\.)|"
    r" at [\w-]+ dot (?=(?:com|co|org|net|info|me|io|uk|example)\b))[\w-]+(?: dot uk\b|\.uk\b)?",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?<![\w.])(?:(?:\(?\+44\)?|0044)[ \xa0]?(?:\(0\)[ \xa0]?)?|\(?0)(?:\d\)?[ \xa0–-]?){8,9}\d(?![\w-]|:\d)"
)
# The same with signs that dates have too, only where no date can be meant; and numbers of other countries.
_RARE_PHONE = re.compile(
    r"(?<![\w.])(?:07\d{3}([./])\d{3}\1\d{3}|[oO]7\d{3}[ \xa0]?\d{3}[ \xa0]?\d{3}|0(?: \d){10}"
    r"|\+(?!44)[1-9]\d{0,2}(?:[ \xa0-]?\d){7,11})(?![\w-]|[.:]\d)"
)
# Ofcom, National Telephone Numbering Plan: 03, 08 and 09 are services, never somebody's own telephone.
_SERVICE = re.compile(r"0[389]")
# The six shapes of a full postcode (Royal Mail, PAF programmers' guide).
_POSTCODE = re.compile(r"\b(?:[A-Z]{1,2}\d[A-Z\d]?|GIR)[ \xa0]?\d[ABD-HJLNP-UW-Z]{2}\b")
# A name this near to a postcode is taken to live there (characters).
_NEAR = 100


def emails(text: str) -> list[Match]:
    """Return the mail addresses that are not the council's."""
    own = "@" + settings.COUNCIL.contact_email.rpartition("@")[2]
    return [
        Match("email", _("an e-mail address"), hit.group(), hit.start())
        for hit in _both(_EMAIL, _HIDDEN_EMAIL, text)
        if not hit.group().lower().endswith(own)
    ]


def phones(text: str) -> list[Match]:
    """Return the telephone numbers in British forms, without services and the council's own exchange."""
    # The same first seven digits as its main number.
    own = _national(settings.COUNCIL.contact_phone)[:7]
    return [
        Match("phone", _("a telephone number"), hit.group(), hit.start())
        for hit in _both(_PHONE, _RARE_PHONE, text)
        if not _national(hit.group()).startswith(own) and not _SERVICE.match(_national(hit.group()))
    ]


def postcodes(text: str) -> list[Match]:
    """Return the full postcodes that stand near a person's name: together they say where somebody lives."""
    found = list(_POSTCODE.finditer(text))
    people = names.find(text) if found else []
    return [
        Match("postcode_with_name", _("a postcode beside a name"), hit.group(), hit.start())
        for hit in _near(found, people)
    ]


def _both(usual: re.Pattern[str], rare: re.Pattern[str], text: str) -> list[re.Match[str]]:
    """Return what either finds in the order of their places; of two over one another the first."""
    hits = sorted([*usual.finditer(text), *rare.finditer(text)], key=lambda hit: hit.start())
    kept: list[re.Match[str]] = []
    for hit in hits:
        if not kept or hit.start() >= kept[-1].end():
            kept.append(hit)
    return kept


def _near(codes: list[re.Match[str]], people: list[Match]) -> list[re.Match[str]]:
    """Return the postcodes with a name within reach; both in the order of their places, gone through once."""
    near, at = [], 0
    for code in codes:
        while at < len(people) and people[at].end < code.start() - _NEAR:
            at += 1
        if at < len(people) and people[at].start <= code.end() + _NEAR:
            near.append(code)
    return near


def _national(number: str) -> str:
    """Return a telephone number's digits as dialled inside the country ("+44 (0)20 7…" → "0207…")."""
    return re.sub(r"^(?:00)?440?", "0", re.sub(r"\D", "", number))
