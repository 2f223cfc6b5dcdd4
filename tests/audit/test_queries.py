"""The trail can be searched by who, what, about, when and words."""

from datetime import timedelta

import pytest
from django.utils import timezone

from audit import queries
from audit.recorder import record
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    amira, ben = factories.user("Amira Shah"), factories.user("Ben Achterberg")
    record("notice.submitted", actor=amira, target=amira, note="café by the quay")
    record("notice.approved", actor=ben, target=amira)
    record("noticeboard.moved", actor=ben)
    return amira, ben


def _found(**wanted):
    return [event.sequence for event in queries.search(**wanted)]


def test_search_without_wishes_is_newest_first(people):
    assert _found() == [3, 2, 1]


def test_search_by_actor(people):
    assert _found(actor=people[1].pk) == [3, 2]


def test_search_by_action_or_its_group(people):
    assert (_found(action="notice.approved"), _found(action="notice")) == ([2], [2, 1])


def test_search_by_target(people):
    amira = people[0]
    assert (_found(target="shah"), _found(target=f"accounts.user:{amira.pk}")) == ([2, 1], [2, 1])


def test_search_by_time(people):
    now = timezone.now()
    assert (_found(since=now), _found(until=now - timedelta(hours=1)), _found(until=now)) == (
        [],
        [],
        [3, 2, 1],
    )


def test_search_by_words(people):
    assert (_found(text="QUAY"), _found(text="achterberg")) == ([1], [3, 2])


def test_actions_are_listed_once(people):
    record("notice.approved")
    assert queries.actions() == ["notice.approved", "notice.submitted", "noticeboard.moved"]
