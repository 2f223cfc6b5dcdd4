"""The way to the platform and back: state, PKCE, and what came home; kept sealed in the person's session.

One at a time: a new start forgets the one before. Nothing is stored in the database before the person has
chosen an account and pressed the button.
"""

import base64
import hashlib
import hmac
import json
import secrets
import time
from dataclasses import asdict, dataclass
from typing import Any, cast

from django.utils.translation import gettext as _

from outbox.errors import AccountBroken

from ..credentials import seal, unseal
from ..models import PlatformApp
from ..publishers.base import Identity, Limits, SignsInByRedirect
from ..publishers.registry import publisher_for
from . import apps

LIFETIME = 600
"""Seconds between leaving for the platform and pressing the last button."""
_LEFT, _BACK = "social_left", "social_back"
Session = Any


class JourneyBroken(Exception):
    """What came back cannot be used; the text says why and what to do, fit for the person."""


@dataclass(frozen=True)
class Arrival:
    """What came home: the accounts the platform let us act for, for the person to choose from."""

    channel: str
    base_url: str
    teams: list[int]
    identities: list[Identity]


def leave(session: Session, app: PlatformApp, teams: list[int], person: int) -> str:
    """Begin, and return the address on the platform to which the person goes."""
    state, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(64)
    known = {"state": state, "verifier": verifier, "app": app.pk, "teams": teams, "person": person}
    _put(session, _LEFT, known)
    session.pop(_BACK, None)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    publisher = cast("SignsInByRedirect", publisher_for(app.channel))
    return publisher.authorise_url(apps.registration_of(app), apps.redirect_uri(), state, challenge)


def come_back(session: Session, state: str, code: str, person: int) -> Arrival:
    """Trade the code that came back for accounts to choose from. Calls the platform.

    Raises JourneyBroken, or one of outbox.errors' five. The state is good once, whatever becomes of it.
    """
    known = _take(session, _LEFT)
    if not hmac.compare_digest(known["state"].encode(), state.encode()) or known["person"] != person:
        raise JourneyBroken(_("This answer does not belong to what you began here. Start again."))
    app = PlatformApp.objects.filter(pk=known["app"]).first()
    if app is None or not code:
        raise JourneyBroken(_("The platform sent nothing to sign in with. Start again."))
    publisher = cast("SignsInByRedirect", publisher_for(app.channel))
    registration = apps.registration_of(app)
    found = publisher.identities(registration, apps.redirect_uri(), code, known["verifier"])
    arrival = Arrival(app.channel, app.base_url, known["teams"], found)
    _put(session, _BACK, {"person": person} | _as_json(arrival))
    return arrival


def arrived(session: Session, person: int) -> Arrival:
    """Return what came home and waits for the last button. Raises JourneyBroken."""
    known = _read(session, _BACK)
    if known["person"] != person:
        raise JourneyBroken(_("This answer does not belong to what you began here. Start again."))
    identities = [Identity(**(one | {"limits": Limits(**one["limits"])})) for one in known["identities"]]
    return Arrival(known["channel"], known["base_url"], known["teams"], identities)


def forget(session: Session) -> None:
    """Leave nothing of it behind."""
    session.pop(_LEFT, None)
    session.pop(_BACK, None)


def _as_json(arrival: Arrival) -> dict[str, Any]:
    identities = [asdict(one) | {"secrets": dict(one.secrets)} for one in arrival.identities]
    return {
        "channel": arrival.channel,
        "base_url": arrival.base_url,
        "teams": arrival.teams,
        "identities": identities,
    }


def _put(session: Session, name: str, known: dict[str, Any]) -> None:
    """Seal what is kept: a copy of the session store must not hold tokens."""
    text = json.dumps(known | {"until": time.time() + LIFETIME})
    session[name] = seal({"kept": text}).decode()


def _take(session: Session, name: str) -> dict[str, Any]:
    try:
        return _read(session, name)
    finally:
        session.pop(name, None)


def _read(session: Session, name: str) -> dict[str, Any]:
    sealed = session.get(name, "")
    try:
        known = dict(json.loads(unseal(sealed.encode())["kept"])) if sealed else {}
    except AccountBroken:
        known = {}
    if not known or known["until"] < time.time():
        raise JourneyBroken(_("That took too long, or was used already. Start again."))
    return known
