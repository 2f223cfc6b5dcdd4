"""The quick answers of an update from a phone: "in 2 hours", "today at 6pm", worked out against now."""

from datetime import datetime, time, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from look import times

# Hours from now, as they stand in the form.
ESTIMATE_HOURS = {"1h": 1, "2h": 2, "4h": 4}
NEXT_MINUTES = {"30m": 30, "1h": 60, "2h": 120, "4h": 240}
_EVENING = time(18)
_MORNING = time(9)
# The evening is offered only while it is further off than this.
_AT_LEAST = timedelta(minutes=30)

KEEP, UNKNOWN, OTHER, NONE = "keep", "unknown", "other", "none"
TODAY, TOMORROW = "today", "tomorrow"


def this_evening(now: datetime) -> datetime | None:
    """Return 6pm today in the council's zone, or None when that is too near or over."""
    evening = _on(now, _EVENING, days=0)
    return evening if evening - now >= _AT_LEAST else None


def tomorrow_morning(now: datetime) -> datetime:
    """Return 9am tomorrow in the council's zone."""
    return _on(now, _MORNING, days=1)


def rounded(moment: datetime) -> datetime:
    """Return `moment` rounded up to five minutes: nobody promises 4:07pm."""
    over = timedelta(minutes=moment.minute % 5, seconds=moment.second, microseconds=moment.microsecond)
    return moment if not over else moment - over + timedelta(minutes=5)


def estimate_at(choice: str, now: datetime) -> datetime | None:
    """Return by when it should be back for a quick choice; None for what names no time."""
    if choice == TODAY:
        return this_evening(now)
    return rounded(now + timedelta(hours=ESTIMATE_HOURS[choice])) if choice in ESTIMATE_HOURS else None


def next_at(choice: str, now: datetime) -> datetime | None:
    """Return by when the next update comes for a quick choice; None for what names no time."""
    if choice == TOMORROW:
        return tomorrow_morning(now)
    return rounded(now + timedelta(minutes=NEXT_MINUTES[choice])) if choice in NEXT_MINUTES else None


def estimate_choices(now: datetime, kept: str) -> list[tuple[str, str]]:
    """Return the answers to "when will it be back?"; `kept` says the present estimate, "" for none."""
    offered = [(KEEP, _("As before: %(estimate)s") % {"estimate": kept})] if kept else []
    offered += [(key, _hours(hours, estimate_at(key, now))) for key, hours in ESTIMATE_HOURS.items()]
    if this_evening(now):
        offered.append((TODAY, _("By today, 6pm")))
    return [*offered, (UNKNOWN, _("We do not know yet")), (OTHER, _("Another time, written below"))]


def next_choices(now: datetime) -> list[tuple[str, str]]:
    """Return the answers to "when will you say more?"."""
    offered = [(key, _minutes(minutes, next_at(key, now))) for key, minutes in NEXT_MINUTES.items()]
    return [
        *offered,
        (TOMORROW, _("Tomorrow, 9am")),
        (OTHER, _("Another time, written below")),
        (NONE, _("No promise")),
    ]


def _hours(hours: int, at: datetime | None) -> str:
    words = ngettext("In %(count)s hour", "In %(count)s hours", hours) % {"count": hours}
    return _with_clock(words, at)


def _minutes(minutes: int, at: datetime | None) -> str:
    if minutes % 60 == 0:
        return _hours(minutes // 60, at)
    return _with_clock(_("In %(count)s minutes") % {"count": minutes}, at)


def _with_clock(words: str, at: datetime | None) -> str:
    return _("%(words)s (%(time)s)") % {"words": words, "time": times.words(at, "time")} if at else words


def _on(now: datetime, clock: time, *, days: int) -> datetime:
    day = times.in_zone(now).date() + timedelta(days=days)
    return datetime.combine(day, clock, tzinfo=times.zone())
