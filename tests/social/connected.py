"""Connects accounts as two people would, for tests that want one to be used at once."""

from typing import Any

from django.utils import timezone

from social import connecting
from social.models import Account


def connect(channel: str, **details: Any) -> Account:
    """Connect an account and let a second person have confirmed it."""
    made = connecting.connect(channel, **details)
    Account.objects.filter(pk=made.pk).update(confirmed_at=timezone.now())
    made.refresh_from_db()
    return made
