"""Writes one alert as CAP 1.2 (OASIS Standard, 1 July 2010); a pure function of rows that never change.

Stricter than the standard where receivers are (rules of the WMO's CAP Composer): a description and an end in
every message, no "Unknown", short names. Not signed: receivers fetch it over HTTPS from the council itself.
"""

from html import unescape
from urllib.parse import urljoin
from xml.etree import ElementTree

from django.conf import settings
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import to_locale

from look import times

from .. import richtext
from ..enums import AlertType
from ..models import Alert, Edition
from . import meaning
from .areas import CapArea
from .xml import add, written

CONTENT_TYPE = "application/cap+xml; charset=utf-8"
NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
LONGEST_HEADLINE = 160
LONGEST_EVENT = 35
_MIME_TYPES = {"jpg": "image/jpeg", "png": "image/png"}


def address_of(alert: Alert) -> str:
    """Return the absolute address of a message."""
    return f"{settings.PORTAL_URL}{reverse('updates:alert', args=[alert.identifier])}"


def headline_of(alert: Alert) -> str:
    """Return the one line of a message, at most 160 characters."""
    said = alert.edition.headline
    if alert.message_type == AlertType.CANCEL:
        said = (_("Withdrawn: %(title)s") if _was_withdrawn(alert) else _("Ended: %(title)s")) % {
            "title": said
        }
    return Truncator(said).chars(LONGEST_HEADLINE)


def summary_of(alert: Alert) -> str:
    """Return a message in a sentence or two."""
    is_cancel = alert.message_type == AlertType.CANCEL
    return _why_taken_back(alert) if is_cancel else alert.edition.summary


def message(alert: Alert) -> bytes:
    """Return the whole message of `alert`, fetched with all that belongs to it. No query."""
    root = ElementTree.Element("alert", xmlns=NAMESPACE)
    add(root, "identifier", alert.identifier)
    add(root, "sender", alert.sender)
    add(root, "sent", times.machine(alert.sent_at))
    add(root, "status", alert.status)
    add(root, "msgType", alert.message_type)
    add(root, "scope", "Public")
    if alert.message_type == AlertType.CANCEL:
        add(root, "note", _why_taken_back(alert))
    if alert.references:
        add(root, "references", alert.references)
    add(root, "incidents", alert.notice.reference)
    _add_info(root, alert)
    return written(root)


def _add_info(root: ElementTree.Element, alert: Alert) -> None:
    edition, is_cancel = alert.edition, alert.message_type == AlertType.CANCEL
    info = add(root, "info")
    add(info, "language", to_locale(settings.LANGUAGE_CODE).replace("_", "-"))
    for category in meaning.categories(edition):
        add(info, "category", category)
    add(info, "event", Truncator(meaning.event(edition)).chars(LONGEST_EVENT))
    add(info, "responseType", "None" if is_cancel else meaning.response(edition))
    add(info, "urgency", "Past" if is_cancel else meaning.urgency(edition, alert.sent_at))
    add(info, "severity", meaning.SEVERITIES[edition.severity])
    add(info, "certainty", meaning.certainty(edition))
    if began := meaning.onset(edition):
        add(info, "onset", times.machine(began))
    add(info, "expires", times.machine(alert.expires_at))
    add(info, "senderName", settings.COUNCIL.name)
    add(info, "headline", headline_of(alert))
    add(info, "description", _why_taken_back(alert) if is_cancel else _description(alert))
    outage = meaning.outage_of(edition)
    if not is_cancel and outage and outage.advice:
        add(info, "instruction", outage.advice)
    add(info, "web", f"{settings.PORTAL_URL}{alert.notice.get_absolute_url()}")
    add(info, "contact", _contact())
    if not is_cancel:
        _add_picture(info, edition)
    for area in alert.areas:
        _add_area(info, area)


def _description(alert: Alert) -> str:
    edition = alert.edition
    body = unescape(strip_tags(richtext.render(edition.body))).strip()
    streets = [street for area in alert.areas for street in area["streets"]]
    where = _("Streets: %(streets)s.") % {"streets": ", ".join(streets)} if streets else ""
    return "\n\n".join(part for part in (edition.change_note, edition.summary, where, body) if part)


def _was_withdrawn(alert: Alert) -> bool:
    withdrawn_at = alert.notice.withdrawn_at
    return withdrawn_at is not None and withdrawn_at.replace(microsecond=0) <= alert.sent_at


def _why_taken_back(alert: Alert) -> str:
    if _was_withdrawn(alert):
        return _("This notice was withdrawn: %(reason)s") % {"reason": alert.notice.withdrawn_reason}
    return _("This notice has ended and says nothing of now any more.")


def _contact() -> str:
    council = settings.COUNCIL
    return ", ".join(part for part in (council.contact_phone, council.contact_email) if part)


def _add_picture(info: ElementTree.Element, edition: Edition) -> None:
    if edition.picture is None:
        return
    name = edition.picture.file.name or ""
    resource = add(info, "resource")
    add(resource, "resourceDesc", edition.alt_text or _("Picture"))
    add(resource, "mimeType", _MIME_TYPES.get(name.rpartition(".")[2], "image/jpeg"))
    add(resource, "uri", urljoin(settings.PORTAL_URL, edition.picture.file.url))


def _add_area(info: ElementTree.Element, area: CapArea) -> None:
    made = add(info, "area")
    add(made, "areaDesc", area["desc"])
    for polygon in area["polygons"]:
        add(made, "polygon", " ".join(f"{latitude},{longitude}" for latitude, longitude in polygon))
    for latitude, longitude, kilometres in area["circles"]:
        add(made, "circle", f"{latitude},{longitude} {kilometres}")
    for code in area["codes"]:
        geocode = add(made, "geocode")
        add(geocode, "valueName", "ward")
        add(geocode, "value", code)
