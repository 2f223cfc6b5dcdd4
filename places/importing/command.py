"""What the three import commands have in common: progress, the report, rejected rows in a file."""

import argparse
import csv
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from .report import FileFault, Report

# A line on a terminal this often (rows read).
_EVERY = 20_000


class ImportCommand(BaseCommand):
    """Takes in one file of open data; a subclass says how."""

    missing_args_message = "Give the file. docs/places.md says where to download it."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the file and what every import understands."""
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="Read and report, change nothing.")
        parser.add_argument(
            "--rejected", type=Path, metavar="FILE", help="Write every rejected row to this CSV file."
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Import, say what was done with each row, and exit 1 when the file as a whole cannot be used."""
        try:
            report = self.take_in(options["file"], options)
        except FileFault as fault:
            raise CommandError(str(fault)) from fault
        finally:
            self._end_progress()
        if options["rejected"]:
            self._keep_rejected(options["rejected"], report)
        self.stdout.write(report.summary())
        for line in report.lines():
            self.stdout.write(f"  {line}")
        if options["dry_run"]:
            self.stdout.write(_("This was a dry run: nothing was changed."))

    def take_in(self, path: Path, options: dict[str, Any]) -> Report:
        """Import `path` and return the report. Raises FileFault."""
        raise NotImplementedError

    def tell(self, read: int, kept: int) -> None:
        """Show on stderr how far the file is read."""
        if read % _EVERY == 0:
            words = _("%(read)s rows read, %(kept)s kept") % {"read": f"{read:,}", "kept": f"{kept:,}"}
            self.stderr.write(f"\r{words}" if self.stderr.isatty() else words, ending=self._ending())
            self.stderr.flush()

    def _ending(self) -> str:
        return "" if self.stderr.isatty() else "\n"

    def _end_progress(self) -> None:
        if self.stderr.isatty():
            self.stderr.write("")

    def _keep_rejected(self, path: Path, report: Report) -> None:
        try:
            with path.open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file)
                writer.writerow(["row", "name", "reason"])
                writer.writerows((each.line, each.name, each.reason) for each in report.rejected)
        except OSError as fault:
            self.stderr.write(_("The rejected rows could not be written: %(reason)s.") % {"reason": fault})


def column(text: str) -> tuple[str, str]:
    """Return the two sides of "ward=WD25CD", what --column takes."""
    word, equals, theirs = text.partition("=")
    if not equals or not word or not theirs:
        raise argparse.ArgumentTypeError(f"“{text}” is not OURS=THEIRS, for example ward=WD25CD")
    return word.strip(), theirs.strip()


def add_columns(parser: CommandParser, words: list[str]) -> None:
    """Add --column, by which a file's own names of columns are told."""
    parser.add_argument(
        "--column",
        action="append",
        default=[],
        type=column,
        metavar="OURS=THEIRS",
        help=f"The file's name for a column, for example ward=WD25CD. Ours: {', '.join(words)}.",
    )


def renamed(options: dict[str, Any], words: list[str]) -> dict[str, str]:
    """Return what --column said. Raises CommandError for a word of ours that there is not."""
    found = dict(options["column"])
    if unknown := sorted(set(found) - set(words)):
        raise CommandError(f"There is no column {unknown[0]}. There are: {', '.join(words)}.")
    return found
