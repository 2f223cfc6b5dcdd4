"""`manage.py verify_audit`: is the trail whole? Prints and exits; must not repair anything."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from audit.models import Event
from audit.verify import verify


class Command(BaseCommand):
    """Names the first broken event, gap or cut tail; exit code 1 when there is one."""

    help = "Check that no event of the audit trail was changed, removed or cut off. Exit code 1 if one was."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take an earlier run's last line, to notice a trail rolled back to an old copy of itself."""
        parser.add_argument(
            "--expect",
            metavar="NUMBER:HASH",
            help="what an earlier run printed as its last event: that event must still be there, unchanged",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Verify and print one line."""
        verdict = verify()
        problem = verdict.problem or _differs(options["expect"])
        if problem:
            self.stderr.write(f"{problem} Events 1 to {verdict.events} are good.")
            sys.exit(1)
        self.stdout.write(
            f"The trail is whole: {verdict.events} events, last {verdict.events}:{verdict.last_hash}"
        )


def _differs(expected: str | None) -> str:
    """Return a sentence when the noted event is gone or different, else ""."""
    if not expected:
        return ""
    number, _, noted = expected.partition(":")
    found = (
        Event.objects.filter(pk=number).values_list("hash", flat=True).first() if number.isdigit() else None
    )
    return "" if found == noted else f"Rolled back: event {number} is not the one that was noted."
