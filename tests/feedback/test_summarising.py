"""Written summaries stay true: every sentence stands in somebody's public words, whatever happens to them."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedback import moderation, reading, summaries, summarising
from feedback.about_people import Voices
from feedback.enums import SummaryScope
from feedback.models import Sentence, Summary, Support, Theme, Voice
from tests.feedback.conftest import shown, told

pytestmark = pytest.mark.django_db

BUS = "Keep the evening bus, shift workers need it to get home"
LIBRARY = "The library must stay open in the afternoon for pupils"
BOATS = "Boat dwellers have no postcode and cannot fill in your form"


@pytest.fixture
def said(cast, notice):
    """Twelve published comments: seven, three and two say much the same."""
    texts = (
        [f"{BUS} {n}." for n in range(7)] + [f"{LIBRARY} {n}." for n in range(3)] + [f"{BOATS}.", f"{BOATS}!"]
    )
    return [shown(told(notice, text), cast.moderator) for text in texts]


@pytest.fixture
def summary(said, notice):
    return summarising.make(summaries.about_notice(notice.pk))


def spoken(summary: Summary) -> str:
    return " ".join(each.sentence.text for each in summaries.shown(summary))


def test_every_group_is_spoken_for_and_everybody_represented(summary):
    assert all(word in spoken(summary) for word in ("bus", "library", "Boat"))
    assert (summary.people, summary.people_represented) == (12, 12)


def test_every_citation_leads_to_public_words(summary):
    for each in summaries.shown(summary):
        voices = list(summaries.behind(each.sentence))
        assert len(voices) == each.comments > 0
        assert any(each.sentence.text in voice.public_text for voice in voices)


@pytest.mark.parametrize(
    ("behind", "main", "smaller"),
    [
        ([2, 1, 7], [7, 2], [-1, 1]),
        ([3, 3], [3, 3], [-1]),
        ([1, 1], [1, 1], [-1]),
    ],
)
def test_sentences_are_read_by_the_people_behind_them(said, notice, behind, main, smaller):
    made = Summary.objects.create(scope="notice", notice=notice, finished_at=timezone.now())
    for number, people in enumerate([*behind, -1]):
        row = Sentence.objects.create(
            summary=made,
            number=number,
            text=said[number].text,
            taken_from=said[number],
            is_minority=people < 0,
        )
        said_it = said[number : number + abs(people)]
        Support.objects.bulk_create(Support(sentence=row, voice=each, nearness=1000) for each in said_it)
    page = summaries.page(made)
    assert [each.people for each in page.main] == main
    assert [
        -each.people if each.sentence.is_minority else each.people for each in page.smaller_voices
    ] == smaller


def test_hidden_words_are_gone_at_once(summary, cast):
    taken = summaries.shown(summary)[0].sentence.taken_from
    moderation.hide(taken, by=cast.moderator, seen_version=taken.version, reason="personal_data")
    assert taken.text not in spoken(summary)
    assert taken not in [
        voice for each in summaries.shown(summary) for voice in summaries.behind(each.sentence)
    ]


def test_words_taken_out_later_are_gone_at_once(summary):
    taken = summaries.shown(summary)[0].sentence.taken_from
    Voice.objects.filter(pk=taken.pk).update(public_text="Something else.")
    assert taken.public_text not in spoken(summary)


def test_erased_comment_leaves_no_trace(summary):
    taken = summaries.shown(summary)[0].sentence.taken_from
    text, pk = taken.text, taken.pk
    taken.delete()
    assert text not in spoken(summary)
    assert not Support.objects.filter(voice=pk).exists()
    assert not Sentence.objects.filter(taken_from=pk).exists()


@pytest.mark.parametrize("act", ["hide", "redact", "undo", "erase"])
def test_words_that_go_count_no_longer_once_it_is_made_anew(summary, cast, act):
    summarising.refresh_due()
    gone = summaries.shown(summary)[0].sentence.taken_from
    take_away(gone, act, cast)
    assert summarising.refresh_due() == 2  # that of the notice, and that of the week
    anew = summaries.latest(summaries.about_notice(gone.notice_id))
    left = 12 if act == "redact" else 11
    assert (anew.pk != summary.pk, anew.voices, anew.people, anew.has_lost_words) == (True, left, left, False)
    assert gone.text not in spoken(anew)
    assert summarising.refresh_due() == 0


def test_summary_of_words_that_are_gone_goes_when_too_few_are_left(summary, said, cast):
    for voice in said[:8]:
        take_away(voice, "hide", cast)
    summarising.refresh_due()
    assert not Summary.objects.exists()


def take_away(voice, act, cast):
    if act == "erase":
        Voice.objects.filter(pk=voice.pk).update(email="ana@mail.example")
        return Voices().erase("ana@mail.example", words=True)
    seen = {"by": cast.moderator, "seen_version": voice.version}
    if act == "hide":
        return moderation.hide(voice, reason="off_topic", **seen)
    if act == "undo":
        return moderation.undo(voice, **seen)
    return moderation.redact(voice, public_text="The bus is needed.", **seen)


def test_summary_says_by_how_many_it_is_out_of_date(summary, cast, notice):
    for number in range(3):
        shown(told(notice, f"Something new about the towpath lights {number}"), cast.moderator)
    assert summaries.out_of_date_by(summary) == 3
    assert summaries.page(summary).out_of_date_by == 3


def test_looking_at_what_was_shown_on_trust_brings_nothing_new(said, cast, notice):
    earlier = timezone.now() - dt.timedelta(hours=1)
    Voice.objects.filter(pk=said[0].pk).update(moderated_by=None, moderated_at=earlier)
    summary = summarising.make(summaries.about_notice(notice.pk))
    on_trust = Voice.objects.get(pk=said[0].pk)
    moderation.look(on_trust, by=cast.moderator, seen_version=on_trust.version)
    assert summaries.out_of_date_by(summary) == 0


def test_words_shortened_while_they_are_read_are_read_again(cast, notice, monkeypatch):
    voice = shown(told(notice, "It is awful, a disgrace."), cast.moderator)
    guess = reading.mood.guess

    def meanwhile(text: str) -> str:
        moderation.redact(voice, by=cast.moderator, seen_version=2, public_text="Thank you, it is lovely.")
        return guess(text)

    monkeypatch.setattr(reading.mood, "guess", meanwhile)
    reading.read_new()
    monkeypatch.undo()
    assert Voice.objects.get(pk=voice.pk).mood == ""
    reading.read_new()
    assert Voice.objects.get(pk=voice.pk).mood == guess("Thank you, it is lovely.")


def test_few_are_not_summed_up(cast, notice):
    for number in range(summarising.LEAST - 1):
        shown(told(notice, f"{BUS} {number}."), cast.moderator)
    assert summarising.refresh(summaries.about_notice(notice.pk)) is None


@pytest.mark.parametrize(
    ("came", "hours", "is_new"), [(0, 48, False), (1, 1, False), (1, 25, True), (5, 1, True)]
)
def test_summary_is_made_anew_when_enough_came_or_a_day_went(summary, cast, notice, came, hours, is_new):
    for number in range(came):
        shown(told(notice, f"Something new about the towpath lights {number}"), cast.moderator)
    at = timezone.now() + dt.timedelta(hours=hours)
    newest = summarising.refresh(summaries.about_notice(notice.pk), at)
    assert (newest.pk != summary.pk) == is_new
    assert Summary.objects.count() == 1


def test_ten_at_random_stay_the_same_ten(summary):
    first = summaries.ten_at_random(summary)
    assert len(first) == 10
    assert summaries.ten_at_random(summary) == first


def test_uncovered_are_those_no_sentence_covers(said, cast, notice):
    odd = shown(told(notice, "Zebra finches quarrel underneath my chimney"), cast.moderator)
    summary = summarising.make(summaries.about_notice(notice.pk))
    covered = {voice.pk for each in summaries.shown(summary) for voice in summaries.behind(each.sentence)}
    left = set(summaries.uncovered(summary).values_list("pk", flat=True))
    assert left | covered == {voice.pk for voice in [*said, odd]}
    assert not left & covered


def test_of_very_many_a_part_is_read_and_no_more_is_called_left_out(said, notice, monkeypatch):
    monkeypatch.setattr(summarising, "MOST_READ", 5)
    summary = summarising.make(summaries.about_notice(notice.pk))
    covered = {v.pk for each in summaries.shown(summary) for v in summaries.behind(each.sentence)}
    left = set(summaries.uncovered(summary).values_list("pk", flat=True))
    assert (summary.one_in, summary.voices) == (3, len([voice for voice in said if voice.pk % 3 == 0]))
    assert all(pk % 3 == 0 for pk in covered | left)


def test_page_needs_as_many_queries_for_two_sentences_as_for_ten(summary):
    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            summaries.page(summary)
        return len(asked)

    many = count()
    Sentence.objects.exclude(number=1).delete()
    assert count() == many


def test_week_of_a_ward_counts_only_its_own(cast, notice):
    assert summarising.refresh_due() == 0
    for number in range(6):
        shown(told(notice, f"{BUS} {number}."), cast.moderator)
    assert summarising.refresh_due() == 2
    assert set(Summary.objects.values_list("scope", flat=True)) == {SummaryScope.NOTICE, SummaryScope.WEEK}


def test_sentence_shows_no_personal_data(cast, notice):
    for number in range(6):
        voice = told(notice, f"{BUS}, call me on 07700 900123 about it {number}")
        moderation.publish(voice, by=cast.moderator, seen_version=1, public_text=voice.text)
    summary = summarising.make(summaries.about_notice(notice.pk))
    assert "07700" not in spoken(summary)


def test_themes_are_learned_filed_and_go_on(said, cast, notice):
    reading.read_new()
    assert reading.learn_themes() == 3
    filed = dict(Voice.objects.exclude(theme=None).values_list("text", "theme"))
    assert len({filed[f"{BUS} {n}."] for n in range(7)}) == 1
    before = set(Theme.objects.values_list("pk", flat=True))
    reading.learn_themes()
    assert set(Theme.objects.values_list("pk", flat=True)) == before


def test_new_words_are_filed_on_arrival(said, cast, notice):
    reading.read_new()
    reading.learn_themes()
    new = shown(told(notice, "Shift workers really need that evening bus!"), cast.moderator)
    assert reading.read_new() == 1
    new.refresh_from_db()
    assert (new.theme_id, new.mood) == (Voice.objects.get(text=f"{BUS} 0.").theme_id, "neutral")


_STEPS = st.lists(
    st.tuples(st.sampled_from(["hide", "erase", "redact", "add", "make"]), st.integers(0, 30)), max_size=12
)


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(_STEPS)
def test_whatever_happens_no_sentence_stands_without_support(cast, notice, said, steps):
    about = summaries.about_notice(notice.pk)
    summary = summarising.make(about)
    for act, number in steps:
        rows = list(Voice.objects.filter(notice=notice, status="published").order_by("pk"))
        voice = rows[number % len(rows)] if rows else None
        if act == "hide" and voice:
            moderation.hide(voice, by=cast.moderator, seen_version=voice.version, reason="off_topic")
        elif act == "erase" and voice:
            voice.delete()
        elif act == "redact" and voice:
            Voice.objects.filter(pk=voice.pk).update(public_text=f"Redacted {number}")
        elif act == "add":
            shown(told(notice, f"{LIBRARY} {number}?"), cast.moderator)
        elif act == "make":
            summary = summarising.make(about)
        public = " | ".join(Voice.objects.filter(status="published").values_list("public_text", flat=True))
        for each in summaries.shown(summary):
            assert each.comments > 0
            assert each.sentence.text in public
            assert summaries.behind(each.sentence).count() == each.comments
