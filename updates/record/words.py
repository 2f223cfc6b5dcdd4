"""Figures in words; nothing is said of too few cases but how many there were."""

from collections.abc import Sequence
from datetime import timedelta
from math import ceil
from statistics import median

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .. import spans

# Under this many cases one more would change everything.
ENOUGH = 5
_MINUTE = 60
_NINE_IN_TEN = 0.9
_NOT_ALL = 99


def took(span: timedelta) -> str:
    """Return a length of time coarsely, with seconds where they count: "40 seconds", "3 hours"."""
    seconds = round(span.total_seconds())
    if seconds < 2 * _MINUTE:
        return ngettext("%(count)s second", "%(count)s seconds", seconds) % {"count": seconds}
    return spans.length(span)


def middle(lengths: Sequence[timedelta]) -> timedelta | None:
    """Return the length that half of them stay under; None when there are too few to say."""
    if len(lengths) < ENOUGH:
        return None
    return timedelta(seconds=median(length.total_seconds() for length in lengths))


def nine_in_ten(lengths: Sequence[timedelta]) -> timedelta | None:
    """Return the length that nine in ten stay within; None when there are too few to say."""
    return sorted(lengths)[ceil(_NINE_IN_TEN * len(lengths)) - 1] if len(lengths) >= ENOUGH else None


def percent(part: int, whole: int) -> int | None:
    """Return the share to the nearest per cent, never rounded up to all; None for too few to say."""
    if whole < ENOUGH:
        return None
    return 100 if part == whole else min(round(100 * part / whole), _NOT_ALL)


def cases(number: int) -> str:
    """Return how many cases stand behind a figure."""
    if not number:
        return _("no cases")
    return ngettext("%(count)s case", "%(count)s cases", number) % {"count": number}


def too_few() -> str:
    """Return what is said instead of a figure."""
    return _("Too few to say")
