"""Counts working days for the promise of an answer; must not know what is promised."""

import datetime as dt
from functools import cache

import holidays
from django.conf import settings

from look import times

# Monday is 0.
SATURDAY = 5


def add_working_days(start: dt.date, days: int) -> dt.date:
    """Return the day that lies `days` working days (Monday to Friday, no public holiday) after `start`."""
    day, left = start, days
    while left > 0:
        day += dt.timedelta(days=1)
        left -= _is_working_day(day)
    return day


def _is_working_day(day: dt.date) -> bool:
    return day.weekday() < SATURDAY and day not in public_holidays(settings.PUBLIC_HOLIDAYS)


@cache
def public_holidays(place: str) -> holidays.HolidayBase:
    """Return the public holidays of a country or a part of it (ISO 3166: "GB-ENG", "FR"), none for "".

    A day off in lieu counts. For requests the UK's law leaves out the holidays of all its parts (Freedom of
    Information Act 2000, s. 10(6)); counting the council's own only is a day early at times, never late.
    Raises NotImplementedError for a place nobody knows.
    """
    country, _dash, part = place.partition("-")
    return holidays.country_holidays(country, subdiv=part or None) if country else holidays.HolidayBase()


def days_to_answer(*, urgent: bool, for_information: bool = False) -> int:
    """Return how many working days the council gives itself for an answer.

    A request for recorded information has the law's clock, however urgent the notice is.
    """
    if for_information:
        return settings.INFORMATION_WITHIN_WORKING_DAYS
    return settings.ANSWER_URGENT_WITHIN_WORKING_DAYS if urgent else settings.ANSWER_WITHIN_WORKING_DAYS


def answer_due_on(
    received_at: dt.datetime, *, urgent: bool = False, for_information: bool = False
) -> dt.date:
    """Return the day by which a question received then is to be answered, in the council's zone."""
    days = days_to_answer(urgent=urgent, for_information=for_information)
    return add_working_days(times.in_zone(received_at).date(), days)


def objection_due_on(made_at: dt.datetime) -> dt.date:
    """Return the day by which an objection made then is to be decided, in the council's zone."""
    return add_working_days(times.in_zone(made_at).date(), settings.OBJECTION_WITHIN_WORKING_DAYS)


def objections_overdue_before(day: dt.date) -> dt.datetime:
    """Return the moment before which an objection was made that was due before `day`.

    The same count as `objection_due_on`, backwards, so that rows can be compared with one moment.
    """
    made_on = day
    while made_on >= day or add_working_days(made_on, settings.OBJECTION_WITHIN_WORKING_DAYS) >= day:
        made_on -= dt.timedelta(days=1)
    return dt.datetime.combine(made_on + dt.timedelta(days=1), dt.time(), times.zone())


def today() -> dt.date:
    """Return the current day in the council's zone."""
    return dt.datetime.now(times.zone()).date()
