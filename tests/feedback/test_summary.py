"""The councillors' page: who reads it, that its numbers are right, and that nobody can be told from it."""

import csv
import datetime as dt
import io
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from feedback import answering, moderation
from feedback.digesting import numbers
from feedback.digesting.scope import Scope, period
from feedback.digesting.scope import shown as shown_words
from feedback.models import Feedback, Question
from feedback.working_days import today
from places.models import Seat
from tests import factories
from tests.feedback.conftest import asked, shown, told

pytestmark = pytest.mark.django_db
EVERYTHING = Scope()


def counted(scope=EVERYTHING, day=None):
    """Return the counts of twelve weeks."""
    return numbers.written(scope, period(scope, day or today()))


@pytest.mark.parametrize(
    ("who", "status"),
    [("councillor", 200), ("lead", 200), ("moderator", 403), ("author", 403), ("administrator", 403)],
)
def test_who_reads_the_summary(cast, as_, who, status):
    client = as_(getattr(cast, who))
    assert client.get("/staff/summary/").status_code == status
    assert client.get("/staff/summary/words.csv").status_code == status


def test_councillor_sees_their_wards_first_and_can_see_all(cast, notice, as_):
    mine, other = factories.ward("Quayside"), factories.ward("Abbey")
    Seat.objects.create(ward=mine, councillor=cast.councillor)
    shown(told(notice, "Words of Quayside", ward=mine), cast.moderator)
    shown(told(notice, "Words of Abbey", ward=other), cast.moderator)
    client = as_(cast.councillor)
    own, everything = (client.get(f"/staff/summary/{q}").content.decode() for q in ("", "?ward="))
    assert "What Quayside said" in own
    assert "Words of Abbey" not in own
    assert "Words of Abbey" in everything


def test_numbers_count_everything_and_words_only_what_was_looked_at(cast, notice):
    shown(asked(notice), cast.moderator)
    told(notice, "Not looked at yet")
    moderation.hide(told(notice), by=cast.moderator, seen_version=1, reason="abusive")
    standing = numbers.standing(counted())
    assert (standing.total, standing.waiting, standing.shown) == (3, 1, 1)
    assert standing.hidden == [("it is abusive", 1)]
    words = shown_words(EVERYTHING, period(EVERYTHING, today()))
    assert list(words.values_list("text", flat=True)) == ["Is Tannery Row affected?"]


def test_counts_by_notice_ward_kind_and_week(cast, notice):
    ward = factories.ward("Quayside")
    event = factories.published(cast, "event").notice
    asked(notice, ward=ward), told(notice, ward=ward), told(event)
    rows, notices = counted(), numbers.about_notices(EVERYTHING, period(EVERYTHING, today()))
    assert [(line.value, line.total) for line in numbers.by_notice(notices)] == [
        (notice.reference, 2),
        (event.reference, 1),
    ]
    assert [(line.label, line.total) for line in numbers.by_ward(rows, [ward])] == [("Quayside", 2), ("", 1)]
    assert [(line.value, line.questions, line.feedback) for line in numbers.by_kind(notices)] == [
        ("outage", 1, 1),
        ("event", 0, 1),
    ]
    assert [line.total for line in numbers.by_week(rows, today())] == [0] * 11 + [3]


def test_week_begins_at_midnight_in_the_councils_zone(cast, notice):
    # The last hour of Sunday in London, in summer time, is still Sunday there and in UTC an hour earlier.
    zone = ZoneInfo("Europe/London")
    sunday = dt.datetime(2026, 7, 5, 23, 30, tzinfo=zone)
    monday = dt.datetime(2026, 7, 6, 0, 30, tzinfo=zone)
    for moment in (sunday, monday):
        Question.objects.filter(pk=asked(notice).pk).update(received_at=moment)
    day = dt.date(2026, 7, 8)
    lines = numbers.by_week(counted(day=day), day)
    assert [(line.value.isoformat(), line.total) for line in lines[-2:]] == [
        ("2026-06-29", 1),
        ("2026-07-06", 1),
    ]


