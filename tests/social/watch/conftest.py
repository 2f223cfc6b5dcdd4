"""An account under watch."""

import pytest

from tests.outbox.rows import account
from tests.social.watch.seeing import watched


@pytest.fixture
def mine(db):
    """An account on the practice network, watched for an hour."""
    made = account()
    watched(made)
    return made
