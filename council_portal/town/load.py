"""Builds the whole town: places, people, and their history in the order it happened."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.demo import enrol_demo_totp
from accounts.models import User
from accounts.services import deactivate
from updates.due import run_due

from . import (
    accounts,
    consultations,
    data,
    hearing,
    notices,
    people,
    readers,
    replies,
    still_off,
    summaries,
    templates,
    voices,
)
from .moments import Calendar, clock_at
from .notices import Step, Town

# Everybody in the demo town shares this authenticator secret; sign-in shows the code (DEBUG only).
DEMO_TOTP_SECRET = "RIVERBANKDEMOTOWNRIVERBANKDEMOTO"  # noqa: S105


def is_empty() -> bool:
    """Say whether nobody is in the database yet."""
    return not User.objects.exists()


@transaction.atomic
def load(now: datetime | None = None, progress: Callable[[str, int, int], None] | None = None) -> Town:
    """Build the demo town as it stands at `now`; the same `now` gives the same town.

    All or nothing; the database must be empty. `progress(what, done, total)` is told how far it is.
    """
    calendar = Calendar(now or timezone.now(), ZoneInfo(settings.TIME_ZONE))
    with clock_at(calendar.moment("-400d 09:00")):
        town = _found(calendar)
    story = [step for notice in data.notices() for step in notices.steps(town, notice)]
    said = enumerate(data.voices(), start=1)
    story += [step for number, voice in said for step in voices.steps(town, number, voice)]
    heard = enumerate(data.replies(), start=1)
    story += [step for number, row in heard for step in replies.steps(town, number, row)]
    story += [step for notice in data.notices() for step in still_off.steps(town, notice)]
    story += consultations.steps(town)
    story += templates.steps(town)
    story += hearing.ready_answers(town)
    story += _departures(town)
    _run(sorted(story, key=lambda step: (step.at, step.order)), progress)
    with clock_at(calendar.now):
        run_due()
        readers.join(town)
        summaries.make()
    return town


def _found(calendar: Calendar) -> Town:
    wards = people.load_places(data.places())
    staff = data.people()
    teams = people.load_teams(staff)
    persons = people.load_people(staff, teams, wards)
    for person in persons.values():
        enrol_demo_totp(person, DEMO_TOTP_SECRET)
    accounts.connect_accounts(teams, by=persons["margaret.oyelaran"], second=persons["anneka.bright"])
    return Town(calendar, wards, teams, persons, {}, accounts.deliver)


def _departures(town: Town) -> list[Step]:
    administrator = next(person for person in town.people.values() if _is_administrator(person))
    return [
        Step(
            town.calendar.moment(row["left"]),
            0,
            row["key"],
            partial(deactivate, town.people[row["key"]], by=administrator, reason="Left the council."),
        )
        for row in data.people()["person"]
        if row.get("left")
    ]


def _is_administrator(person: User) -> bool:
    return person.memberships.filter(role="administrator").exists()


def _run(story: list[Step], progress: Callable[[str, int, int], None] | None) -> None:
    for done, step in enumerate(story, start=1):
        try:
            with clock_at(step.at):
                step.do()
        except Exception as error:
            error.add_note(f"in the demo data: {step.label}, at {step.at:%Y-%m-%d %H:%M}")
            raise
        if progress:
            progress("history", done, len(story))
