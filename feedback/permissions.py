"""Who may do what with residents' words: pure questions over roles; must not read or write rows."""

from typing import Any

from accounts.enums import Role
from accounts.permissions import may_moderate, team_ids

__all__ = [
    "INBOX_ROLES",
    "SUMMARY_ROLES",
    "answering_teams",
    "inbox_teams",
    "may_answer",
    "may_moderate",
    "moderated_teams",
]

# Those who write for a team may answer for it; moderators decide what is shown, and may answer too.
ANSWER_ROLES = (Role.MODERATOR, Role.AUTHOR, Role.APPROVER)
# Communications leads read their teams' inbox and decide nothing there.
INBOX_ROLES = (*ANSWER_ROLES, Role.COMMUNICATIONS_LEAD)
# The summary is the councillors' page; communications leads read it to see what councillors see.
# Administrators do not: their role manages people and gives no say over what residents wrote.
SUMMARY_ROLES = (Role.COUNCILLOR, Role.COMMUNICATIONS_LEAD)


def inbox_teams(user: Any) -> frozenset[int]:
    """Return the ids of the teams whose inbox `user` may open."""
    return team_ids(user, *INBOX_ROLES)


def answering_teams(user: Any) -> frozenset[int]:
    """Return the ids of the teams for which `user` may answer questions."""
    return team_ids(user, *ANSWER_ROLES)


def moderated_teams(user: Any) -> frozenset[int]:
    """Return the ids of the teams for which `user` decides what is shown."""
    return team_ids(user, Role.MODERATOR)


def may_answer(user: Any, team: Any) -> bool:
    """Return whether `user` may answer questions for `team`."""
    return team.pk in answering_teams(user)
