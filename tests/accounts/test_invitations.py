"""An invitation lets one person in once, within two days."""

import re
import smtplib
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import invitations, services
from accounts.models import Invitation, User
from accounts.services import Place, Refused
from audit.models import Event
from tests import factories

pytestmark = pytest.mark.django_db
EMAIL = "new.person@riverbank.example"
WORDS = "three unlikely words"


@pytest.fixture
def team(db):
    return factories.team("Parks")


@pytest.fixture
def invitation(administrator, team):
    return invitations.invite(
        EMAIL, "New Person", "Ranger", {Place(team.pk, "author", True)}, by=administrator
    )


def _path(invitation):
    return invitations.link(invitation).removeprefix("https://riverbank.example")


def _accept(invitation, client=None, **fields):
    return (client or Client()).post(_path(invitation), {"name": "Nia Person", "password": WORDS, **fields})


def test_inviting_sends_the_link_in_text_and_html(desk, team):
    fields = {"email": EMAIL, "name": "New Person", f"roles_{team.pk}": ["author"]}
    assert desk.post(reverse("accounts:invite"), fields).url == reverse("accounts:invited")
    message = mail.outbox[0]
    html = message.alternatives[0].content
    link = re.search(r"https://\S+", message.body).group()
    assert (message.to, message.subject) == ([EMAIL], "Join the Riverbank portal")
    assert (link in html, "48 hours" in message.body) == (True, True)
    assert invitations.opened_by(link.strip("/").split("/")[-1]) == Invitation.objects.get()


def test_accepting_makes_the_person_with_their_roles_and_goes_on_to_the_second_factor(invitation, team):
    client = Client()
    assert client.get(_path(invitation)).status_code == 200
    assert _accept(invitation, client).url == "/staff/"
    person = User.objects.get(email=EMAIL)
    assert (person.name, person.job_title, person.check_password(WORDS)) == ("Nia Person", "Ranger", True)
    assert services.places_of(person) == {Place(team.pk, "author", True)}
    assert client.get(reverse("accounts:me")).url == reverse("accounts:second_factor")
    actions = list(Event.objects.values_list("action", flat=True))
    assert actions == ["invitation.made", "invitation.accepted", "sign_in.done"]


def test_link_works_once(invitation):
    _accept(invitation)
    assert (_accept(invitation).status_code, User.objects.filter(email=EMAIL).count()) == (410, 1)


@pytest.mark.parametrize(("hours", "status"), [(47, 200), (49, 410)])
def test_link_works_for_two_days(invitation, hours, status):
    path = _path(invitation)
    with time_machine.travel(timezone.now() + timedelta(hours=hours), tick=False):
        assert Client().get(path).status_code == status


def test_sending_again_ends_the_old_link(desk, invitation):
    old = _path(invitation)
    desk.post(reverse("accounts:renew", args=[invitation.pk]))
    invitation.refresh_from_db()
    assert (Client().get(old).status_code, Client().get(_path(invitation)).status_code) == (410, 200)
    assert len(mail.outbox) == 1


def test_revoked_link_is_dead(desk, invitation):
    desk.post(reverse("accounts:revoke", args=[invitation.pk]))
    assert _accept(invitation).status_code == 410


def test_accepted_invitation_cannot_be_revoked_or_renewed(invitation, administrator):
    _accept(invitation)
    with pytest.raises(Refused):
        invitations.revoke(invitation, by=administrator)
    with pytest.raises(Refused):
        invitations.renew(invitation, by=administrator)


@pytest.mark.parametrize("token", ["nonsense", "W10:abc:def", "x" * 500])
def test_forged_link_is_dead(client, token):
    assert client.get(reverse("accounts:accept", args=[token])).status_code == 410


@pytest.mark.parametrize("password", ["short", "123456789012", "password1234", "new.person@riverbank"])
def test_weak_password_is_refused(invitation, password):
    assert _accept(invitation, password=password).status_code == 200
    assert not User.objects.filter(email=EMAIL).exists()


def test_address_of_somebody_here_is_refused(desk, team):
    person = factories.user()
    fields = {"email": person.email.upper(), "name": "X", f"roles_{team.pk}": ["author"]}
    assert "is here already" in desk.post(reverse("accounts:invite"), fields).content.decode()


def test_second_invitation_to_the_same_address_is_refused(desk, invitation, team):
    fields = {"email": EMAIL.upper(), "name": "X", f"roles_{team.pk}": ["author"]}
    assert "was invited already" in desk.post(reverse("accounts:invite"), fields).content.decode()


def test_invitation_without_a_role_is_refused(desk, team):
    refused = desk.post(reverse("accounts:invite"), {"email": EMAIL, "name": "X"})
    assert "Choose at least one role" in refused.content.decode()


def test_mail_server_away_keeps_the_invitation_and_says_so(desk, team, settings):
    settings.EMAIL_BACKEND = "tests.accounts.test_invitations.Away"
    fields = {"email": EMAIL, "name": "X", f"roles_{team.pk}": ["author"]}
    page = desk.post(reverse("accounts:invite"), fields, follow=True).content.decode()
    assert ("the mail could not be sent" in page, Invitation.objects.count()) == (True, 1)


class Away:
    """A mail server that does not answer."""

    def __init__(self, *args, **kwargs):
        pass

    def send_messages(self, messages):
        raise smtplib.SMTPServerDisconnected
