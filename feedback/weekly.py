"""Writes the weekly digest for each councillor about their wards; sends nothing."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import User
from look import times
from places.models import Ward

from . import letters, summaries
from .digesting import numbers, owed
from .digesting.scope import Period, Scope, monday
from .enums import LetterPurpose
from .models import Letter

SENTENCES = 4


def readers() -> QuerySet[User]:
    """Return the councillors who sit for a ward and have not said that they want no digest."""
    people = User.objects.active().filter(memberships__role=Role.COUNCILLOR, seats__isnull=False)
    return people.exclude(reading__wants_digest=False).distinct().order_by("pk")


def write_digests(now: dt.datetime | None = None) -> int:
    """Write last week's digest to everybody who wants one; return how many mails are new.

    Safe to run as often as one likes: one mail for one person about one week. A week in which nobody wrote
    anything in somebody's wards, and nothing waits there, is no mail.
    """
    week = monday(times.in_zone(now or timezone.now()).date()) - dt.timedelta(weeks=1)
    return sum(_write(person, week) for person in readers())


def _write(person: User, week: dt.date) -> bool:
    once = f"digest-{person.pk}-{week.isoformat()}"
    if Letter.objects.filter(once=once).exists():
        return False
    wards = [_ward(ward, week) for ward in Ward.objects.filter(seats__councillor=person).distinct()]
    if not any(ward["pieces"] or ward["waiting"] for ward in wards):
        return False
    letters.write(LetterPurpose.DIGEST, _message(person, week, wards), once=once, reader=person)
    return True


def _ward(ward: Ward, week: dt.date) -> dict[str, Any]:
    scope = Scope(ward_ids=frozenset({ward.pk}), week=week)
    span = Period(week, week + dt.timedelta(weeks=1))
    summary = summaries.latest(summaries.about_week(week, ward.pk))
    page = summaries.page(summary) if summary else None
    path = reverse("inbox:summary")
    return {
        "name": ward.name,
        "pieces": numbers.standing(numbers.written(scope, span)).total,
        "waiting": owed.unanswered(scope).count(),
        "sentences": page.main[:SENTENCES] if page else [],
        "smaller": page.smaller_voices[:1] if page else [],
        "percent": page.percent if page else 0,
        "url": f"{settings.PORTAL_URL}{path}?ward={ward.slug}&week={week.isoformat()}",
    }


def _message(person: User, week: dt.date, wards: list[dict[str, Any]]) -> dict[str, str]:
    context = {
        "person": person,
        "week": week,
        "wards": wards,
        "url": f"{settings.PORTAL_URL}{reverse('inbox:summary')}",
        "council": settings.COUNCIL,
    }
    names = ", ".join(ward["name"] for ward in wards)
    return {
        "to": person.email,
        "subject": _("What %(wards)s said last week") % {"wards": names},
        "text": render_to_string("emails/weekly.txt", context),
        "html": render_to_string("emails/weekly.html", context),
    }
