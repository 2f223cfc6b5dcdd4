"""The checks before publishing: each looks at an edition and says what it found; none changes anything."""

from collections.abc import Callable
from typing import Any

from django.db.models import CharField, TextField
from django.utils.translation import gettext as _

from accounts.enums import Kind

from . import personal_data, richtext
from .finding import BLOCK, WARN, Finding
from .models import Edition
from .parts import registered

# Shorter headlines in capitals are names and abbreviations ("A38 CLOSED").
SHOUTING_MIN_LETTERS = 12


def findings(edition: Edition) -> list[Finding]:
    """Return everything the checks found in `edition`, the blocking ones first."""
    found = [finding for check in CHECKS for finding in check(edition)]
    found += [finding for part in registered() for finding in part.findings(edition)]
    return sorted(found, key=lambda finding: finding.level != BLOCK)


def blocking(found: list[Finding]) -> list[Finding]:
    """Return the findings that refuse submission and publishing."""
    return [finding for finding in found if finding.level == BLOCK]


def warnings(found: list[Finding]) -> list[Finding]:
    """Return the findings an approver may overrule with a written reason."""
    return [finding for finding in found if finding.level == WARN]


def _texts(edition: Edition) -> dict[str, str]:
    """Return everything people will read, by the name of its field: the words and the kind's own."""
    words = ["title", "summary", "body", "alt_text", "change_note"]
    detail = edition.detail
    texts = [field.name for field in detail._meta.fields if _is_free_text(field)] if detail else []
    return {
        **{name: getattr(edition, name) for name in words},
        **{name: getattr(detail, name) for name in texts},
    }


def _is_free_text(field: Any) -> bool:
    return isinstance(field, CharField | TextField) and not field.choices


def check_complete(edition: Edition) -> list[Finding]:
    """What residents need before anything else: a title, a summary, a place, the kind's own facts."""
    missing = [
        ("title", not edition.title.strip(), _("Give the notice a title.")),
        (
            "summary",
            not edition.summary.strip(),
            _("Say in one or two sentences what residents need to know."),
        ),
        (
            "wards",
            not edition.is_borough_wide and not edition.wards.exists(),
            _("Say where: choose wards, or the whole borough."),
        ),
        ("change_note", edition.number > 1 and not edition.change_note.strip(), _("Say what changed.")),
        (
            "kind",
            edition.notice.kind != Kind.GENERAL and edition.detail is None,
            _("Fill in the details of this kind of notice."),
        ),
    ]
    return [
        Finding(f"missing_{where}", BLOCK, message, where)
        for where, is_missing, message in missing
        if is_missing
    ]


def check_picture(edition: Edition) -> list[Finding]:
    """A picture without a description shuts out people who cannot see it (WCAG 2.2, 1.1.1)."""
    if edition.picture and not edition.alt_text.strip():
        return [Finding("no_alt_text", BLOCK, _("Describe the picture in words."), "alt_text")]
    return []


def check_links(edition: Edition) -> list[Finding]:
    """Only web, mail and telephone links may leave a notice."""
    return [
        Finding(
            "dangerous_link",
            BLOCK,
            _("This link is not allowed: %(url)s. Use https://.") % {"url": url},
            where,
        )
        for where, text in _texts(edition).items()
        for url in richtext.links(text)
        if richtext.is_dangerous(url)
    ]


def check_personal_data(edition: Edition) -> list[Finding]:
    """A private person's details in a public notice are hard to take back."""
    return [
        Finding(
            f"personal_{match.code}",
            WARN,
            _("This looks like %(what)s: “%(text)s”. Is it meant to be public?")
            % {"what": match.label, "text": match.text},
            where,
        )
        for where, text in _texts(edition).items()
        for match in personal_data.find(text)
    ]


def check_shouting(edition: Edition) -> list[Finding]:
    """Capitals throughout are harder to read and sound like shouting."""
    letters = [letter for letter in edition.title if letter.isalpha()]
    if len(letters) >= SHOUTING_MIN_LETTERS and all(letter.isupper() for letter in letters):
        return [Finding("shouting", WARN, _("The title is all in capitals."), "title")]
    return []


CHECKS: list[Callable[[Edition], list[Finding]]] = [
    check_complete,
    check_picture,
    check_links,
    check_personal_data,
    check_shouting,
]
