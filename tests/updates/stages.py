"""Editions in every status and people in every role: the two sides of the truth table."""

from datetime import timedelta

from django.utils import timezone

from accounts.enums import Role
from accounts.models import Membership, User
from tests import factories
from tests.factories import Cast
from updates import drafting
from updates.content import content_hash
from updates.enums import Status
from updates.models import Edition
from updates.transitions import Action
from updates.workflow import perform


def people(cast: Cast) -> dict[str, User | None]:
    """Return one person per position a move can be asked from; None is the minute beat."""
    both = factories.member(cast.team, Role.AUTHOR, "Bea Both")
    Membership.objects.create(user=both, team=cast.team, role=Role.APPROVER)
    wrote_too = factories.member(cast.team, Role.AUTHOR, "Wanda Rote")
    Membership.objects.create(user=wrote_too, team=cast.team, role=Role.APPROVER)
    gone = factories.member(cast.team, Role.APPROVER, "Gus Gone")
    gone.is_active = False
    gone.save()
    return {
        "author": cast.author,
        "second author": cast.second_author,
        "approver": cast.approver,
        "author and approver": both,
        "author and approver who wrote some": wrote_too,
        "urgent author": cast.urgent_author,
        "moderator": cast.moderator,
        "lead": cast.lead,
        "councillor": cast.councillor,
        "administrator": cast.administrator,
        "outsider": cast.outsider,
        "former approver": gone,
        "beat": None,
    }


def edition_in(status: Status, cast: Cast, *, also_by: User) -> Edition:
    """Return an outage's edition that reached `status` by real moves; what went live did so urgently."""
    edition = factories.draft(cast)
    drafting.contributed(edition, also_by)
    return _PATHS[status](edition, cast)


def _submitted(edition: Edition, cast: Cast) -> Edition:
    return perform(Action.SUBMIT, edition, by=cast.author)


def _returned(edition: Edition, cast: Cast) -> Edition:
    return perform(Action.RETURN, _submitted(edition, cast), by=cast.approver, note="Add the street.")


def _approved(edition: Edition, cast: Cast) -> Edition:
    return perform(
        Action.APPROVE, _submitted(edition, cast), by=cast.approver, seen_hash=content_hash(edition)
    )


def _scheduled(edition: Edition, cast: Cast) -> Edition:
    tomorrow = timezone.now() + timedelta(days=1)
    return perform(Action.SCHEDULE, _approved(edition, cast), by=cast.author, publish_at=tomorrow)


def _published(edition: Edition, cast: Cast) -> Edition:
    return perform(Action.PUBLISH_URGENTLY, edition, by=cast.urgent_author)


def _superseded(edition: Edition, cast: Cast) -> Edition:
    live = _published(edition, cast)
    newer = factories.next_edition(cast, live)
    perform(Action.PUBLISH_URGENTLY, newer, by=cast.urgent_author)
    return Edition.objects.select_related("notice__team").get(pk=live.pk)


def _withdrawn(edition: Edition, cast: Cast) -> Edition:
    return perform(Action.WITHDRAW, _published(edition, cast), by=cast.author, note="Wrong street.")


def _expired(edition: Edition, cast: Cast) -> Edition:
    return perform(Action.END, _published(edition, cast), by=cast.author)


def _discarded(edition: Edition, cast: Cast) -> Edition:
    return perform(Action.DISCARD, edition, by=cast.author)


_PATHS = {
    Status.DRAFT: lambda edition, cast: edition,
    Status.SUBMITTED: _submitted,
    Status.RETURNED: _returned,
    Status.APPROVED: _approved,
    Status.SCHEDULED: _scheduled,
    Status.PUBLISHED: _published,
    Status.SUPERSEDED: _superseded,
    Status.WITHDRAWN: _withdrawn,
    Status.EXPIRED: _expired,
    Status.DISCARDED: _discarded,
}
