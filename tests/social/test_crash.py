"""Notices to every platform while workers die, answers are lost and the broker restarts: each once."""

import pytest

from tests.social.crash import faults, sides

NOTICES = 60
RESTARTS = 3
# Platforms that cannot be asked whether a post is ours by any name but its words: what is not found there
# is never sent again without a person.
NO_KEY = {"facebook", "x"}
ASKED = {"It does not seem to be there, but this platform cannot tell for certain. Please look."}

pytestmark = [
    pytest.mark.slow,
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(700),
]


@pytest.fixture
def servers(pds, mastodon, graph, x_api, receiver):
    """The servers of the test run."""
    return sides.Servers(pds, mastodon, graph, x_api, receiver)


def test_every_notice_arrives_once_or_is_with_a_person(postgres_url, cast, servers, valkey_server):
    with sides.connected(cast.team, servers) as connected:
        report = faults.run(NOTICES, connected, cast.team, valkey_server, restarts=RESTARTS)

    print(f"fault run: {report.seconds:.0f} s, killed {dict(report.kills)}")
    platforms = {tally.platform: tally for tally in report.tallies}
    assert {name: tally.twice for name, tally in platforms.items()} == dict.fromkeys(platforms, 0)
    for tally in report.tallies:
        # Exactly what is not there is with a person, who is told so in a sentence.
        assert tally.notices - tally.there == tally.with_person
        assert tally.there_at_the_end == tally.notices
        assert tally.notices.total() == NOTICES
        assert tally.sentences <= ASKED
        assert tally.platform in NO_KEY or not tally.with_person
        assert tally.spoilt > 0 or tally.platform == "sandbox"
    assert report.kills.total() >= 10
    assert sum(tally.looked_for for tally in report.tallies) > 0
