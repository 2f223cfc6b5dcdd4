"""Alarms when the watch itself does not see: an account unseen for a quarter of an hour, or all of them."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from ..enums import IncidentKind, Outcome
from ..models import Incident, Watch
from . import looking
from .incidents import Clue, Finding, close, open_one

LONGEST = timedelta(minutes=15)


def check() -> int:
    """Open an incident for each account unseen too long, close those seen again; returns how many opened."""
    now = timezone.now()
    watches = Watch.objects.filter(account__in=looking.watchable()).select_related("account")
    opened = 0
    for watch in watches:
        if _is_silent(watch, now):
            opened += open_one(watch.account, _finding(watch)) is not None
        else:
            _close_if_open(watch)
    return opened


def last_look() -> datetime | None:
    """Return when the watch last saw any account; None when it watches none or never saw one."""
    newest = Watch.objects.filter(account__in=looking.watchable(), seen_at__isnull=False)
    return newest.order_by("-seen_at").values_list("seen_at", flat=True).first()


def is_standing_still() -> bool:
    """Say whether no account there is to watch was seen for too long: nobody may be looking at all."""
    now = timezone.now()
    watches = list(Watch.objects.filter(account__in=looking.watchable()))
    return bool(watches) and all(_is_silent(watch, now) for watch in watches)


def _is_silent(watch: Watch, now: datetime) -> bool:
    return (watch.seen_at or watch.began_at) < now - LONGEST


def _finding(watch: Watch) -> Finding:
    said = {"account": watch.account, "why": watch.last_error or _("Nobody looked.")}
    return Finding(
        IncidentKind.SILENCE,
        _("The watch has not seen %(account)s for 15 minutes. %(why)s") % said,
        clues=[Clue(_("Why the last look failed"), watch.last_error)],
    )


def _close_if_open(watch: Watch) -> None:
    still_open = Incident.objects.filter(
        account_id=watch.account_id, kind=IncidentKind.SILENCE, closed_at__isnull=True
    )
    for incident in still_open:
        close(incident, by=None, outcome=Outcome.REPAIRED, note=_("The watch sees the account again."))
