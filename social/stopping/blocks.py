"""What the steps for two people add to the desk; reads only."""

from typing import Any

from django.template.loader import render_to_string

from . import proposals

SHOWN = 5


def desk(context: dict[str, Any], _about: Any) -> str:
    """Return the steps that wait for the person to agree; nothing when none does. One query."""
    waiting = list(proposals.open_for(context["user"])[: SHOWN + 1])
    if not waiting:
        return ""
    shown = {"waiting": waiting[:SHOWN], "has_more": len(waiting) > SHOWN, "person": context["user"]}
    return render_to_string("social/block_two_people.html", shown)
