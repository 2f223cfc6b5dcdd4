"""Imports postcodes from CSV: ONSPD, OS Code-Point Open, or a list of the council's own."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from places.importing import postcodes
from places.importing.command import ImportCommand, add_columns, renamed
from places.importing.report import Report

WORDS = list(postcodes.LAYOUT.patterns)


class Command(ImportCommand):
    """Run again with a newer file it changes what has changed and nothing else."""

    help = "Import postcodes from ONSPD, NSPL, OS Code-Point Open or a CSV of your own (docs/places.md)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add the names of columns."""
        super().add_arguments(parser)
        add_columns(parser, WORDS)

    def take_in(self, path: Path, options: dict[str, Any]) -> Report:
        """Import the postcodes of our wards."""
        names = renamed(options, WORDS)
        return postcodes.POSTCODES.take_in(path, renamed=names, dry_run=options["dry_run"], tell=self.tell)
