"""Keeps how an account's posts look and what they may cost, with a trace in the trail; composes nothing."""

from dataclasses import asdict, dataclass
from decimal import Decimal

from django.db import transaction

from accounts.models import User
from audit.recorder import record

from .models import Account


@dataclass(frozen=True)
class PostSettings:
    """What the council decides for every post of one account; see the columns of Account."""

    template: str
    includes_link: bool
    monthly_cap: Decimal | None


def settings_of(account: Account) -> PostSettings:
    """Return what stands now."""
    return PostSettings(account.template, account.includes_link, account.monthly_cap)


def change(account: Account, wanted: PostSettings, *, by: User) -> bool:
    """Write `wanted`; returns False when it stood like that already.

    Approvals that named other posts are void by themselves: their digest covers the posts.
    """
    with transaction.atomic():
        before = settings_of(Account.objects.select_for_update(no_key=True).get(pk=account.pk))
        if before == wanted:
            return False
        Account.objects.filter(pk=account.pk).update(**asdict(wanted))
        record(
            "account.posts_changed",
            actor=by,
            target=account,
            before=_said(before),
            after=_said(wanted),
        )
    return True


def _said(settings: PostSettings) -> dict[str, object]:
    cap = settings.monthly_cap
    return asdict(settings) | {"monthly_cap": None if cap is None else str(cap)}
