"""Keeps the council's own programs on platforms, which OAuth needs; what they may do, publishers say."""

from typing import Protocol, runtime_checkable

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from audit.recorder import record

from ..credentials import seal, unseal
from ..enums import Channel
from ..models import PlatformApp
from ..publishers.base import AppRegistration
from ..publishers.registry import publisher_for


@runtime_checkable
class RegistersItself(Protocol):
    """A publisher whose servers take a new program without a person (Mastodon)."""

    def register_app(self, base_url: str, redirect_uri: str) -> AppRegistration:
        """Make the council's program known to a server."""


def only_server(channel: Channel | str) -> str:
    """Return the server of a platform that has only one, where a program is registered by hand."""
    return str(settings.SOCIAL_SERVERS.get(Channel(channel).value, ""))


def redirect_uri() -> str:
    """Return where platforms send people back to; it is registered with each program."""
    return f"{settings.PORTAL_URL}{reverse('social:connected')}"


def app_for(channel: str, base_url: str) -> PlatformApp | None:
    """Return our program on a server, made at once where no person is needed; None when it must be entered.

    May call the server. Raises one of outbox.errors' five.
    """
    found = PlatformApp.objects.filter(channel=channel, base_url=base_url).first()
    publisher = publisher_for(channel)
    if found is None and isinstance(publisher, RegistersItself):
        made = publisher.register_app(base_url, redirect_uri())
        return _keep(channel, base_url, made.client_id, made.client_secret)
    return found


def enter(channel: str, base_url: str, client_id: str, client_secret: str, *, by: User) -> PlatformApp:
    """Keep a program that somebody registered on the platform by hand; the secret is sealed."""
    with transaction.atomic():
        app = _keep(channel, base_url, client_id, client_secret)
        record("platform_app.entered", actor=by, target=app, app=client_id)
    return app


def registration_of(app: PlatformApp) -> AppRegistration:
    """Return what a publisher needs of a program. Raises AccountBroken when the secret cannot be opened."""
    return AppRegistration(app.base_url, app.client_id, unseal(app.sealed_secret)["secret"])


def _keep(channel: str, base_url: str, client_id: str, client_secret: str) -> PlatformApp:
    app, _is_new = PlatformApp.objects.update_or_create(
        channel=channel,
        base_url=base_url,
        defaults={
            "client_id": client_id,
            "sealed_secret": seal({"secret": client_secret}),
            "registered_at": timezone.now(),
        },
    )
    return app
