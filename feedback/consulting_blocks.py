"""What consultations add to the desk: a count in the navigation, a block on the page of a project."""

from typing import Any

from django.template.loader import render_to_string

from accounts.enums import Kind
from updates.models import Notice

from . import permissions
from .consultations import waiting
from .enums import Stage
from .models import Consultation


def count_waiting(user: Any) -> int:
    """Return how much waits for this very person as the second one, for the navigation. One query at most."""
    if not permissions.letting_out_teams(user):
        return 0
    return int(waiting.for_second_person(user).count())


def staff_notice(context: dict[str, Any], notice: Notice) -> str:
    """Return what was asked about a project, and the way to ask; nothing for other notices. One query."""
    if notice.kind != Kind.PROJECT or notice.live_edition_id is None:
        return ""
    rows = Consultation.objects.filter(notice=notice).exclude(stage=Stage.CANCELLED, published_at=None)
    may_start = permissions.may_consult(context.get("user"), notice.team)
    shown = {"notice": notice, "consultations": list(rows), "may_start": may_start}
    return render_to_string("feedback/consulting/block_notice.html", shown)
