"""The desk's fixtures: a signed-in client, people with two roles, pictures made on the spot."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from accounts.enums import Role
from accounts.models import Membership, User
from tests import factories
from tests.accounts.signing_in import sign_in
from tests.factories import Cast


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def both(cast: Cast) -> User:
    """Somebody who is author and approver of the cast's team."""
    person = factories.member(cast.team, Role.AUTHOR, "Bea Both")
    Membership.objects.create(user=person, team=cast.team, role=Role.APPROVER)
    return person


@pytest.fixture
def signed_in() -> Callable[..., Client]:
    """Return a client signed in as a person, their second factor just used."""

    def client_of(person: User, *, factor_age: float | None = 0) -> Client:
        client = Client()
        sign_in(client, person, factor_age=factor_age)
        return client

    return client_of


@pytest.fixture
def picture_bytes() -> Callable[..., bytes]:
    """Return a picture of any size, format and mode as bytes."""

    def made(kind: str = "PNG", size: tuple[int, int] = (60, 40), mode: str = "RGB", **more: Any) -> bytes:
        out = io.BytesIO()
        Image.new(mode, size, 120 if mode in {"L", "P"} else None).save(out, kind, **more)
        return out.getvalue()

    return made
