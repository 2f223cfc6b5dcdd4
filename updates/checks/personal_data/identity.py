"""Finds what tells one person or their car from all others: dates of birth and number plates."""

import re

from django.utils.translation import gettext as _

from .match import Match
from .word_lists import THREE_LETTERS

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
# Nobody born before 1900 is alive: what is said of the dead is no personal data (UK GDPR, recital 27).
_YEAR = r"(?:(?:19|20)\d\d|\d\d)(?!\d)"
_DATE = (
    rf"(?:{_DAY}[ ./-]{{1,2}}(?:of )?(?:{_MONTH}|\d{{1,2}})[ ,./-]{{1,2}}{_YEAR}"
    rf"|{_MONTH} {_DAY},? {_YEAR}|(?:19|20)\d\d-\d\d-\d\d)"
)
_BIRTH = re.compile(
    r"\b(?:born|d\.?o\.?b\b\.?|date of birth|birth ?date|birthday)[ :=(]{0,3}(?:(?:is|was|on|it)\b ?){0,2}"
    rf"({_DATE})",
    re.IGNORECASE,
)
# DVLA INF104. Letters that a form never uses are left out: I and Q throughout, Z but for the last three.
_PLATE = re.compile(
    r"\b(?:"
    r"[A-HJ-PR-Y]{2}(?:0[2-9]|[12]\d|5[1-9]|[67]\d) ?[A-HJ-PR-Z]{3}"  # since 2001: AB12 CDE
    r"|[A-HJ-NPR-TV-Y]\d{1,3} ?[A-HJ-PR-Y]{3}"  # 1983 to 2001: A123 BCD
    r"|[A-HJ-PR-Y]{3} ?\d{1,3}[A-HJ-NPR-TV-Y]"  # 1963 to 1983: ABC 123D
    r")\b"
)
# Without a space nobody means anything else.
_PLATE_SMALL = re.compile(r"\b[a-hj-pr-y]{2}(?:0[2-9]|[12]\d|5[1-9]|[67]\d)[a-hj-pr-z]{3}\b")
_PLATE_SAID = re.compile(
    r"\b(?:reg|registration|number ?plate|plate|vrm)(?:[ :=]|is|was|no\.?|number){1,6}"
    r"([a-hj-pr-y]{2}(?:0[2-9]|[12]\d|5[1-9]|[67]\d) ?[a-hj-pr-z]{3})\b",
    re.IGNORECASE,
)
_ROAD_CLASSES = "ABM"
_SURROUNDINGS = 12


def births(text: str) -> list[Match]:
    """Return dates of birth: full dates after "born", "DOB" and the like."""
    label = _("a date of birth")
    return [Match("date_of_birth", label, hit[1], hit.start(1)) for hit in _BIRTH.finditer(text)]


def plates(text: str) -> list[Match]:
    """Return number plates of British vehicles; "A38 CLOSED", "M25 J10" and "B12 BUS" are none."""
    label = _("a vehicle’s number plate")
    found = [hit for hit in _PLATE.finditer(text) if not _is_a_road_or_a_bus(text, hit)]
    spans = {hit.span() for hit in [*found, *_PLATE_SMALL.finditer(text)]}
    spans |= {hit.span(1) for hit in _PLATE_SAID.finditer(text)}
    return [Match("number_plate", label, text[start:end], start) for start, end in sorted(spans)]


def _is_a_road_or_a_bus(text: str, hit: re.Match[str]) -> bool:
    plate = hit.group()
    if any(part in THREE_LETTERS for part in re.findall(r"[A-Z]{3}", plate)):
        return True
    # In a line of capitals a road's number is followed by any word at all.
    around = (
        text[max(0, hit.start() - _SURROUNDINGS) : hit.start()] + text[hit.end() : hit.end() + _SURROUNDINGS]
    )
    is_road = plate[0] in _ROAD_CLASSES and " " in plate and plate[1].isdigit()
    return is_road and bool(re.search(r"[A-Z]{4}", around))
