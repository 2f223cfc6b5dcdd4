"""Events are written once, in order, chained, in the caller's transaction."""

import pytest
from django.db import transaction

from audit.context import coming_from
from audit.models import ChainHead, Event
from audit.recorder import ChainBroken, record
from audit.verify import verify
from tests import factories
from tests.audit.tampering import behind_the_triggers

pytestmark = pytest.mark.django_db


def test_record_keeps_who_what_where():
    user = factories.user("Amira Shah")
    with coming_from("203.0.113.7"):
        event = record("team.changed", actor=user, target=user, before=[1], share=0.1)
    kept = Event.objects.get(pk=event.pk)
    assert (kept.sequence, kept.action, kept.actor_id, kept.actor_name) == (
        1,
        "team.changed",
        user.pk,
        "Amira Shah",
    )
    assert (kept.ip, kept.target_type, kept.target_id) == ("203.0.113.7", "accounts.user", str(user.pk))
    assert kept.detail == {"before": [1], "share": "0.1"}


def test_record_without_actor_is_the_system():
    event = record("notice.expired")
    assert (event.actor_id, event.actor_name, event.ip) == (None, "system", "")


def test_record_links_each_event_to_the_one_before():
    first, second = record("a.done"), record("b.done")
    assert second.prev_hash == first.hash
    head = ChainHead.objects.get()
    assert (head.sequence, head.hash) == (2, second.hash)


def test_record_in_a_transaction_that_fails_leaves_nothing():
    record("kept.event")
    with pytest.raises(RuntimeError), transaction.atomic():
        record("lost.event")
        raise RuntimeError
    assert list(Event.objects.values_list("action", flat=True)) == ["kept.event"]
    assert verify().is_whole


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("a\x00b", "ab"),
        ("lone \ud800 surrogate", "lone ? surrogate"),
        ("🏛 שלום", "🏛 שלום"),
        (1e22, "1e+22"),
        ({3: {2, 1}}, {"3": ["1", "2"]}),
        (object, str(object)),
    ],
)
def test_record_any_detail_reads_back_and_verifies(given, kept):
    record("odd.detail", value=given)
    assert Event.objects.get().detail == {"value": kept}
    assert verify().is_whole


def test_record_without_a_head_refuses():
    record("a.done")
    with behind_the_triggers() as cursor:
        cursor.execute("DELETE FROM audit_chainhead")
    with pytest.raises(ChainBroken):
        record("b.done")
