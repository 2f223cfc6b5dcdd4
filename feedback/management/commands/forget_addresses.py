"""The command that removes names and e-mail addresses whose time is over, or says which it would."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from feedback import retention


class Command(BaseCommand):
    """Remove residents' names and e-mail addresses whose time is over."""

    help = "Removes residents' names and e-mail addresses whose time is over; the beat does so every day."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --dry-run."""
        parser.add_argument("--dry-run", action="store_true", help="Count only; change nothing.")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Remove or count, and print the numbers."""
        counts = retention.forget_addresses(dry_run=options["dry_run"])
        did = "Would remove" if options["dry_run"] else "Removed"
        self.stdout.write(
            f"{did} the names and addresses of {counts['questions']} questions and {counts['feedback']} "
            f"pieces of feedback, and the content of {counts['mails']} mails "
            f"(kept {retention.months_kept()} months)."
        )