@pytest.mark.parametrize(
    "query", ["week=2026-99-99", "week=%00", "notice=%00", "kind=x&sort=y&ward=z", "page=x"]
)
def test_any_filter_is_answered(cast, as_, query):
    assert as_(cast.lead).get(f"/staff/summary/?{query}").status_code == 200


def test_names_addresses_and_personal_data_never_reach_a_councillor(cast, notice, as_):
    question = asked(notice, "Ring 07700 900123!", name="Jan Kowalski", email="jan@mail.example")
    shown(question, cast.moderator)
    asked(notice, "Waiting since Monday, says Eva", name="Eva Nowak")
    client = as_(cast.councillor)
    page = client.get("/staff/summary/").content.decode()
    file = b"".join(client.get("/staff/summary/words.csv").streaming_content).decode()
    for text in (page, file):
        assert "Ring [a telephone number]!" in text
        for secret in ("07700", "Kowalski", "jan@mail", "Nowak", "Waiting since Monday"):
            assert secret not in text


def test_unanswered_questions_say_how_long_they_wait(cast, notice, as_):
    old = shown(asked(notice, "Old?"), cast.moderator)
    # At noon: 40 times 24 hours ago may be another day, on the other side of a clock change.
    noon = dt.datetime.combine(today() - dt.timedelta(days=40), dt.time(12), tzinfo=dt.UTC)
    Question.objects.filter(pk=old.pk).update(received_at=noon, due_on=today() - dt.timedelta(days=26))
    answered = shown(asked(notice, "Answered?"), cast.moderator)
    answering.answer_publicly(answered, by=cast.author, seen_version=2, text="Yes.")
    html = as_(cast.lead).get("/staff/summary/").content.decode()
    assert "1 question waits for an answer</a>, the oldest for 40 days." in " ".join(html.split())
    assert "overdue" in html


def test_page_costs_the_same_for_one_and_thirty(cast, notice, as_, django_assert_num_queries):
    client = as_(cast.councillor)

    def one_of_each(number: int) -> None:
        ward = factories.ward()
        shown(asked(notice, f"Question {number}?", ward=ward), cast.moderator)
        shown(told(notice, f"Words {number}.", ward=ward, helpful="yes"), cast.moderator)

    one_of_each(0)
    client.get("/staff/summary/")
    with CaptureQueriesContext(connection) as one:
        client.get("/staff/summary/")
    for number in range(30):
        one_of_each(number)
    with django_assert_num_queries(len(one)):
        client.get("/staff/summary/")


def test_file_holds_the_words_with_their_answers(cast, notice, as_):
    question = shown(asked(notice, '=1+1, "quoted",\nnext line'), cast.moderator)
    answering.answer_publicly(question, by=cast.author, seen_version=2, text="Two.")
    shown(told(notice), cast.moderator)
    response = as_(cast.councillor).get("/staff/summary/words.csv?sort=question")
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert [row[0] for row in rows] == ["Reference", question.reference]
    assert rows[1][6:] == ['\'=1+1, "quoted",\nnext line', "Two.", "the portal"]
    assert "attachment" in response["Content-Disposition"]


def test_helpfulness_counts_what_people_said(notice):
    for helpful in ("yes", "yes", "no", ""):
        told(notice, helpful=helpful)
    said = numbers.helpfulness(numbers.counts(EVERYTHING, period(EVERYTHING, today())))
    assert [number for _label, number, _tone in said] == [2, 0, 1]
    assert Feedback.objects.count() == 4


def test_unknown_ward_is_told_in_a_sentence(cast, as_):
    html = as_(cast.councillor).get("/staff/summary/?ward=nowhere").content.decode()
    assert "We do not know that ward, so this is the whole borough." in html
    assert "Select a valid choice" not in html
