"""Times and dates as people read them, absolute and in the council's zone; must not ask what time it is."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _


def zone() -> ZoneInfo:
    """Return the council's zone."""
    return ZoneInfo(settings.COUNCIL.zone)


def in_zone(value: dt.datetime) -> dt.datetime:
    """Return an aware datetime in the council's zone."""
    return value.astimezone(zone())


def clock(value: dt.datetime) -> str:
    """Return "6:40am", "6pm", "midday" or "midnight" for a datetime already in the council's zone.

    In the hour that the end of summer time repeats, the zone's letters are added: "1:30am GMT".
    """
    if value.hour in {0, 12} and value.minute == 0:
        return _("midday") if value.hour else _("midnight")
    minutes = f":{value.minute:02d}" if value.minute else ""
    text = f"{value.hour % 12 or 12}{minutes}{_('am') if value.hour < 12 else _('pm')}"  # noqa: PLR2004 noon
    return f"{text} {value.tzname()}" if _happens_twice(value) else text


def words(value: dt.datetime | dt.date, style: str = "short") -> str:
    """Return a moment or a day in words; `style` is short, long, date or time."""
    if not isinstance(value, dt.datetime):
        return date_format(value, "l j F Y" if style == "long" else "D j M Y")
    local = in_zone(value)
    if style == "time":
        return clock(local)
    if style == "date":
        return date_format(local, "D j M Y")
    day = date_format(local, "l j F Y" if style == "long" else "D j M")
    return _("%(day)s, %(time)s") % {"day": day, "time": clock(local)}


def machine(value: dt.datetime | dt.date) -> str:
    """Return what belongs in the `datetime` attribute: ISO 8601 with the offset, to the second."""
    return (
        in_zone(value).isoformat(timespec="seconds") if isinstance(value, dt.datetime) else value.isoformat()
    )


def _happens_twice(value: dt.datetime) -> bool:
    return value.replace(fold=0).utcoffset() > value.replace(fold=1).utcoffset()  # type: ignore[operator]
