"""Says how an account's access, its watch and its proof of life stand, as a tone and words; asks nobody."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from look import times

from .models import Account, Watch

ACCESS_ENDS_SOON = timedelta(days=14)
ACCESS_ENDS_NOW = timedelta(days=1)
PROOF_LASTS = timedelta(days=31)
"""A post of ours should be seen on the platform itself at least once a month."""
WATCH_IS_BLIND = timedelta(minutes=15)


@dataclass(frozen=True)
class Standing:
    """One fact: its words, and what is warned of with its tone of the look (empty: nothing)."""

    words: str
    warning: str = ""
    tone: str = ""


def access(account: Account, now: datetime) -> Standing:
    """Return when our access ends; it warns fourteen days ahead."""
    ends_at = account.access_ends_at
    if ends_at is None:
        return Standing(_("no set end"))
    when = times.words(ends_at, "date")
    if ends_at <= now:
        return Standing(_("ended %(when)s") % {"when": when}, _("connect it again"), "outage")
    until = _("until %(when)s") % {"when": when}
    if ends_at > now + ACCESS_ENDS_SOON:
        return Standing(until)
    return Standing(until, _("ends soon"), "outage" if ends_at <= now + ACCESS_ENDS_NOW else "warn")


def watched(watch: Watch | None, is_readable: bool, now: datetime) -> Standing:
    """Return when the watch saw the account last; `is_readable`: the platform can be read back."""
    if not is_readable:
        return Standing(_("this platform cannot be read back"))
    if watch is None or watch.seen_at is None:
        return Standing(_("not seen yet"))
    seen = _("seen %(when)s") % {"when": times.words(watch.seen_at)}
    return Standing(seen, _("blind"), "outage") if watch.seen_at < now - WATCH_IS_BLIND else Standing(seen)


def proof_of_life(account: Account, now: datetime) -> Standing:
    """Return when a post of ours was last seen on the platform; due again after 31 days."""
    if account.proven_at is None:
        words, since = _("no post seen there yet"), account.connected_at
    else:
        words = _("post seen %(when)s") % {"when": times.words(account.proven_at, "date")}
        since = account.proven_at
    return Standing(words, _("due"), "warn") if since < now - PROOF_LASTS else Standing(words)
