"""The reading side of the staff's desk: what waits for a person, and finding one edition; must not write."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts import permissions
from accounts.enums import Role
from accounts.models import Membership, Team, User
from look import times
from places.models import Ward

from .enums import Status
from .models import Edition, Notice

# Everybody on staff but elected members: they read summaries, not drafts.
OFFICERS = (Role.AUTHOR, Role.APPROVER, Role.MODERATOR, Role.COMMUNICATIONS_LEAD, Role.ADMINISTRATOR)
LIVE_SHOWN = 8


@dataclass(frozen=True)
class Desk:
    """The queues of one person."""

    to_approve: list[Edition]
    checks: list[Edition]
    returned: list[Edition]
    held: list[Edition]
    to_publish: list[Edition]
    waiting: list[Edition]
    scheduled: list[Edition]
    drafts: list[Edition]
    to_read_again: list[Edition]
    live: list[Edition]
    live_count: int

    @property
    def is_clear(self) -> bool:
        """Say whether nothing at all waits for the person."""
        decides = self.to_approve or self.checks or self.held or self.to_publish
        return not (decides or self.returned or self.to_read_again)


def is_officer(user: Any) -> bool:
    """Return whether `user` works for the council, rather than being elected to it."""
    return bool(permissions.team_ids(user, *OFFICERS))


def desk_of(user: User) -> Desk:
    """Return what waits for `user` and what stands. One query a queue, whatever their length."""
    mine = _editions().filter(contributions__person=user)
    theirs = _editions().filter(_as(user, Role.AUTHOR) | _as(user, Role.APPROVER))
    ready = theirs.filter(status=Status.APPROVED).order_by("approved_at")
    live = _editions().filter(status=Status.PUBLISHED, notice__team_id__in=permissions.team_ids(user))
    return Desk(
        to_approve=list(to_approve(user)),
        checks=list(checks_owed(user)),
        returned=list(mine.filter(status=Status.RETURNED).order_by("saved_at")),
        held=list(ready.exclude(status_note="")),
        to_publish=list(ready.filter(status_note="")),
        waiting=list(mine.filter(status=Status.SUBMITTED).order_by("submitted_at")),
        scheduled=list(theirs.filter(status=Status.SCHEDULED).order_by("publish_at")),
        drafts=list(mine.filter(status=Status.DRAFT).order_by("-saved_at")),
        to_read_again=list(to_read_again(user)),
        live=list(live.order_by("-published_at")[:LIVE_SHOWN]),
        live_count=live.count(),
    )


def to_approve(user: User) -> QuerySet[Edition]:
    """Return what `user` may approve: submitted, theirs by role, and not written by them."""
    waiting = _editions().filter(_as(user, Role.APPROVER), status=Status.SUBMITTED)
    return _not_written_by(user, waiting).order_by("-urgency", "submitted_at")


def checks_owed(user: User) -> QuerySet[Edition]:
    """Return the urgent editions whose second check `user` may make, the longest due first."""
    owed = _editions().filter(_as(user, Role.APPROVER), is_urgent=True, second_check_at=None)
    others = _not_written_by(user, owed).exclude(published_by=user)
    return others.order_by("second_check_due_at")


def to_read_again(user: User) -> QuerySet[Edition]:
    """Return the live editions whose review is due within a week: those `user` owns, or nobody does any more.

    An owner who left, or no longer writes for the team, is nobody; then the team's approvers are asked.
    """
    writes = Membership.objects.filter(
        user=OuterRef("notice__owner"), team=OuterRef("notice__team"), role=Role.AUTHOR, user__is_active=True
    )
    mine = Q(Exists(writes), notice__owner=user)
    orphaned = ~Q(Exists(writes)) & _as(user, Role.APPROVER)
    soon = times.in_zone(timezone.now()).date() + timedelta(days=7)
    live = _editions().filter(status=Status.PUBLISHED, review_on__lte=soon)
    return live.filter(mine | orphaned).order_by("review_on", "pk")


def count_waiting(user: User) -> int:
    """Return how much waits for a decision of `user`, for the badge. Three queries."""
    returned = Edition.objects.filter(status=Status.RETURNED, contributions__person=user)
    return to_approve(user).count() + checks_owed(user).count() + returned.count()


def find_edition(reference: str, number: int) -> Edition:
    """Return one edition with its notice and people, or raise Http404; references are read in any case."""
    return get_object_or_404(_editions(), notice__reference=reference.upper(), number=number)


def find_notice(reference: str) -> Notice:
    """Return one notice with its team, or raise Http404."""
    notices = Notice.objects.select_related("team", "live_edition", "owner")
    return get_object_or_404(notices, reference=reference.upper())


def all_notices() -> QuerySet[Notice]:
    """Return every notice with the status, title, summary and last saving of its newest edition."""
    newest = Edition.objects.filter(notice=OuterRef("pk")).order_by("-number")
    return Notice.objects.select_related("team", "owner").annotate(
        current_number=Subquery(newest.values("number")[:1]),
        current_status=Subquery(newest.values("status")[:1]),
        current_title=Subquery(newest.values("title")[:1]),
        current_summary=Subquery(newest.values("summary")[:1]),
        current_saved_at=Subquery(newest.values("saved_at")[:1]),
    )


def editions_of(notice: Notice) -> list[Edition]:
    """Return the editions of `notice`, newest first, with the people in them."""
    return list(_editions().filter(notice=notice).order_by("-number"))


def edition_to_show(notice: Notice) -> Edition:
    """Return what staff mean by the notice today: what is being worked on, else the newest."""
    editions = editions_of(notice)
    worked_on = [edition for edition in editions if edition.status != Status.DISCARDED]
    return (worked_on or editions)[0]


def approvers_for(edition: Edition) -> list[User]:
    """Return who may approve `edition` now: approvers of its team who neither wrote nor sent any of it."""
    approvers = User.objects.active().filter(
        memberships__team=edition.notice.team, memberships__role=Role.APPROVER
    )
    barred = [edition.author_id, *([edition.submitted_by_id] if edition.submitted_by_id else [])]
    others = approvers.exclude(pk__in=barred).exclude(contributions__edition=edition)
    return [
        person
        for person in others
        if permissions.may_approve(person, edition.notice.team, edition.notice.kind)
    ]


def residents_reached(edition: Edition) -> int:
    """Return how many people live where the edition says it matters."""
    wards = Ward.objects.all() if edition.is_borough_wide else edition.wards.all()
    return wards.aggregate(total=Sum("population"))["total"] or 0


def teams_to_write_for(user: User, kind: str) -> list[Team]:
    """Return the teams for which `user` may start a notice of `kind`."""
    teams = Team.objects.filter(pk__in=permissions.team_ids(user, Role.AUTHOR)).prefetch_related("kinds")
    return [team for team in teams if permissions.may_write(user, team, kind)]


def _editions() -> QuerySet[Edition]:
    people = ("author", "submitted_by", "approved_by", "published_by", "second_check_by")
    return Edition.objects.select_related(
        "notice__team", "notice__owner", "notice__live_edition", "picture", "event", "outage", *people
    )


def _as(user: User, role: str) -> Q:
    """Return the condition "a team where `user` is `role`, and a kind that team publishes"."""
    condition = Q(pk__in=[])
    for grant in permissions.roles_of(user):
        if grant.role == role and grant.kinds:
            condition |= Q(notice__team_id=grant.team_id, notice__kind__in=sorted(grant.kinds))
    return condition


def _not_written_by(user: User, editions: QuerySet[Edition]) -> QuerySet[Edition]:
    # The same people as guards.four_eyes bars.
    written = editions.exclude(author=user).exclude(contributions__person=user)
    return written.exclude(submitted_by=user)
