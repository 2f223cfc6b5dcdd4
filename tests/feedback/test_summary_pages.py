"""The pages one tap behind the councillors' page: words behind sentences, themes, two sides, what is new."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from feedback import moderation, summaries, summarising
from feedback.digesting import people, themes, written
from feedback.digesting.scope import Scope, monday, period
from feedback.models import Reading, Sentence, Summary, Theme, Voice
from feedback.working_days import today
from places.models import Ward
from tests import factories
from tests.feedback.conftest import asked, shown, told

pytestmark = pytest.mark.django_db
WATER = "The water was off and nobody told us before the newspaper did."
MARKET = "Please do not move the winter market indoors, traders lose trade."
WORDS = "/staff/summary/words/"


@pytest.fixture
def summary(cast, notice) -> Summary:
    """A finished summary of this week in the whole borough."""
    for number in range(6):
        shown(told(notice, f"{WATER} {'Really! ' * number}"), cast.moderator)
        shown(told(notice, f"{MARKET} {'Please! ' * number}"), cast.moderator)
    return summarising.make(summaries.about_week(monday(today())))


def _said(client, query: str = "") -> str:
    return " ".join(client.get(f"{WORDS}{query}").content.decode().split())


def test_every_sentence_opens_the_words_behind_it(cast, as_, summary):
    client = as_(cast.councillor)
    page = client.get("/staff/summary/?ward=").content.decode()
    for sentence in Sentence.objects.filter(summary=summary):
        assert f"{WORDS}?sentence={sentence.pk}" in page
        assert sentence.taken_from.reference in _said(client, f"?sentence={sentence.pk}")


def _summed_up(week: date, number: int = 11, of: Ward | None = None) -> None:
    """Keep that so many people were summed up, without their words."""
    Summary.objects.create(scope="week", week=week, ward=of, people=number, finished_at=timezone.now())


@pytest.mark.parametrize(
    ("query", "opened", "is_offered"),
    [
        ("?ward=", "last week", True),
        ("?ward=&week={this}", "this week", False),
        ("?ward={other}", "this week", False),
        ("?ward=nowhere", "this week", False),
    ],
)
def test_page_opens_last_week_when_only_that_has_a_summary(cast, as_, query, opened, is_offered):
    _summed_up(monday(today()) - timedelta(weeks=1))
    asked = query.format(this=monday(today()), other=factories.ward().slug)
    page = as_(cast.councillor).get(f"/staff/summary/{asked}").content.decode()
    assert f"said {opened}</h1>" in page
    assert (f'week={monday(today())}">See this week so far' in page) == is_offered


def test_page_of_ones_own_wards_opens_the_newest_week_any_of_them_has(cast, as_):
    own = factories.ward()
    cast.councillor.seats.create(ward=own)
    _summed_up(monday(today()) - timedelta(weeks=1), of=own)
    assert "said last week</h1>" in as_(cast.councillor).get("/staff/summary/").content.decode()


THIS, LAST, BEFORE = date(2026, 11, 23), date(2026, 11, 16), date(2026, 11, 9)
MONDAY, TUESDAY, WEDNESDAY = (THIS + timedelta(days=days) for days in range(3))


@pytest.mark.parametrize(
    ("day", "people", "opened"),
    [
        (MONDAY, {}, THIS),
        (MONDAY, {BEFORE: 90}, THIS),
        (MONDAY, {LAST: 1}, LAST),
        (MONDAY, {LAST: 90, THIS: 10}, LAST),
        (MONDAY, {LAST: 90, THIS: 11}, THIS),
        (MONDAY, {THIS: 1}, THIS),
        (TUESDAY, {LAST: 90, THIS: 10}, LAST),
        (WEDNESDAY, {LAST: 90, THIS: 1}, THIS),
        (WEDNESDAY, {LAST: 90}, LAST),
    ],
)
def test_week_that_has_just_begun_is_opened_once_more_than_a_few_wrote(day, people, opened):
    for week, number in people.items():
        _summed_up(week, number)
    assert written.newest_week(None, day) == opened


@pytest.mark.parametrize(("represented", "is_told"), [(19, True), (20, False)])
def test_reader_is_told_when_hardly_two_wrote_about_the_same(cast, as_, summary, represented, is_told):
    Summary.objects.update(people=100, people_represented=represented)
    page = as_(cast.councillor).get("/staff/summary/?ward=").content.decode()
    assert ("no more than examples" in page) == is_told


def test_hidden_words_are_gone_from_every_page(cast, as_, summary):
    client = as_(cast.councillor)
    for voice in Voice.objects.all():
        moderation.hide(voice, by=cast.moderator, seen_version=voice.version, reason="abusive")
    found = [client.get("/staff/summary/?ward="), client.get(f"{WORDS}?random={summary.pk}")]
    found.append(client.get(f"{WORDS}?left_out={summary.pk}"))
    for response in found:
        assert "newspaper" not in response.content.decode()
        assert "traders" not in response.content.decode()


def test_page_says_by_how_many_the_summary_is_out_of_date(cast, notice, as_, summary):
    shown(told(notice, "One more."), cast.moderator)
    page = " ".join(as_(cast.councillor).get("/staff/summary/?ward=").content.decode().split())
    assert "1 piece was shown since and is not in it yet." in page


@pytest.mark.parametrize(
    "query", ["sentence=0", "sentence=x", "left_out=%00", "random=" + "9" * 40, "theme=²"]
)
def test_what_is_not_there_is_not_found(cast, as_, query):
    assert as_(cast.councillor).get(f"{WORDS}?{query}").status_code == 404


def test_theme_opens_its_own_comments_and_shows_its_change(cast, notice, as_):
    theme = Theme.objects.create(label="Hearing of it", terms="told")
    mine, other = (shown(told(notice, text), cast.moderator) for text in (WATER, MARKET))
    Voice.objects.filter(pk=mine.pk).update(theme=theme, mood="negative")
    scope = Scope(week=monday(today()))
    (line,) = themes.themes(scope, period(scope, today()))
    assert (line.theme, line.number, line.change, line.weeks) == (theme, 1, 1, [0] * 11 + [1])
    assert [number for _label, number, _tone in line.moods] == [1, 0, 0]
    said = _said(as_(cast.councillor), f"?theme={theme.pk}")
    assert mine.reference in said
    assert other.reference not in said


def test_people_are_writers_not_pieces(notice):
    for number in range(3):
        told(notice, f"Words {number}", email="jan@mail.example")
    told(notice, "Somebody else")
    span = period(Scope(), today())
    assert people.people(Scope(), span, 4) == people.People(2)


def test_two_wards_stand_side_by_side(cast, notice, as_):
    first, second = factories.ward("Quayside"), factories.ward("Abbey")
    asked(notice, ward=first), asked(notice, ward=first), told(notice, ward=second)
    query = f"ward={first.slug}&ward2={second.slug}&week=&week2="
    page = " ".join(as_(cast.lead).get(f"/staff/summary/compare/?{query}").content.decode().split())
    assert "2 questions and comments from 2 people" in page
    assert "1 question or comment from 1 person" in page


@pytest.mark.parametrize("query", ["", "ward=nowhere&ward2=%00", "week=2026-99-99&week2=x"])
def test_any_comparison_is_answered(cast, as_, query):
    assert as_(cast.lead).get(f"/staff/summary/compare/?{query}").status_code == 200


def test_page_begins_with_what_is_new_once_it_was_read(cast, notice, as_):
    client = as_(cast.councillor)
    assert client.post("/staff/summary/read/").status_code == 302
    told(notice)
    page = " ".join(client.get("/staff/summary/").content.decode().split())
    assert "1 new piece, 0 questions answered." in page
    assert Reading.objects.get().reader == cast.councillor


def test_page_costs_the_same_for_one_and_thirty_themes(cast, notice, as_, django_assert_num_queries):
    client = as_(cast.lead)

    def themed(number: int) -> None:
        row = shown(told(notice, f"Words {number}."), cast.moderator)
        theme = Theme.objects.create(label=f"Theme {number}", terms="x")
        Voice.objects.filter(pk=row.pk).update(theme=theme, mood="positive")

    themed(0)
    client.get("/staff/summary/")
    with CaptureQueriesContext(connection) as one:
        client.get("/staff/summary/")
    for number in range(1, 31):
        themed(number)
    with django_assert_num_queries(len(one)):
        client.get("/staff/summary/")
