"""What an import did with each row, and the two ways in which it stops; must not know formats."""

from collections import Counter
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

# A file with more faults than that is looked at in --rejected (rows).
SHOWN = 50


class FileFault(Exception):
    """The whole file cannot be used; its text says in one sentence why, and what to do."""


class RowFault(Exception):
    """One row cannot be used; its text says why. The rest of the file goes on."""

    def __init__(self, reason: str, kind: str = "") -> None:
        """Keep the reason; `kind` groups faults that tell about the whole file when most rows have it."""
        super().__init__(reason)
        self.kind = kind


class NotOurs(Exception):
    """A row that is right but not wanted, such as one of another council; its text says why, for counting."""


@dataclass(frozen=True)
class Rejected:
    """A row that was left out: where it stands in the file, what it is, and why."""

    line: int
    name: str
    reason: str


@dataclass
class Report:
    """The counts of one import and its rejected rows, in the order of the file."""

    added: int = 0
    changed: int = 0
    same: int = 0
    rejected: list[Rejected] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)

    def summary(self) -> str:
        """Return the counts in one line."""
        values = {"added": self.added, "changed": self.changed, "same": self.same}
        words = _("%(added)s added, %(changed)s changed, %(same)s as they were") % values
        count = len(self.rejected)
        words += ", " + ngettext("%(count)s row rejected", "%(count)s rows rejected", count) % {
            "count": count
        }
        return words + "."

    def lines(self) -> list[str]:
        """Return what else a person wants to know: what was left out, and the first rejected rows."""
        found = [f"{count:,} {reason}" for reason, count in self.left_out.most_common()]
        found += [each_in_words(each) for each in self.rejected[:SHOWN]]
        if len(self.rejected) > SHOWN:
            words = _("… and %(count)s more; --rejected FILE keeps all of them.")
            found.append(words % {"count": len(self.rejected) - SHOWN})
        return found


def each_in_words(rejected: Rejected) -> str:
    """Return one rejected row as a line."""
    name = f" ({rejected.name})" if rejected.name else ""
    return _("Row %(line)s%(name)s: %(reason)s") % {
        "line": rejected.line,
        "name": name,
        "reason": rejected.reason,
    }
