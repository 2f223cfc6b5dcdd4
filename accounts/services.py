"""What administrators decide about people and teams, each with its event; must not know pages or requests."""

from collections.abc import Iterable
from typing import NamedTuple

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.recorder import record

from . import permissions, sessions
from .enums import Role
from .models import Membership, Team, TeamKind, User

FEWEST_ADMINISTRATORS = 2


class Refused(Exception):
    """A decision that cannot be taken; its text is fit for the person who tried."""


class Place(NamedTuple):
    """What somebody is, or shall be, in one team."""

    team_id: int
    role: str
    may_publish_urgently: bool = False


@transaction.atomic
def change_roles(user: User, wanted: Iterable[Place], *, by: User) -> bool:
    """Make `wanted` all that `user` is in any team; return whether anything changed. Raises Refused."""
    _refuse_self(user, by, _("You cannot change your own roles. Ask another administrator."))
    administrators = _locked_administrators()
    before, after = places_of(user), set(wanted)
    if before == after:
        return False
    if not any(place.role == Role.ADMINISTRATOR for place in after):
        _refuse_too_few(user, administrators)
    _replace(user, before, after)
    permissions.forget(user)
    record("person.roles_changed", actor=by, target=user, before=in_words(before), after=in_words(after))
    return True


@transaction.atomic
def deactivate(user: User, *, by: User, reason: str) -> None:
    """Stop `user` from signing in and end their sessions; what they did stays theirs. Raises Refused."""
    _refuse_self(user, by, _("You cannot deactivate yourself. Ask another administrator."))
    _refuse_too_few(user, _locked_administrators())
    user.is_active, user.deactivated_at, user.deactivated_reason = False, timezone.now(), reason
    user.save(update_fields=["is_active", "deactivated_at", "deactivated_reason"])
    ended = sessions.end_sessions(user)
    record("person.deactivated", actor=by, target=user, reason=reason, sessions_ended=ended)


@transaction.atomic
def reactivate(user: User, *, by: User) -> None:
    """Let `user` sign in again, with the roles and the second factor they had."""
    user.is_active, user.deactivated_at, user.deactivated_reason = True, None, ""
    user.save(update_fields=["is_active", "deactivated_at", "deactivated_reason"])
    record("person.reactivated", actor=by, target=user)


@transaction.atomic
def reset_second_factor(user: User, *, by: User, reason: str) -> None:
    """Remove the factors of somebody who lost theirs, and end their sessions; they set up a new one."""
    _refuse_self(user, by, _("You cannot reset your own second factor. Ask another administrator."))
    removed, _rows = Authenticator.objects.filter(user=user).delete()
    ended = sessions.end_sessions(user)
    record("second_factor.reset", actor=by, target=user, reason=reason, removed=removed, sessions_ended=ended)


@transaction.atomic
def end_sessions(user: User, *, by: User, but: str = "") -> int:
    """Sign `user` out everywhere but in the session with key `but`; return how many sessions ended."""
    ended = sessions.end_sessions(user, but=but)
    record("session.revoked", actor=by, target=user, sessions_ended=ended)
    return ended


@transaction.atomic
def end_session(session: UserSession, *, by: User) -> None:
    """End one session."""
    session.end()
    record("session.revoked", actor=by, target=session.user, sessions_ended=1)


@transaction.atomic
def save_team(team: Team, kinds: Iterable[str], *, by: User) -> Team:
    """Create or change a team and its remit."""
    is_new = team.pk is None
    before = [] if is_new else Team.objects.get(pk=team.pk).kind_values
    team.save()
    wanted = set(kinds)
    team.kinds.exclude(kind__in=wanted).delete()
    for kind in sorted(wanted - set(before)):
        TeamKind.objects.create(team=team, kind=kind)
    verb = "team.created" if is_new else "team.changed"
    record(verb, actor=by, target=team, kinds_before=before, kinds_after=sorted(wanted))
    return team


def places_of(user: User) -> set[Place]:
    """Return what `user` is in every team."""
    return {Place(row.team_id, row.role, row.may_publish_urgently) for row in user.memberships.all()}


def active_administrators() -> QuerySet[User]:
    """Return the people who manage people."""
    roles = Membership.objects.filter(user=OuterRef("pk"), role=Role.ADMINISTRATOR)
    return User.objects.active().filter(Exists(roles))


def _locked_administrators() -> set[int]:
    """Return who they are, locked: two of them removing each other at once would leave none."""
    return set(active_administrators().order_by("pk").select_for_update().values_list("pk", flat=True))


def _refuse_self(user: User, by: User, sentence: object) -> None:
    if user.pk == by.pk:
        raise Refused(str(sentence))


def _refuse_too_few(user: User, administrators: set[int]) -> None:
    if user.pk in administrators and len(administrators) <= FEWEST_ADMINISTRATORS:
        raise Refused(
            str(_("There must stay at least two administrators. Make somebody else an administrator first."))
        )


def _replace(user: User, before: set[Place], after: set[Place]) -> None:
    for place in before - after:
        Membership.objects.filter(user=user, team_id=place.team_id, role=place.role).delete()
    for place in sorted(after - before):
        Membership.objects.create(user=user, **place._asdict())


def in_words(places: Iterable[Place]) -> list[str]:
    """Return places as a reader of the trail wants them: "Highways: author, urgent"."""
    names = dict(Team.objects.values_list("pk", "name"))
    return sorted(
        f"{names.get(place.team_id, '?')}: {place.role}{', urgent' if place.may_publish_urgently else ''}"
        for place in places
    )


@transaction.atomic
def create_first_administrator(email: str, name: str, password: str) -> User:
    """Make the person who will invite all others, in a team of administrators. Raises ValidationError."""
    user = User(email=email, name=name)
    user.set_password(password)
    user.full_clean()
    user.save()
    team, _is_new = Team.objects.get_or_create(
        slug="administrators", defaults={"name": str(_("Administrators"))}
    )
    Membership.objects.create(user=user, team=team, role=Role.ADMINISTRATOR)
    record("person.created", target=user, role=Role.ADMINISTRATOR.value)
    return user
