"""Starts and changes consultations and their questions, while they are drafts; must not move their stage."""

import datetime as dt
import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import F, Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.recorder import record
from look import times
from updates.models import Notice

from .. import permissions
from ..enums import Stage
from ..models import NEEDS_OPTIONS, Consultation, Item, Option
from .checklist import WEEKS_USUAL
from .stages import Refused, locked, stale_sentence

WORDS = (
    "title",
    "introduction",
    "can_change",
    "is_decided",
    "impact",
    "decided_by",
    "decides_on",
    "other_formats",
    "access",
    "opens_at",
    "closes_at",
    "owner",
    "is_poll",
)
_ITEM_WORDS = ("kind", "words", "hint", "is_required", "low_label", "high_label")
# Whoever asks more than this gets tired answers, and a paper form nobody sends back.
MOST_ITEMS, MOST_OPTIONS = 40, 20
_POLL_WEEKS = 2
_OPENING_HOUR = 9
# Beyond any number in use: rows pass through it while they change places, for numbers are unique.
_OUT_OF_THE_WAY = 1000


def start(notice: Notice, *, by: Any, title: str, is_poll: bool) -> Consultation:
    """Begin a draft about a project, open from tomorrow morning for the usual time. Raises Refused."""
    if not permissions.may_consult(by, notice.team):
        raise Refused(_("Your roles do not allow this for %(team)s.") % {"team": notice.team})
    opens_at = _tomorrow_morning()
    weeks = _POLL_WEEKS if is_poll else WEEKS_USUAL
    with transaction.atomic():
        made = Consultation.objects.create(
            notice=notice,
            team=notice.team,
            owner=by,
            written_by=by,
            title=title,
            is_poll=is_poll,
            opens_at=opens_at,
            closes_at=opens_at + dt.timedelta(weeks=weeks),
        )
        record("consultation.started", actor=by, target=made, notice=notice.reference)
    return made


def change(
    consultation: Consultation, *, by: Any, seen_version: int, fields: Mapping[str, Any]
) -> Consultation:
    """Write the words and times of a draft. Raises Refused, also when somebody saved it in the meantime."""

    def write(fresh: Consultation) -> None:
        for name in WORDS:
            if name in fields:
                setattr(fresh, name, fields[name])

    return _changed(consultation, by, write, seen_version)


def add_item(consultation: Consultation, *, by: Any, fields: Mapping[str, Any]) -> Item:
    """Add a question at the end. Raises Refused."""
    made = Item(consultation=consultation)

    def write(fresh: Consultation) -> None:
        if fresh.items.count() >= MOST_ITEMS:
            raise Refused(_("There are %(most)s questions: nobody answers more.") % {"most": MOST_ITEMS})
        _fill(made, fields)
        made.number = (fresh.items.aggregate(last=Max("number"))["last"] or 0) + 1
        made.save()
        _write_options(made, fields.get("options", ()))

    _changed(consultation, by, write)
    return made


def stamp(item: Item) -> str:
    """Return a sign for all that is saved of a question and its options; other words, another sign."""
    options = item.options.order_by("number").values_list("words", "details", "cost", "cost_note")
    said = [[str(getattr(item, name)) for name in _ITEM_WORDS], *(list(map(str, each)) for each in options)]
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def change_item(item: Item, *, by: Any, seen: str, fields: Mapping[str, Any]) -> None:
    """Write a question anew, with its options in the order given.

    `seen` is the stamp of what its writer had before them. Raises Refused, also when somebody saved or took
    it out in the meantime.
    """

    def write(fresh: Consultation) -> None:
        now = fresh.items.filter(pk=item.pk).first()
        if now is None:
            raise Refused(gone_sentence())
        if stamp(now) != seen:
            raise Refused(stale_sentence())
        item.number = now.number
        _fill(item, fields)
        item.save()
        _write_options(item, fields.get("options", ()))

    _changed(item.consultation, by, write)


def gone_sentence() -> str:
    """Return what somebody is told whose question a colleague removed."""
    return _(
        "Somebody removed this question while you had it open. Copy your words, and add it as a new one."
    )


def remove_item(item: Item, *, by: Any) -> None:
    """Take a question out; those after it move up. Raises Refused."""

    def write(fresh: Consultation) -> None:
        item.delete()
        _renumber(list(fresh.items.order_by("number")), fresh.items.all())

    _changed(item.consultation, by, write)


def move_item(item: Item, *, by: Any, up: bool) -> None:
    """Let a question change places with the one before it or after it; at the end nothing moves."""

    def write(fresh: Consultation) -> None:
        rows = list(fresh.items.order_by("number"))
        here = next(place for place, row in enumerate(rows) if row.pk == item.pk)
        there = here - 1 if up else here + 1
        if 0 <= there < len(rows):
            rows[here], rows[there] = rows[there], rows[here]
            _renumber(rows, fresh.items.all())

    _changed(item.consultation, by, write)


def _changed(
    consultation: Consultation,
    by: Any,
    write: Callable[[Consultation], None],
    seen_version: int | None = None,
) -> Consultation:
    """Make one change to a locked draft, remember who made it, and return the fresh row."""
    with transaction.atomic():
        fresh = locked(consultation)
        _check(fresh, by, seen_version)
        write(fresh)
        fresh.version += 1
        fresh.save()
        fresh.contributors.add(by)
        record("consultation.changed", actor=by, target=fresh, notice=fresh.notice.reference)
    return fresh


def _check(fresh: Consultation, by: Any, seen_version: int | None) -> None:
    if not permissions.may_consult(by, fresh.team):
        raise Refused(_("Your roles do not allow this for %(team)s.") % {"team": fresh.team})
    if fresh.stage == Stage.SUBMITTED:
        raise Refused(_("It waits for a second person. Take it back first, then you can change it."))
    if fresh.stage != Stage.DRAFT:
        raise Refused(_("It is public, and what people answered to cannot be changed any more."))
    if seen_version is not None and seen_version != fresh.version:
        raise Refused(stale_sentence())


def _fill(item: Item, fields: Mapping[str, Any]) -> None:
    for name in _ITEM_WORDS:
        if name in fields:
            setattr(item, name, fields[name])


def _write_options(item: Item, options: Sequence[Mapping[str, Any]]) -> None:
    """Write a question's options anew; kinds without options have none."""
    item.options.all().delete()
    if item.kind in NEEDS_OPTIONS:
        Option.objects.bulk_create(
            Option(item=item, number=number, **each) for number, each in enumerate(options[:MOST_OPTIONS], 1)
        )


def _renumber(rows: list[Item], every: QuerySet[Item]) -> None:
    """Give the rows the numbers 1, 2, 3 in this order, never two of them the same number on the way."""
    every.update(number=F("number") + _OUT_OF_THE_WAY)
    for number, row in enumerate(rows, start=1):
        row.number = number
        row.save(update_fields=["number"])


def _tomorrow_morning() -> dt.datetime:
    tomorrow = times.in_zone(timezone.now()).date() + dt.timedelta(days=1)
    return dt.datetime.combine(tomorrow, dt.time(_OPENING_HOUR), tzinfo=times.zone()).astimezone(dt.UTC)
