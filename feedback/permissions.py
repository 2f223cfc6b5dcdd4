"""Who may do what with residents' words: pure questions over roles; must not read or write rows."""

from typing import Any

from accounts import permissions as roles
from accounts.enums import Kind, Role
from accounts.permissions import may_moderate, team_ids

__all__ = [
    "CONSULTATION_WRITERS",
    "CONSULTING_ROLES",
    "INBOX_ROLES",
    "SUMMARY_ROLES",
    "answering_teams",
    "consulting_teams",
    "inbox_teams",
    "letting_out_teams",
    "may_answer",
    "may_consult",
    "may_enter_answers",
    "may_let_out",
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


# Who opens the desk of consultations; moderators type in what came on paper.
CONSULTING_ROLES = INBOX_ROLES
CONSULTATION_WRITERS = (Role.AUTHOR, Role.APPROVER)


def consulting_teams(user: Any) -> frozenset[int]:
    """Return the ids of the teams whose consultations `user` may open at the desk."""
    return team_ids(user, *CONSULTING_ROLES)


def letting_out_teams(user: Any) -> frozenset[int]:
    """Return the ids of the teams for which `user` may be the second person: approvers of projects."""
    return frozenset(
        grant.team_id
        for grant in roles.roles_of(user)
        if grant.role == Role.APPROVER and Kind.PROJECT in grant.kinds
    )


def may_let_out(user: Any, team: Any) -> bool:
    """Return whether `user` may publish, extend or call off what `team` asks residents.

    Whether they helped to write this very consultation is not a matter of role.
    """
    return roles.may_approve(user, team, Kind.PROJECT)


def may_consult(user: Any, team: Any) -> bool:
    """Return whether `user` may write a consultation for `team`: its authors and approvers for projects."""
    return roles.may_write(user, team, Kind.PROJECT) or may_let_out(user, team)


def may_enter_answers(user: Any, team: Any) -> bool:
    """Return whether `user` may type in answers that came to `team` on paper or by telephone."""
    return may_consult(user, team) or may_moderate(user, team)
