"""A portal with something behind every address, and a browser for each of its people."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from tests.accounts.signing_in import sign_in

from . import populated


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def portal(cast) -> populated.Portal:
    """The populated portal."""
    return populated.portal(cast)


@pytest.fixture
def browser_of() -> Callable[[User | None], Client]:
    """Return a client in which a person is signed in, or a visitor's for None; faults become answers."""

    def made(person: User | None) -> Client:
        client = Client(raise_request_exception=False)
        if person:
            sign_in(client, person)
        return client

    return made
