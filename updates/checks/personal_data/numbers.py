"""Finds numbers that belong to one person and prove themselves by check digits: cards, accounts, NHS, tax."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from django.utils.translation import gettext as _

from .match import Match

# It always succeeds where it begins, so that no digit is gone over twice.
_RUN = re.compile(r"(?<![\w.,£€$])\d++(?:[ \xa0-]\d++)*+")
_GROUP = re.compile(r"(?<!\d)\d++(?!\w)")
# ISO/IEC 7812-1 and the issuers' own ranges: the first digits and the lengths they go with.
_ISSUERS = [
    (re.compile(r"4"), {13, 16, 19}),
    (re.compile(r"5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720"), {16}),
    (re.compile(r"3[47]"), {15}),
    (re.compile(r"3(?:0[0-5]|6|8)"), {14, 16, 19}),
    (re.compile(r"35(?:2[89]|[3-8])|6(?:011|4[4-9]|5|2)"), {16, 17, 18, 19}),
    (re.compile(r"50|5[6-8]|67"), {16, 17, 18, 19}),
]
_SHORTEST_CARD, _LONGEST_CARD = 13, 19
_MOST_CARD_GROUPS = 6
# People write cards in groups of four, at most of six (American Express); a wider gap is another number.
_LONGEST_CARD_GROUP = 6
# ISO 13616 registry: how long an account number is in each country.
_IBAN_LENGTHS = {
    **dict.fromkeys(["NO"], 15),
    **dict.fromkeys(["BE"], 16),
    **dict.fromkeys(["DK", "FI", "NL"], 18),
    **dict.fromkeys(["SI"], 19),
    **dict.fromkeys(["AT", "EE", "LT", "LU"], 20),
    **dict.fromkeys(["CH", "HR", "LI", "LV"], 21),
    **dict.fromkeys(["BG", "DE", "GB", "GE", "IE", "ME", "RS"], 22),
    **dict.fromkeys(["GI", "IL", "AE"], 23),
    **dict.fromkeys(["CZ", "ES", "MD", "PK", "RO", "SA", "SE", "SK"], 24),
    **dict.fromkeys(["PT"], 25),
    **dict.fromkeys(["IS", "TR"], 26),
    **dict.fromkeys(["FR", "GR", "IT", "SM"], 27),
    **dict.fromkeys(["AL", "CY", "HU", "LB", "PL"], 28),
    **dict.fromkeys(["BR", "UA"], 29),
    **dict.fromkeys(["MT"], 31),
}
_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?=[ \xa0]?[A-Z0-9])", re.IGNORECASE)
# HMRC NIM39110: two letters (not all combinations are issued), six digits, one of A to D.
_INSURANCE = re.compile(
    r"\b(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][ \xa0-]?(?:\d\d[ \xa0-]?){3}[A-D]\b",
    re.IGNORECASE,
)
_SORT_CODE = re.compile(r"(?<![\w-])\d\d([ \xa0–-]?)\d\d\1\d\d(?![\w-])")
_ACCOUNT = re.compile(r"(?<![\w-])\d{4}[ \xa0]?\d{4}(?![\w-])")
_BANK_WORDS = re.compile(r"sort\s?code|account|\ba/c\b|\bacct\b|\bbank", re.IGNORECASE)
# A sort code and an account number that belong together stand this near each other (characters).
_TOGETHER = 40
_WORDS_BEFORE = 60


@dataclass(frozen=True)
class _Number:
    """Groups of digits that may be one number."""

    digits: str
    groups: tuple[int, ...]
    start: int
    end: int


def cards(text: str) -> list[Match]:
    """Return numbers of payment cards: an issuer's first digits, its length and the check digit of Luhn."""
    label = _("a bank card’s number")
    return _claim(
        text, "card", label, (n for n in _numbers(text, _LONGEST_CARD, _MOST_CARD_GROUPS) if _is_card(n))
    )


def _is_card(number: _Number) -> bool:
    if not _SHORTEST_CARD <= len(number.digits) <= _LONGEST_CARD or len(set(number.digits)) == 1:
        return False
    if len(number.groups) > 1 and max(number.groups) > _LONGEST_CARD_GROUP:
        return False
    issued = any(first.match(number.digits) and len(number.digits) in lengths for first, lengths in _ISSUERS)
    return issued and _luhn(number.digits)


