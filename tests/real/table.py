"""Counts which real parts the tests really used and prints the table that ends a run."""

import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from . import parts

SKIP_MARK = "real part missing: "
PROPERTY = "real_parts"


@dataclass
class Record:
    """What happened to the tests of each part, and why a part was missing."""

    passed: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)
    missing: dict[str, str] = field(default_factory=dict)

    def note(self, used: Iterable[str], *, outcome: str, reason: str) -> None:
        """Count one test's outcome for every part it used."""
        for part in used:
            if outcome == "passed":
                self.passed[part] += 1
            elif outcome == "failed":
                self.failed[part] += 1
        for part in parts.ALL:
            if f"{SKIP_MARK}{part}: " in reason:
                self.missing[part] = reason.split(f"{SKIP_MARK}{part}: ", 1)[1].rstrip("')")

    def is_empty(self) -> bool:
        """Return whether no test had to do with any real part."""
        return not (self.passed or self.failed or self.missing)

    def lacking(self) -> list[str]:
        """Return the parts no test passed with."""
        return [part for part in parts.ALL if not self.passed[part]]

    def lines(self) -> list[str]:
        """Return the table, one line per part."""
        rows = [(part, parts.version_of(part), self._tests(part), self._note(part)) for part in parts.ALL]
        return [f"{part:<16}{version:<18}{tests:<22}{note}".rstrip() for part, version, tests, note in rows]

    def _tests(self, part: str) -> str:
        failed = f", {self.failed[part]} failed" if self.failed[part] else ""
        return f"{self.passed[part]} tests passed{failed}"

    def _note(self, part: str) -> str:
        if part in self.missing:
            return f"MISSING: {self.missing[part]}"
        return "" if self.passed[part] else "not exercised"


def are_required() -> bool:
    """Return whether a run without every real part must fail: always on CI, unless told otherwise."""
    told = os.environ.get("REQUIRE_REAL_PARTS")
    return (told if told is not None else os.environ.get("CI", "")).lower() in {"1", "true", "yes"}
