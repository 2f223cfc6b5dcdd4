"""A whole running portal, the people at their browsers, and the servers their posts arrive on."""

from collections.abc import Iterator

import pytest
from django.db import connection

from tests import factories
from tests.accounts.signing_in import enrol
from tests.council_portal.conftest import Run
from tests.real.process import wait_until

from .browsing import Faults


@pytest.fixture
def council(transactional_db, postgres_url) -> factories.Cast:
    """The people of a small council, each with an authenticator app, and a ward with a street."""
    cast = factories.Cast.make()
    for person in (
        cast.author,
        cast.approver,
        cast.moderator,
        cast.lead,
        cast.councillor,
        cast.administrator,
    ):
        enrol(person)
    ward = factories.ward("Quayside")
    factories.street(ward, "Quay Street", "RB12AA")
    return cast


@pytest.fixture
def portal(council, valkey_url, smtp_sink, tmp_path) -> Iterator[Run]:
    """The portal as `make run` starts it, on the tests' PostgreSQL and Valkey, sending mail to the sink."""
    database = connection.settings_dict
    own = {
        "DATABASE_URL": f"postgresql://{database['USER']}@{database['HOST']}:{database['PORT']}/{database['NAME']}",
        "REDIS_URL": valkey_url,
        "SMTP_PORT": str(smtp_sink.port),
        "DJANGO_SETTINGS_MODULE": "tests.journeys.settings",
    }
    run = Run(tmp_path, **own)
    run.start()
    try:
        wait_until(lambda: run.answers("/readyz"), what="the portal", seconds=120)
        yield run
    finally:
        run.end()


@pytest.fixture
def faults() -> Faults:
    """What was wrong on any page of the journey."""
    return Faults()
