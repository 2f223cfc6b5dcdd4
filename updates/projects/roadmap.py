"""Where the town is heading: the projects by when they will be felt, in a fixed number of queries."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, Q, prefetch_related_objects
from django.utils.translation import gettext as _

from accounts.enums import Kind

from .. import cards, facts, queries
from ..enums import Horizon, Phase
from ..models import Milestone, Notice, NoticeQuerySet
from .asked import Asked

# A longer column hides the next one on a phone; the list has the rest.
PER_COLUMN = 6
DONE_SHOWN = 6
# The same rule as facts.may_still_change, for the database.
_OPEN_PHASES = [Phase.IDEA, Phase.CONSULTATION, Phase.DESIGN]
_IS_OPEN = Q(live_edition__project__phase__in=_OPEN_PHASES) & ~Q(live_edition__project__can_change="")


@dataclass(frozen=True)
class Project:
    """One project on the roadmap or in its list."""

    title: str
    url: str
    text: str
    phase: str
    phase_number: int
    percent: int
    is_open: bool
    is_done: bool
    horizon: str
    where: str
    following: Milestone | None

    @property
    def phases(self) -> list[str]:
        """Return each phase as "done", "now" or "next", for the row of dots."""
        return [_state(number, self.phase_number) for number in range(1, len(Phase) + 1)]


def _state(number: int, current: int) -> str:
    if number == current:
        return "now"
    return "done" if number < current else "next"


@dataclass(frozen=True)
class Column:
    """One stretch of time: its first projects, and how many there are."""

    horizon: Horizon
    projects: list[Project]
    total: int

    @property
    def meaning(self) -> str:
        """Return what the stretch means to a resident."""
        return {
            Horizon.THIS_YEAR: _("What you will notice soon"),
            Horizon.ONE_TO_THREE_YEARS: _("What is being prepared"),
            Horizon.LONG_TERM: _("The direction we are taking"),
        }[self.horizon]

    @property
    def has_more(self) -> bool:
        """Say whether the list holds more of them."""
        return self.total > len(self.projects)


@dataclass(frozen=True)
class Roadmap:
    """Everything the page shows."""

    columns: list[Column]
    done: list[Project]
    done_total: int
    open_total: int

    @property
    def total(self) -> int:
        """Return how many projects are under way."""
        return sum(column.total for column in self.columns)


def draw(asked: Asked) -> Roadmap:
    """Return the roadmap, narrowed. Seven queries, however many projects there are."""
    going = _ahead(asked)
    counted = going.order_by().values("horizon").annotate(all=Count("pk"), open=Count("pk", filter=_IS_OPEN))
    totals: dict[str, dict[str, Any]] = {row["horizon"]: dict(row) for row in counted}
    found = {horizon: list(_latest(going.filter(horizon=horizon))[:PER_COLUMN]) for horizon in Horizon}
    finished = _done(asked)
    done = list(_latest(finished)[:DONE_SHOWN])
    _with_rows([*(notice for column in found.values() for notice in column), *done])
    return Roadmap(
        [Column(horizon, _shown(found[horizon]), _count(totals, horizon, "all")) for horizon in Horizon],
        _shown(done),
        len(done) if len(done) < DONE_SHOWN else finished.count(),
        sum(_count(totals, horizon, "open") for horizon in Horizon),
    )


def _count(totals: dict[str, dict[str, Any]], horizon: str, of: str) -> int:
    return totals[horizon][of] if horizon in totals else 0


def listed(asked: Asked) -> NoticeQuerySet:
    """Return the same projects as one list: the nearest first, then the latest; done ones when asked for."""
    found = _done(asked) if asked.phase == Phase.DONE else _ahead(asked)
    narrowed = found.filter(horizon=asked.horizon) if asked.horizon else found
    # The words of the horizons happen to sort the wrong way round, all three of them.
    ordered = narrowed.order_by("-horizon", "-updated_at", "-id")
    return ordered.select_related("live_edition__project").prefetch_related(*_ROWS)


def shown(notice: Notice) -> Project:
    """Return a notice, fetched with its rows, as the roadmap shows it."""
    edition = cards.live_edition(notice)
    project = edition.project
    rows = edition.milestones.all()
    return Project(
        title=edition.headline,
        url=notice.get_absolute_url(),
        text=edition.summary,
        phase=project.get_phase_display(),
        phase_number=Phase.values.index(project.phase) + 1,
        percent=project.progress_percent,
        is_open=facts.may_still_change(project),
        is_done=project.phase == Phase.DONE,
        horizon=project.get_horizon_display(),
        where=cards.where_of(edition),
        following=next((row for row in rows if not row.reached_on), None),
    )


_ROWS: list[Any] = [
    "live_edition__wards",
    Prefetch("live_edition__milestones", queryset=Milestone.objects.order_by("position", "pk")),
]


def _ahead(asked: Asked) -> NoticeQuerySet:
    current = Notice.objects.current().filter(kind=Kind.PROJECT)
    return _narrowed(current.filter(~Q(live_edition__project__phase=Phase.DONE)), asked)


def _done(asked: Asked) -> NoticeQuerySet:
    # Its notice may have ended since: what was built still stands.
    return _narrowed(
        Notice.objects.live().filter(kind=Kind.PROJECT, live_edition__project__phase=Phase.DONE), asked
    )


def _narrowed(found: NoticeQuerySet, asked: Asked) -> NoticeQuerySet:
    if asked.phase:
        found = found.filter(live_edition__project__phase=asked.phase)
    if asked.is_open:
        found = found.filter(_IS_OPEN)
    return queries.in_ward(found, asked.ward) if asked.ward else found


def _latest(found: NoticeQuerySet) -> NoticeQuerySet:
    return found.order_by("-updated_at", "-id").select_related("live_edition__project")


def _with_rows(notices: list[Notice]) -> None:
    prefetch_related_objects(notices, *_ROWS)


def _shown(notices: list[Notice]) -> list[Project]:
    return [shown(notice) for notice in notices]
