"""What somebody with a stolen session, an old invitation or a half-finished errand might try."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts import demo, invitations, services
from accounts.models import Membership, Team, User
from accounts.services import Place
from audit.context import client_address
from tests import factories
from tests.accounts.conftest import PASSWORD
from tests.accounts.signing_in import SECRET, sign_in

pytestmark = pytest.mark.django_db
OLD = 16 * 60


@pytest.fixture
def stale_desk(client, administrator):
    sign_in(client, administrator, factor_age=OLD)
    return client


def _prove(client: Client, person: User, after: str) -> None:
    client.post(reverse("mfa_reauthenticate"), {"code": demo.unused_code(person, SECRET), "next": after})


def test_decision_left_unproven_is_not_taken_when_the_page_is_only_opened_again(stale_desk, administrator):
    other = services.active_administrators().exclude(pk=administrator.pk).first()
    page = reverse("accounts:deactivate", args=[other.pk])
    stale_desk.post(page, {"reason": "Changed my mind at the code"})

    stale_desk.get(page)
    _prove(stale_desk, administrator, page)

    assert User.objects.get(pk=other.pk).is_active


def test_post_waiting_for_the_factor_survives_a_look_at_another_page(stale_desk, administrator):
    stale_desk.post(reverse("accounts:new_team"), {"name": "Trees", "kinds": ["general"]})

    stale_desk.get(reverse("accounts:invite"))
    _prove(stale_desk, administrator, reverse("accounts:new_team"))

    assert Team.objects.filter(slug="trees").exists()


def test_passwords_never_wait_in_the_session_for_the_second_factor(stale_desk):
    new = "three unlikely words"
    typed = {"oldpassword": PASSWORD, "password1": new, "password2": new}

    stale_desk.post(reverse("account_change_password"), typed)

    kept = str(dict(stale_desk.session))
    assert ("correct" in kept, "unlikely" in kept) == (False, False)


def test_session_with_a_renewed_key_is_ended_like_any_other(client, administrator):
    sign_in(client, administrator)
    new = "three unlikely words"
    client.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    other = services.active_administrators().exclude(pk=administrator.pk).first()

    services.end_sessions(administrator, by=other)

    assert client.get(reverse("accounts:me")).status_code == 302


def test_invitation_of_somebody_who_had_to_leave_lets_nobody_in(administrator):
    team = factories.team("Digital too", [])
    leaver = factories.member(team, "administrator", "Lea Ver")
    invitation = invitations.invite(
        "back@door.example", "Me Again", "", {Place(team.pk, "administrator")}, by=leaver
    )
    services.deactivate(leaver, by=administrator, reason="Dismissed")
    path = invitations.link(invitation).removeprefix("https://riverbank.example")

    response = Client().post(path, {"name": "Me Again", "password": "three unlikely words"})

    assert (response.status_code, User.objects.filter(email="back@door.example").exists()) == (410, False)


def test_invitation_of_somebody_no_longer_administrator_lets_nobody_in(administrator):
    team = factories.team("Digital too", [])
    demoted = factories.member(team, "administrator", "Dee Moted")
    invitation = invitations.invite("a@b.example", "A", "", {Place(team.pk, "administrator")}, by=demoted)
    Membership.objects.filter(user=demoted).delete()

    with pytest.raises(invitations.LinkDead):
        invitations.opened_by(invitations.link(invitation).rstrip("/").rpartition("/")[2])


def test_invitation_sent_again_is_vouched_for_by_who_sent_it(administrator):
    team = factories.team("Digital too", [])
    leaver = factories.member(team, "administrator", "Lea Ver")
    invitation = invitations.invite("new@riverbank.example", "Nia", "", {Place(team.pk, "author")}, by=leaver)
    services.deactivate(leaver, by=administrator, reason="Retired")

    renewed = invitations.renew(invitation, by=administrator)

    token = invitations.link(renewed).rstrip("/").rpartition("/")[2]
    assert invitations.opened_by(token).invited_by == administrator


@pytest.mark.parametrize(
    "query", ["until=9999-12-31", "since=0001-01-01", "since=9999-12-31", "actor=" + "9" * 40]
)
def test_trail_searched_at_the_end_of_time_answers(desk, query):
    assert desk.get(f"{reverse('accounts:trail')}?{query}").status_code == 200


@pytest.mark.parametrize("said", ["<script>", "unknown", "203.0.113.9:4711", "x" * 500])
def test_address_that_is_none_is_not_believed(rf, settings, said):
    settings.TRUSTED_PROXY_COUNT = 1
    request = rf.get("/", headers={"x-forwarded-for": said}, REMOTE_ADDR="198.51.100.7")

    assert client_address(request) in {"198.51.100.7", "203.0.113.9"}


@pytest.mark.parametrize("uid", ["zzzzzzzzzzzzz", "z" * 60, "0"])
def test_reset_link_of_nobody_answers(client, uid):
    assert client.get(f"/accounts/password/reset/key/{uid}-abc-def/").status_code == 200


@pytest.mark.parametrize("after", ["https://evil.example/", "//evil.example/", "/\\evil.example"])
def test_proof_never_leads_to_another_site(stale_desk, administrator, after):
    code = demo.unused_code(administrator, SECRET)

    done = stale_desk.post(reverse("mfa_reauthenticate"), {"code": code, "next": after})

    assert "evil" not in done.url
