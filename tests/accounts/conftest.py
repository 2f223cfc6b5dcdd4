"""Fixtures for people and sign-in."""

import pytest

from accounts.models import User
from tests import factories
from tests.accounts.signing_in import sign_in

PASSWORD = "correct horse"


@pytest.fixture
def administrator(db) -> User:
    """One of three administrators, so that any one may leave."""
    digital = factories.team("Digital", [])
    people = [factories.member(digital, "administrator", name) for name in ("Ada Min", "Adi Min", "Ado Min")]
    return people[0]


@pytest.fixture
def desk(client, administrator):
    """A browser in which an administrator just signed in."""
    sign_in(client, administrator)
    return client
