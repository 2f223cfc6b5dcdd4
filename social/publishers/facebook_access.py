"""Gets, examines and gives back access to Facebook Pages; keeps nothing itself."""

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from outbox.errors import AccountBroken, NotSent, Rejected
from social.http import Answer, call
from social.publishers.base import AppRegistration, Credentials, Health, Identity, Limits
from social.publishers.facebook_calls import (
    VERSION,
    ask,
    graph,
    lost_access,
    one,
    pages,
    part,
    people_url,
    proof,
    refuse,
    unreadable,
)

NEEDED = (
    "pages_manage_posts",
    "pages_read_engagement",
    "pages_manage_engagement",
    "pages_read_user_content",
)
"""The least that posting, reading back, answering and collecting comments needs."""
SCOPES = ("pages_show_list", *NEEDED)
"""What is asked for: the list of Pages too, for the person to choose from."""
MAKES_POSTS = "CREATE_CONTENT"
_OF_PAGE = "id,username,name,category"
"""A person has no category: asked with a person's token instead of a Page's, Facebook refuses."""


def authorise_url(app: AppRegistration, redirect_uri: str, state: str, challenge: str) -> str:
    """Return where the person agrees; Facebook's own dialog, on the site where people sign in."""
    query = {
        "client_id": app.client_id,
        "redirect_uri": redirect_uri,
        "state": state,
        "response_type": "code",
        "scope": ",".join(SCOPES),
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    return f"{people_url(app.base_url)}/{VERSION}/dialog/oauth?{urlencode(query)}"


def identities(
    app: AppRegistration, redirect_uri: str, code: str, verifier: str, limits: Limits
) -> list[Identity]:
    """Trade the code for one identity per Page on which the person may post.

    A Page's token that was got with a long-lived one of the person has no end of its own. The person's is
    not kept: it could do more than we need.
    """
    form = {"redirect_uri": redirect_uri, "code": code, "code_verifier": verifier}
    short = _token(app, form)
    person = _token(app, {"grant_type": "fb_exchange_token", "fb_exchange_token": short})
    me = Credentials(app.base_url, "", "me", {"token": person, "app_secret": app.client_secret})
    found = [page for batch in _pages_of(me) for page in batch if _may_post(page)]
    if not found:
        raise Rejected(_("You may not post on any of the Pages you chose. Start again and choose another."))
    user_id = str(_one(ask(me, "me", fields="id"))["id"])
    known = {"app_id": app.client_id, "app_secret": app.client_secret, "user_id": user_id}
    return [_identity(page, known | {"token": str(page["access_token"])}, limits) for page in found]


def identity_of_token(base_url: str, token: str, limits: Limits) -> Identity:
    """Return the Page a token belongs to that somebody made by hand."""
    page = _one(ask(Credentials(base_url, "", "me", {"token": token}), "me", fields=_OF_PAGE))
    return _identity(page, {"token": token}, limits)


def health(credentials: Credentials, limits: Limits) -> Health:
    """Ask what our token may do and for how long, and whether the Page is there.

    Two ends: the token's own, and that of access to data, 90 days after the person last used our program.
    """
    token = _examined(credentials)
    if token.get("is_valid") is not True:
        # Here Facebook spells the subcode otherwise than in every other answer.
        raise lost_access(part(token, "error").get("subcode"))
    if lacking := _lacking(token, credentials.remote_account_id):
        names = ", ".join(lacking)
        raise AccountBroken(_("Our access to the Page lacks permissions: %s. Connect it again.") % names)
    page = _one(ask(credentials, credentials.remote_account_id, fields="id,username,name"))
    return Health(_handle(page), str(page.get("name") or ""), limits, access_ends_at=_ends_at(token))


def revoke(credentials: Credentials) -> None:
    """Take every permission of our program away, for all Pages the same person connected."""
    known = credentials.secrets
    if not known.get("user_id"):
        raise Rejected(
            _("This access was made by hand. Take it away on Facebook, in the settings of whoever made it.")
        )
    token = _app_token(known)
    url = graph(credentials.base_url, f"{known['user_id']}/permissions")
    refuse(call("DELETE", url, token=token, params=proof(token, known["app_secret"])))


def _token(app: AppRegistration, form: dict[str, str]) -> str:
    """Ask for an access token; in the body, where the secret and the code are in nobody's log."""
    secret = {"client_id": app.client_id, "client_secret": app.client_secret}
    answer = call("POST", graph(app.base_url, "oauth/access_token"), data=form | secret)
    if answer.status == 400 and part(answer.json(), "error").get("code") == 100:  # noqa: PLR2004
        raise Rejected(_("Facebook did not accept the sign-in. Start again."))
    refuse(answer)
    token = answer.json().get("access_token")
    if not isinstance(token, str) or not token:
        raise unreadable()
    return token


def _pages_of(me: Credentials) -> Any:
    return pages(me, "me/accounts", fields="id,username,name,access_token,tasks", limit="100")


def _may_post(page: dict[str, Any]) -> bool:
    tasks = page.get("tasks")
    has_token = isinstance(page.get("access_token"), str) and isinstance(page.get("id"), str)
    return has_token and (not isinstance(tasks, list) or MAKES_POSTS in tasks)


def _identity(page: dict[str, Any], secrets: dict[str, str], limits: Limits) -> Identity:
    return Identity(str(page["id"]), _handle(page), str(page.get("name") or ""), secrets, limits)


def _handle(page: dict[str, Any]) -> str:
    return str(page.get("username") or page["id"])


def _one(answer: Answer) -> dict[str, Any]:
    refuse(answer)
    return one(answer)


def _examined(credentials: Credentials) -> dict[str, Any]:
    """Return what Facebook knows of our token.

    Asked in a batch of one: there the token under examination stands in the body, not in an address.
    """
    known = credentials.secrets
    token = _app_token(known) if known.get("app_id") else known["token"]
    query = urlencode({"input_token": known["token"]})
    calls = [{"method": "GET", "relative_url": f"{VERSION}/debug_token?{query}"}]
    form = {"batch": json.dumps(calls), "include_headers": "false"}
    form |= proof(token, known.get("app_secret", ""))
    answer = call("POST", graph(credentials.base_url, ""), token=token, data=form)
    refuse(answer)
    return _first(answer.json_value())


def _first(answers: object) -> dict[str, Any]:
    """Read the one answer in a batch's; raises what a failure in it means."""
    answer = answers[0] if isinstance(answers, list) and answers else None
    if not isinstance(answer, dict) or not isinstance(answer.get("code"), int):
        raise unreadable()
    inner = Answer(answer["code"], {}, str(answer.get("body")).encode())
    refuse(inner)
    return part(inner.json(), "data")


def _app_token(known: Any) -> str:
    return f"{known['app_id']}|{known['app_secret']}"


def _lacking(token: dict[str, Any], page_id: str) -> list[str]:
    """Return the permissions we need and do not have for this very Page."""
    granted = token.get("scopes")
    limited = {
        str(row.get("scope")): row["target_ids"]
        for row in token.get("granular_scopes") or []
        if isinstance(row, dict) and isinstance(row.get("target_ids"), list)
    }
    return [
        name
        for name in NEEDED
        if not isinstance(granted, list) or name not in granted or page_id not in limited.get(name, [page_id])
    ]


def _ends_at(token: dict[str, Any]) -> datetime | None:
    """Return the earlier of the two ends; Facebook writes none as 0."""
    said = [token.get("expires_at"), token.get("data_access_expires_at")]
    ends = [end for end in said if isinstance(end, int) and end > 0]
    try:
        return datetime.fromtimestamp(min(ends), UTC) if ends else None
    except (OverflowError, ValueError, OSError):
        raise NotSent(_("The platform's answer could not be read.")) from None
