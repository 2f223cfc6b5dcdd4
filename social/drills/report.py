"""What drills taught: how long each step took; reads only."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..models import Account, Drill


@dataclass(frozen=True)
class StepTaken:
    """One step of a drill: when it was done, and how many seconds after the step before and the start."""

    words: str | Promise
    at: datetime | None
    seconds: float | None
    since_start: float | None


_STEPS: tuple[tuple[str, str | Promise], ...] = (
    ("detected_at", _("The watch noticed it")),
    ("locked_at", _("The account was locked")),
    ("informed_at", _("Residents were told (rehearsed)")),
    ("released_at", _("Two people let it go")),
)


def steps_of(drill: Drill) -> list[StepTaken]:
    """Return every step in the order it is meant to come; what was skipped has no time."""
    taken, before = [], drill.started_at
    for name, words in _STEPS:
        at: datetime | None = getattr(drill, name)
        taken.append(StepTaken(words, at, _seconds(before, at), _seconds(drill.started_at, at)))
        before = at or before
    return taken


def total_seconds(drill: Drill) -> float | None:
    """Return how long it took from the rogue post until the account was let go."""
    return _seconds(drill.started_at, drill.released_at)


def next_step(drill: Drill) -> str | Promise:
    """Return what has to be done now; empty when the drill is over."""
    if drill.ended_at:
        return ""
    to_do: tuple[tuple[datetime | None, str | Promise], ...] = (
        (drill.detected_at, _("Wait: the watch has not noticed the post yet.")),
        (drill.locked_at, _("Stop the account.")),
        (drill.informed_at, _("Tell residents (it is only rehearsed).")),
        (drill.released_at, _("Say what the incident was, then let the account go: two people.")),
    )
    return next((words for at, words in to_do if at is None), _("End the drill and note what you learnt."))


def listed() -> QuerySet[Drill]:
    """Return the drills, the newest first."""
    return Drill.objects.select_related("account", "started_by")


def last(account: Account | None = None) -> Drill | None:
    """Return the newest drill that was ended as it should be, of one account or of all. One query."""
    ended = listed().filter(ended_at__isnull=False, was_broken_off=False)
    return (ended.filter(account=account) if account else ended).first()


def last_of_each(accounts: list[Account]) -> dict[int, Drill]:
    """Return each account's newest drill that was ended as it should be, by the account's id. One query."""
    ended = Drill.objects.filter(account__in=accounts, ended_at__isnull=False, was_broken_off=False)
    newest: dict[int, Drill] = {}
    for drill in ended.order_by("started_at", "pk"):
        newest[drill.account_id] = drill
    return newest


def page_of(drill: Drill) -> dict[str, Any]:
    """Return what a drill's report shows."""
    return {"drill": drill, "steps": steps_of(drill), "total": total_seconds(drill), "next": next_step(drill)}


def _seconds(start: datetime, end: datetime | None) -> float | None:
    return None if end is None else max(0.0, (end - start).total_seconds())
