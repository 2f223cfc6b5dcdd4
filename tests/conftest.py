"""Fixtures every test may use; a room's own stand in its folder."""

import pytest
from django.core.cache import cache

pytest_plugins = ["tests.real.plugin", "tests.audit.flush"]


@pytest.fixture(autouse=True)
def _empty_cache():
    """Rate limits of one test must not meet the next."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(scope="session")
def django_db_setup(request, django_db_modify_db_settings, django_db_blocker):
    """Make the test database as pytest-django does, from a copy where that saves migrating."""
    from tests import schema

    with django_db_blocker.unblock(), schema.copied():
        request.getfixturevalue("django_db_setup")


@pytest.fixture
def cast(db):
    """The people most tests need, by role; see tests/factories.py."""
    from tests.factories import Cast

    return Cast.make()
