"""The command that does away with personal data whose time is over, or says what it would do."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from updates import keeping


class Command(BaseCommand):
    """Delete what is known about people once its time is over."""

    help = "Deletes what is known about people once its time is over; the beat does so every night."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --dry-run."""
        parser.add_argument("--dry-run", action="store_true", help="Count only; change nothing.")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print each rule with its term and how many rows it concerns."""
        counts = keeping.forget(dry_run=options["dry_run"])
        verb = "would be dealt with" if options["dry_run"] else "dealt with"
        for rule in keeping.rules():
            self.stdout.write(f"{rule.name}, kept {rule.term()} after: {rule.since}")
            for name, number in counts.items():
                if name.split(".")[0] == rule.name:
                    self.stdout.write(f"  {name.split('.')[1]}: {number} {verb}")
