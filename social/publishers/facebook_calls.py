"""Makes calls to Facebook's Graph API and says what its refusals mean; knows no posts and keeps nothing."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from outbox.errors import AccountBroken, Blocked, NotSent, OutcomeUnknown, Rejected
from social.http import Answer, call, refuse_failure
from social.publishers.base import Credentials

VERSION = "v26.0"
OFFICIAL: Final = "https://graph.facebook.com"
PEOPLE: Final = "https://www.facebook.com"
"""Where people look at what the API at `OFFICIAL` holds, and where they sign in."""

THROTTLES = {4, 17, 32, 341, 613, *range(80000, 80015)}
LOST_ACCESS = {102, 190}
BLOCKED = 368
DUPLICATE = 506
UNSURE = {1, 2}
PERMISSION = {3, 10, *range(200, 300)}
UNKNOWN_OBJECT = (100, 33)
"""Code and subcode: the object is gone, or this token may not see it."""
USUAL_REST = timedelta(minutes=10)
"""How long to wait when an hourly allowance is used up and Facebook does not say until when."""
LONGEST_REST = timedelta(hours=24)

_WHY_LOST = {
    458: gettext_lazy("Our program was removed from the Page. Connect it again."),
    459: gettext_lazy("Facebook wants the person who connected the Page to sign in there first."),
    460: gettext_lazy("The person who connected the Page changed their password. Connect it again."),
    463: gettext_lazy("Our access to the Page has run out. Connect it again."),
    464: gettext_lazy("The person who connected the Page has to confirm their Facebook account first."),
    467: gettext_lazy("Our access to the Page was taken back. Connect it again."),
    492: gettext_lazy("The person who connected the Page has no role on it any more. Connect it again."),
}


def graph(base_url: str, path: str) -> str:
    """Return the address of an object or a list of the Graph API."""
    return f"{base_url.rstrip('/')}/{VERSION}/{path}"


def people_url(base_url: str) -> str:
    """Return where people see what the API at `base_url` holds."""
    return PEOPLE if base_url.rstrip("/") == OFFICIAL else base_url.rstrip("/")


def proof(token: str, app_secret: str) -> dict[str, str]:
    """Return the parameter that shows that the token is used by its own program; nothing without a secret."""
    if not app_secret:
        return {}
    signed = hmac.new(app_secret.encode(), token.encode(), hashlib.sha256).hexdigest()
    return {"appsecret_proof": signed}


def ask(credentials: Credentials, path: str, **query: str) -> Answer:
    """Read something as the Page. The token goes in a header; what stands in an address ends up in logs."""
    return _as_page("GET", credentials, path, params=query)


def tell(
    credentials: Credentials, path: str, form: dict[str, str], *, makes_post: bool = False, **content: Any
) -> Answer:
    """Write something as the Page; `content` goes to httpx (files)."""
    return _as_page("POST", credentials, path, data=form, makes_post=makes_post, **content)


def delete(credentials: Credentials, path: str) -> Answer:
    """Delete something as the Page."""
    return _as_page("DELETE", credentials, path, params={})


def _as_page(method: str, credentials: Credentials, path: str, **content: Any) -> Answer:
    token = credentials.secrets["token"]
    shown = proof(token, credentials.secrets.get("app_secret", ""))
    parameters = "params" if "params" in content else "data"
    content[parameters] = {**content[parameters], **shown}
    return call(method, graph(credentials.base_url, path), token=token, **content)


def pages(
    credentials: Credentials, path: str, *, about_object: bool = False, **query: str
) -> Iterator[list[dict[str, Any]]]:
    """Yield a list of the Graph API page by page; nothing more when the object it is about went away.

    By its cursor: the address Facebook offers for the next page has the token in it.
    """
    while True:
        answer = ask(credentials, path, **query)
        if about_object and is_gone(answer):
            return
        refuse(answer, about_object=about_object)
        found = answer.json()
        yield rows(found)
        cursor = part(part(found, "paging"), "cursors").get("after")
        if not isinstance(cursor, str) or not part(found, "paging").get("next"):
            return
        query["after"] = cursor


def refuse(answer: Answer, *, makes_post: bool = False, about_object: bool = False) -> None:
    """Raise what a failure means on Facebook; return when there is none.

    `about_object`: the call is about one post or comment, so a lack of permission says nothing of the Page.
    """
    error = part(answer.json(), "error")
    if answer.is_success and not error:
        return
    _refuse_by_code(answer, error, makes_post, about_object)
    refuse_failure(answer, makes_post=makes_post)
    if answer.status == 401:  # noqa: PLR2004
        raise AccountBroken(_("Facebook does not let us in any more. Connect the Page again."))
    raise Rejected(_("Facebook refused it: %s") % _said(answer, error))


def lost_access(subcode: object) -> AccountBroken:
    """Return the error for a token that is worth nothing, with the reason where Facebook gives one."""
    usual = _("Facebook does not accept our access to the Page any more. Connect it again.")
    known = _WHY_LOST.get(subcode) if isinstance(subcode, int) else None
    return AccountBroken(str(known or usual))


def is_gone(answer: Answer) -> bool:
    """Say whether Facebook calls an object unknown, which also means "not for you"."""
    error = part(answer.json(), "error")
    return (_number(error, "code"), _number(error, "error_subcode")) == UNKNOWN_OBJECT


def _refuse_by_code(answer: Answer, error: dict[str, Any], makes_post: bool, about_object: bool) -> None:
    code, said = _number(error, "code"), _said(answer, error)
    if code in THROTTLES or answer.status == 429:  # noqa: PLR2004
        raise NotSent(_("Facebook asks us to wait: too many requests."), retry_at=_rested_at(answer))
    if code in LOST_ACCESS:
        raise lost_access(_number(error, "error_subcode"))
    if code == BLOCKED:
        raise Blocked(_("Facebook has blocked the Page from doing this: %s") % said)
    if code in UNSURE:
        sentence = _("Facebook answered with a fault of its own (code %d).") % code
        raise OutcomeUnknown(sentence) if makes_post else NotSent(sentence)
    if code == DUPLICATE and makes_post:
        # What is there may well be ours, from a try whose answer was lost: only looking tells.
        raise OutcomeUnknown(_("Facebook says that the same post is there already."))
    if code in PERMISSION and not about_object:
        raise AccountBroken(_("Facebook does not let us do that on this Page: %s") % said)


def _number(error: dict[str, Any], name: str) -> int:
    found = error.get(name)
    return found if isinstance(found, int) else 0


def _said(answer: Answer, error: dict[str, Any]) -> str:
    """Return Facebook's own words; the sentence made for people where there is one."""
    words = error.get("error_user_msg") or error.get("message") or answer.status
    return str(words)[:300]


