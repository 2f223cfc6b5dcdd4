"""Counts residents' voices again: after the council's zone changed, or when a number is doubted."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from feedback.counting import recount, triggers


class Command(BaseCommand):
    """Compares the running counts with the voices, and writes them anew."""

    help = "Count what residents sent again. With --check: only say whether the running counts are right."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer the look without a change."""
        parser.add_argument("--check", action="store_true", help="change nothing; exit 1 on a difference")

    def handle(self, *_args: Any, check: bool, **_options: Any) -> None:
        """Say how many counts differ; without --check put the triggers in place and count again."""
        wrong = recount.differences()
        self.stdout.write(f"{len(wrong)} counts differ from the voices.")
        if check and wrong:
            raise CommandError("Run recount_voices without --check to put them right.")
        if not check:
            triggers.install()
            recount.recount()
            self.stdout.write("Counted again.")
