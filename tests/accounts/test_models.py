"""What the database holds about people is true whoever writes it."""

import pytest
from django.db import IntegrityError, connection, transaction

from accounts.models import Invitation, Membership, User
from tests import factories

pytestmark = pytest.mark.django_db


def test_address_is_kept_in_lower_case():
    assert (
        User.objects.create_user(" Amira.Shah@Riverbank.Example ", "Amira").email
        == "amira.shah@riverbank.example"
    )


def test_address_is_unique_whatever_its_case():
    person = factories.user()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_user SET email = %s WHERE id = %s", ["A@x.example", person.pk])
        cursor.execute(
            "UPDATE accounts_user SET email = %s WHERE id = %s", ["a@X.example", factories.user().pk]
        )


def test_person_is_found_by_address_in_any_case():
    person = factories.user()
    assert User.objects.get_by_natural_key(person.email.upper()) == person


@pytest.mark.parametrize("role", ["moderator", "councillor", "administrator", "communications_lead"])
def test_urgent_right_needs_a_role_that_writes(role):
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.member(factories.team(), role, urgent=True)


def test_same_role_in_the_same_team_only_once():
    team = factories.team()
    person = factories.member(team, "author")
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(user=person, team=team, role="author")


def test_one_open_invitation_to_an_address():
    by = factories.user()
    Invitation.objects.create(email="a@x.example", invited_by=by, nonce="1")
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.create(email="A@x.example", invited_by=by, nonce="2")


def test_kinds_of_a_team_come_in_a_fixed_order():
    assert factories.team(kinds=["project", "outage"]).kind_values == ["outage", "project"]
