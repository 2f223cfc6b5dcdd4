"""Who may do what: pure questions over the roles a person holds; must not import models or write anything.

The roles of a person are read once per request (they are kept on the user object). An inactive or unknown
person holds no role, so every question about them is answered no.
"""

from typing import Any, NamedTuple

from .enums import Kind, Role

_CACHE = "_accounts_grants"


class Grant(NamedTuple):
    """One membership as the questions need it: which team, as what, for which kinds of notice."""

    team_id: int
    role: str
    may_publish_urgently: bool
    kinds: frozenset[str]


def roles_of(user: Any) -> frozenset[Grant]:
    """Return everything `user` holds. Two queries the first time, none afterwards."""
    if not (getattr(user, "is_authenticated", False) and user.is_active):
        return frozenset()
    if not hasattr(user, _CACHE):
        setattr(user, _CACHE, _read(user))
    grants: frozenset[Grant] = getattr(user, _CACHE)
    return grants


def forget(user: Any) -> None:
    """Drop what was remembered about `user`, because their memberships have just changed."""
    user.__dict__.pop(_CACHE, None)


def has_role(user: Any, role: str, team: Any = None) -> bool:
    """Return whether `user` holds `role`, in `team` if one is given, otherwise in any."""
    return any(grant.role == role and (team is None or grant.team_id == team.pk) for grant in roles_of(user))


def team_ids(user: Any, *roles: str) -> frozenset[int]:
    """Return the ids of the teams where `user` holds any of `roles` (any role at all when none is named)."""
    return frozenset(grant.team_id for grant in roles_of(user) if not roles or grant.role in roles)


def may_write(user: Any, team: Any, kind: str) -> bool:
    """Return whether `user` may write for `team`: an author there, and the team publishes `kind`."""
    return _holds(user, Role.AUTHOR, team, kind)


def may_approve(user: Any, team: Any, kind: str) -> bool:
    """Return whether `user` may approve for `team`: an approver there, and the team publishes `kind`.

    Nobody approves for a team they are not an approver of, communications leads and administrators included.
    Whether they helped write this very edition is the workflow's question, not a matter of role.
    """
    return _holds(user, Role.APPROVER, team, kind)


def may_publish_urgently(user: Any, team: Any, kind: str, *, emergency: bool = False) -> bool:
    """Return whether `user` may publish at once for `team`, the second check owed.

    The right is given by name on an author's or approver's membership, and only for outages; a notice of
    another kind qualifies only when its edition is an emergency, which the caller says.
    """
    if kind != Kind.OUTAGE and not emergency:
        return False
    return any(
        grant.may_publish_urgently
        and grant.team_id == team.pk
        and grant.role in (Role.AUTHOR, Role.APPROVER)
        and kind in grant.kinds
        for grant in roles_of(user)
    )


def may_moderate(user: Any, team: Any = None) -> bool:
    """Return whether `user` may moderate what residents said to `team` (to any team when none is given)."""
    return has_role(user, Role.MODERATOR, team)


def is_councillor(user: Any) -> bool:
    """Return whether `user` is an elected member: reads summaries, writes nothing by that role."""
    return has_role(user, Role.COUNCILLOR)


def is_administrator(user: Any) -> bool:
    """Return whether `user` manages people and teams; the role gives no say over any notice."""
    return has_role(user, Role.ADMINISTRATOR)


def leads_communications(user: Any) -> bool:
    """Return whether `user` looks after the social accounts, holds and locks, for the whole council."""
    return has_role(user, Role.COMMUNICATIONS_LEAD)


def _holds(user: Any, role: str, team: Any, kind: str) -> bool:
    return any(
        grant.role == role and grant.team_id == team.pk and kind in grant.kinds for grant in roles_of(user)
    )


def _read(user: Any) -> frozenset[Grant]:
    memberships = user.memberships.select_related("team").prefetch_related("team__kinds")
    return frozenset(
        Grant(row.team_id, row.role, row.may_publish_urgently, frozenset(row.team.kind_values))
        for row in memberships
    )
