"""The update from a phone: what it writes, who may publish at once, and that nothing typed is lost."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from tests import factories
from tests.factories import Cast
from tests.updates.outages.conftest import START, live_at, then
from updates import drafting
from updates.enums import Status
from updates.models import Edition
from updates.outages import choices, quick

HOUR = timedelta(hours=1)
NOW = START + HOUR
GOOD = {
    "state": "repairing",
    "sentence": "The crew is at work.",
    "estimate": "2h",
    "next_update": "1h",
    "seen": "1",
}


@pytest.fixture
def live(cast: Cast) -> Edition:
    return live_at(cast, since_at=START - HOUR)


@pytest.fixture
def send(live, signed_in):
    """Send the form at NOW as somebody."""

    def sent(person, **data):
        with time_machine.travel(NOW, tick=False):
            client: Client = signed_in(person)
            return client.post(f"/staff/notices/{live.notice.reference}/update/", GOOD | data)

    return sent


def newest(live: Edition) -> Edition:
    return Edition.objects.filter(notice=live.notice_id).select_related("outage").latest("number")


def test_publishing_puts_the_update_on_the_page_with_a_second_check_owed(cast: Cast, live, send):
    answer = send(cast.urgent_author, publish="1")

    edition = newest(live)
    assert answer.status_code == 302
    assert (edition.number, edition.status, edition.is_urgent) == (2, Status.PUBLISHED, True)
    assert (edition.change_note, edition.summary) == ("The crew is at work.", live.summary)
    assert (edition.outage.state, edition.outage.estimate_stage) == ("repairing", "area")
    assert edition.outage.estimate_to_at == NOW + 2 * HOUR
    assert edition.outage.next_update_by_at == NOW + HOUR
    assert edition.second_check_due_at == NOW + 2 * HOUR


def test_without_the_urgent_right_it_is_sent_for_approval(cast: Cast, live, send):
    send(cast.author, publish="1")

    edition = newest(live)
    assert (edition.number, edition.status) == (2, Status.SUBMITTED)


def test_sending_for_approval_publishes_nothing_even_with_the_right(cast: Cast, live, send):
    send(cast.urgent_author)

    assert newest(live).status == Status.SUBMITTED


def test_restored_now_notes_the_moment_and_promises_nothing_more(cast: Cast, live, send):
    send(cast.urgent_author, publish="1", state="restored", estimate="", next_update="")

    outage = newest(live).outage
    assert (outage.state, outage.restored_at, outage.next_update_by_at) == ("restored", NOW, None)


def test_sentence_becomes_the_summary_only_when_asked(cast: Cast, live, send):
    send(cast.urgent_author, publish="1", is_summary_too="on")

    assert newest(live).summary == "The crew is at work."


def test_kept_estimate_stays_as_it_was(cast: Cast, signed_in):
    end = START + 5 * HOUR
    live = live_at(cast, estimate_from_at=end - HOUR, estimate_to_at=end, estimate_stage="local")
    with time_machine.travel(NOW, tick=False):
        path = f"/staff/notices/{live.notice.reference}/update/"
        signed_in(cast.urgent_author).post(path, GOOD | {"publish": "1", "estimate": "keep"})

    outage = newest(live).outage
    assert (outage.estimate_from_at, outage.estimate_to_at, outage.estimate_stage) == (
        end - HOUR,
        end,
        "local",
    )


@pytest.mark.parametrize(
    ("old_to", "old_stage", "new_to", "expected"),
    [
        (None, "assessing", START, "area"),
        (START, "assessing", START, "area"),
        (START, "area", START + HOUR, "revised"),
        (START, "local", None, "assessing"),
    ],
)
def test_stage_follows_from_what_was_said_before(cast: Cast, old_to, old_stage, new_to, expected):
    live = live_at(cast, estimate_to_at=old_to, estimate_stage=old_stage)

    assert quick.stage_after(live.outage, new_to) == expected


def test_typed_range_wins_over_the_quick_answer(cast: Cast, live, send):
    typed = {
        **dict(zip([f"estimate_from_at_{n}" for n in range(4)], ["22", "11", "2026", "5pm"], strict=True)),
        **dict(zip([f"estimate_to_at_{n}" for n in range(4)], ["22", "11", "2026", "7pm"], strict=True)),
    }
    send(cast.urgent_author, publish="1", estimate="", **typed)

    outage = newest(live).outage
    assert outage.estimate_from_at == datetime(2026, 11, 22, 17, tzinfo=UTC)
    assert outage.estimate_to_at == datetime(2026, 11, 22, 19, tzinfo=UTC)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"sentence": ""}, "Say in one sentence what changed."),
        ({"estimate": ""}, "Choose when it will be back, or “We do not know yet”."),
        ({"estimate": "other"}, "Write by when it should be back."),
        ({"next_update": ""}, "Choose when you will say more, or “No promise”."),
        ({"next_update": "other"}, "Write by when you will say more."),
        (
            {"state": "restored", "restored_at_0": "22", "restored_at_1": "11", "restored_at_2": "2026"}
            | {"restored_at_3": "11pm"},
            "That is still ahead. Say when it came back.",
        ),
        (
            {"state": "restored", "restored_at_0": "21", "restored_at_1": "11", "restored_at_2": "2026"}
            | {"restored_at_3": "11pm"},
            "It has been off since Sun 22 Nov, 1pm.",
        ),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_is_lost(cast: Cast, live, send, data, sentence):
    answer = send(cast.urgent_author, publish="1", **data)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert sentence in page
    assert GOOD["sentence"] in page or data.get("sentence") == ""
    assert newest(live).number == 1


def test_open_edition_is_offered_and_what_was_typed_stays(cast: Cast, live, send):
    drafting.start_edition(live.notice, by=cast.author)

    answer = send(cast.urgent_author, publish="1")

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Another edition is open" in page
    assert f"/staff/notices/{live.notice.reference}/2/" in page
    assert GOOD["sentence"] in page


def test_newer_live_edition_is_shown_first(cast: Cast, live, send):
    then(cast, live, START + timedelta(minutes=5), note="The cause is found.", state="identified")

    refused = send(cast.urgent_author, publish="1")
    again = send(cast.urgent_author, publish="1", seen="2")

    assert (refused.status_code, again.status_code) == (409, 302)
    assert newest(live).number == 3


def test_dangerous_link_is_refused_and_leaves_no_draft(cast: Cast, live, send):
    answer = send(cast.urgent_author, publish="1", sentence="Look: [here](javascript:alert(1)).")

    assert answer.status_code == 409
    assert newest(live).number == 1


def test_publishing_asks_for_a_fresh_second_factor(cast: Cast, live, signed_in):
    client = signed_in(cast.urgent_author, factor_age=3600)
    path = f"/staff/notices/{live.notice.reference}/update/"

    answer = client.post(path, GOOD | {"publish": "1"})

    assert answer.status_code == 302
    assert "reauthenticate" in answer.url
    assert newest(live).number == 1


@pytest.mark.parametrize("who", ["outsider", "approver", "moderator", "councillor"])
def test_only_authors_of_the_team_update(cast: Cast, live, signed_in, who):
    path = f"/staff/notices/{live.notice.reference}/update/"

    assert signed_in(getattr(cast, who)).get(path).status_code == 403


def test_only_live_outages_are_updated_so(cast: Cast, signed_in):
    drafted = factories.draft(cast)
    event = factories.published(cast, "event")
    client = signed_in(cast.author)

    for edition in (drafted, event):
        assert client.get(f"/staff/notices/{edition.notice.reference}/update/").status_code == 404


@pytest.mark.parametrize(
    ("now", "evening"),
    [
        (datetime(2026, 11, 22, 17, 30, tzinfo=UTC), datetime(2026, 11, 22, 18, tzinfo=UTC)),
        (datetime(2026, 11, 22, 17, 31, tzinfo=UTC), None),
        # In summer six in the evening is five o'clock in UTC.
        (datetime(2026, 7, 1, 10, 0, tzinfo=UTC), datetime(2026, 7, 1, 17, tzinfo=UTC)),
    ],
)
def test_evening_is_offered_while_it_is_far_enough_off(now, evening):
    assert choices.this_evening(now) == evening


def test_quick_times_are_rounded_up_to_five_minutes():
    now = datetime(2026, 11, 22, 14, 2, 30, tzinfo=UTC)

    assert choices.estimate_at("1h", now) == datetime(2026, 11, 22, 15, 5, tzinfo=UTC)
    assert choices.next_at("30m", now) == datetime(2026, 11, 22, 14, 35, tzinfo=UTC)


def test_tomorrow_morning_is_nine_by_the_clock_even_when_the_clocks_change():
    night_before = datetime(2026, 10, 24, 20, tzinfo=UTC)

    assert choices.tomorrow_morning(night_before) == datetime(2026, 10, 25, 9, tzinfo=UTC)
