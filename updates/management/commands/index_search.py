"""Writes what the search reads for notices that went live before there was a search."""

from typing import Any

from django.core.management import BaseCommand
from django.utils.translation import gettext as _

from updates.search import indexing


class Command(BaseCommand):
    """Safe to run at any time; does nothing when nothing is missing."""

    help = "Write the missing rows of the search."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Write them and say how many."""
        done = indexing.rebuild()
        self.stdout.write(_("%(count)s notices were added to the search.") % {"count": done})
