"""A live notice with a copy on the practice network, written into the log."""

import pytest

from social.delivery import deliver_one
from social.models import Delivery
from social.register import log
from tests import factories
from tests.outbox.rows import account


@pytest.fixture
def network(cast):
    """An account of the cast's team on the practice network."""
    made = account(handle="riverbank")
    made.teams.add(cast.team)
    return made


@pytest.fixture
def posted(cast, network):
    """The delivery of a live notice that stands on the network and in the log."""
    edition = factories.published(cast)
    row = Delivery.objects.get(edition=edition)
    deliver_one(row.pk)
    log.catch_up()
    return Delivery.objects.get(pk=row.pk)
