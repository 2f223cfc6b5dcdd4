"""Imports streets from CSV: the named roads of OS Open Names, or a list of the council's own."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from places.importing import streets
from places.importing.command import ImportCommand, add_columns, renamed
from places.importing.report import Report

WORDS = list(streets.LAYOUT.patterns)


class Command(ImportCommand):
    """Run again with a newer file it changes what has changed and nothing else."""

    help = "Import streets from OS Open Names or a CSV of your own (docs/places.md)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the names of columns."""
        super().add_arguments(parser)
        add_columns(parser, WORDS)

    def take_in(self, path: Path, options: dict[str, Any]) -> Report:
        """Import the streets of our wards."""
        names = renamed(options, WORDS)
        return streets.STREETS.take_in(path, renamed=names, dry_run=options["dry_run"], tell=self.tell)
