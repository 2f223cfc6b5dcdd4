"""`manage.py demo_town`: fills an empty database with the fictional borough of Riverbank."""

import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.enums import Role
from accounts.models import Membership
from council_portal.town import load
from council_portal.town.people import DEMO_PASSWORD

# One person per role is enough to try everything; the first by name who holds it.
SHOWN_ROLES = [
    Role.AUTHOR,
    Role.APPROVER,
    Role.MODERATOR,
    Role.COMMUNICATIONS_LEAD,
    Role.COUNCILLOR,
    Role.ADMINISTRATOR,
]


class Command(BaseCommand):
    """Loads the demo town, or shows how to sign in when it is there already."""

    help = "Fill an empty database with the demo town, and print how to sign in as its people."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load with progress; refuse outside DEBUG, because everybody knows the town's passwords."""
        if not settings.DEBUG:
            raise CommandError("The demo town is only for DEBUG: everybody knows its passwords.")
        if load.is_empty():
            load.load(progress=self._progress)
            self.stdout.write("")
        self.stdout.write(self._how_to_sign_in())

    def _progress(self, what: str, done: int, total: int) -> None:
        if sys.stdout.isatty() or done == total or done % 200 == 0:
            end = "\r" if sys.stdout.isatty() and done < total else "\n"
            self.stdout.write(f"Loading the demo town: {done} of {total} steps of its history", ending=end)

    def _how_to_sign_in(self) -> str:
        lines = [f"Sign in at {settings.PORTAL_URL}/accounts/login/ with the password {DEMO_PASSWORD}"]
        lines.append("(the page shows the one-time code; you need no phone):")
        for role in SHOWN_ROLES:
            holders = Membership.objects.filter(role=role, user__is_active=True).select_related(
                "user", "team"
            )
            held = holders.order_by("-may_publish_urgently", "user__name").first()
            if held:
                lines.append(f"  {role.label:<22} {held.user.email:<42} {held.team}")
        return "\n".join(lines)
