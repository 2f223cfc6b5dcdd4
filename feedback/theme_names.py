"""Lets the council call a theme what people there call it; finds no themes."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.permissions import leads_communications
from audit.recorder import record

from .models import Theme
from .moderation import Refused


def rename(theme: Theme, name: str, *, by: Any) -> None:
    """Call a theme `name` from now on, also when it is learned anew; "" goes back to the words found.

    Raises Refused for whoever does not lead communications: a name everybody reads is the council's word.
    """
    if not leads_communications(by):
        raise Refused(_("Only a communications lead may name a theme."))
    before, name = str(theme), " ".join(name.split())
    if name == theme.given_label:
        return
    theme.given_label = name
    theme.save(update_fields=["given_label"])
    record("theme.renamed", actor=by, target=theme, before=before, after=str(theme))
