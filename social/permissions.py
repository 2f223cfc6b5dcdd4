"""Who may do what with accounts and with what was sent to them; asks for roles, writes nothing."""

from typing import Any

from django.db.models import Model

from accounts import permissions
from accounts.enums import Role

WRITERS = (Role.AUTHOR, Role.APPROVER)
ACCOUNT_ROLES = (*WRITERS, Role.COMMUNICATIONS_LEAD)
"""Who may see accounts and stop them; connecting and unlocking are for the communications lead alone."""


def sees_accounts(user: Any) -> bool:
    """Return whether `user` has anything to do with social accounts."""
    return bool(permissions.team_ids(user, *ACCOUNT_ROLES))


def manages_accounts(user: Any) -> bool:
    """Return whether `user` may connect, unlock, disconnect and give accounts to teams."""
    return permissions.leads_communications(user)


def asks_for_steps(user: Any) -> bool:
    """Return whether `user` may ask for a grave step with an account, which somebody else then agrees to."""
    return permissions.leads_communications(user)


def agrees_to_steps(user: Any) -> bool:
    """Return whether `user` may be the second person of a grave step; never of one they asked for."""
    return permissions.leads_communications(user) or permissions.is_administrator(user)


def account_teams(user: Any) -> frozenset[int] | None:
    """Return the teams whose accounts and posts concern `user`; None means every team."""
    if permissions.leads_communications(user):
        return None
    return permissions.team_ids(user, *WRITERS)


def may_decide(user: Any, team: Model) -> bool:
    """Return whether `user` may retry, give up or settle what was sent for a notice of `team`."""
    teams = account_teams(user)
    return teams is None or team.pk in teams


def mention_teams(user: Any) -> frozenset[int] | None:
    """Return the teams for whose accounts `user` sorts out mentions; None means every team."""
    if permissions.leads_communications(user):
        return None
    return permissions.team_ids(user, Role.MODERATOR)


def may_see_mentions(user: Any) -> bool:
    """Return whether `user` sorts out mentions for anybody."""
    teams = mention_teams(user)
    return teams is None or bool(teams)


def may_answer_for(user: Any, team: Model) -> bool:
    """Return whether `user` may retry, give up or settle what was answered for a notice of `team`."""
    if permissions.leads_communications(user):
        return True
    return team.pk in permissions.team_ids(user, Role.MODERATOR, *WRITERS)
