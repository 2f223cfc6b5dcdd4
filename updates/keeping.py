"""What the portal keeps about people, for how long, and who holds it; rooms register, pages and jobs read.

The privacy page and the nightly job read the same rules, so that what is promised is what is done.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import ngettext

from audit.recorder import record

DAYS_A_MONTH = 30.5
DAYS_A_YEAR = 365

# Given the moment until which things are over: the rows that are, by what they are called in the report.
Due = Callable[[datetime], dict[str, QuerySet[Any]]]


@dataclass(frozen=True)
class Term:
    """How long something is kept; `days` is what the job uses and what the page says."""

    days: float

    @classmethod
    def months(cls, number: int) -> "Term":
        """Return a term of so many months."""
        return cls(number * DAYS_A_MONTH)

    def before(self, now: datetime) -> datetime:
        """Return the moment before which things are over."""
        return now - timedelta(days=self.days)

    def __str__(self) -> str:
        """Return the term as people say it: days, months, or years."""
        days = round(self.days)
        if days % DAYS_A_YEAR == 0 and days:
            return ngettext("%(n)s year", "%(n)s years", days // DAYS_A_YEAR) % {"n": days // DAYS_A_YEAR}
        months = round(self.days / DAYS_A_MONTH)
        if months and round(months * DAYS_A_MONTH) == days:
            return ngettext("%(n)s month", "%(n)s months", months) % {"n": months}
        return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}


@dataclass(frozen=True)
class Rule:
    """One kind of data about people: what it is, from when it is kept how long, and what happens then.

    `term` is asked each time, so that a setting holds at once. `rows` returns what is over, as querysets by
    name, in the order in which `end` does away with each. Rows already dealt with are not over: a second run
    finds nothing.
    """

    name: str
    order: int
    what: str | Promise
    since: str | Promise
    then: str | Promise
    term: Callable[[], Term]
    rows: Due
    end: Callable[[str, QuerySet[Any]], None]


@dataclass(frozen=True)
class Held:
    """One thing a room holds about somebody."""

    room: str
    kind: str
    reference: str
    at: datetime
    # Everything of it that is theirs, as an export shows it.
    content: dict[str, Any]
    # Files of theirs, which an export copies.
    files: tuple[Path, ...] = ()


class Holder(Protocol):
    """A room that may hold something about an e-mail address."""

    def find(self, address: str) -> Iterable[Held]:
        """Return everything held about the address, in no order."""

    def erase(self, address: str, *, words: bool) -> dict[str, int]:
        """Remove name and address everywhere, with `words` what they wrote too; return how many of each.

        Part of the caller's transaction.
        """


_rules: dict[str, Rule] = {}
_holders: dict[str, Holder] = {}


def register(rule: Rule) -> None:
    """Add a rule; call it from AppConfig.ready(). A second one of the same name replaces the first."""
    _rules[rule.name] = rule


def hold(room: str, holder: Holder) -> None:
    """Make a room one that is asked about people; call it from AppConfig.ready()."""
    _holders[room] = holder


def rules() -> list[Rule]:
    """Return every rule, in the order of the privacy page."""
    return sorted(_rules.values(), key=lambda rule: (rule.order, rule.name))


def holders() -> list[Holder]:
    """Return the rooms that may hold something about an address."""
    return [_holders[room] for room in sorted(_holders)]


def forget(now: datetime | None = None, *, dry_run: bool = False) -> dict[str, int]:
    """Do away with everything that is over; return how many of each ("questions.addresses": 3).

    `dry_run` counts and changes nothing, and counts what the run would: both ask the same rules. One
    transaction and one event for each rule, so that one that fails leaves the others done.
    """
    now = now or timezone.now()
    counts: dict[str, int] = {}
    for rule in rules():
        counts |= _carry_out(rule, now, dry_run)
    return counts


@transaction.atomic
def _carry_out(rule: Rule, now: datetime, dry_run: bool) -> dict[str, int]:
    found = rule.rows(rule.term().before(now))
    counts = {f"{rule.name}.{what}": rows.count() for what, rows in found.items()}
    if dry_run or not any(counts.values()):
        return counts
    for what, rows in found.items():
        rule.end(what, rows)
    record("personal_data.forgotten", **counts)
    return counts


def find(address: str) -> list[Held]:
    """Return everything any room holds about an e-mail address, the oldest first."""
    held = [each for holder in holders() for each in holder.find(address)]
    return sorted(held, key=lambda each: each.at)


@transaction.atomic
def erase(address: str, *, words: bool, by: Any = None) -> dict[str, int]:
    """Remove name and address everywhere, with `words` what they wrote too; return how many of each.

    The event says how many and never who: a trail that named them would undo it.
    """
    counts: dict[str, int] = {}
    for holder in holders():
        for what, number in holder.erase(address, words=words).items():
            counts[what] = counts.get(what, 0) + number
    record("personal_data.erased", actor=by, words=words, **counts)
    return counts
