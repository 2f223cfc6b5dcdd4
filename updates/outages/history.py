"""How the outages of the last 90 days went: how long, and whether what was said held; only from rows."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import groupby
from statistics import median

from accounts.enums import Kind
from look import times

from .. import facts
from ..enums import EstimateStage, OutageState, Service
from ..models import Edition, Notice, OutageDetail, ToldUntil

DAYS = 90
# A minute more than was said is still what was said.
ON_THE_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Period:
    """Whole days in the council's zone, the first and the last included."""

    first_on: date
    last_on: date

    @property
    def starts_at(self) -> datetime:
        """Return the moment the first day begins."""
        return datetime.combine(self.first_on, time(), tzinfo=times.zone())

    @property
    def ends_at(self) -> datetime:
        """Return the moment after the last day."""
        return datetime.combine(self.last_on + timedelta(days=1), time(), tzinfo=times.zone())


@dataclass(frozen=True)
class Story:
    """How one outage went, from the editions residents read."""

    notice: Notice
    service: str
    began_at: datetime | None
    restored_at: datetime
    first_estimate_at: datetime | None
    last_estimate_at: datetime | None
    promises_made: int
    promises_kept: int
    planned_from_at: datetime | None = None
    planned_to_at: datetime | None = None

    @property
    def was_planned(self) -> bool:
        """Say whether it was announced before it began."""
        return self.planned_from_at is not None

    @property
    def lasted(self) -> timedelta | None:
        """Return how long it was off; None where nobody said since when."""
        if self.began_at is None or self.began_at > self.restored_at:
            return None
        return self.restored_at - self.began_at

    @property
    def first_held(self) -> bool | None:
        """Say whether it was back by the first estimate; None where none was given."""
        return _held(self.restored_at, self.first_estimate_at)

    @property
    def last_held(self) -> bool | None:
        """Say whether it was back by the last estimate; None where none was given."""
        return _held(self.restored_at, self.last_estimate_at)

    @property
    def window_went(self) -> str:
        """Return "early", "on_time" or "late" for planned works; "" for anything else."""
        if self.planned_to_at is None:
            return ""
        over = self.restored_at - self.planned_to_at
        if abs(over) < facts.ON_TIME:
            return "on_time"
        return "late" if over > timedelta() else "early"


def _held(restored_at: datetime, estimate_at: datetime | None) -> bool | None:
    return None if estimate_at is None else restored_at <= estimate_at + ON_THE_MINUTE


def period() -> Period | None:
    """Return the 90 days up to the last whole one; None before the beat has ever run. One query."""
    told = ToldUntil.objects.first()
    return Period(told.day_on - timedelta(days=DAYS - 1), told.day_on) if told else None


def stories(of: Period) -> list[Story]:
    """Return what was restored in a period, newest first; withdrawn notices say nothing. Two queries."""
    restored = Notice.objects.live().filter(
        kind=Kind.OUTAGE,
        live_edition__outage__state=OutageState.RESTORED,
        live_edition__outage__restored_at__gte=of.starts_at,
        live_edition__outage__restored_at__lt=of.ends_at,
    )
    notices = {notice.pk: notice for notice in restored.select_related("live_edition__outage")}
    seen = Edition.objects.filter(notice__in=list(notices), published_at__isnull=False)
    editions = seen.select_related("outage").order_by("notice_id", "-number")
    told = [story_of(notices[key], list(rows)) for key, rows in groupby(editions, lambda row: row.notice_id)]
    return sorted(told, key=lambda story: story.restored_at, reverse=True)


