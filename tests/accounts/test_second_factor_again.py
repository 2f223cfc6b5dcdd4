"""Before something that matters the second factor is asked for again, and nothing typed is lost."""

import pytest
from django.urls import reverse

from accounts import demo, services
from accounts.models import Team
from tests.accounts.conftest import PASSWORD
from tests.accounts.signing_in import SECRET, sign_in

pytestmark = pytest.mark.django_db
OLD = 16 * 60


@pytest.fixture
def stale_desk(client, administrator):
    sign_in(client, administrator, factor_age=OLD)
    return client


def _new_team(client, query=""):
    return client.post(
        reverse("accounts:new_team") + query, {"name": "Parks & Trees", "kinds": ["event", "general"]}
    )


def test_fresh_factor_is_not_asked_again(desk):
    assert _new_team(desk).url == reverse("accounts:teams")


@pytest.mark.parametrize("query", ["", "?from=list&x=1"])
def test_old_factor_is_asked_again_and_the_post_is_done_then(stale_desk, administrator, query):
    asked = _new_team(stale_desk, query)
    assert (asked.url.startswith(reverse("mfa_reauthenticate")), Team.objects.count()) == (True, 1)
    stale_desk.get(asked.url)
    target = {"code": demo.unused_code(administrator, SECRET), "next": reverse("accounts:new_team")}
    done = stale_desk.post(reverse("mfa_reauthenticate"), target)
    assert (done.status_code, done.url) == (302, reverse("accounts:teams"))
    assert Team.objects.get(slug="parks-trees").kind_values == ["event", "general"]


def test_resumed_post_happens_once(stale_desk, administrator):
    _new_team(stale_desk)
    code = demo.unused_code(administrator, SECRET)
    stale_desk.post(reverse("mfa_reauthenticate"), {"code": code, "next": reverse("accounts:new_team")})
    stale_desk.post(reverse("mfa_reauthenticate"), {"code": code, "next": reverse("accounts:new_team")})
    assert Team.objects.filter(slug="parks-trees").count() == 1


def test_resumed_post_is_refused_when_the_role_is_gone(stale_desk, administrator):
    _new_team(stale_desk)
    administrator.memberships.all().delete()
    code = demo.unused_code(administrator, SECRET)
    done = stale_desk.post(
        reverse("mfa_reauthenticate"), {"code": code, "next": reverse("accounts:new_team")}
    )
    assert (done.status_code, Team.objects.filter(slug="parks-trees").exists()) == (403, False)


def test_password_alone_is_not_enough(stale_desk):
    _new_team(stale_desk)
    again = {"password": PASSWORD, "next": reverse("accounts:new_team")}
    response = stale_desk.post(reverse("account_reauthenticate"), again)
    assert response.url.startswith(reverse("mfa_reauthenticate"))
    assert not Team.objects.filter(slug="parks-trees").exists()


def test_wrong_code_does_nothing(stale_desk):
    _new_team(stale_desk)
    stale_desk.post(reverse("mfa_reauthenticate"), {"code": "000000", "next": reverse("accounts:new_team")})
    assert not Team.objects.filter(slug="parks-trees").exists()


@pytest.mark.parametrize("name", ["mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes",
                                  "account_change_password"])  # fmt: skip
def test_old_factor_is_asked_before_factors_are_touched(stale_desk, name):
    assert stale_desk.get(reverse(name)).url.startswith(reverse("mfa_reauthenticate"))


def test_reset_factor_starts_over(client, administrator, desk):
    other = services.active_administrators().exclude(pk=administrator.pk).first()
    response = desk.post(reverse("accounts:reset_factor", args=[other.pk]), {"reason": "Lost phone"})
    assert response.url == reverse("accounts:person", args=[other.pk])
