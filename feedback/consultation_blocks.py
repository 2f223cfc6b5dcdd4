"""What consultations add to residents' pages of projects; a pure function of the database."""

from typing import Any

from django.template.loader import render_to_string

from accounts.enums import Kind
from updates.models import Notice

from .consultations import showing


def notice_main(_context: dict[str, Any], notice: Notice) -> str:
    """Return what residents are and were asked about a project, with where it stands. One query at most."""
    if notice.kind != Kind.PROJECT:
        return ""
    rows = showing.public().filter(notice=notice).order_by("-closes_at", "-pk")
    lines = [showing.line(each) for each in rows]
    if not lines:
        return ""
    return render_to_string("feedback/consultations/block_notice.html", {"lines": lines})
