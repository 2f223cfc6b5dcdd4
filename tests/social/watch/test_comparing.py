"""What an account shows against what we posted: which difference is an incident, and which stops."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from outbox import engine
from outbox.enums import HoldReason, Status
from outbox.receipt import Receipt
from social.enums import Act, IncidentKind, Outcome
from social.models import Account, Alarm, Delivery, Incident, KnownPost, SandboxPost, Watch
from social.publishers.registry import publisher_for
from social.sandbox import network
from social.sessions import credentials_of
from social.watch import comparing, incidents
from tests.outbox.rows import account, edition, fresh, row
from tests.social.watch.seeing import answer, is_locked, kinds, look, ours, placed, saying

pytestmark = pytest.mark.django_db


def rogue(mine, text="Free money!"):
    return network.say(mine.remote_account_id, text).remote_id


def mine_seen(mine):
    return publisher_for("sandbox").timeline(credentials_of(mine), timezone.now() - timedelta(days=999))


@pytest.mark.parametrize("status", [Status.SENT, Status.REMOVING])
def test_a_post_of_ours_is_no_incident(mine, status):
    made = ours(mine, "Burst main", status)

    look(mine)

    assert kinds() == []
    assert fresh(made).seen_at is not None
    assert Account.objects.get(pk=mine.pk).proven_at is not None


def test_a_post_nobody_here_made_stops_the_account_and_keeps_what_it_said(mine):
    remote_id = rogue(mine)

    look(mine)

    [found] = Incident.objects.all()
    [evidence] = found.evidence.all()
    assert (found.kind, found.subject, found.has_stopped) == (IncidentKind.UNKNOWN_POST, remote_id, True)
    assert (evidence.text, evidence.data["text"]) == ("Free money!", "Free money!")
    assert is_locked(mine)


def test_one_post_is_one_incident_however_often_it_is_seen(mine):
    rogue(mine)

    for _again in range(3):
        look(mine)

    assert kinds() == [IncidentKind.UNKNOWN_POST]


@pytest.mark.parametrize(
    ("status", "more"),
    [
        (Status.SENDING, {}),
        (Status.UNKNOWN, {}),
        (Status.HELD, {"hold_reason": HoldReason.UNCLEAR}),
    ],
)
def test_the_watch_settles_a_row_in_flight_when_it_is_first(mine, status, more):
    made = ours(mine, "Burst main", status, **more)

    look(mine)

    assert kinds() == []
    assert (fresh(made).status, fresh(made).remote_id) == (Status.SENT, SandboxPost.objects.get().remote_id)


def test_the_worker_may_come_back_after_the_watch_has_settled_its_row(mine):
    made = ours(mine, "Burst main", Status.SENDING)
    there = Receipt(SandboxPost.objects.get().remote_id, "")

    look(mine)
    engine.deliver(made, lambda: there)

    assert (kinds(), fresh(made).status, fresh(made).remote_id) == ([], Status.SENT, there.remote_id)


def test_a_row_recorded_while_the_ledger_was_read_is_no_incident(mine, monkeypatch):
    made = ours(mine, "Burst main", Status.SENDING)
    there = Receipt(SandboxPost.objects.get().remote_id, "")
    in_flight = comparing.ledger.in_flight

    def recorded_first(*given):
        engine.deliver(made, lambda: there)
        return in_flight(*given)

    monkeypatch.setattr(comparing.ledger, "in_flight", recorded_first)
    look(mine)

    assert kinds() == []


def test_a_row_in_flight_explains_one_post_and_not_its_copy(mine):
    ours(mine, "Burst main", Status.SENDING)
    network.say(mine.remote_account_id, f"Burst main {saying('')['link']}")
    SandboxPost.objects.filter(text__startswith="Burst main ").update(
        text="Burst main", link=saying("")["link"]
    )

    look(mine)

    assert kinds() == [IncidentKind.UNKNOWN_POST]


def test_other_words_than_those_in_flight_are_not_ours(mine):
    ours(mine, "Burst main", Status.SENDING)
    SandboxPost.objects.update(text="Burst pipe")

    look(mine)

    assert kinds() == [IncidentKind.UNKNOWN_POST]


def test_a_post_that_waits_to_be_repeated_may_be_there_already(mine):
    ours(mine, "Burst main", Status.RETRY)

    look(mine)

    assert kinds() == []


def test_another_accounts_row_in_flight_explains_nothing(mine):
    placed(mine, "Burst main")
    row(Status.SENDING, account=account(), payload=saying("Burst main"))

    look(mine)

    assert kinds() == [IncidentKind.UNKNOWN_POST]


@pytest.mark.parametrize("status", [Status.SENDING, Status.SENT])
def test_answers_to_residents_are_in_the_ledger_too(mine, cast, status):
    made = answer(mine, cast.author, "By noon.", status)

    look(mine)

    made.refresh_from_db()
    assert (kinds(), made.status) == ([], Status.SENT)


def test_what_stood_there_before_us_is_nobodys_business(mine):
    Watch.objects.update(since_at=timezone.now())
    placed(mine, "Old", posted_at=timezone.now() - timedelta(seconds=30))

    look(mine)

    assert kinds() == []


def test_a_post_dated_back_does_not_hide(mine):
    watch, now = Watch.objects.get(), timezone.now()
    placed(mine, "Old?", posted_at=now - timedelta(days=900))
    seen = mine_seen(mine)

    found = list(comparing.compare(watch, seen, now - timedelta(minutes=61)))

    assert [each.kind for each in found] == [IncidentKind.UNKNOWN_POST]


def test_a_post_a_person_called_ours_is_never_again_an_incident(mine, cast):
    remote_id = rogue(mine)
    look(mine)
    incidents.close(Incident.objects.get(), by=cast.lead, outcome=Outcome.OURS, note="Posted by hand.")
    Incident.objects.update(subject="something else")

    look(mine)

    assert KnownPost.objects.get().remote_id == remote_id
    assert kinds() == [IncidentKind.UNKNOWN_POST]


def test_words_changed_by_somebody_stop_the_account_once(mine):
    ours(mine, "Burst main")
    look(mine)
    SandboxPost.objects.update(text="Send money", edited_at=timezone.now())

    look(mine)
    look(mine)

    [found] = Incident.objects.all()
    assert (found.kind, found.has_stopped) == (IncidentKind.EDITED_POST, True)
    assert [one.text for one in found.evidence.all()] == ["Send money", "Burst main"]


def test_words_changed_before_we_saw_them_first_stop_the_account(mine):
    ours(mine, "Burst main")
    SandboxPost.objects.update(text="Send money")

    look(mine)

    assert (kinds(), is_locked(mine)) == ([IncidentKind.EDITED_POST], True)


def edited(mine, status, **more):
    """Our edit of a post that was seen: its new words stand there already."""
    first = ours(mine, "Burst main")
    look(mine)
    there = {"about": first, "act": Act.EDIT, "payload": saying("Mended"), "account": mine}
    SandboxPost.objects.update(text="Mended", edited_at=timezone.now())
    return row(status, **there, edition=edition(), **more)


@pytest.mark.parametrize("status", [Status.SENDING, Status.UNKNOWN, Status.RETRY])
def test_our_own_edit_is_no_incident_before_its_row_is_written(mine, status):
    made = edited(mine, status)

    look(mine)
    Delivery.objects.filter(pk=made.pk).update(
        status=Status.SENT, remote_id=made.about.remote_id, sent_at=timezone.now(), last_error=""
    )
    look(mine)

    assert kinds() == []


def test_our_own_edit_is_no_incident_after_its_row_is_written(mine):
    made = edited(mine, Status.SENDING)
    remote_id = made.about.remote_id
    Delivery.objects.filter(pk=made.pk).update(
        status=Status.SENT, remote_id=remote_id, sent_at=timezone.now()
    )

    look(mine)

    assert kinds() == []


@pytest.mark.parametrize(("age", "expected"), [(5, []), (300, [IncidentKind.EDITED_POST])])
def test_the_words_before_our_edit_may_be_seen_a_moment_longer(mine, age, expected):
    made = edited(mine, Status.SENDING)
    sent_at = timezone.now() - timedelta(seconds=age)
    Delivery.objects.filter(pk=made.pk).update(
        status=Status.SENT, remote_id=made.about.remote_id, sent_at=sent_at
    )
    Delivery.objects.filter(pk=made.about_id).update(sent_at=sent_at - timedelta(minutes=1))
    SandboxPost.objects.update(text="Burst main", edited_at=timezone.now())

    look(mine)

    assert kinds() == expected


@pytest.mark.parametrize(("gone", "stops"), [(1, False), (2, False), (3, True)])
def test_posts_taken_down_by_somebody_are_told_once_and_many_stop_the_account(mine, gone, stops):
    for number in range(gone):
        ours(mine, f"Post {number}")
    SandboxPost.objects.update(removed_at=timezone.now())

    look(mine)
    look(mine)

    assert kinds() == [IncidentKind.REMOVED_POST] * gone
    assert is_locked(mine) is stops


def test_a_post_just_sent_may_not_be_shown_yet(mine):
    ours(mine, "New", sent_at=timezone.now())
    SandboxPost.objects.update(removed_at=timezone.now())

    look(mine)

    assert kinds() == []


@pytest.mark.parametrize("status", [Status.REMOVING, Status.REMOVED])
def test_a_post_we_took_down_ourselves_is_no_incident(mine, status):
    ours(mine, "Old news", status)
    SandboxPost.objects.update(removed_at=timezone.now())

    look(mine)

    assert kinds() == []


@pytest.mark.parametrize(("ago", "expected"), [(30, []), (300, [IncidentKind.UNKNOWN_POST])])
def test_a_post_we_took_down_that_stands_there_again(mine, ago, expected):
    ours(mine, "Old news", Status.REMOVED, removed_at=timezone.now() - timedelta(seconds=ago))

    look(mine)
    look(mine)

    assert (kinds(), is_locked(mine)) == (expected, bool(expected))


def test_a_flood_has_a_bounded_number_of_incidents_and_calls_once(mine, cast):
    for number in range(60):
        rogue(mine, f"Spam {number}")

    look(mine)
    look(mine)

    assert Incident.objects.count() == comparing.MOST_INCIDENTS + 1
    assert Incident.objects.get(subject=incidents.FLOOD).summary.startswith("40 more posts")
    assert Alarm.objects.count() == 1


def _many(mine, count):
    SandboxPost.objects.bulk_create(
        SandboxPost(handle=mine.remote_account_id, remote_id=f"r{n}", key=f"k{n}", text=f"Spam {n}")
        for n in range(count)
    )


def test_ten_thousand_unknown_posts_cost_no_more_queries_than_a_hundred(mine):
    watch = Watch.objects.select_related("account").get()
    since, counts = timezone.now() - timedelta(hours=1), []
    for size in (100, 10_000):
        SandboxPost.objects.all().delete()
        _many(mine, size)
        posts = mine_seen(mine)
        with CaptureQueriesContext(connection) as queries:
            found = list(comparing.compare(watch, posts, since))
        counts.append(len(queries))
        assert len(found) == comparing.MOST_INCIDENTS + 1

    assert counts[0] == counts[1] < 12


def test_known_posts_cost_nothing_more_once_they_were_seen(mine):
    for number in range(12):
        ours(mine, f"Post {number}")
    look(mine)
    watch, since = Watch.objects.select_related("account").get(), timezone.now() - timedelta(hours=1)
    posts = mine_seen(mine)

    with CaptureQueriesContext(connection) as queries:
        assert list(comparing.compare(watch, posts, since)) == []

    assert len(queries) == 4