def story_of(notice: Notice, editions: Sequence[Edition]) -> Story:
    """Return how one restored outage went; `editions` are its public ones, newest first."""
    last = editions[0].outage
    assert last.restored_at is not None  # stories() asks for restored ones
    before = [
        edition.outage for edition in reversed(editions) if edition.outage.state != OutageState.RESTORED
    ]
    said = [outage.estimate_to_at for outage in before if _is_estimate(outage)]
    kept, made = facts.promises_kept(editions)
    # The window that held last before the works began is the one residents planned by.
    planned = next((outage for outage in reversed(before) if outage.state == OutageState.PLANNED), None)
    return Story(
        notice=notice,
        service=last.service,
        began_at=_began(editions),
        restored_at=last.restored_at,
        first_estimate_at=said[0] if said else None,
        last_estimate_at=said[-1] if said else None,
        promises_made=made,
        promises_kept=kept,
        planned_from_at=_planned_from(planned) if planned else None,
        planned_to_at=(planned.planned_to_at or planned.estimate_to_at) if planned else None,
    )


def _planned_from(outage: OutageDetail) -> datetime | None:
    # Before works had a window of their own, it stood where an outage has its beginning.
    return outage.planned_from_at or outage.since_at or outage.estimate_from_at


def _is_estimate(outage: OutageDetail) -> bool:
    """Say whether residents were given a time: the window of works is no estimate."""
    if outage.state == OutageState.PLANNED or outage.estimate_stage == EstimateStage.ASSESSING:
        return False
    return outage.estimate_to_at is not None


def _began(editions: Sequence[Edition]) -> datetime | None:
    newest = editions[0].outage
    return newest.since_at or newest.planned_from_at or editions[-1].published_at


@dataclass(frozen=True)
class Figures:
    """What a group of outages comes to; each share is (how many, of how many)."""

    label: object
    number: int
    median: timedelta | None
    longest: Story | None
    first_held: tuple[int, int]
    last_held: tuple[int, int]
    promises: tuple[int, int]


@dataclass(frozen=True)
class Works:
    """How planned works went against the window announced."""

    number: int
    early: int
    on_time: int
    late: int


@dataclass(frozen=True)
class Told:
    """The whole history of a period."""

    period: Period
    stories: list[Story]
    all: Figures
    services: list[Figures] = field(default_factory=list)
    works: Works | None = None


def tell(of: Period, found: list[Story]) -> Told:
    """Return the figures of a period: unplanned outages as a whole and by service, works apart."""
    outages = [story for story in found if not story.was_planned]
    works = [story for story in found if story.was_planned]
    services = [
        figures(service.label, mine)
        for service in Service
        if (mine := [story for story in outages if story.service == service])
    ]
    return Told(of, found, figures("", outages), services, _works(works) if works else None)


def figures(label: object, found: list[Story]) -> Figures:
    """Return what `found` comes to; nothing is divided where there is nothing."""
    timed = [story for story in found if story.lasted is not None]
    return Figures(
        label=label,
        number=len(found),
        median=timedelta(seconds=median(map(_seconds, timed))) if timed else None,
        longest=max(timed, key=_seconds, default=None),
        first_held=_share([story.first_held for story in found]),
        last_held=_share([story.last_held for story in found]),
        promises=(sum(s.promises_kept for s in found), sum(s.promises_made for s in found)),
    )


def _seconds(story: Story) -> float:
    return (story.lasted or timedelta()).total_seconds()


def _share(answers: list[bool | None]) -> tuple[int, int]:
    known = [answer for answer in answers if answer is not None]
    return sum(known), len(known)


def _works(found: list[Story]) -> Works:
    went = [story.window_went for story in found]
    return Works(len(found), went.count("early"), went.count("on_time"), went.count("late"))


def weeks(of: Period, found: list[Story]) -> list[tuple[date, int]]:
    """Return the seven-day weeks of a period, oldest first, by their first day, with the outages restored.

    The last week ends with the period; what is left over at its beginning is a week cut short.
    """
    starts = [of.last_on - timedelta(days=6 + 7 * back) for back in range(-(-DAYS // 7))]
    days = [times.in_zone(story.restored_at).date() for story in found if not story.was_planned]
    return [
        (max(start, of.first_on), sum(start <= day < start + timedelta(days=7) for day in days))
        for start in reversed(starts)
    ]
