"""The Atom feed of the alerts that hold now: one entry each, which leads to the CAP message."""

from datetime import UTC, datetime
from xml.etree import ElementTree

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from look import times

from ..models import Alert
from . import cap, meaning
from .xml import add, written

CONTENT_TYPE = "application/atom+xml; charset=utf-8"
# More alerts than this at once are no alerts any more; the newest come first.
MOST_ENTRIES = 200
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def current() -> list[Alert]:
    """Return the latest message of each notice whose messages have not expired, newest first. One query."""
    told = Alert.objects.filter(is_current=True).order_by("-sent_at", "-pk")
    return list(told.select_related("notice", "edition__notice", "edition__outage")[:MOST_ENTRIES])


def feed(alerts: list[Alert]) -> bytes:
    """Return the feed of `alerts`, which know their notice and edition. No query."""
    own = f"{settings.PORTAL_URL}{reverse('updates:alerts')}"
    latest = max((alert.sent_at for alert in alerts), default=_NEVER)
    root = ElementTree.Element("feed", xmlns="http://www.w3.org/2005/Atom")
    add(root, "id", own)
    add(root, "title", _("%(council)s: alerts") % {"council": settings.COUNCIL.name})
    add(
        root,
        "subtitle",
        _("Outages and emergencies that hold now, in the Common Alerting Protocol (CAP 1.2)."),
    )
    add(root, "updated", times.machine(latest))
    add(add(root, "author"), "name", settings.COUNCIL.name)
    add(root, "link", rel="self", type="application/atom+xml", href=own)
    add(
        root,
        "link",
        rel="alternate",
        type="text/html",
        href=f"{settings.PORTAL_URL}{reverse('updates:outages')}",
    )
    for alert in alerts:
        _add_entry(root, alert)
    return written(root)


def _add_entry(root: ElementTree.Element, alert: Alert) -> None:
    address, entry = cap.address_of(alert), add(root, "entry")
    # The message's own address: neither it nor what stands there ever changes.
    add(entry, "id", address)
    add(entry, "title", cap.headline_of(alert))
    add(entry, "published", times.machine(alert.sent_at))
    add(entry, "updated", times.machine(alert.sent_at))
    add(entry, "link", rel="alternate", type="application/cap+xml", href=address)
    page = f"{settings.PORTAL_URL}{alert.notice.get_absolute_url()}"
    add(entry, "link", rel="related", type="text/html", href=page)
    for word in (alert.message_type, meaning.SEVERITIES[alert.edition.severity]):
        add(entry, "category", term=word)
    add(entry, "summary", cap.summary_of(alert))
