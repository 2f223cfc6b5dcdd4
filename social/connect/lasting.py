"""How long our access to an account lasts, and telling people before it ends."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import ngettext

from look import times

from ..alarms import calling
from ..models import Account

WARN_DAYS = (1, 7, 14)
"""Days ahead at which people are told, each once."""
RENEWED = timedelta(days=1)
"""An end that moved on by more than this was moved by somebody."""


def note(account: Account, ends_at: datetime | None) -> int | None:
    """Remember when access ends and tell people when the next of the three days has come; returns which."""
    due = _due(ends_at, timezone.now())
    told = None if _was_renewed(account.access_ends_at, ends_at) else account.access_warned_days
    is_news = due is not None and (told is None or due < told)
    with transaction.atomic():
        Account.objects.filter(pk=account.pk).update(
            access_ends_at=ends_at, access_warned_days=due if is_news else told
        )
        if due is None or not is_news or ends_at is None:
            return None
        calling.warn(account, f"access-{due}-{ends_at:%Y%m%d}", _sentence(account, ends_at, due))
    return due


def _was_renewed(before: datetime | None, now: datetime | None) -> bool:
    """Say whether access lasts longer than it did; some platforms' answers differ by seconds each time."""
    return before is None or now is None or now - before > RENEWED


def _due(ends_at: datetime | None, now: datetime) -> int | None:
    if ends_at is None:
        return None
    return next((days for days in WARN_DAYS if ends_at - now <= timedelta(days=days)), None)


def _sentence(account: Account, ends_at: datetime, days: int) -> str:
    said = {"account": account, "when": times.words(ends_at), "days": days}
    sentence = ngettext(
        "Our access to %(account)s ends within %(days)d day, %(when)s. Connect it anew, or posts wait.",
        "Our access to %(account)s ends within %(days)d days, %(when)s. Connect it anew, or posts wait.",
        days,
    )
    return sentence % said
