"""The running counts are what counting again gives, whatever happens to voices and by which door."""

import datetime as dt
import random
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from feedback.counting import folding, recount, triggers
from feedback.enums import Face
from feedback.models import Feedback, Question, Tally, Theme, Voice
from tests import factories
from tests.feedback.conftest import asked, shown, told
from updates.models import new_reference

pytestmark = pytest.mark.django_db
TRIGGERS_AFTER_MIGRATION = {"feedback_voice_arrived", "feedback_voice_changed", "feedback_voice_gone"}


def _new(notice, rng, wards, **more) -> Voice:
    model = rng.choice([Question, Feedback])
    at = timezone.now() - dt.timedelta(days=rng.randrange(40))
    row = model(notice=notice, text="Words", ward=rng.choice(wards), received_at=at, **more)
    row.reference = f"{row.prefix}-{new_reference()}"
    row.fill_in()
    return row


def _moves(notices, wards, themes, moderator, rng):
    """Return what can happen to voices: one by one, in bulk, and in the database alone."""
    now = timezone.now()

    def some():
        keys = Voice.objects.exclude(text="").values_list("pk", flat=True)
        return Voice.objects.filter(pk__in=rng.sample(list(keys), 3))

    def one_goes():
        Voice.objects.exclude(text="")[0].delete()

    def few_go():
        some().delete()

    def turned(row):
        row.notice, row.ward = rng.choice(notices), rng.choice(wards)
        row.save()

    def sql():
        with connection.cursor() as cursor:
            cursor.execute("UPDATE feedback_voice SET mood = 'negative' WHERE mood = ''")

    return [
        lambda: told(rng.choice(notices), ward=rng.choice(wards), helpful=rng.choice(["yes", "no", ""])),
        lambda: told(rng.choice(notices), "", helpful="yes"),
        lambda: Voice.objects.bulk_create([_new(rng.choice(notices), rng, wards) for _each in range(4)]),
        lambda: some().update(
            status="published",
            public_text="Words",
            moderated_at=now,
            hidden_reason="",
            theme=rng.choice(themes),
        ),
        lambda: some().update(status="hidden", hidden_reason="spam", moderated_at=now, theme=None, mood=""),
        lambda: some().update(mood=rng.choice(["positive", "negative", "neutral"])),
        lambda: some().update(received_at=now - dt.timedelta(days=rng.randrange(90))),
        lambda: turned(some()[0]),
        one_goes,
        few_go,
        lambda: shown(asked(rng.choice(notices)), moderator),
        lambda: folding.fold(at_least=1),
        sql,
    ]


@pytest.mark.parametrize("seed", range(4))
def test_counts_stay_right_through_anything(cast, notice, seed):
    rng = random.Random(seed)  # noqa: S311 a mix to repeat, no secret
    notices = [notice, factories.published(cast, "event").notice]
    wards = [None, factories.ward("Quayside"), factories.ward("Abbey")]
    themes = [Theme.objects.create(label=name, terms=name) for name in ("water", "noise")]
    moves = _moves(notices, wards, themes, cast.moderator, rng)
    Voice.objects.bulk_create([_new(notice, rng, wards) for _each in range(8)])
    for _step in range(40):
        if Voice.objects.exclude(text="").count() < 5:
            moves[2]()
        rng.choice(moves)()
        assert recount.differences() == []


def test_each_face_has_its_facts_and_no_others(cast, notice):
    theme, ward = Theme.objects.create(label="Water", terms="water"), factories.ward("Quayside")
    row = shown(told(notice, ward=ward, helpful="yes"), cast.moderator)
    Voice.objects.filter(pk=row.pk).update(theme=theme, mood="negative")
    folding.fold(at_least=1)
    facts = ("ward", "notice", "theme", "sort", "status", "helpful", "mood")
    assert {face: said for face, *said in Tally.objects.values_list("face", *facts)} == {
        Face.OUTCOME: [ward.pk, None, None, "feedback", "published", "yes", ""],
        Face.NOTICE: [ward.pk, notice.pk, None, "feedback", "", "", ""],
        Face.NOTICE_OUTCOME: [ward.pk, notice.pk, None, "feedback", "published", "yes", ""],
        Face.THEME: [None, None, theme.pk, "feedback", "", "", "negative"],
        Face.THEME_IN_WARD: [ward.pk, None, theme.pk, "feedback", "", "", "negative"],
    }


def test_press_without_words_is_no_word_about_a_notice(notice):
    told(notice, "", helpful="yes")
    assert set(Tally.objects.values_list("face", flat=True)) == {Face.OUTCOME, Face.NOTICE_OUTCOME}


def test_undone_change_is_not_counted(notice):
    told(notice)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        told(notice)
        _never = 1 / 0
    assert recount.differences() == []


def test_change_of_nothing_counted_writes_nothing(notice):
    row = told(notice)
    before = Tally.objects.count()
    row.name = "Jan"
    row.save()
    Voice.objects.update(form_key=uuid4())
    assert Tally.objects.count() == before


def test_folding_changes_no_sum_and_leaves_one_row_for_each_key(notice):
    for _each in range(5):
        told(notice)
    row = told(notice)
    row.delete()
    assert folding.fold(at_least=1) == 1
    assert recount.differences() == []
    assert sorted((row.face, row.number, row.is_folded) for row in Tally.objects.all()) == [
        (Face.NOTICE, 5, True),
        (Face.NOTICE_OUTCOME, 5, True),
        (Face.OUTCOME, 5, True),
    ]
    assert folding.fold(at_least=1) == 0


def test_command_finds_and_repairs_a_wrong_count(notice, capsys):
    told(notice)
    Tally.objects.update(number=7)
    with pytest.raises(CommandError):
        call_command("recount_voices", check=True)
    call_command("recount_voices")
    call_command("recount_voices", check=True)
    assert recount.differences() == []


def test_what_was_written_while_a_migration_ran_is_counted(notice):
    recount.before_migrating(plan=["something"], using="default")
    told(notice)
    assert len(recount.differences()) == 3
    recount.after_migrating(plan=["something"], using="default")
    assert recount.differences() == []


def test_week_begins_at_midnight_in_the_councils_zone(notice):
    # The last hour of Sunday in London, in summer time, is still Sunday there and in UTC an hour earlier.
    for hour in (
        dt.datetime(2026, 7, 5, 22, 30, tzinfo=dt.UTC),
        dt.datetime(2026, 7, 5, 23, 30, tzinfo=dt.UTC),
    ):
        Voice.objects.filter(pk=told(notice).pk).update(received_at=hour)
    folding.fold(at_least=1)
    outcomes = Tally.objects.filter(face=Face.OUTCOME).order_by("week")
    assert list(outcomes.values_list("week", "number")) == [
        (dt.date(2026, 6, 29), 1),
        (dt.date(2026, 7, 6), 1),
    ]


def test_triggers_are_in_place_after_migrating():
    query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    if connection.vendor == "postgresql":
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    with connection.cursor() as cursor:
        cursor.execute(query)
        assert {name for (name,) in cursor.fetchall()} >= TRIGGERS_AFTER_MIGRATION
    triggers.install()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_again", range(2))
def test_emptied_database_counts_from_nothing(cast, notice, _again):
    told(notice)
    assert recount.differences() == []
    assert [row.number for row in Tally.objects.filter(face=Face.OUTCOME)] == [1]
