"""The command that removes what is known about subscribers once its time is over, or says what it would."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from subscriptions import retention


class Command(BaseCommand):
    """Remove wishes, subscribers and records of mail whose time is over."""

    help = "Removes what is known about subscribers once its time is over; the beat does so every day."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --dry-run."""
        parser.add_argument("--dry-run", action="store_true", help="Count only; change nothing.")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Remove or count, and print the numbers."""
        counts = retention.forget(dry_run=options["dry_run"])
        did = "Would remove" if options["dry_run"] else "Removed"
        self.stdout.write(
            f"{did} {counts['wishes']} wishes, {counts['subscribers']} subscribers who had left and "
            f"{counts['copies']} records of mails."
        )