def _luhn(digits: str) -> bool:
    """Check the last digit as ISO/IEC 7812-1, annex B says."""
    doubled = (int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0  # noqa: PLR2004


def nhs(text: str) -> list[Match]:
    """Return NHS numbers: ten digits in an issued range whose last one checks the rest (modulus 11).

    Certain when written 3-3-4 or after the word; ten digits by themselves may be anybody's reference.
    """
    label = _("an NHS number")
    return [
        Match("nhs_number", label, text[n.start : n.end], n.start, is_certain=_says_nhs(text, n))
        for n in _apart(n for n in _numbers(text, 10, 3) if _is_nhs(n))
    ]


def _is_nhs(number: _Number) -> bool:
    # NHS Data Dictionary: England, Wales and the Isle of Man 400-499 and 600-799, Northern Ireland 320-399.
    if number.groups not in ((10,), (3, 3, 4)) or not re.match(r"[467]|3[2-9]", number.digits):
        return False
    weighed = sum(int(digit) * (10 - at) for at, digit in enumerate(number.digits[:9]))
    return (11 - weighed % 11) % 11 == int(number.digits[9]) and len(set(number.digits)) > 1


def _says_nhs(text: str, number: _Number) -> bool:
    return number.groups == (3, 3, 4) or "nhs" in text[max(0, number.start - 40) : number.start].lower()


def national_insurance(text: str) -> list[Match]:
    """Return National Insurance numbers."""
    label = _("a National Insurance number")
    return [
        Match("ni_number", label, hit.group(), hit.start(), is_certain=True)
        for hit in _INSURANCE.finditer(text)
    ]


def ibans(text: str) -> list[Match]:
    """Return international account numbers whose check digits are right (ISO 13616, modulus 97)."""
    label = _("a bank account’s number")
    found = []
    for hit in _IBAN.finditer(text):
        length = _IBAN_LENGTHS.get(hit.group()[:2].upper(), 0)
        end = _end_of(text, hit.start(), length)
        if end and _checks_97(text[hit.start() : end]):
            found.append(Match("bank_account", label, text[hit.start() : end], hit.start(), is_certain=True))
    return found


def _end_of(text: str, start: int, length: int) -> int:
    """Return where `length` letters and digits from `start` end, single spaces apart; 0 if they do not."""
    at, counted = start, 0
    while counted < length:
        if at >= len(text):
            return 0
        if text[at].isascii() and text[at].isalnum():
            counted += 1
        elif text[at] not in " \xa0" or text[at - 1] in " \xa0":
            return 0
        at += 1
    return at if at == len(text) or not text[at].isalnum() else 0


def _checks_97(written: str) -> bool:
    number = re.sub(r"[ \xa0]", "", written).upper()
    return bool(number) and int("".join(str(int(sign, 36)) for sign in number[4:] + number[:4])) % 97 == 1


def bank_accounts(text: str) -> list[Match]:
    """Return a British sort code and the account number beside it, as one find.

    Certain when words say so or the sort code has its hyphens; otherwise two numbers that look alike.
    """
    label = _("a bank account’s number")
    accounts = list(_ACCOUNT.finditer(text))
    found: list[Match] = []
    at = 0
    for code in _SORT_CODE.finditer(text):
        while at < len(accounts) and accounts[at].end() < code.start() - _TOGETHER:
            at += 1
        account = next((one for one in accounts[at : at + 3] if _belong_together(code, one)), None)
        if account and (not found or found[-1].end <= min(code.start(), account.start())):
            start, end = min(code.start(), account.start()), max(code.end(), account.end())
            said = bool(_BANK_WORDS.search(text, max(0, start - _WORDS_BEFORE), end))
            if said or code[1] in ("-", "–"):
                found.append(Match("bank_account", label, text[start:end], start, is_certain=said))
    return found


def _belong_together(code: re.Match[str], account: re.Match[str]) -> bool:
    if account.start() >= code.end():
        return account.start() - code.end() <= _TOGETHER
    return code.start() >= account.end() and code.start() - account.end() <= _TOGETHER


def _numbers(text: str, longest: int, most_groups: int) -> Iterator[_Number]:
    """Yield every number of up to `longest` digits that up to `most_groups` neighbouring groups make."""
    for run in _RUN.finditer(text):
        # One character further, to see what follows the last group; a letter makes it no number.
        groups = [(hit.start(), hit.end()) for hit in _GROUP.finditer(text, run.start(), run.end() + 1)]
        for first in range(len(groups)):
            lengths = (end - start for start, end in groups[first : first + most_groups])
            for count, total in enumerate(accumulate(lengths), start=1):
                if total > longest:
                    break
                chosen = groups[first : first + count]
                digits = "".join(text[start:end] for start, end in chosen)
                sizes = tuple(end - start for start, end in chosen)
                yield _Number(digits, sizes, chosen[0][0], chosen[-1][1])


def _apart(numbers: Iterator[_Number]) -> Iterator[_Number]:
    """Yield the numbers that do not overlap one before."""
    end = 0
    for number in numbers:
        if number.start >= end:
            end = number.end
            yield number


def _claim(text: str, code: str, label: str, numbers: Iterator[_Number]) -> list[Match]:
    return [Match(code, label, text[n.start : n.end], n.start, is_certain=True) for n in _apart(numbers)]
