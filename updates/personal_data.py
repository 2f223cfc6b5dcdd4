"""Finds personal data in a text; the one place that knows its patterns."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Match:
    """Something in a text that may be about a private person; `start` is its place there (code points)."""

    code: str
    label: str
    text: str
    start: int


_PATTERNS = [
    # It begins where a run of such characters begins and never steps back: a long text takes no longer.
    ("email", _("an e-mail address"), re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]+(?:\.[\w-]+)+\b")),
    (
        "phone",
        _("a telephone number"),
        re.compile(r"(?<![\w.])(?:\(?\+44\)?\s?(?:\(0\)\s?)?|\(?0)(?:\d\)?[\s-]?){8,9}\d(?![\w-])"),
    ),
    # HMRC NIM39110: two letters (not all combinations are issued), six digits, one of A to D.
    (
        "ni_number",
        _("a National Insurance number"),
        re.compile(r"\b[A-CEGHJ-PR-TW-Z]{2}\s?(?:\d\s?){6}[A-D]\b", re.I),
    ),
]


def find(text: str) -> list[Match]:
    """Return the personal data found in `text`, leaving out the council's own addresses and numbers."""
    return [
        Match(code, str(label), hit.group(), hit.start())
        for code, label, pattern in _PATTERNS
        for hit in pattern.finditer(text)
        if not _is_the_councils_own(hit.group())
    ]


def _is_the_councils_own(found: str) -> bool:
    domain = settings.COUNCIL.contact_email.rpartition("@")[2]
    if found.lower().endswith("@" + domain):
        return True
    # Numbers of the council's own exchange: the same first seven digits as its main number.
    digits, own = _national(found), _national(settings.COUNCIL.contact_phone)
    return bool(digits) and digits[:7] == own[:7]


def _national(number: str) -> str:
    """Return a telephone number's digits as dialled inside the country ("+44 (0)20 7…" → "0207…")."""
    return re.sub(r"^(?:44)0?", "0", re.sub(r"\D", "", number))
