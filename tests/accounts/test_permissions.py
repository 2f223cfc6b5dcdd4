"""Who may do what, as a truth table: every role, in one's own team and in another."""

import pytest

from accounts import permissions as may
from accounts.enums import Kind, Role
from accounts.models import Membership
from tests import factories

pytestmark = pytest.mark.django_db

QUESTIONS = {
    "write": lambda user, team: may.may_write(user, team, Kind.OUTAGE),
    "approve": lambda user, team: may.may_approve(user, team, Kind.OUTAGE),
    "urgent": lambda user, team: may.may_publish_urgently(user, team, Kind.OUTAGE),
    "moderate": may.may_moderate,
    "moderate anywhere": lambda user, team: may.may_moderate(user),
    "councillor": lambda user, team: may.is_councillor(user),
    "administrator": lambda user, team: may.is_administrator(user),
    "lead": lambda user, team: may.leads_communications(user),
}
OWN_TEAM = {
    Role.AUTHOR: {"write"},
    Role.APPROVER: {"approve"},
    Role.MODERATOR: {"moderate", "moderate anywhere"},
    Role.COMMUNICATIONS_LEAD: {"lead"},
    Role.COUNCILLOR: {"councillor"},
    Role.ADMINISTRATOR: {"administrator"},
}
ANOTHER_TEAM = {role: allowed - {"write", "approve", "moderate"} for role, allowed in OWN_TEAM.items()}


def _allowed(user, team):
    return {name for name, question in QUESTIONS.items() if question(user, team)}


@pytest.mark.parametrize("role", Role)
def test_role_in_its_own_team(role):
    team = factories.team()
    assert _allowed(factories.member(team, role), team) == OWN_TEAM[role]


@pytest.mark.parametrize("role", Role)
def test_role_towards_another_team(role):
    assert _allowed(factories.member(factories.team(), role), factories.team()) == ANOTHER_TEAM[role]


@pytest.mark.parametrize("role", Role)
def test_inactive_person_may_nothing(role):
    team = factories.team()
    person = factories.member(team, role)
    person.is_active = False
    assert _allowed(person, team) == set()


def test_stranger_may_nothing():
    from django.contrib.auth.models import AnonymousUser

    assert _allowed(AnonymousUser(), factories.team()) == set()


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("remit", [[], [Kind.OUTAGE], [Kind.EVENT, Kind.GENERAL]])
def test_writing_and_approving_stay_within_the_teams_remit(kind, remit):
    team = factories.team(kinds=remit)
    author, approver = factories.member(team, Role.AUTHOR), factories.member(team, Role.APPROVER)
    expected = kind in remit
    assert (may.may_write(author, team, kind), may.may_approve(approver, team, kind)) == (expected, expected)


@pytest.mark.parametrize("role", [Role.AUTHOR, Role.APPROVER])
@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("emergency", [True, False])
def test_urgent_right_covers_outages_and_emergencies(role, kind, emergency):
    team = factories.team()
    person = factories.member(team, role, urgent=True)
    expected = emergency or kind == Kind.OUTAGE
    assert may.may_publish_urgently(person, team, kind, emergency=emergency) is expected


def test_urgent_right_stays_within_the_teams_remit():
    team = factories.team(kinds=[Kind.EVENT])
    assert not may.may_publish_urgently(factories.member(team, Role.AUTHOR, urgent=True), team, Kind.OUTAGE)


def test_roles_are_read_once(django_assert_num_queries):
    team = factories.team()
    person = factories.member(team, Role.AUTHOR)
    with django_assert_num_queries(2):
        for _ in range(5):
            _allowed(person, team)


def test_new_membership_counts_at_once():
    team = factories.team()
    person = factories.user()
    before = may.may_write(person, team, Kind.EVENT)
    membership = Membership.objects.create(user=person, team=team, role=Role.AUTHOR)
    during = may.may_write(person, team, Kind.EVENT)
    membership.delete()
    assert (before, during, may.may_write(person, team, Kind.EVENT)) == (False, True, False)


def test_team_ids_by_role():
    team, other = factories.team(), factories.team()
    person = factories.member(team, Role.AUTHOR)
    Membership.objects.create(user=person, team=other, role=Role.MODERATOR)
    assert may.team_ids(person) == {team.pk, other.pk}
    assert may.team_ids(person, Role.AUTHOR) == {team.pk}
