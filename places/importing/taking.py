"""Takes in a CSV file of places, all of it or none; must not know whether they are postcodes or streets."""

from collections import Counter
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from django.db import transaction

from audit.recorder import record

from . import tables
from .report import NotOurs, Rejected, Report, RowFault
from .tables import Layout, Row
from .wards import OurWards

# As many characters of what is rejected stand in the report.
_NAMED = 40

Tell = Callable[[int, int], None]
Key = TypeVar("Key", bound=Hashable)
Read = TypeVar("Read")


@dataclass(frozen=True)
class Kind(Generic[Key, Read]):
    """One kind of place: what its files look like, how a row is read, and how what was read is kept."""

    # As the trail calls them; the first column the layout needs names a row.
    name: str
    layout: Layout
    # May raise RowFault or NotOurs.
    read: Callable[[Row, OurWards], tuple[Key, Read]]
    keep: Callable[[Mapping[Key, Read], Report], None]
    # Which of two rows about the same place is kept.
    last_counts: bool

    def take_in(self, path: Path, *, renamed: Mapping[str, str], dry_run: bool, tell: Tell) -> Report:
        """Read a file and keep what lies in our wards, all or none; `tell` hears (read, kept).

        Raises FileFault.
        """
        report = Report()
        found = self._read_all(path, renamed, report, tell)
        with transaction.atomic():
            self.keep(found, report)
            counts = {"added": report.added, "changed": report.changed, "rejected": len(report.rejected)}
            record(f"{self.name}.imported", file=path.name, **counts)
            transaction.set_rollback(dry_run)
        return report

    def _read_all(
        self, path: Path, renamed: Mapping[str, str], report: Report, tell: Tell
    ) -> dict[Key, Read]:
        ours, word = OurWards(), self.layout.needed[0]
        found: dict[Key, Read] = {}
        faults: Counter[str] = Counter()
        for line, row in tables.rows(path, self.layout, renamed):
            tell(line, len(found))
            try:
                if isinstance(row, RowFault):
                    raise row
                key, read = self.read(row, ours)
                if self.last_counts or key not in found:
                    found[key] = read
            except NotOurs as reason:
                report.left_out[str(reason)] += 1
            except RowFault as fault:
                faults[fault.kind] += 1
                name = "" if isinstance(row, RowFault) else row[word][:_NAMED]
                report.rejected.append(Rejected(line, name, str(fault)))
        tables.judge(faults, len(found), word)
        return found
