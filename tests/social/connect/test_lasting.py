"""People are told 14, 7 and 1 days before access ends, each once, and anew after it was renewed."""

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.adapter import get_adapter
from django.core.management import call_command
from django.utils import timezone

from social.connect import lasting
from social.credentials import unseal
from social.models import Account, Alarm
from tests.outbox.rows import account

pytestmark = pytest.mark.django_db


@pytest.fixture
def mine(cast):
    """An account whose lead is called when nobody is on the list."""
    return account(handle="riverbank")


def told(mine, ends_at, *, days_before):
    with time_machine.travel(ends_at - timedelta(days=days_before), tick=False):
        return lasting.note(Account.objects.get(pk=mine.pk), ends_at)


def test_people_are_told_on_each_of_three_days_and_once(mine):
    ends_at = timezone.now() + timedelta(days=60)
    days = [30, 14.5, 13.9, 13, 8, 7, 6.5, 2, 1, 0.5, 0]

    said = [told(mine, ends_at, days_before=each) for each in days]

    assert said == [None, None, 14, None, None, 7, None, None, 1, None, None]
    assert Alarm.objects.count() == 3


def test_a_portal_that_slept_says_the_most_urgent_only(mine):
    assert told(mine, timezone.now() + timedelta(days=60), days_before=0.5) == 1
    assert Alarm.objects.count() == 1


def test_renewed_access_is_warned_about_again(mine):
    first = timezone.now() + timedelta(days=20)
    assert told(mine, first, days_before=13) == 14

    assert told(mine, first + timedelta(days=60), days_before=40) is None
    assert told(mine, first + timedelta(days=60), days_before=13) == 14


def test_an_end_that_shifts_by_seconds_calls_nobody_again(mine):
    ends_at = timezone.now() + timedelta(days=20)
    assert told(mine, ends_at, days_before=13) == 14

    assert told(mine, ends_at + timedelta(seconds=40), days_before=12.9) is None
    assert Alarm.objects.count() == 1


def test_access_without_an_end_warns_nobody(mine):
    assert lasting.note(mine, None) is None
    assert (Account.objects.get().access_ends_at, Alarm.objects.count()) == (None, 0)


def test_secrets_are_sealed_anew_with_the_first_key(settings, capsys):
    from cryptography.fernet import Fernet

    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    settings.CREDENTIALS_KEY = old
    mine = account()
    settings.CREDENTIALS_KEY = f"{new},{old}"
    call_command("reseal_credentials")

    settings.CREDENTIALS_KEY = new
    mine.refresh_from_db()
    assert unseal(mine.sealed_secrets) == {}
    assert capsys.readouterr().out == "1 secrets sealed anew, 0 could not be opened.\n"


def test_a_secret_no_key_opens_is_said(settings):
    from cryptography.fernet import Fernet

    account()
    settings.CREDENTIALS_KEY = Fernet.generate_key().decode()

    with pytest.raises(SystemExit):
        call_command("reseal_credentials")


def test_second_factors_are_sealed_anew_too(settings, cast):
    from allauth.mfa.models import Authenticator
    from cryptography.fernet import Fernet

    from tests.accounts.signing_in import SECRET, enrol

    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    settings.CREDENTIALS_KEY = old
    enrol(cast.lead)
    settings.CREDENTIALS_KEY = f"{new},{old}"
    call_command("reseal_credentials")

    settings.CREDENTIALS_KEY = new
    factor = Authenticator.objects.get(user=cast.lead, type=Authenticator.Type.TOTP)
    assert get_adapter().decrypt(factor.data["secret"]) == SECRET
