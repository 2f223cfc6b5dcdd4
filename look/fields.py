"""Form fields that read a day or a moment as people write them; must not know what it is for."""

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import MONTHS, MONTHS_3
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from look import times
from look.widgets import DayBoxes, MomentBoxes

# A year written with fewer figures is a slip; one beyond this is too.
_DAY = [gettext_lazy("day"), gettext_lazy("month"), gettext_lazy("year")]
_YEARS = range(1900, 2201)
_CLOCK_FACE = range(1, 13)
_TIME = re.compile(
    r"^(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?\s*(?P<half>a\.?m\.?|p\.?m\.?)?$", re.IGNORECASE
)


class _BoxesField(forms.MultiValueField):
    """A field of several boxes that is empty only when every box is."""

    parts: Sequence[Promise] = ()

    def __init__(self, **kwargs: Any) -> None:
        inner = [forms.CharField(required=False, max_length=20) for _part in self.parts]
        super().__init__(inner, require_all_fields=False, **kwargs)

    def clean(self, value: Any) -> Any:
        """Return the day or moment, or None when left empty; raise ValidationError saying what is wrong."""
        if self.disabled:
            return super().clean(value)
        texts = [str(text or "").replace("\x00", "").strip() for text in (value or [])]
        if not any(texts):
            return super().clean([])
        missing = [part for part, text in zip(self.parts, texts, strict=True) if not text]
        if missing:
            raise ValidationError(
                _("Add the %(missing)s too.") % {"missing": _(" and the ").join(map(str, missing))},
                code="incomplete",
            )
        return super().clean(texts)


class DayField(_BoxesField):
    """A day in three boxes: "22", "11" or "Nov", "2026"."""

    widget = DayBoxes
    parts = _DAY

    def compress(self, data_list: list[str]) -> dt.date | None:
        """Return the day; raise ValidationError if there is no such day."""
        return read_day(*data_list) if data_list else None


class MomentField(_BoxesField):
    """A moment in the council's zone in four boxes, stored aware."""

    widget = MomentBoxes
    parts = [*_DAY, gettext_lazy("time")]

    def compress(self, data_list: list[str]) -> dt.datetime | None:
        """Return the aware moment; raise ValidationError if the clock never or twice shows it."""
        if not data_list:
            return None
        *day, time = data_list
        return in_council_zone(dt.datetime.combine(read_day(*day), read_time(time)), time)


def read_day(day: str, month: str, year: str) -> dt.date:
    """Return the day three texts name; the month may be a number or its English or local name."""
    try:
        read = dt.date(int(year), _month(month), int(day))
    except ValueError:
        raise ValidationError(_("There is no such day. Write it like 22 11 2026."), code="invalid") from None
    if read.year not in _YEARS:
        raise ValidationError(_("Write the year with four figures, like 2026."), code="invalid")
    return read


def read_time(text: str) -> dt.time:
    """Return the time of day for "6:40am", "18:40", "6pm", "midday" or "midnight"."""
    word = text.strip().casefold()
    if word in {"midday", "noon", _("midday").casefold()}:
        return dt.time(12)
    if word in {"midnight", _("midnight").casefold()}:
        return dt.time(0)
    # A repeated hour is shown with the zone's letters; read back what we ourselves wrote.
    try:
        return _time_of(_TIME.match(re.sub(r"\s+[a-z]{3,4}$", "", word)))
    except ValueError:
        raise ValidationError(_("Write the time like 6:40am or 18:40."), code="invalid") from None


def in_council_zone(naive: dt.datetime, written: str = "") -> dt.datetime:
    """Return the moment in UTC; refuse one the clock change skips, or repeats unless `written` says which."""
    zone = times.zone()
    first, second = naive.replace(tzinfo=zone, fold=0), naive.replace(tzinfo=zone, fold=1)
    if first.utcoffset() == second.utcoffset():
        return first.astimezone(dt.UTC)
    if first.astimezone(dt.UTC).astimezone(zone).replace(tzinfo=None) != naive:
        raise ValidationError(
            _("The clocks go forward then: that time does not happen. Choose another."), code="skipped"
        )
    for moment in (first, second):
        if str(moment.tzname()).casefold() in written.casefold().split():
            # Python never calls a repeated hour equal to anything in another zone: keep it in UTC.
            return moment.astimezone(dt.UTC)
    raise ValidationError(
        _("The clocks go back then, so this time happens twice. Add %(first)s or %(second)s after it.")
        % {"first": first.tzname(), "second": second.tzname()},
        code="repeated",
    )


def _time_of(match: re.Match[str] | None) -> dt.time:
    if match is None:
        raise ValueError("not a time of day")
    hour, minute, half = int(match["hour"]), int(match["minute"] or 0), (match["half"] or "")[:1]
    if not half and match["minute"]:
        return dt.time(hour, minute)
    # A bare "6" could be either end of the day; "13pm" is neither.
    if not half or hour not in _CLOCK_FACE:
        raise ValueError("neither a 24-hour time nor one with am or pm")
    return dt.time(hour % 12 + (12 if half == "p" else 0), minute)


def _month(text: str) -> int:
    names = {str(name).casefold(): number for table in (MONTHS, MONTHS_3) for number, name in table.items()}
    english = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    word = text.casefold().strip(". ")
    if word in names:
        return names[word]
    return english.index(word[:3]) + 1 if word.isalpha() and word[:3] in english else int(word)
