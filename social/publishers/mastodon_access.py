"""Gets and gives back access to Mastodon accounts: tokens, our own program, OAuth; keeps nothing itself."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.utils.translation import gettext as _

from outbox.errors import Rejected
from social.http import call
from social.publishers.base import AppRegistration, Credentials, Identity, Limits
from social.publishers.mastodon_calls import api, one, part, refuse, unreadable

SCOPES = "write:statuses write:media read:statuses read:notifications profile"
"""The least that posting, reading back and collecting replies needs; `profile` exists from Mastodon 4.3."""


def register(base_url: str, redirect_uri: str) -> AppRegistration:
    """Make the council's own program known to a server."""
    body = {
        "client_name": settings.COUNCIL.name,
        "redirect_uris": redirect_uri,
        "scopes": SCOPES,
        "website": settings.PORTAL_URL,
    }
    answer = call("POST", api(base_url, "v1/apps"), json=body)
    refuse(answer)
    made = answer.json()
    return AppRegistration(base_url, _word(made, "client_id"), _word(made, "client_secret"))


def authorise_url(app: AppRegistration, redirect_uri: str, state: str, challenge: str) -> str:
    """Return where to send the person; servers before 4.3 do not know the challenge and pass it over.

    `force_login`: nobody connects the private account their browser happens to be signed in to.
    """
    query = {
        "response_type": "code",
        "client_id": app.client_id,
        "redirect_uri": redirect_uri,
        "scope": SCOPES,
        "state": state,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
        "force_login": "true",
    }
    return f"{app.base_url.rstrip('/')}/oauth/authorize?{urlencode(query)}"


def exchange(app: AppRegistration, redirect_uri: str, code: str, verifier: str) -> dict[str, str]:
    """Trade the code that came back for an access token, and return all we need to use and revoke it."""
    form = {
        "grant_type": "authorization_code",
        "client_id": app.client_id,
        "client_secret": app.client_secret,
        "redirect_uri": redirect_uri,
        "code": code,
        "code_verifier": verifier,
        "scope": SCOPES,
    }
    answer = call("POST", _oauth(app.base_url, "token"), data=form)
    if answer.status in {400, 401}:
        raise Rejected(_("The server did not accept the sign-in. Start again."))
    refuse(answer)
    token = _word(answer.json(), "access_token")
    return {"token": token, "client_id": app.client_id, "client_secret": app.client_secret}


def revoke(credentials: Credentials) -> None:
    """Take our token away from ourselves; Rejected where only the account's owner can do that."""
    known = credentials.secrets
    if "client_id" not in known:
        raise Rejected(
            _("This token was made by hand. Take it away in the account's settings, under Development.")
        )
    form = {name: known[name] for name in ("client_id", "client_secret", "token")}
    refuse(call("POST", _oauth(credentials.base_url, "revoke"), data=form))


def identity(base_url: str, secrets: dict[str, str], handle: str, usual: Limits) -> Identity:
    """Return whose token this is and what the server accepts."""
    account = own_account(base_url, secrets["token"])
    return Identity(
        remote_account_id=str(account["id"]),
        handle=str(account.get("acct") or account.get("username") or handle),
        display_name=str(account.get("display_name") or ""),
        secrets=secrets,
        limits=limits_of(base_url, usual),
    )


def own_account(base_url: str, token: str) -> dict[str, Any]:
    """Return the account a token belongs to."""
    answer = call("GET", api(base_url, "v1/accounts/verify_credentials"), token=token)
    refuse(answer)
    return one(answer)


def limits_of(base_url: str, usual: Limits) -> Limits:
    """Ask the server for its limits; what it does not say stays as Mastodon's own default."""
    answer = call("GET", api(base_url, "v2/instance"))
    if not answer.is_success:
        return usual
    configuration = part(answer.json(), "configuration")
    statuses = part(configuration, "statuses")
    media = part(configuration, "media_attachments")
    return Limits(
        characters=_count(statuses.get("max_characters"), usual.characters),
        url_weight=_count(statuses.get("characters_reserved_per_url"), usual.url_weight or 0),
        alt_characters=_count(media.get("description_limit"), usual.alt_characters),
        image_bytes=usual.image_bytes,
        parts=usual.parts,
    )


def _oauth(base_url: str, name: str) -> str:
    return f"{base_url.rstrip('/')}/oauth/{name}"


def _word(answer: dict[str, Any], name: str) -> str:
    if not isinstance(answer.get(name), str) or not answer[name]:
        raise unreadable()
    return str(answer[name])


def _count(value: object, usual: int) -> int:
    return value if isinstance(value, int) and 0 < value < 1_000_000 else usual  # noqa: PLR2004
