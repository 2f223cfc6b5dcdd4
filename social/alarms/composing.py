"""Writes the words of a call: one mail, one event for a webhook; knows neither rows nor servers."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from look import times

from ..models import Account, Incident, OnCallContact


@dataclass(frozen=True)
class Call:
    """What somebody is told: a heading, one sentence, what was done already, and where to go on."""

    kind: str
    heading: str
    sentence: str
    path: str
    account: str = ""
    done: str = ""
    when: str = ""


def about_incident(incident: Incident) -> Call:
    """Return the call about an incident that has just been opened."""
    stopped = _("The portal has stopped the account: nothing is sent to it until two people let it go on.")
    running = _("The account is not stopped. Stop it if you are in doubt: one press is enough.")
    incident.refresh_from_db()
    return Call(
        kind=incident.kind,
        heading=f"{incident.get_kind_display()}: {incident.account}",
        sentence=incident.summary,
        path=reverse("social:incident", args=[incident.pk]),
        account=str(incident.account),
        done=stopped if incident.has_stopped or incident.account.locked_at else running,
        when=times.words(incident.happened_at or incident.opened_at),
    )


def about_account(account: Account, sentence: str) -> Call:
    """Return a call about an account that is no incident."""
    path = reverse("social:account", args=[account.pk])
    return Call("account", str(account), sentence, path, account=str(account))


def test_call(contact: OnCallContact) -> Call:
    """Return a call that only tries whether it arrives."""
    sentence = _("This is only a test: nothing is wrong. %(name)s is called like this when an account is.")
    heading = _("Test call")
    return Call("test", heading, sentence % {"name": contact.name}, reverse("social:on_call"))


def mail(contact: OnCallContact, call: Call) -> dict[str, str]:
    """Return the whole mail: to, subject, text and HTML."""
    context = {
        "call": call,
        "contact": contact,
        "url": f"{settings.PORTAL_URL}{call.path}",
        "council": settings.COUNCIL,
    }
    return {
        "to": contact.email,
        "subject": f"{settings.COUNCIL.short_name}: {call.heading}",
        "text": render_to_string("emails/alarm.txt", context),
        "html": render_to_string("emails/alarm.html", context),
    }


def event(call: Call, key: str) -> dict[str, Any]:
    """Return what a webhook is sent, frozen: a repeated call says the same under the same id."""
    return {
        "id": key,
        "event": f"alarm.{call.kind}",
        "heading": call.heading,
        "text": call.sentence,
        "done": call.done,
        "account": call.account,
        "url": f"{settings.PORTAL_URL}{call.path}",
        "council": settings.COUNCIL.name,
    }
