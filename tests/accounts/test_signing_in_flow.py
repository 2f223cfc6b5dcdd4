"""The way in, as a browser walks it: password, second factor, limits, the way out."""

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from django.conf import settings as live
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts import demo, services
from audit.models import Event
from tests import factories
from tests.accounts.conftest import PASSWORD
from tests.accounts.signing_in import SECRET, enrol, sign_in

pytestmark = pytest.mark.django_db
WRONG = "The e-mail address or the password is not right."


def _password(client, email, password=PASSWORD, **more):
    return client.post(reverse("account_login"), {"login": email, "password": password}, **more)


def _code(client, code):
    return client.post(reverse("mfa_authenticate"), {"code": code})


def _actions():
    return list(Event.objects.values_list("action", flat=True))


@pytest.fixture
def person(db):
    user = factories.user("Amira Shah")
    enrol(user)
    return user


def _walk_in(client, person):
    _password(client, person.email)
    return _code(client, demo.unused_code(person, SECRET))


def test_password_and_code_let_in(client, person):
    first = _password(client, person.email)
    assert (first.status_code, first.url) == (302, reverse("mfa_authenticate"))
    second = _code(client, demo.unused_code(person, SECRET))
    assert (second.status_code, second.url) == (302, "/staff/")
    assert client.get(reverse("accounts:me")).status_code == 200
    assert _actions() == ["sign_in.done"]


def test_password_alone_does_not_let_in(client, person):
    _password(client, person.email)
    assert client.get(reverse("accounts:me")).url.startswith(reverse("account_login"))


def test_sign_in_returns_to_the_page_asked_for(client, person):
    asked = client.get(reverse("accounts:me")).url
    client.post(asked, {"login": person.email, "password": PASSWORD, "next": reverse("accounts:me")})
    assert _code(client, demo.unused_code(person, SECRET)).url == reverse("accounts:me")


def test_sign_in_never_leads_to_another_site(client, person):
    client.post(
        reverse("account_login"),
        {"login": person.email, "password": PASSWORD, "next": "https://evil.example/"},
    )
    assert _code(client, demo.unused_code(person, SECRET)).url == "/staff/"


def test_address_is_taken_in_any_case(client, person):
    assert _password(client, person.email.upper()).url == reverse("mfa_authenticate")


def test_wrong_password_and_unknown_address_read_the_same(client, person):
    wrong = _password(client, person.email, "wrong").content.decode()
    unknown = _password(client, "nobody@riverbank.example", "wrong").content.decode()
    assert (WRONG in wrong, WRONG in unknown) == (True, True)
    rows = list(Event.objects.values_list("action", "target_label", "detail"))
    assert rows == [
        ("sign_in.failed", "Amira Shah", {"reason": "password"}),
        ("sign_in.failed", "", {"reason": "unknown address"}),
    ]


def test_ten_wrong_passwords_lock_the_address_for_a_while(client, person):
    for number in range(10):
        _password(client, person.email, "wrong", REMOTE_ADDR=f"203.0.113.{number}")
    locked = _password(client, person.email, REMOTE_ADDR="203.0.113.99")
    assert "Too many tries" in locked.content.decode()
    with time_machine.travel(timezone.now() + timedelta(minutes=16), tick=True):
        assert _password(client, person.email, REMOTE_ADDR="203.0.113.99").url == reverse("mfa_authenticate")


def test_fifty_wrong_passwords_from_one_place_lock_that_place(client, person):
    for number in range(50):
        _password(client, f"p{number}@riverbank.example", "wrong", REMOTE_ADDR="203.0.113.1")
    assert "Too many tries" in _password(client, person.email, REMOTE_ADDR="203.0.113.1").content.decode()
    assert _password(client, person.email, REMOTE_ADDR="203.0.113.2").url == reverse("mfa_authenticate")


def test_ten_wrong_codes_lock_the_second_factor(client, person):
    _password(client, person.email)
    for _ in range(10):
        _code(client, "000000")
    locked = _code(client, demo.unused_code(person, SECRET))
    assert "Too many tries" in locked.content.decode()
    assert _actions() == ["second_factor.failed"] * 10


def test_code_works_once_even_while_its_clock_still_allows_it(client, person):
    now = timezone.now()
    with time_machine.travel(now, tick=False) as clock:
        code = demo.unused_code(person, SECRET)
        _password(client, person.email)
        assert _code(client, code).status_code == 302
        client.post(reverse("account_logout"))
        clock.shift(31)
        _password(client, person.email)
        assert "was used already" in _code(client, code).content.decode()


