"""Imports ward boundaries from GeoJSON, such as the files of the ONS."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from places.importing import boundaries
from places.importing.command import ImportCommand
from places.importing.report import Report


class Command(ImportCommand):
    """Run again with newer boundaries, wards keep their addresses, councillors and notices by their codes."""

    help = "Import ward boundaries from GeoJSON in WGS 84 (docs/places.md)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add whose wards, and the names of properties."""
        super().add_arguments(parser)
        parser.add_argument("--local-authority", default="", metavar="CODE", help="Only its wards.")
        for word in boundaries.PATTERNS:
            option = f"--{word.replace('_', '-')}-property"
            parser.add_argument(option, default="", metavar="NAME", help="If it is not called as by the ONS.")
        parser.add_argument(
            "--match-names", action="store_true", help="A ward of the same name takes the file's code."
        )
        parser.add_argument(
            "--simplify", type=float, default=10, metavar="METRES", help="How coarse; 0 keeps every corner."
        )

    def take_in(self, path: Path, options: dict[str, Any]) -> Report:
        """Import the boundaries."""
        chosen = boundaries.Options(
            names={word: options[f"{word}_property"] for word in boundaries.PATTERNS},
            local_authority=options["local_authority"],
            simplify_metres=options["simplify"],
            match_names=options["match_names"],
            dry_run=options["dry_run"],
        )
        return boundaries.take_in(path, chosen, self.tell)
