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
    """One fact: its words, and a tone of the look (empty: nothing to worry about)."""

    words: str
    tone: str = ""


def access(account: Account, now: datetime) -> Standing:
    """Return when our access ends; it warns fourteen days ahead."""
    ends_at = account.access_ends_at
    if ends_at is None:
        return Standing(_("no set end"))
    said = {"when": times.words(ends_at, "date")}
    if ends_at <= now:
        return Standing(_("ended %(when)s: connect it again") % said, "outage")
    if ends_at <= now + ACCESS_ENDS_SOON:
        return Standing(
            _("ends %(when)s: connect it again before") % said,
            "outage" if ends_at <= now + ACCESS_ENDS_NOW else "warn",
        )
    return Standing(_("until %(when)s") % said)


def watched(watch: Watch | None, is_readable: bool, now: datetime) -> Standing:
    """Return when the watch saw the account last; `is_readable`: the platform can be read back."""
    if not is_readable:
        return Standing(_("this platform cannot be read back"))
    if watch is None or watch.seen_at is None:
        return Standing(_("not seen yet"), "warn" if watch and watch.failures else "")
    said = {"when": times.words(watch.seen_at, "long")}
    if watch.seen_at < now - WATCH_IS_BLIND:
        return Standing(_("last seen %(when)s: the watch is blind") % said, "outage")
    return Standing(_("last seen %(when)s") % said)


def proof_of_life(account: Account, now: datetime) -> Standing:
    """Return when a post of ours was last seen on the platform; due again after 31 days."""
    if account.proven_at is None:
        due = account.connected_at < now - PROOF_LASTS
        return Standing(_("no post seen there yet"), "warn" if due else "")
    said = {"when": times.words(account.proven_at, "date")}
    if account.proven_at < now - PROOF_LASTS:
        return Standing(_("last seen %(when)s: due again") % said, "warn")
    return Standing(_("last seen %(when)s") % said)
