"""What puts words last in a moderator's queue: advertising, many copies, many from one network."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.utils import timezone

from feedback import suspicion
from feedback.enums import Suspicion
from feedback.models import Feedback, Question, Voice
from feedback.suspicion import flood, repeated
from tests import factories
from tests.feedback.conftest import told

WORDS = "Please keep the library open on Saturday afternoons for our children."
ADVERT = "Buy cheap viagra online without prescription, discreet shipping https://meds-24.example"
NETWORK = "203.0.113.9"


@pytest.fixture(autouse=True)
def _nothing_counted():
    cache.clear()


def new(notice, text: str = WORDS) -> Voice:
    row = Feedback(notice=notice, text=text)
    row.fill_in()
    return row


def test_fresh_words_are_not_doubted(notice):
    assert suspicion.of(new(notice), network=NETWORK) == ""


def test_advertising_is_doubted(notice):
    assert suspicion.of(new(notice, ADVERT)) == Suspicion.ADVERTISING


@pytest.mark.parametrize(("copies", "doubt"), [(2, ""), (3, Suspicion.REPEATED), (6, Suspicion.REPEATED)])
def test_words_are_doubted_from_the_fourth_copy_on(notice, copies, doubt):
    for _copy in range(copies):
        told(notice, WORDS)

    assert suspicion.of(new(notice, f"  {WORDS.upper()}!! ")) == doubt


def test_copies_about_another_notice_count(cast, notice):
    for _copy in range(3):
        told(factories.published(cast).notice, WORDS)

    assert suspicion.of(new(notice)) == Suspicion.REPEATED


def test_short_words_are_alike_by_chance(notice):
    for _copy in range(5):
        told(notice, "Still no water here")

    assert suspicion.of(new(notice, "Still no water here")) == ""


def test_copies_of_another_season_do_not_count(notice):
    for _copy in range(4):
        told(notice, WORDS)
    Voice.objects.update(received_at=timezone.now() - repeated.WINDOW - dt.timedelta(hours=1))

    assert suspicion.of(new(notice)) == ""


def test_a_thousand_copies_cost_one_query(notice, django_assert_num_queries):
    rows = [new(notice) for _copy in range(1000)]

    with django_assert_num_queries(1):
        doubts = suspicion.of_each(rows)

    assert doubts == [""] * repeated.MANY + [Suspicion.REPEATED] * (1000 - repeated.MANY)


def test_fourth_voice_of_one_network_within_minutes_is_doubted(notice):
    texts = [f"Number {number} of our street writes about the drains." for number in range(4)]

    assert [suspicion.of(new(notice, text), network=NETWORK) for text in texts] == ["", "", "", "flood"]


def test_another_network_is_not_doubted_for_it(notice):
    for _voice in range(4):
        suspicion.of(new(notice), network=NETWORK)

    assert suspicion.of(new(notice), network="203.0.113.10") == ""


def test_one_household_of_the_new_internet_is_one_network():
    bursts = [flood.is_burst("votes", f"2001:db8:1:2::{number}") for number in range(1, 5)]

    assert bursts == [False, False, False, True]


def test_a_press_without_words_is_counted_and_not_doubted(notice):
    presses = [suspicion.of(Feedback(notice=notice, helpful="yes"), network=NETWORK) for _press in range(9)]

    assert presses == [""] * 9


def test_doubt_of_what_is_kept_hides_nothing(notice):
    kept = told(notice, ADVERT)

    assert (kept.status, kept.hidden_reason) == ("waiting", "")
    assert Question.objects.count() == 0
