"""The title as it is said everywhere: what changed an event stands in front of it."""

from django.utils.translation import gettext as _

from accounts.enums import Kind

from .enums import EventStatus
from .models import Edition
from .outages import windows


def headline_of(edition: Edition) -> str:
    """Return "Cancelled: Concert on the quay", "Rescheduled: Water off", or the title alone."""
    if edition.notice.kind == Kind.OUTAGE:
        is_moved = windows.is_moved(edition)
        return _("Rescheduled: %(title)s") % {"title": edition.title} if is_moved else edition.title
    event = getattr(edition, "event", None) if edition.notice.kind == Kind.EVENT else None
    said = _SAID_BEFORE.get(event.event_status) if event else None
    return f"{said()}: {edition.title}" if said and edition.title else edition.title


_SAID_BEFORE = {
    EventStatus.CANCELLED: lambda: _("Cancelled"),
    EventStatus.POSTPONED: lambda: _("Postponed"),
    EventStatus.MOVED: lambda: _("Moved"),
}
