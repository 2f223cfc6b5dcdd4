"""Makes calls to a Bluesky server, keeps their session alive, and says what refusals mean; knows no posts."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from outbox.errors import AccountBroken, Blocked, NotSent, Rejected
from social.http import Answer, call, refuse_failure
from social.publishers.base import Credentials, Secrets

BLOCKS = {
    "AccountTakedown",
    "AccountDeactivated",
    "AccountSuspended",
    "RepoTakendown",
    "RepoDeactivated",
    "RepoSuspended",
}
LAPSED = {"ExpiredToken", "InvalidToken", "AuthMissing"}
GONE = "RecordNotFound"

Query = Mapping[str, str | list[str]]


def read(credentials: Credentials, name: str, query: Query) -> Answer:
    """Ask with our session."""
    return with_session(credentials, lambda token: get(credentials, name, query, token))


def read_openly(credentials: Credentials, name: str, query: Query) -> Answer:
    """Ask as anybody may, and with our session only where the server lets nobody else look.

    Who takes our access away must not blind the watch.
    """
    answer = get(credentials, name, query)
    return read(credentials, name, query) if answer.status in {401, 403} else answer


def unreadable() -> NotSent:
    """Return the error for an answer that makes no sense; for calls that make no post."""
    return NotSent(_("The platform's answer could not be read."))


def with_session(credentials: Credentials, ask: Callable[[str], Answer]) -> Answer:
    """Make a call with the stored session; when it lapsed, renew it once and call again."""
    answer = ask(credentials.secrets.get("access", ""))
    if not _session_lapsed(answer):
        return answer
    fresh = credentials.renew(credentials.secrets, lambda current: _renewed(credentials.base_url, current))
    return ask(fresh["access"])


def _session_lapsed(answer: Answer) -> bool:
    return answer.status in {400, 401} and answer.json().get("error") in LAPSED


def _renewed(base_url: str, current: Secrets) -> Secrets:
    """Trade the refresh token for a new session, or sign in again when it is used up.

    A network error here is NotSent: it says nothing about whether the account still lets us in.
    """
    answer = call("POST", xrpc(base_url, "server.refreshSession"), token=current.get("refresh", ""))
    if _session_lapsed(answer):
        session = create_session(base_url, current["identifier"], current["password"])
    else:
        refuse(answer)
        session = _session(answer)
    return kept(session, current["password"], current["identifier"])


def create_session(base_url: str, handle: str, secret: str) -> dict[str, str]:
    """Sign in and return the session; counted by the server, so never done for a single post."""
    answer = call(
        "POST", xrpc(base_url, "server.createSession"), json={"identifier": handle, "password": secret}
    )
    refuse(answer)
    return _session(answer)


def _session(answer: Answer) -> dict[str, str]:
    found = answer.json()
    # An answer without both tokens never replaces the ones we have.
    if not all(
        isinstance(found.get(name), str) and found[name] for name in ("did", "accessJwt", "refreshJwt")
    ):
        raise unreadable()
    return {**found, "handle": str(found.get("handle", ""))}


def kept(session: dict[str, str], password: str, identifier: str = "") -> Secrets:
    """Return what of a session is stored."""
    return {
        "identifier": identifier or session["did"],
        "password": password,
        "access": session["accessJwt"],
        "refresh": session["refreshJwt"],
    }


def xrpc(base_url: str, name: str) -> str:
    """Return the address of a function; its name is taken as com.atproto's unless it says app.bsky."""
    full = name if name.startswith("app.bsky.") else f"com.atproto.{name}"
    return f"{base_url.rstrip('/')}/xrpc/{full}"


def get(credentials: Credentials, name: str, query: Query, token: str = "") -> Answer:
    """Ask the server something."""
    return call("GET", xrpc(credentials.base_url, name), token=token, params=query)


def post(credentials: Credentials, name: str, token: str, **content: Any) -> Answer:
    """Have the server do something."""
    return call("POST", xrpc(credentials.base_url, name), token=token, **content)


def refuse(answer: Answer, *, makes_post: bool = False) -> None:
    """Raise what a failure means on Bluesky; return when there is none."""
    if answer.is_success:
        return
    error = str(answer.json().get("error", ""))
    if error in BLOCKS:
        raise Blocked(_("Bluesky has blocked this account (%s).") % error)
    refuse_failure(answer, makes_post=makes_post)
    if answer.status == 401 or error in LAPSED or error == "AuthFactorTokenRequired":  # noqa: PLR2004
        raise AccountBroken(_("Bluesky does not accept the stored app password any more. Connect it again."))
    if answer.status in {403, 404}:
        raise AccountBroken(_("The account's server does not let us do this (%d).") % answer.status)
    message = str(answer.json().get("message", ""))[:300]
    raise Rejected(_("Bluesky refused it: %s") % (message or answer.status))
