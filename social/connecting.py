"""Connects accounts and lets them go; the platform is asked before anything is stored."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Team, User
from audit.recorder import record
from outbox.storable import storable

from .account_care import hold_waiting, limit_columns
from .connect import confirming
from .credentials import seal
from .enums import Channel
from .models import Account
from .publishers.base import Identity
from .publishers.registry import publisher_for


def connect(
    channel: Channel | str, *, base_url: str, handle: str, secret: str, teams: Iterable[Team], by: User | None
) -> Account:
    """Sign in with these details and keep the account, or renew the one that is the same identity.

    `secret` is an app password (Bluesky), an access token (Mastodon) or a shared secret (webhook). Raises one
    of outbox.errors' five when the platform does not let us in. Call outside any transaction.
    """
    publisher = publisher_for(channel)
    # A receiver is an address; everywhere else an account lives on a server.
    base_url = server_of(base_url) if publisher.watch_every else base_url.strip()
    identity = publisher.sign_in(base_url, handle.strip().lstrip("@"), secret.strip())
    return keep(channel, base_url, identity, teams=teams, by=by)


def keep(
    channel: Channel | str, base_url: str, identity: Identity, *, teams: Iterable[Team], by: User | None
) -> Account:
    """Keep an identity the platform has proven; it is used once a second person has confirmed it.

    Renewing the access of a confirmed account on the same server leaves it confirmed: nothing about who it is
    has changed. Asks for the second person where one is needed (not for by=None, which no page uses).
    """
    publisher = publisher_for(channel)
    # One identity is one account, or every notice would stand there twice.
    identified_by: dict[str, Any] = {"channel": channel, "remote_account_id": identity.remote_account_id}
    if not publisher.has_worldwide_ids:
        identified_by["base_url"] = base_url
    page = publisher.page(base_url, identity.handle, identity.remote_account_id)
    with transaction.atomic():
        before = Account.objects.select_for_update(no_key=True).filter(**identified_by).first()
        stays = before is not None and _stays_confirmed(before, base_url)
        columns = {"base_url": base_url, "page_url": page, **_columns(identity, by)}
        if not stays:
            columns |= {"confirmed_at": None, "confirmed_by": None}
        elif before and before.confirmed_by_id == (by.pk if by else None):
            # Whoever confirmed it renews it: then the other one of the two stands as its connecter.
            columns |= {"connected_by": before.connected_by}
        account, is_new = Account.objects.update_or_create(**identified_by, defaults=columns)
        account.teams.set(teams)
        names = [team.name for team in account.teams.all()]
        record("account.connected", actor=by, target=account, teams=names, first_time=is_new)
        if by is not None and not stays:
            confirming.ask_anew(account, by=by)
    return account


def _stays_confirmed(account: Account, base_url: str) -> bool:
    """Say whether a second person's word still holds: same identity, same server, never given up."""
    return bool(account.confirmed_at) and not account.disconnected_at and account.base_url == base_url


def server_of(address: str) -> str:
    """Return the server in `address`, always spelt the same: no path, no password, no usual port.

    Empty when there is none; raises ValueError for a port that cannot be.
    """
    parts = urlsplit(address.strip())
    if not parts.hostname:
        return ""
    name = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    is_usual = parts.port in (None, {"http": 80, "https": 443}.get(parts.scheme))
    return f"{parts.scheme}://{name}" if is_usual else f"{parts.scheme}://{name}:{parts.port}"


def disconnect(account: Account, *, by: User) -> None:
    """Forget an account's credentials; what waits for it is held. Posts already made stay where they are."""
    with transaction.atomic():
        Account.objects.filter(pk=account.pk).update(
            disconnected_at=timezone.now(), sealed_secrets=b"", renewing_until=None
        )
        # The trail before the deliveries, as publishing and withdrawing do: nobody waits in a circle.
        record("account.disconnected", actor=by, target=account)
        confirming.drop_wishes(account, by=by, why=_("The account was disconnected."))
        hold_waiting(account, _("The account was disconnected."))


def set_teams(account: Account, teams: Iterable[Team], *, by: User) -> None:
    """Say which teams may post to an account."""
    with transaction.atomic():
        account.teams.set(teams)
        record("account.teams_changed", actor=by, target=account, teams=[t.name for t in account.teams.all()])


def _columns(identity: Identity, by: User | None) -> dict[str, object]:
    now = timezone.now()
    return {
        "handle": storable(identity.handle, 200),
        "display_name": storable(identity.display_name, 200),
        "sealed_secrets": seal(identity.secrets),
        "connected_at": now,
        "connected_by": by,
        "disconnected_at": None,
        "broken_at": None,
        "last_error": "",
        "checked_at": now,
        "access_ends_at": None,
        "access_warned_days": None,
        **limit_columns(identity.limits),
    }
