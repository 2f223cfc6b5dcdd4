"""Brings the database up to date; on a first look fills it and says how to sign in."""

import io
import os
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.db import OperationalError, connection
from django.utils.translation import gettext as _


class Command(BaseCommand):
    """Run by run_portal before the parts start; safe to run again."""

    help = "Migrate the database; load the demo town if it is empty and DEBUG is on."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Migrate, then fill an empty database; of a filled one only its people are shown."""
        self._reach()
        self.stdout.write(_("Bringing the database up to date …"))
        call_command("migrate", interactive=False, verbosity=0)
        call_command("index_search", stdout=io.StringIO())
        if self._wants_town():
            call_command("demo_town", stdout=self.stdout)

    def _wants_town(self) -> bool:
        """Return whether this is a first look with the demo town, which DEMO_TOWN=0 declines."""
        return settings.DEBUG and os.environ.get("DEMO_TOWN", "1") != "0"

    def _reach(self) -> None:
        try:
            connection.ensure_connection()
        except OperationalError as refusal:
            reason = str(refusal).strip().splitlines()[0]
            raise CommandError(
                _("The database does not answer: start it, or check DATABASE_URL (%(reason)s).")
                % {"reason": reason}
            ) from refusal
