"""Every page of accounts opens for the right people and for nobody else."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import invitations
from accounts.services import Place
from tests import factories
from tests.accounts.signing_in import enrol, sign_in

pytestmark = pytest.mark.django_db

ADMINISTRATION = ["people", "invite", "invited", "teams", "new_team", "trail"]
ABOUT_A_PERSON = ["person", "roles", "deactivate", "reset_factor"]
OWN = ["accounts:me", "mfa_index", "mfa_list_webauthn", "mfa_add_webauthn", "account_change_password",
       "mfa_generate_recovery_codes", "mfa_deactivate_totp"]  # fmt: skip
ENTRANCE = ["account_login", "account_reset_password", "account_reset_password_done", "account_inactive",
            "account_reset_password_from_key_done"]  # fmt: skip


@pytest.mark.parametrize("name", ADMINISTRATION)
def test_administration_page_opens_for_an_administrator(desk, name):
    assert desk.get(reverse(f"accounts:{name}")).status_code == 200


@pytest.mark.parametrize("name", ABOUT_A_PERSON)
def test_page_about_a_person_opens_for_an_administrator(desk, name):
    person = factories.member(factories.team(), "author")
    assert desk.get(reverse(f"accounts:{name}", args=[person.pk])).status_code == 200


def test_team_page_opens_for_an_administrator(desk):
    team = factories.team()
    factories.member(team, "author")
    assert desk.get(reverse("accounts:team", args=[team.slug])).status_code == 200


@pytest.mark.parametrize("name", ADMINISTRATION)
def test_administration_page_is_refused_to_others(client, name):
    sign_in(client, factories.member(factories.team(), "approver"))
    assert client.get(reverse(f"accounts:{name}")).status_code == 403


@pytest.mark.parametrize("name", [*(f"accounts:{name}" for name in ADMINISTRATION), *OWN])
def test_staff_page_sends_a_stranger_to_sign_in(client, name):
    response = client.get(reverse(name))
    assert (response.status_code, response.url.partition("?")[0]) == (302, reverse("account_login"))


@pytest.mark.parametrize("name", OWN)
def test_own_page_opens_for_anyone_on_staff(client, name):
    sign_in(client, factories.user())
    assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", ENTRANCE)
def test_entrance_opens_for_anyone(client, name):
    assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", ["accounts:me", "mfa_index", "accounts:people"])
def test_staff_page_without_a_second_factor_leads_to_setting_one_up(client, name):
    sign_in(client, factories.user(), factor_age=None)
    assert client.get(reverse(name)).url == reverse("accounts:second_factor")


def test_second_factor_pages_open_for_a_beginner(client):
    sign_in(client, factories.user(), factor_age=None)
    for name in ("accounts:second_factor", "mfa_activate_totp", "mfa_add_webauthn"):
        assert client.get(reverse(name)).status_code == 200


def test_session_without_its_second_factor_is_asked_for_it(client):
    person = factories.user()
    enrol(person)
    sign_in(client, person, factor_age=None)
    assert client.get(reverse("accounts:me")).url.startswith(reverse("mfa_reauthenticate"))


def test_open_invitations_are_listed(desk, administrator):
    team = factories.team("Parks and Trees")
    invitations.invite(
        "new@riverbank.example", "New Person", "", {Place(team.pk, "author")}, by=administrator
    )
    assert "Parks and Trees: author" in desk.get(reverse("accounts:invited")).content.decode()


def test_people_list_asks_as_many_queries_for_thirty_as_for_one(desk):
    url = reverse("accounts:people")
    desk.get(url)
    with CaptureQueriesContext(connection) as few:
        desk.get(url)
    for _ in range(30):
        factories.member(factories.team(), "author")
    with CaptureQueriesContext(connection) as many:
        desk.get(url)
    assert len(many) == len(few)
