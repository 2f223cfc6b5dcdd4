"""The quick update of an outage: one edition written and sent on in one go, through drafting and workflow."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import permissions
from accounts.models import User

from .. import drafting
from ..enums import OPEN_STATUSES, EstimateStage, OutageState
from ..models import Edition, Notice, OutageDetail
from ..transitions import Action
from ..workflow import perform


class AnotherIsOpen(Exception):
    """Somebody is writing the next edition already; `edition` is theirs."""

    def __init__(self, edition: Edition) -> None:
        """Keep the edition that is open."""
        super().__init__(_("Another edition of this notice is being written already."))
        self.edition = edition


class LiveHasChanged(Exception):
    """What residents read is newer than what the person saw."""


@dataclass(frozen=True)
class Said:
    """What a person says in a quick update; `estimate` is (from, to), None to keep the present one."""

    state: str
    sentence: str
    next_update_by_at: datetime | None
    estimate: tuple[datetime | None, datetime | None] | None = None
    restored_at: datetime | None = None
    is_summary_too: bool = False


def open_edition(notice: Notice) -> Edition | None:
    """Return the edition that is being written or waits for a decision, if there is one."""
    return notice.editions.filter(status__in=OPEN_STATUSES).first()


def may_publish_at_once(by: User, notice: Notice) -> bool:
    """Say whether `by` may publish the update before its second check."""
    return permissions.may_publish_urgently(by, notice.team, notice.kind)


@transaction.atomic
def update(notice: Notice, said: Said, *, by: User, seen_edition: int, publish: bool) -> Edition:
    """Write the next edition and publish it urgently, or send it for approval; return it.

    `seen_edition` is the number of the live edition the person saw. All or nothing. Raises AnotherIsOpen,
    LiveHasChanged, TransitionRefused and PermissionDenied.
    """
    locked = Notice.objects.select_for_update().get(pk=notice.pk)
    if being_written := open_edition(locked):
        raise AnotherIsOpen(being_written)
    live = locked.live_edition
    if live is None or live.number != seen_edition:
        raise LiveHasChanged
    started = drafting.start_edition(locked, by=by)
    saved = drafting.save_draft(
        started,
        seen_version=started.version,
        by=by,
        fields=_words(said),
        detail=details(live.outage, said),
    )
    return perform(Action.PUBLISH_URGENTLY if publish else Action.SUBMIT, saved, by=by)


def _words(said: Said) -> dict[str, Any]:
    words: dict[str, Any] = {"change_note": said.sentence, "is_minor": False}
    return {**words, "summary": said.sentence} if said.is_summary_too else words


def details(old: OutageDetail, said: Said) -> dict[str, Any]:
    """Return the typed details that follow from what was said; what is not said stays as it was."""
    restored = said.state == OutageState.RESTORED
    found: dict[str, Any] = {
        "state": said.state,
        "next_update_by_at": None if restored else said.next_update_by_at,
        "restored_at": said.restored_at if restored else None,
    }
    if said.estimate is None:
        return found
    start, end = said.estimate
    stage = stage_after(old, end)
    return {**found, "estimate_from_at": start, "estimate_to_at": end, "estimate_stage": stage}


def stage_after(old: OutageDetail, end: datetime | None) -> str:
    """Return how sure a new estimate is: none is assessing, the first area-wide, any other revised."""
    if end is None:
        return EstimateStage.ASSESSING
    had_one = old.estimate_to_at is not None and old.estimate_stage != EstimateStage.ASSESSING
    return EstimateStage.REVISED if had_one else EstimateStage.AREA
