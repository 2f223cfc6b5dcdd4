"""Gets and gives back access to X accounts by OAuth 2 with PKCE; keeps nothing itself."""

from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from outbox.errors import Rejected
from social.publishers.base import AppRegistration, Credentials, Health, Identity, Limits, Secrets
from social.publishers.x_calls import ask, data, give_back, people_url, tokens

SCOPES = "tweet.read tweet.write users.read media.write offline.access"
"""The least that posting, reading back and collecting replies needs; the last one lets access be renewed."""


def authorise_url(app: AppRegistration, redirect_uri: str, state: str, challenge: str) -> str:
    """Return where the person agrees; as whichever account their browser is signed in to there."""
    query = {
        "response_type": "code",
        "client_id": app.client_id,
        "redirect_uri": redirect_uri,
        "scope": SCOPES,
        "state": state,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    return f"{people_url(app.base_url)}/i/oauth2/authorize?{urlencode(query)}"


def identity_of_code(
    app: AppRegistration, redirect_uri: str, code: str, verifier: str, limits: Limits
) -> Identity:
    """Trade the code that came back, which lives for 30 seconds, for access to one account."""
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": redirect_uri,
        "code_verifier": verifier,
    }
    known = {"client_id": app.client_id, "client_secret": app.client_secret}
    return identity(app.base_url, tokens(app.base_url, known, form), limits)


def identity(base_url: str, secrets: Secrets, limits: Limits) -> Identity:
    """Return whose access this is."""
    user = _own_user(Credentials(base_url, "", "", secrets))
    return Identity(str(user["id"]), _word(user, "username"), _word(user, "name"), secrets, limits)


def health(credentials: Credentials, limits: Limits) -> Health:
    """Ask who we are; our access renews itself for as long as the account's owner leaves it to us."""
    user = _own_user(credentials)
    return Health(_word(user, "username") or credentials.handle, _word(user, "name"), limits)


def revoke(credentials: Credentials) -> None:
    """Give both tokens back; the one that renews first, for it is worth more."""
    known = credentials.secrets
    if not known.get("client_id"):
        raise Rejected(
            _("This access was made by hand. Take it away on X, in the account's settings, Connected apps.")
        )
    for name in ("refresh", "access"):
        if known.get(name):
            give_back(credentials, name)


def _own_user(credentials: Credentials) -> dict[str, Any]:
    return data(ask(credentials, "GET", "users/me"))


def _word(user: dict[str, Any], name: str) -> str:
    return str(user.get(name) or "")
