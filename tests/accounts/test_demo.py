"""One-time codes without a phone exist in the demo town and nowhere else."""

import pytest
from django.core import checks
from django.urls import reverse

from accounts import demo
from tests import factories
from tests.accounts.conftest import PASSWORD
from tests.accounts.signing_in import SECRET, enrol

pytestmark = pytest.mark.django_db


def _errors():
    found = [message.id for message in checks.run_checks(tags=[checks.Tags.security])]
    return [name for name in found if name.startswith("accounts.")]


@pytest.fixture
def demo_town(settings):
    settings.DEBUG = settings.DEMO_ONE_TIME_CODES = True


def test_switch_on_with_debug_off_refuses_to_start(settings):
    settings.DEMO_ONE_TIME_CODES = True
    assert _errors() == ["accounts.E001"]


@pytest.mark.parametrize(("debug", "switch"), [(True, True), (True, False), (False, False)])
def test_switch_in_a_demo_or_off_may_start(settings, debug, switch):
    settings.DEBUG, settings.DEMO_ONE_TIME_CODES = debug, switch
    assert _errors() == []


def test_sign_in_page_tells_a_demo_persons_code(client, demo_town):
    person = factories.user()
    demo.enrol_demo_totp(person, SECRET)
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    page = client.get(reverse("mfa_authenticate"))
    code = page.context["form"].demo_code
    assert (
        f'In the demo town only: your code is <strong class="cp-number">{code}</strong>'
        in page.content.decode()
    )
    assert client.post(reverse("mfa_authenticate"), {"code": code}).url == "/staff/"


def test_demo_code_is_a_new_one_when_the_last_was_just_used(client, demo_town):
    person = factories.user()
    demo.enrol_demo_totp(person, SECRET)
    for _ in range(2):
        client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
        code = client.get(reverse("mfa_authenticate")).context["form"].demo_code
        assert client.post(reverse("mfa_authenticate"), {"code": code}).url == "/staff/"
        client.post(reverse("account_logout"))


def test_code_of_somebody_real_is_never_told(demo_town):
    person = factories.user()
    enrol(person)
    assert demo.code_for(person) == ""


@pytest.mark.parametrize(("debug", "switch"), [(True, False), (False, True), (False, False)])
def test_code_is_not_told_outside_a_demo(settings, debug, switch):
    person = factories.user()
    demo.enrol_demo_totp(person, SECRET)
    settings.DEBUG, settings.DEMO_ONE_TIME_CODES = debug, switch
    assert demo.code_for(person) == ""


def test_enrolling_twice_keeps_the_first(demo_town):
    person = factories.user()
    demo.enrol_demo_totp(person, SECRET)
    demo.enrol_demo_totp(person, "A" * 32)
    assert demo.code_for(person) == demo.unused_code(person, SECRET)
