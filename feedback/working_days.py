"""Counts working days for the promise of an answer; must not know what is promised."""

import datetime as dt

from django.conf import settings

from look import times

# Monday is 0. Public holidays are not known here: the promise is then kept a day early, never a day late.
SATURDAY = 5


def add_working_days(start: dt.date, days: int) -> dt.date:
    """Return the day that lies `days` working days (Monday to Friday) after `start`."""
    day, left = start, days
    while left > 0:
        day += dt.timedelta(days=1)
        left -= day.weekday() < SATURDAY
    return day


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


def today() -> dt.date:
    """Return the current day in the council's zone."""
    return dt.datetime.now(times.zone()).date()
