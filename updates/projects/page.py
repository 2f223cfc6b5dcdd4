"""What a project's page shows beyond its detail: milestones and decisions; the template only arranges it."""

from typing import Any

from django.utils.translation import gettext as _

from .. import facts
from ..models import Edition
from . import milestones
from .milestones import REACHED, Step, in_full


def context_for(edition: Edition) -> dict[str, Any]:
    """Return the project's part of a notice's context. Two queries."""
    steps = milestones.steps_of(edition)
    panel = facts.project_panel(edition.project)
    panel.facts.extend(_next(steps))
    return {
        "project": edition.project,
        "panel": panel,
        "milestones": steps,
        "milestones_reached": sum(step.state == REACHED for step in steps),
        "decisions": list(edition.decisions.order_by("-decided_on", "position", "pk")),
        "is_open": facts.may_still_change(edition.project),
    }


def _next(steps: list[Step]) -> list[facts.Fact]:
    step = next((step for step in steps if step.is_next), None)
    if step is None:
        return []
    return [(_("Next"), step.title, _("planned %(day)s") % {"day": in_full(step.on)} if step.on else "")]
