"""What replies add to the inbox and to the page of one resident's words; both are for staff alone."""

from typing import Any

from django.template.loader import render_to_string

from ..permissions import may_answer_for, may_see_mentions
from . import advice, listing


def inbox(context: dict[str, Any], _about: Any) -> str:
    """Return how many mentions wait for a notice, and what could not be asked. Three queries at most."""
    user = context["request"].user
    if not may_see_mentions(user):
        return ""
    number, deaf = listing.mentions_for(user).count(), listing.not_listened_to()
    if not number and not deaf:
        return ""
    return render_to_string("social/block_inbox.html", {"number": number, "deaf": deaf})


def staff_voice(context: dict[str, Any], voice: Any) -> str:
    """Return what was written on the platform and what became of our answers there. Two queries."""
    if not voice.source_key:
        return ""
    reply, rows = listing.answers_to(voice.source_key)
    if reply is None:
        return ""
    may = may_answer_for(context["request"].user, voice.notice.team)
    shown = {
        "reply": reply,
        "source": voice.source,
        "may_decide": may,
        "rows": [
            {"row": row, "advice": advice.what_to_do(row), "allowed": advice.allowed(row) if may else set()}
            for row in rows
        ],
        "request": context["request"],
        "csrf_token": context.get("csrf_token"),
    }
    return render_to_string("social/block_staff_voice.html", shown)
