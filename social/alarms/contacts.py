"""Keeps the list of people and services that are called; calls nobody."""

import secrets

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from audit.recorder import record

from ..credentials import seal
from ..models import OnCallContact


def listed() -> QuerySet[OnCallContact]:
    """Return who is called now, by name."""
    return OnCallContact.objects.filter(removed_at__isnull=True).order_by("name", "pk")


def add(*, name: str, email: str, webhook_url: str, by: User) -> tuple[OnCallContact, str]:
    """Put somebody on the list; returns the signing secret of a new webhook, to be shown once, or empty."""
    secret = secrets.token_urlsafe(32) if webhook_url else ""
    with transaction.atomic():
        contact = OnCallContact.objects.create(
            name=name,
            email=email,
            webhook_url=webhook_url,
            sealed_secret=seal({"secret": secret}) if secret else b"",
            added_by=by,
        )
        record("on_call.added", actor=by, target=contact, mail=bool(email), webhook=bool(webhook_url))
    return contact, secret


def remove(contact: OnCallContact, *, by: User) -> bool:
    """Take somebody off the list; calls that wait for them still go. False when they were off already."""
    with transaction.atomic():
        on_it = OnCallContact.objects.filter(pk=contact.pk, removed_at__isnull=True)
        removed = bool(on_it.update(removed_at=timezone.now()))
        if removed:
            record("on_call.removed", actor=by, target=contact)
    return removed
