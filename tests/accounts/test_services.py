"""What administrators decide about people happens, is recorded, and stops where it must."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from accounts import permissions, services
from accounts.enums import Role
from accounts.models import Membership, Team, User
from accounts.services import Place, Refused
from audit.models import Event
from tests import factories
from tests.accounts.signing_in import sign_in

pytestmark = pytest.mark.django_db


def _last():
    return Event.objects.last()


def test_roles_are_changed_and_recorded(administrator):
    team = factories.team("Parks")
    person = factories.member(team, Role.AUTHOR)
    services.change_roles(person, [Place(team.pk, Role.APPROVER, True)], by=administrator)
    assert services.places_of(person) == {Place(team.pk, Role.APPROVER, True)}
    event = _last()
    assert (event.action, event.actor_id, event.target_id) == (
        "person.roles_changed",
        administrator.pk,
        str(person.pk),
    )
    assert event.detail == {"before": ["Parks: author"], "after": ["Parks: approver, urgent"]}


def test_same_roles_again_leave_no_event(administrator):
    team = factories.team()
    person = factories.member(team, Role.AUTHOR)
    assert services.change_roles(person, [Place(team.pk, Role.AUTHOR)], by=administrator) is False
    assert Event.objects.count() == 0


def test_nobody_changes_their_own_roles(administrator):
    with pytest.raises(Refused, match="You cannot change your own roles"):
        services.change_roles(administrator, [], by=administrator)


def test_nobody_deactivates_themselves(administrator):
    with pytest.raises(Refused, match="You cannot deactivate yourself"):
        services.deactivate(administrator, by=administrator, reason="Bored")


@pytest.mark.parametrize("act", ["roles", "deactivate"])
def test_two_administrators_stay(administrator, act):
    second, third = services.active_administrators().exclude(pk=administrator.pk)
    services.deactivate(third, by=administrator, reason="Left")
    with pytest.raises(Refused, match="at least two administrators"):
        if act == "roles":
            services.change_roles(second, [], by=administrator)
        else:
            services.deactivate(second, by=administrator, reason="Left")
    assert services.active_administrators().count() == 2


def test_deactivated_persons_sessions_end_and_their_deeds_stay(administrator):
    person = factories.member(factories.team(), Role.AUTHOR, "Tom Field")
    sign_in(Client(), person)
    services.deactivate(person, by=administrator, reason="Left the council")
    person.refresh_from_db()
    assert (person.is_active, person.deactivated_reason, UserSession.objects.count()) == (
        False,
        "Left the council",
        0,
    )
    assert (permissions.roles_of(person), Membership.objects.filter(user=person).count()) == (frozenset(), 1)
    assert _last().detail == {"reason": "Left the council", "sessions_ended": 1}


def test_reactivated_person_has_their_roles_again(administrator):
    team = factories.team()
    person = factories.member(team, Role.AUTHOR)
    services.deactivate(person, by=administrator, reason="Leave")
    services.reactivate(person, by=administrator)
    assert permissions.has_role(User.objects.get(pk=person.pk), Role.AUTHOR, team)


def test_second_factor_is_reset_with_everything_that_hung_on_it(administrator):
    person = factories.user()
    sign_in(Client(), person)
    services.reset_second_factor(person, by=administrator, reason="Lost phone")
    assert (Authenticator.objects.filter(user=person).count(), UserSession.objects.count()) == (0, 0)
    assert _last().action == "second_factor.reset"


def test_team_is_created_and_its_remit_changed(administrator):
    team = services.save_team(Team(name="Parks", slug="parks"), ["event"], by=administrator)
    services.save_team(team, ["general", "project"], by=administrator)
    assert Team.objects.get(slug="parks").kind_values == ["project", "general"]
    assert _last().detail == {"kinds_before": ["event"], "kinds_after": ["general", "project"]}


def test_ending_other_sessions_keeps_this_one():
    person, here, there = factories.user(), Client(), Client()
    sign_in(here, person)
    sign_in(there, person)
    here.post(reverse("accounts:end_other_sessions"))
    assert here.get(reverse("accounts:me")).status_code == 200
    assert there.get(reverse("accounts:me")).status_code == 302


def test_one_session_is_ended_by_its_owner_only():
    person, stranger, there, elsewhere = factories.user(), factories.user(), Client(), Client()
    sign_in(there, person)
    sign_in(elsewhere, stranger)
    pk = UserSession.objects.get(user=person).pk
    assert elsewhere.post(reverse("accounts:end_session", args=[pk])).status_code == 404
    there.post(reverse("accounts:end_session", args=[pk]))
    assert there.get(reverse("accounts:me")).status_code == 302


def test_administrator_signs_somebody_out_everywhere(desk, administrator):
    person, there = factories.user(), Client()
    sign_in(there, person)
    desk.post(reverse("accounts:end_sessions", args=[person.pk]))
    assert there.get(reverse("accounts:me")).status_code == 302
    assert (_last().action, _last().actor_id) == ("session.revoked", administrator.pk)


def test_roles_page_saves_what_was_ticked(desk):
    team = factories.team("Parks")
    person = factories.member(team, Role.AUTHOR)
    fields = {f"roles_{team.pk}": ["approver", "moderator"], f"urgent_{team.pk}": "on"}
    assert desk.post(reverse("accounts:roles", args=[person.pk]), fields).status_code == 302
    assert services.places_of(person) == {
        Place(team.pk, "approver", True),
        Place(team.pk, "moderator", False),
    }


def test_roles_page_says_why_it_refuses(desk, administrator):
    own = desk.post(reverse("accounts:roles", args=[administrator.pk]), {})
    assert "You cannot change your own roles" in own.content.decode()


def test_roles_page_refuses_the_urgent_right_without_writing(desk):
    team = factories.team()
    person = factories.member(team, Role.AUTHOR)
    fields = {f"roles_{team.pk}": ["moderator"], f"urgent_{team.pk}": "on"}
    refused = desk.post(reverse("accounts:roles", args=[person.pk]), fields)
    assert "Only an author or an approver can publish urgently." in refused.content.decode()
    assert services.places_of(person) == {Place(team.pk, Role.AUTHOR, False)}


def test_deactivation_page_asks_for_a_reason(desk):
    person = factories.user()
    url = reverse("accounts:deactivate", args=[person.pk])
    assert desk.post(url, {}).status_code == 200
    desk.post(url, {"reason": "Left"})
    person.refresh_from_db()
    assert person.is_active is False


def test_two_teams_of_the_same_name_are_refused(desk):
    factories.team("Parks")
    response = desk.post(reverse("accounts:new_team"), {"name": "Parks"})
    assert (response.status_code, Team.objects.filter(name="Parks").count()) == (200, 1)
