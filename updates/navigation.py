"""The staff's navigation: which entries a person sees; rooms are found by their address's name alone."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import permissions
from accounts.enums import Role

from . import desk

Count = Callable[[Any], int]
_WRITERS = (Role.AUTHOR, Role.APPROVER)


@dataclass(frozen=True)
class Entry:
    """One link of the navigation and who sees it."""

    label: str | Promise
    url_name: str
    may: Callable[[Any], bool]
    danger: bool = False
    # Pages that belong to it although their addresses begin otherwise.
    also: tuple[str, ...] = ()


def _answers(user: Any) -> bool:
    return bool(permissions.team_ids(user, Role.MODERATOR, *_WRITERS, Role.COMMUNICATIONS_LEAD))


def _reads_summaries(user: Any) -> bool:
    return permissions.is_councillor(user) or permissions.leads_communications(user)


def _has_accounts(user: Any) -> bool:
    return bool(permissions.team_ids(user, *_WRITERS, Role.COMMUNICATIONS_LEAD))


def _may_be_second(user: Any) -> bool:
    return permissions.leads_communications(user) or permissions.is_administrator(user)


ENTRIES = [
    Entry(gettext_lazy("My desk"), "desk:home", desk.is_officer),
    Entry(gettext_lazy("Notices"), "desk:notices", desk.is_officer),
    Entry(gettext_lazy("Inbox"), "inbox:queue", _answers),
    Entry(gettext_lazy("Consultations"), "consulting:list", _answers),
    Entry(gettext_lazy("Summary"), "inbox:summary", _reads_summaries),
    Entry(
        gettext_lazy("Accounts"),
        "social:accounts",
        _has_accounts,
        also=("/staff/incidents/", "/staff/on-call/", "/staff/drills/", "/staff/deliveries/"),
    ),
    Entry(gettext_lazy("Two people"), "social:proposals", _may_be_second),
    Entry(gettext_lazy("People"), "accounts:people", permissions.is_administrator),
    Entry(gettext_lazy("Wards"), "places:wards", permissions.is_administrator),
    Entry(gettext_lazy("Audit trail"), "accounts:trail", permissions.is_administrator),
    Entry(gettext_lazy("Stop all posting"), "social:stop_all", _has_accounts, danger=True),
]
_counts: dict[str, Count] = {"desk:home": desk.count_waiting}


def count(url_name: str, counter: Count) -> None:
    """Let a room say how much waits behind its entry; call it from AppConfig.ready()."""
    _counts[url_name] = counter


def staff(request: HttpRequest) -> dict[str, Any]:
    """Return `staff_nav` and `staff_person` for the templates; asked for nothing until a page prints them."""
    return {
        "staff_nav": SimpleLazyObject(lambda: _entries(request)),
        "staff_person": SimpleLazyObject(lambda: _person(request)),
    }


def _entries(request: HttpRequest) -> list[dict[str, Any]]:
    user = getattr(request, "user", None)
    shown = [(entry, _address(entry.url_name)) for entry in ENTRIES if user and entry.may(user)]
    reachable = [(entry, url) for entry, url in shown if url]
    here = _nearest(request.path, reachable)
    return [
        {
            "label": entry.label,
            "url": url,
            "count": _counts[entry.url_name](user) if entry.url_name in _counts else 0,
            "current": url == here,
            "danger": entry.danger,
        }
        for entry, url in reachable
    ]


def _address(url_name: str) -> str:
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def _nearest(path: str, entries: list[tuple[Entry, str]]) -> str:
    """Return the address of the entry the page belongs to: the one with the longest beginning of `path`."""
    begins = {start: url for entry, url in entries for start in (url, *entry.also)}
    return begins.get(max((start for start in begins if path.startswith(start)), key=len, default=""), "")


def _person(request: HttpRequest) -> dict[str, str]:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    memberships = list(user.memberships.select_related("team"))
    roles = list(dict.fromkeys(membership.get_role_display() for membership in memberships))
    teams = list(dict.fromkeys(membership.team.name for membership in memberships))
    where = ", ".join(teams) if len(teams) <= 2 else _("%(count)s teams") % {"count": len(teams)}  # noqa: PLR2004
    return {"name": str(user), "roles": ", ".join([*roles, where]) if roles else ""}
