"""One worker at a time renews a session; what is stored is encrypted, and keys can be changed."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from cryptography.fernet import Fernet
from django.db import connections

from outbox.errors import AccountBroken, NotSent
from social.credentials import seal, unseal
from social.models import Account
from social.sessions import credentials_of, renew
from tests.outbox.rows import account

OLD = {"access": "old", "refresh": "r1"}
NEW = {"access": "new", "refresh": "r2"}


@pytest.mark.django_db
def test_renew_keeps_what_was_fetched():
    mine = account(sealed_secrets=seal(OLD))

    assert renew(mine.pk, OLD, lambda current: NEW) == NEW

    mine.refresh_from_db()
    assert credentials_of(mine).secrets == NEW
    assert mine.renewing_until is None


@pytest.mark.django_db
def test_renew_takes_what_another_worker_brought():
    mine = account(sealed_secrets=seal(NEW))

    assert renew(mine.pk, OLD, lambda current: pytest.fail("fetched twice")) == NEW


@pytest.mark.django_db
def test_renew_that_fails_changes_nothing_and_lets_the_next_try():
    mine = account(sealed_secrets=seal(OLD))

    def down(current):
        raise NotSent("Down.")

    with pytest.raises(NotSent):
        renew(mine.pk, OLD, down)

    mine.refresh_from_db()
    assert credentials_of(mine).secrets == OLD
    assert renew(mine.pk, OLD, lambda current: NEW) == NEW


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_six_workers_one_uses_the_refresh_token(postgres_url):
    mine, fetched = account(sealed_secrets=seal(OLD)), []
    counting = threading.Lock()

    def fetch(current):
        with counting:
            fetched.append(current)
        time.sleep(0.3)
        return NEW

    def work(_number):
        try:
            return renew(mine.pk, OLD, fetch)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        results = list(pool.map(work, range(6)))

    assert results == [NEW] * 6
    assert fetched == [OLD]


@pytest.mark.django_db
def test_nothing_readable_is_stored():
    mine = account(sealed_secrets=seal({"password": "open-sesame"}))

    assert b"open-sesame" not in bytes(Account.objects.get(pk=mine.pk).sealed_secrets)
    assert "open-sesame" not in repr(credentials_of(mine))


def test_a_changed_key_still_opens_what_the_old_one_sealed(settings):
    old, new = Fernet.generate_key().decode(), Fernet.generate_key().decode()
    settings.CREDENTIALS_KEY = old
    sealed = seal(OLD)

    settings.CREDENTIALS_KEY = f"{new},{old}"
    assert unseal(sealed) == OLD

    sealed_anew = seal(OLD)
    settings.CREDENTIALS_KEY = new
    assert unseal(sealed_anew) == OLD
    with pytest.raises(AccountBroken):
        unseal(sealed)


def test_an_account_without_secrets_needs_a_person():
    with pytest.raises(AccountBroken):
        unseal(b"")


@pytest.mark.django_db
def test_a_renewal_that_outlived_its_lease_is_not_lost():
    mine = account(sealed_secrets=seal(OLD))

    def slow(current):
        Account.objects.filter(pk=mine.pk).update(renewing_until=None)
        return NEW

    renew(mine.pk, OLD, slow)

    mine.refresh_from_db()
    assert credentials_of(mine).secrets == NEW


@pytest.mark.django_db
def test_a_renewal_brings_nothing_back_to_a_disconnected_account():
    mine = account(sealed_secrets=seal(OLD))

    def late(current):
        Account.objects.filter(pk=mine.pk).update(sealed_secrets=b"")
        return NEW

    renew(mine.pk, OLD, late)

    mine.refresh_from_db()
    assert bytes(mine.sealed_secrets) == b""
