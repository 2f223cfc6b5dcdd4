"""A portal with something behind every address, and a browser for each of its people."""

import copy
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client, override_settings

from accounts.models import User
from tests.accounts.signing_in import sign_in
from tests.factories import Cast

from . import populated


@pytest.fixture(scope="module")
def _media(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("media")


@pytest.fixture(autouse=True)
def _own_media(settings, _media):
    settings.MEDIA_ROOT = _media


@pytest.fixture(scope="module")
def _portal_of_the_module(django_db_setup, django_db_blocker, _media) -> Iterator[populated.Portal]:
    """Make the portal once for a module, inside a transaction that is undone after its last test.

    A module whose tests use it makes no cast of its own: the portal's stands in the database already.
    """
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=_media), transaction.atomic():
        made = populated.portal(Cast.make())
        with django_db_blocker.block():
            yield made
        transaction.set_rollback(True)


@pytest.fixture
def portal(_portal_of_the_module, db) -> populated.Portal:
    """The populated portal: what a test does with it is undone, and its people remember nothing of it."""
    return copy.deepcopy(_portal_of_the_module)


@pytest.fixture
def browser_of() -> Callable[[User | None], Client]:
    """Return a client in which a person is signed in, or a visitor's for None; faults become answers."""

    def made(person: User | None) -> Client:
        client = Client(raise_request_exception=False)
        if person:
            sign_in(client, person)
        return client

    return made
