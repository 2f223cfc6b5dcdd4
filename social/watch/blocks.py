"""What the watch adds to the desk: the open incidents, before everything else."""

from typing import Any

from django.template.loader import render_to_string

from ..permissions import sees_accounts
from . import listing

SHOWN = 5


def desk(context: dict[str, Any], _about: Any) -> str:
    """Return the open incidents that concern the person; nothing when there is none. One query."""
    user = context["user"]
    if not (sees_accounts(user) or listing.may_close(user)):
        return ""
    found = list(listing.open_for(user)[: SHOWN + 1])
    if not found:
        return ""
    return render_to_string(
        "social/block_incidents.html", {"listed": found[:SHOWN], "has_more": len(found) > SHOWN}
    )