def _rested_at(answer: Answer) -> datetime:
    """Return when Facebook lets us call again; its headers count in minutes and per cent of an hour."""
    minutes = [
        said
        for usage in _usages(answer.headers.get("x-business-use-case-usage", ""))
        if isinstance(said := usage.get("estimated_time_to_regain_access"), int | float) and said > 0
    ]
    rest = timedelta(minutes=min(max(minutes), 10_000)) if minutes else USUAL_REST
    return timezone.now() + min(rest, LONGEST_REST)


def _usages(header: str) -> list[dict[str, Any]]:
    try:
        found = json.loads(header)
    except (ValueError, RecursionError):
        return []
    lists = found.values() if isinstance(found, dict) else []
    return [usage for rows_ in lists if isinstance(rows_, list) for usage in rows_ if isinstance(usage, dict)]


def unreadable() -> NotSent:
    """Return the error for an answer that makes no sense; for calls that make no post."""
    return NotSent(_("The platform's answer could not be read."))


def one(answer: Answer) -> dict[str, Any]:
    """Return the object Facebook answered with; one without an id is none."""
    found = answer.json()
    if not isinstance(found.get("id"), str) or not found["id"]:
        raise unreadable()
    return found


def rows(answer: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the objects in a list of the Graph API."""
    found = answer.get("data")
    if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
        raise unreadable()
    return found


def part(whole: dict[str, Any], name: str) -> dict[str, Any]:
    """Return an object inside another; empty when there is none."""
    found = whole.get(name)
    return found if isinstance(found, dict) else {}


def moment(whole: dict[str, Any], name: str = "created_time") -> datetime:
    """Return a time as Facebook writes it (2026-11-23T02:00:00+0000), aware."""
    try:
        said = datetime.fromisoformat(str(whole.get(name)))
    except ValueError:
        raise unreadable() from None
    return said if said.tzinfo else said.replace(tzinfo=UTC)


def web_page(link: object) -> str:
    """Return a link if a person may follow it."""
    return link if isinstance(link, str) and link.startswith(("https://", "http://")) else ""
