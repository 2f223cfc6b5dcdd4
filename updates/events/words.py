"""An event's dates as people read and write them; no query, and no look at the clock."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _

from look import times
from look.fields import read_day

from ..enums import Repeats
from ..models import EventDetail
from . import recurrence


def rule(event: EventDetail) -> str:
    """Return how an event comes back: "Every Tuesday until 15 December 2026", or "" if it does not."""
    if event.repeats == Repeats.NEVER or event.repeats_until_on is None:
        return ""
    words = {"often": _how_often(event), "last": day(event.repeats_until_on)}
    return _("%(often)s until %(last)s") % words


def exceptions(event: EventDetail) -> str:
    """Return on which days it does not take place: "25 December 2026 and 1 January 2027", or ""."""
    return listed([date.fromisoformat(text) for text in event.except_on])


def day(value: date) -> str:
    """Return "25 December 2026"."""
    return date_format(value, "j F Y")


def listed(days: Iterable[date]) -> str:
    """Return days in order and in words, joined as a sentence would."""
    *firsts, last = [day(each) for each in sorted(days)] or [""]
    return _("%(days)s and %(last)s") % {"days": ", ".join(firsts), "last": last} if firsts else last


def read_days(text: str) -> list[date]:
    """Return the days that `text` names, one a line, in order and once each.

    Raises ValidationError naming the first line that is no day.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return sorted({_read_line(line) for line in lines})


def _read_line(line: str) -> date:
    try:
        return date.fromisoformat(line)
    except ValueError:
        parts = line.replace(",", " ").replace("/", " ").replace(".", " ").split()
    # People write the weekday in front; the day itself decides.
    if parts and parts[0].isalpha():
        parts = parts[1:]
    if len(parts) == 3:  # noqa: PLR2004 day, month, year
        try:
            return read_day(*parts)
        except ValidationError:
            pass
    sentence = _("“%(line)s” is not a day. Write one day on each line, like 25 December 2026.")
    raise ValidationError(sentence % {"line": line[:40]}, code="no_day")


def _how_often(event: EventDetail) -> str:
    local = times.in_zone(event.starts_at)
    name = date_format(local, "l")
    if event.repeats == Repeats.MONTHLY_WEEKDAY:
        return _monthly(local.date(), name)
    said = {
        Repeats.DAILY: _("Every day"),
        Repeats.WEEKLY: _("Every %(weekday)s") % {"weekday": name},
        Repeats.FORTNIGHTLY: _("Every second %(weekday)s") % {"weekday": name},
        Repeats.MONTHLY_DATE: _("Every month on the %(day)s") % {"day": date_format(local, "jS")},
    }
    return said[Repeats(event.repeats)]


def _monthly(on: date, weekday: str) -> str:
    sentences = {
        1: _("The first %(weekday)s of every month"),
        2: _("The second %(weekday)s of every month"),
        3: _("The third %(weekday)s of every month"),
        4: _("The fourth %(weekday)s of every month"),
        -1: _("The last %(weekday)s of every month"),
    }
    return sentences[recurrence.nth_of_month(on)] % {"weekday": weekday}
