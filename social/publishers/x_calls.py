"""Makes calls to X, keeps our access to an account alive, and says what refusals mean; knows no posts."""

import json
from base64 import b64encode
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

import regex
from django.utils.translation import gettext as _

from outbox.errors import AccountBroken, Blocked, NotSent, OutcomeUnknown, Rejected
from social.http import Answer, call, refuse_failure
from social.platform_clock import retry_at
from social.publishers.base import Credentials, Secrets

OFFICIAL: Final = "https://api.x.com"
PEOPLE: Final = "https://x.com"
"""Where people look at what the API at `OFFICIAL` holds, and where they sign in."""

NOT_FOUND = "resource-not-found"
_ALLOWANCES = ("x-rate-limit", "x-app-limit-24hour", "x-user-limit-24hour")
_SUSPENDED = regex.compile(r"suspended|(?:account|it) is (?:temporarily )?locked", regex.IGNORECASE)
_DUPLICATE = regex.compile(r"duplicate", regex.IGNORECASE)


def api(base_url: str, path: str) -> str:
    """Return the address of one of X's functions."""
    return f"{(base_url or OFFICIAL).rstrip('/')}/2/{path}"


def people_url(base_url: str) -> str:
    """Return where people see what the API at `base_url` holds."""
    address = (base_url or OFFICIAL).rstrip("/")
    return PEOPLE if address == OFFICIAL else address


def ask(credentials: Credentials, method: str, path: str, **content: Any) -> Answer:
    """Make a call as the account; when our access has lapsed, renew it once and call again.

    X turns a call with lapsed access away unread, so that nothing is done twice. `content` goes to
    `social.http.call`.
    """
    url = api(credentials.base_url, path)
    answer = call(method, url, token=credentials.secrets.get("access", ""), **content)
    if answer.status != 401 or not credentials.secrets.get("refresh"):  # noqa: PLR2004
        return answer
    fresh = credentials.renew(credentials.secrets, lambda current: _renewed(credentials.base_url, current))
    return call(method, url, token=fresh["access"], **content)


def tokens(base_url: str, known: Mapping[str, str], form: dict[str, str]) -> Secrets:
    """Ask for access and return all that is to be kept; Rejected when X does not accept what we show.

    A network error is NotSent: it says nothing about whether our access still holds.
    """
    answer = _as_program(base_url, known, "token", form)
    if answer.status in {400, 401, 403}:
        raise Rejected(_("X did not accept the sign-in. Start again."))
    refuse(answer)
    found = answer.json()
    if not _is_word(found.get("access_token")):
        raise unreadable()
    # An answer without a new refresh token leaves the one we have in force.
    refresh = found["refresh_token"] if _is_word(found.get("refresh_token")) else known.get("refresh", "")
    return {
        "client_id": known.get("client_id", ""),
        "client_secret": known.get("client_secret", ""),
        "access": str(found["access_token"]),
        "refresh": str(refresh),
    }


def give_back(credentials: Credentials, name: str) -> None:
    """Make one of our tokens worthless; one that is so already is no error."""
    form = {"token": credentials.secrets[name], "token_type_hint": f"{name}_token"}
    answer = _as_program(credentials.base_url, credentials.secrets, "revoke", form)
    if answer.status not in {400, 401}:
        refuse(answer)


def refuse(answer: Answer, *, makes_post: bool = False) -> None:
    """Raise what a failure means on X; return when there is none."""
    if answer.is_success:
        return
    problem = answer.json()
    kind, said = kind_of(problem), _said(problem) or str(answer.status)
    if kind == "usage-capped" or answer.status == 402:  # noqa: PLR2004
        raise AccountBroken(
            _("X says that what the council pays for is used up. Somebody has to look at the billing there.")
        )
    if answer.status == 429:  # noqa: PLR2004
        raise NotSent(_("X asks us to wait: too many requests."), retry_at=_rested_at(answer.headers))
    refuse_failure(answer, makes_post=makes_post)
    if answer.status == 401:  # noqa: PLR2004
        raise AccountBroken(_("X does not accept our access to the account any more. Connect it again."))
    if answer.status == 403:  # noqa: PLR2004
        _refuse_forbidden(kind, said, makes_post)
    raise Rejected(_("X refused it: %s") % said)


