"""What a consultation still lacks before it can be fair; reads only, and decides nothing about its stage."""

import datetime as dt
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from look import times

from ..enums import ItemKind
from ..models import NEEDS_OPTIONS, Consultation, Item

# The law names no length; twelve weeks is the custom for a consultation, six the least that groups who meet
# once a month can answer in. A poll is short by its nature.
WEEKS_USUAL, WEEKS_LEAST = 12, 6
# The weeks in which people are away and groups do not meet: (month, day) of the first and the last day.
_HOLIDAYS = (
    ((12, 20), (12, 31), gettext_lazy("Christmas")),
    ((1, 1), (1, 3), gettext_lazy("New Year")),
    ((7, 24), (8, 31), gettext_lazy("the summer holidays")),
)
_LEAST_OPTIONS = 2


@dataclass(frozen=True)
class Gap:
    """One thing that is missing, and the part of the desk where it is put right."""

    code: str
    text: str | Promise
    is_blocking: bool
    part: str


def gaps(consultation: Consultation) -> list[Gap]:
    """Return everything that is missing or doubtful, what blocks first. Two queries."""
    items = list(consultation.items.prefetch_related("options"))
    found = [*_words(consultation), *_items(items), *_time(consultation)]
    if not consultation.is_poll:
        found += _costs(items)
    return sorted(found, key=lambda gap: not gap.is_blocking)


def blocking(consultation: Consultation) -> list[Gap]:
    """Return only what keeps it from being sent on."""
    return [gap for gap in gaps(consultation) if gap.is_blocking]


def _words(consultation: Consultation) -> list[Gap]:
    """Return what people need to know to answer with reason (Gunning's second rule); a poll needs less."""
    if consultation.is_poll:
        return []
    needed = [
        ("can_change", consultation.can_change, _("Say what can still change.")),
        ("impact", consultation.impact, _("Say whom it affects and how, and the equality impact.")),
        ("decided_by", consultation.decided_by, _("Say who decides.")),
        ("decides_on", consultation.decides_on, _("Say when they decide.")),
    ]
    lacking = [Gap(code, text, is_blocking=True, part="words") for code, value, text in needed if not value]
    if not consultation.is_decided:
        text = _("Nothing is said about what is decided already. If something is, say so.")
        lacking.append(Gap("is_decided", text, is_blocking=False, part="words"))
    return [*lacking, *_decision(consultation)]


def _decision(consultation: Consultation) -> list[Gap]:
    decides_on = consultation.decides_on
    if decides_on is None or decides_on > times.in_zone(consultation.closes_at).date():
        return []
    text = _("They decide before it closes: nobody could take the answers into account.")
    return [Gap("decides_too_early", text, is_blocking=True, part="words")]


def _items(items: list[Item]) -> list[Gap]:
    if not items:
        return [Gap("items", _("Ask at least one question."), is_blocking=True, part="items")]
    short = [
        item.number
        for item in items
        if item.kind in NEEDS_OPTIONS and len(item.options.all()) < _LEAST_OPTIONS
    ]
    return [
        Gap("options", _("Give question %(number)s at least two options.") % {"number": n}, True, "items")
        for n in short
    ]


def _costs(items: list[Item]) -> list[Gap]:
    """Return the options whose cost is not told: a warning, for not everything to choose from costs money."""
    choices = [item for item in items if item.kind == ItemKind.CHOICE]
    options = [option for item in choices for option in item.options.all()]
    silent = [option for option in options if option.cost is None and not option.cost_note]
    if not silent:
        return []
    text = ngettext(
        "%(count)s option does not say what it would cost.",
        "%(count)s options do not say what they would cost.",
        len(silent),
    ) % {"count": len(silent)}
    return [Gap("costs", text, is_blocking=False, part="items")]


def _time(consultation: Consultation) -> list[Gap]:
    """Return whether people have time enough (Gunning's third rule): always a warning, never a refusal."""
    found = [_falls_in(consultation)]
    days = (consultation.closes_at - consultation.opens_at).days
    if consultation.is_poll or days >= WEEKS_USUAL * 7:
        return [gap for gap in found if gap]
    if days < WEEKS_LEAST * 7:
        text = _(
            "It is open for less than six weeks. Groups that meet once a month may not manage to answer."
        )
    else:
        text = _("It is open for less than the usual twelve weeks.")
    return [Gap("time", text, is_blocking=False, part="words"), *(gap for gap in found if gap)]


def _falls_in(consultation: Consultation) -> Gap | None:
    """Return the holidays the time it is open touches."""
    opens, closes = (times.in_zone(at).date() for at in (consultation.opens_at, consultation.closes_at))
    touched = [
        str(name)
        for first, last, name in _HOLIDAYS
        for year in range(opens.year, closes.year + 1)
        if opens <= dt.date(year, *last) and dt.date(year, *first) <= closes
    ]
    if not touched:
        return None
    names = _(" and ").join(dict.fromkeys(touched))
    text = _("It is open over %(names)s, when many people are away. Think of more time.") % {"names": names}
    return Gap("holidays", text, is_blocking=False, part="words")
