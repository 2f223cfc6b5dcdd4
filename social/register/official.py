"""Lists the accounts the council says are its own, and the state each is in; asks no platform."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..enums import Channel
from ..models import Account
from .canonical import moment

FORMAT = 1
"""The version of council-accounts.json; it grows when a field changes its meaning."""


class State(StrEnum):
    """What residents need to know of an account."""

    IN_USE = "in_use"
    STOPPED = "stopped"
    WARNED = "not_under_our_control"
    GIVEN_UP = "given_up"


WORDS: dict[State, str | Promise] = {
    State.IN_USE: _("In use"),
    State.STOPPED: _("Stopped for now"),
    State.WARNED: _("Not under our control"),
    State.GIVEN_UP: _("No longer ours"),
}


@dataclass(frozen=True)
class Official:
    """One account as the page and the machine-readable list show it."""

    account: Account
    state: State

    @property
    def words(self) -> str | Promise:
        """Return the state as people read it."""
        return WORDS[self.state]


def listed() -> list[Official]:
    """Return every account a second person has confirmed: those to be careful with first. One query.

    The practice network is listed where it is switched on; it is no platform residents know.
    """
    found = [Official(account, state_of(account)) for account in _accounts()]
    order = [State.WARNED, State.IN_USE, State.STOPPED, State.GIVEN_UP]
    return sorted(found, key=lambda one: order.index(one.state))


def state_of(account: Account) -> State:
    """Return what residents are told of an account; the graver word when two are true."""
    if account.public_warning:
        return State.WARNED
    if account.disconnected_at:
        return State.GIVEN_UP
    return State.STOPPED if account.locked_at else State.IN_USE


def as_json() -> dict[str, Any]:
    """Return the list for machines (docs/public-log.md says what each field means)."""
    return {
        "format": FORMAT,
        "council": settings.COUNCIL.name,
        "portal": f"{settings.PORTAL_URL}/",
        "accounts": [_one(one) for one in listed()],
    }


def _accounts() -> QuerySet[Account]:
    found = Account.objects.filter(confirmed_at__isnull=False).order_by("channel", "handle", "pk")
    return found if settings.SANDBOX_NETWORK else found.exclude(channel=Channel.SANDBOX)


def _one(official: Official) -> dict[str, Any]:
    account = official.account
    assert account.confirmed_at is not None
    return {
        "platform": account.channel,
        "server": account.base_url,
        "handle": account.handle,
        "id": account.remote_account_id,
        "url": account.page_url,
        "state": official.state,
        "warning": account.public_warning,
        "since": moment(account.confirmed_at),
        "until": moment(account.disconnected_at) if account.disconnected_at else None,
    }