def unreadable() -> NotSent:
    """Return the error for an answer that makes no sense; for calls that make no post."""
    return NotSent(_("The platform's answer could not be read."))


def data(answer: Answer) -> dict[str, Any]:
    """Return the object X answered with; one without an id is none."""
    refuse(answer)
    found = part(answer.json(), "data")
    if not _is_word(found.get("id")):
        refuse_errors(answer)
        raise unreadable()
    return found


def refuse_errors(answer: Answer) -> None:
    """Raise what the errors inside a success mean where they say something of the account itself."""
    for error in rows(answer.json(), "errors"):
        if _SUSPENDED.search(_said(error)):
            raise Blocked(_("X has blocked this account: %s") % _said(error))


def says_gone(answer: Answer) -> bool:
    """Say whether X calls a post unknown: by its status, or by an error inside a success without data."""
    body = answer.json()
    if (answer.status == 404 and body) or kind_of(body) == NOT_FOUND:  # noqa: PLR2004
        return True
    return "data" not in body and any(kind_of(error) == NOT_FOUND for error in rows(body, "errors"))


def kind_of(problem: dict[str, Any]) -> str:
    """Return the last word of a problem's type, which names its kind; X uses two hosts for them."""
    return str(problem.get("type", "")).rpartition("/")[2]


def part(whole: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Return an object inside another; empty when there is none."""
    found = whole.get(name)
    return found if isinstance(found, dict) else {}


def rows(whole: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """Return the objects in a list inside another object."""
    found = whole.get(name)
    return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []


def moment(whole: dict[str, Any]) -> datetime:
    """Return when a post was made, aware."""
    try:
        said = datetime.fromisoformat(str(whole.get("created_at")))
    except ValueError:
        raise unreadable() from None
    return said if said.tzinfo else said.replace(tzinfo=UTC)


def _renewed(base_url: str, current: Secrets) -> Secrets:
    form = {"grant_type": "refresh_token", "refresh_token": current.get("refresh", "")}
    try:
        return tokens(base_url, current, form)
    except Rejected:
        raise AccountBroken(_("Our access to the X account has run out. Connect it again.")) from None


def _as_program(base_url: str, known: Mapping[str, str], name: str, form: dict[str, str]) -> Answer:
    """Call a function of OAuth: a program with a secret shows it in a header, one without gives its name."""
    client_id, secret = known.get("client_id", ""), known.get("client_secret", "")
    headers = {}
    if secret:
        shown = b64encode(f"{client_id}:{secret}".encode()).decode()
        headers["authorization"] = f"Basic {shown}"
    else:
        form = {**form, "client_id": client_id}
    return call("POST", api(base_url, f"oauth2/{name}"), headers=headers, data=form)


def _refuse_forbidden(kind: str, said: str, makes_post: bool) -> None:
    if _SUSPENDED.search(said):
        raise Blocked(_("X has blocked this account: %s") % said)
    if makes_post and _DUPLICATE.search(said):
        # What is there may well be ours, from a try whose answer was lost; X does not tell its id.
        raise OutcomeUnknown(_("X says that the same post is there already."))
    if kind in {"client-forbidden", "unsupported-authentication", "oauth1-permissions"}:
        raise AccountBroken(_("X does not let our program do that on this account: %s") % said)


def _said(problem: dict[str, Any]) -> str:
    """Return X's own words; older functions put them into a list of errors."""
    for place in (problem, *rows(problem, "errors")):
        for name in ("detail", "message", "title", "error_description", "error"):
            if _is_word(place.get(name)):
                return str(place[name])[:300]
    return json.dumps(problem)[:300] if problem else ""


def _rested_at(headers: Mapping[str, str]) -> datetime | None:
    """Return when the last of the used-up allowances is renewed, by our clock."""
    used_up = [name for name in _ALLOWANCES if headers.get(f"{name}-remaining") == "0"] or _ALLOWANCES[:1]
    stated = {"date": headers.get("date", ""), "retry-after": headers.get("retry-after", "")}
    ends = [retry_at(stated | {"x-ratelimit-reset": headers.get(f"{name}-reset", "")}) for name in used_up]
    return max((end for end in ends if end), default=None)


def _is_word(value: object) -> bool:
    return isinstance(value, str) and value != ""
