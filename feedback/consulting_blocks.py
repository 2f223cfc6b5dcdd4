"""What consultations add to the desk: a count in the navigation, a block on the page of a project."""

from typing import Any

from django.template.loader import render_to_string

from accounts.enums import Kind
from accounts.permissions import team_ids
from updates.models import Notice

from . import permissions
from .consultations import stages, waiting
from .enums import Stage
from .models import Consultation

ON_DESK = 4


def count_waiting(user: Any) -> int:
    """Return how much waits for this very person as the second one, for the navigation. One query at most."""
    if not permissions.letting_out_teams(user):
        return 0
    return int(waiting.for_second_person(user).count())


def desk(context: dict[str, Any], _about: Any) -> str:
    """Return which outcomes the person's teams owe, and what waits for them as the second person."""
    user = context["user"]
    teams = team_ids(user, *permissions.CONSULTATION_WRITERS)
    if not teams:
        return ""
    owed = stages.owes_outcome(Consultation.objects.filter(team__in=teams)).order_by("closed_at", "pk")
    found, number = list(owed[:ON_DESK]), owed.count()
    waits = list(waiting.for_second_person(user).order_by("closes_at", "pk")[:ON_DESK])
    shown = {"owed": found, "more": number - len(found), "waiting": waits}
    return render_to_string("feedback/consulting/block_desk.html", shown) if found or waits else ""


def staff_notice(context: dict[str, Any], notice: Notice) -> str:
    """Return what was asked about a project, and the way to ask; nothing for other notices. One query."""
    if notice.kind != Kind.PROJECT or notice.live_edition_id is None:
        return ""
    rows = Consultation.objects.filter(notice=notice).exclude(stage=Stage.CANCELLED, published_at=None)
    may_start = permissions.may_consult(context.get("user"), notice.team)
    shown = {"notice": notice, "consultations": list(rows), "may_start": may_start}
    return render_to_string("feedback/consulting/block_notice.html", shown)
