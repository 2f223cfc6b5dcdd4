"""The reading side of incidents: which a person sees, and what happened in which order; must not write."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import django_filters
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import permissions
from outbox.enums import Status

from ..board import accounts_of
from ..enums import Channel, IncidentKind
from ..models import Alarm, Incident

TOLD_IN_SECONDS = 600
WAYS = {Alarm.Way.MAIL.value: gettext_lazy("e-mail"), Alarm.Way.WEBHOOK.value: gettext_lazy("webhook")}
STATES = [("open", gettext_lazy("Open")), ("closed", gettext_lazy("Closed"))]


class IncidentFilter(django_filters.FilterSet):
    """State, platform and kind."""

    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"), choices=STATES, method="in_state", empty_label=gettext_lazy("All")
    )
    channel = django_filters.ChoiceFilter(
        label=gettext_lazy("Platform"),
        choices=Channel.choices,
        field_name="account__channel",
        empty_label=gettext_lazy("All"),
    )
    kind = django_filters.ChoiceFilter(
        label=gettext_lazy("What happened"), choices=IncidentKind.choices, empty_label=gettext_lazy("All")
    )

    class Meta:
        model = Incident
        fields: list[str] = []

    def in_state(self, found: QuerySet[Incident], _name: str, state: str) -> QuerySet[Incident]:
        """Keep the open or the closed ones."""
        return found.filter(closed_at__isnull=state == "open")


@dataclass(frozen=True)
class Moment:
    """One thing that happened in an incident."""

    at: datetime
    words: str
    tone: str = ""


def visible_to(user: Any) -> QuerySet[Incident]:
    """Return the incidents of the accounts that concern `user`, open ones first, then the newest."""
    found = Incident.objects.select_related("account", "closed_by")
    if not may_close(user):
        found = found.filter(account__in=accounts_of(user))
    return found.order_by(F("closed_at").desc(nulls_first=True), "-opened_at", "-pk")


def may_close(user: Any) -> bool:
    """Return whether `user` may say what an incident was."""
    return permissions.leads_communications(user) or permissions.is_administrator(user)


def open_for(user: Any) -> QuerySet[Incident]:
    """Return the open incidents that concern `user`; a drill's are among them."""
    return visible_to(user).filter(closed_at__isnull=True)


def moments_of(incident: Incident) -> list[Moment]:
    """Return what happened, in order: seen, stopped, called, asked, closed. Three queries."""
    found = [Moment(incident.opened_at, _noticed(incident), "outage")]
    if incident.happened_at:
        found.insert(0, Moment(incident.happened_at, _("It happened, by the platform’s clock.")))
    if incident.has_stopped:
        found.append(Moment(incident.opened_at, _("The portal stopped the account."), "ok"))
    calls = [_call(alarm) for alarm in incident.alarms.select_related("contact")]
    found += calls or [
        Moment(incident.opened_at, _("People on duty had just been called about this account."))
    ]
    found += [_asked(one) for one in incident.proposals.select_related("asked_by")]
    if incident.closed_at:
        said = {"name": incident.closed_by or _("the portal"), "what": incident.get_outcome_display()}
        found.append(Moment(incident.closed_at, _("Closed by %(name)s: %(what)s.") % said, "ok"))
    return sorted(found, key=lambda moment: moment.at)


def _noticed(incident: Incident) -> str:
    late = (incident.opened_at - incident.happened_at).total_seconds() if incident.happened_at else -1
    if not 1 <= late < TOLD_IN_SECONDS:
        return _("The watch noticed it.")
    return _("The watch noticed it %(seconds)d seconds later.") % {"seconds": late}


def _call(alarm: Any) -> Moment:
    said = {"name": alarm.contact.name, "way": WAYS[alarm.way], "why": alarm.last_error}
    match alarm.status:
        case Status.SENT:
            words = _("%(name)s was called by %(way)s.")
        case Status.CANCELLED:
            words = _("%(name)s would be called by %(way)s. %(why)s")
        case Status.FAILED | Status.HELD:
            words = _("%(name)s could not be called by %(way)s: %(why)s")
        case _:
            words = _("%(name)s is being called by %(way)s. %(why)s")
    return Moment(alarm.sent_at or alarm.created_at, (words % said).strip())


def _asked(proposal: Any) -> Moment:
    said = {"name": proposal.asked_by, "what": proposal.get_step_display()}
    return Moment(proposal.asked_at, _("%(name)s asked: %(what)s.") % said)
