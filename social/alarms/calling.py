"""Writes whom to call about what, as rows in the caller's transaction; calls nobody itself."""

import uuid
from collections.abc import Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import User
from outbox.enums import Status

from ..models import Account, Alarm, Incident, OnCallContact
from . import composing
from .composing import Call


def call_about(incident: Incident) -> list[Alarm]:
    """Call everybody on the list about an incident, once in each way; in a drill nobody outside is called."""
    call = composing.about_incident(incident)
    rows = [_row(contact, way, call, incident=incident) for contact, way in _everybody()]
    if incident.is_drill:
        for row in rows:
            row.status = Status.CANCELLED
            row.last_error = _("Drill: this call was written and not made.")
    return Alarm.objects.bulk_create(rows)


def warn(account: Account, reason: str, sentence: str) -> list[Alarm]:
    """Tell everybody on the list something about an account; one `reason` tells it once."""
    told = set(Alarm.objects.filter(account=account, reason=reason).values_list("contact_id", "way"))
    call = composing.about_account(account, sentence)
    rows = [
        _row(contact, way, call, account=account, reason=reason)
        for contact, way in _everybody()
        if (contact.pk, way) not in told
    ]
    return Alarm.objects.bulk_create(rows)


def try_out(contact: OnCallContact) -> list[Alarm]:
    """Call one contact to see whether the call arrives."""
    call = composing.test_call(contact)
    return Alarm.objects.bulk_create([_row(contact, way, call, reason="test") for way in _ways(contact)])


def _everybody() -> Iterator[tuple[OnCallContact, str]]:
    for contact in _on_call():
        for way in _ways(contact):
            yield contact, way


def _ways(contact: OnCallContact) -> list[str]:
    by_mail = [Alarm.Way.MAIL.value] if contact.email else []
    return by_mail + ([Alarm.Way.WEBHOOK.value] if contact.webhook_url else [])


def _on_call() -> list[OnCallContact]:
    """Return who is on the list; while nobody is, the communications leads are put on it."""
    listed = list(OnCallContact.objects.filter(removed_at__isnull=True))
    if listed:
        return listed
    leads = User.objects.active().filter(memberships__role=Role.COMMUNICATIONS_LEAD).distinct()
    return OnCallContact.objects.bulk_create(
        [OnCallContact(name=lead.get_full_name(), email=lead.email) for lead in leads.order_by("pk")]
    )


def _row(contact: OnCallContact, way: str, call: Call, **about: Any) -> Alarm:
    key = f"alarm-{uuid.uuid4().hex}"
    by_mail = way == Alarm.Way.MAIL
    payload = composing.mail(contact, call) if by_mail else composing.event(call, key)
    return Alarm(contact=contact, way=way, key=key, payload=payload, next_attempt_at=timezone.now(), **about)
