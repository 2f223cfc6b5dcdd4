"""Asks every check what it found; must not decide what follows from it."""

from collections.abc import Callable

from .checks import alt_text, complete, dead_links, documents, links, reading, sharing, shouting, texts
from .checks.texts import Words
from .finding import BLOCK, LEVELS, WARN, Finding
from .models import Edition
from .parts import registered

# What can be said of words alone, also while somebody is typing them.
TEXT_CHECKS: list[Callable[[Words], list[Finding]]] = [
    alt_text.check,
    links.check,
    sharing.check,
    sharing.check_names,
    shouting.check,
    reading.check,
]
# What needs the edition as it is saved.
EDITION_CHECKS: list[Callable[[Edition], list[Finding]]] = [complete.check, documents.check, dead_links.check]


def findings(edition: Edition) -> list[Finding]:
    """Return everything the checks found in `edition`, the blocking ones first."""
    found = [finding for check in EDITION_CHECKS for finding in check(edition)]
    found += findings_in(texts.of_edition(edition))
    found += [finding for part in registered() for finding in part.findings(edition)]
    return _in_order(found)


def findings_in(words: Words) -> list[Finding]:
    """Return what the checks find in words that need not be saved, the blocking ones first."""
    return _in_order([finding for check in TEXT_CHECKS for finding in check(words)])


def blocking(found: list[Finding]) -> list[Finding]:
    """Return the findings that refuse submission and publishing."""
    return [finding for finding in found if finding.level == BLOCK]


def warnings(found: list[Finding]) -> list[Finding]:
    """Return the findings an approver may overrule with a written reason."""
    return [finding for finding in found if finding.level == WARN]


def _in_order(found: list[Finding]) -> list[Finding]:
    return sorted(found, key=lambda finding: LEVELS.index(finding.level))
