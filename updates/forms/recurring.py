"""What staff type about an event's dates, and what of it contradicts itself; must not save anything."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from look import times

from ..enums import Repeats
from ..events import recurrence, words
from ..models import EventDetail

_LONGEST = 5000


class DaysField(forms.CharField):
    """Days in words, one a line; its value is a list of ISO dates, as EventDetail.except_on keeps them."""

    def __init__(self, **kwargs: Any) -> None:
        """Offer a box of several lines."""
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 3}))
        super().__init__(max_length=_LONGEST, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Show stored days in words; leave what was typed as it was typed."""
        if isinstance(value, list):
            return "\n".join(words.day(date.fromisoformat(day)) for day in value)
        return value

    def clean(self, value: Any) -> Any:
        """Return the days as ISO dates; raise ValidationError for a line that is no day."""
        return [day.isoformat() for day in words.read_days(super().clean(value))]

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare in words."""
        return super().has_changed(self.prepare_value(initial), data)


def except_on_field() -> DaysField:
    """Return the field for the days on which a repeating event does not take place."""
    return DaysField(
        label=gettext_lazy("Not on"),
        required=False,
        help_text=gettext_lazy(
            "Days on which it does not take place although it repeats. One on each line, "
            "for example 25 December 2026."
        ),
    )


def faults(data: dict[str, Any]) -> dict[str, str]:
    """Return what contradicts itself among an event's cleaned `data`: field's name → sentence."""
    starts, ends = data.get("starts_at"), data.get("ends_at")
    if starts and ends and ends < starts:
        return {"ends_at": _("The event ends before it starts.")}
    if data.get("repeats", Repeats.NEVER) == Repeats.NEVER:
        return _once_only(data)
    if not starts or not ends or "repeats_until_on" not in data or "except_on" not in data:
        return {}  # what is missing has its own sentence already
    return _last_day(data) or _dates(data)


def _once_only(data: dict[str, Any]) -> dict[str, str]:
    if data.get("repeats_until_on") or data.get("except_on"):
        return {"repeats": _("Say how it repeats, or empty “Last day” and “Not on”.")}
    return {}


def _last_day(data: dict[str, Any]) -> dict[str, str]:
    last, first = data["repeats_until_on"], times.in_zone(data["starts_at"]).date()
    sentence = ""
    if last is None:
        sentence = _("Say on which day it takes place for the last time.")
    elif last < first:
        sentence = _("The last day is before the event starts.")
    elif last > first + timedelta(days=recurrence.LONGEST_DAYS):
        sentence = _("Dates can be given for at most two years ahead. Choose an earlier last day.")
    return {"repeats_until_on": sentence} if sentence else {}


def _dates(data: dict[str, Any]) -> dict[str, str]:
    """Return what is wrong with the dates that the rule gives."""
    event = _detail(data)
    strange = [day for day in data["except_on"] if date.fromisoformat(day) not in recurrence.days_of(event)]
    if recurrence.too_many(event):
        sentence = _("That makes more than %(most)s dates. Choose an earlier last day.")
        return {"repeats_until_on": sentence % {"most": recurrence.MOST_DATES}}
    if strange:
        return {"except_on": _not_on_those(strange)}
    if skipped := recurrence.skipped_days(event):
        sentence = _(
            "On %(day)s the clocks go forward, and this start time does not happen. Choose another time, "
            "or write that day under “Not on”."
        )
        return {"starts_at": sentence % {"day": words.day(skipped[0])}}
    spans = recurrence.spans_of(event)
    if not spans:
        return {"except_on": _("That leaves no date at all. Take a day out of “Not on”.")}
    if any(one.ends_at > two.starts_at for one, two in pairwise(spans)):
        return {"ends_at": _("It would start again before it has ended. Choose an earlier end.")}
    return {}


def _not_on_those(days: list[str]) -> str:
    named = words.listed(date.fromisoformat(day) for day in days)
    return ngettext(
        "It would not take place on %(days)s anyway. Check the day, or delete it.",
        "It would not take place on %(days)s anyway. Check the days, or delete them.",
        len(days),
    ) % {"days": named}


def _detail(data: dict[str, Any]) -> EventDetail:
    names = ("starts_at", "ends_at", "repeats", "repeats_until_on", "except_on")
    return EventDetail(**{name: data[name] for name in names})