def test_recovery_code_lets_in_once(client, person):
    code = RecoveryCodes.activate(person).get_unused_codes()[0]
    _password(client, person.email)
    assert _code(client, code).url == "/staff/"
    client.post(reverse("account_logout"))
    _password(client, person.email)
    assert _code(client, code).status_code == 200
    assert _actions() == ["second_factor.used", "sign_in.done", "sign_in.ended", "second_factor.failed"]


@pytest.mark.django_db(transaction=True)
def test_first_sign_in_sets_up_an_app_and_shows_recovery_codes(client):
    person = factories.user()
    assert _password(client, person.email).url == "/staff/"
    assert client.get(reverse("accounts:people")).url == reverse("accounts:second_factor")
    client.get(reverse("mfa_activate_totp"))
    secret = client.session[SECRET_SESSION_KEY]
    done = client.post(reverse("mfa_activate_totp"), {"code": demo.unused_code(person, secret)})
    assert done.url == reverse("mfa_view_recovery_codes")
    shown = client.get(done.url).content.decode()
    codes = Authenticator.objects.get(user=person, type="recovery_codes").wrap().get_unused_codes()
    assert (len(codes), all(code in shown for code in codes)) == (10, True)
    assert client.get(reverse("accounts:me")).status_code == 200
    assert codes[0] not in client.get(done.url).content.decode()


def test_secret_is_not_stored_in_the_clear(person):
    assert SECRET not in str(Authenticator.objects.get(user=person).data)


def test_deactivated_person_is_refused_and_signed_out(client, person, administrator):
    _walk_in(client, person)
    services.deactivate(person, by=administrator, reason="Left the council")
    assert client.get(reverse("accounts:me")).url.startswith(reverse("account_login"))
    assert _password(client, person.email).url == reverse("account_inactive")


def test_session_ends_after_an_idle_hour(client, person):
    _walk_in(client, person)
    with time_machine.travel(timezone.now() + timedelta(minutes=61), tick=True):
        response = client.get(reverse("accounts:me"))
        assert response.url.startswith(reverse("account_login"))
        assert "nothing happened for an hour" in client.get(response.url).content.decode()
    assert Event.objects.last().detail == {"reason": "idle"}


def test_session_ends_after_six_hours_however_busy(client, person):
    _walk_in(client, person)
    start = timezone.now()
    for minutes in range(50, 360, 50):
        with time_machine.travel(start + timedelta(minutes=minutes), tick=True):
            assert client.get(reverse("accounts:me")).status_code == 200
    with time_machine.travel(start + timedelta(minutes=361), tick=True):
        assert client.get(reverse("accounts:me")).url.startswith(reverse("account_login"))
    assert Event.objects.last().detail == {"reason": "longest"}


def test_signing_out_ends_the_session(client, person):
    _walk_in(client, person)
    client.post(reverse("account_logout"))
    assert client.get(reverse("accounts:me")).url.startswith(reverse("account_login"))


def test_reset_link_sets_a_password_but_still_asks_the_second_factor(client, person):
    client.post(reverse("account_reset_password"), {"email": person.email})
    link = next(word for word in mail.outbox[0].body.split() if "/password/reset/key/" in word)
    form = client.get(link, follow=True)
    new = "three unlikely words"
    client.post(form.request["PATH_INFO"], {"password1": new, "password2": new})
    assert _password(client, person.email, new).url == reverse("mfa_authenticate")
    assert "password.reset" in _actions()


def test_reset_for_an_unknown_address_sends_nothing_and_reads_the_same(client, person):
    url = reverse("account_reset_password")
    known, unknown = (
        client.post(url, {"email": mail}) for mail in (person.email, "nobody@riverbank.example")
    )
    assert (known.url, unknown.url, len(mail.outbox)) == (unknown.url, known.url, 1)


@pytest.mark.parametrize("name", ["signup/", "email/", "password/set/", "sessions/", "login/code/confirm/"])
def test_doors_we_do_not_use_are_not_there(client, name):
    assert client.get(f"/accounts/{name}").status_code == 404


def test_cookie_is_kept_from_scripts_and_other_sites(client, person):
    _walk_in(client, person)
    cookie = client.cookies[live.SESSION_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", "")


def test_last_second_factor_cannot_be_removed(client, person):
    sign_in(client, person)
    client.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(user=person, type="totp").exists()
