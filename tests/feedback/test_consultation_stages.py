"""Where a consultation may go from where, by whom; the table is the rule, these are its consequences."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.models import Event
from feedback.consultations import checklist, closing, stages, waiting
from feedback.consultations.stages import Refused
from feedback.consultations.transitions import Act
from feedback.enums import ItemKind, Stage
from feedback.models import Consultation
from tests.feedback import consulted

UNPUBLISHED = {"published_at": None, "published_by": None, "opened_at": None}
# Stage -> act -> who may: one of each role, the system last. Whatever is not here is refused.
MAY = {
    (Stage.DRAFT, Act.SUBMIT): {"author", "second_author", "approver"},
    (Stage.DRAFT, Act.DISCARD): {"author", "second_author", "approver"},
    (Stage.SUBMITTED, Act.TAKE_BACK): {"author", "second_author", "approver"},
    (Stage.SUBMITTED, Act.DISCARD): {"author", "second_author", "approver"},
    (Stage.SUBMITTED, Act.RETURN): {"approver"},
    (Stage.SUBMITTED, Act.PUBLISH): {"approver"},
    (Stage.OPEN, Act.CALL_OFF): {"approver"},
    (Stage.OPEN, Act.CLOSE): {"system"},
}
WHO = (
    *("author", "second_author", "approver", "moderator", "lead"),
    *("councillor", "administrator", "outsider", "system"),
)


def asked(cast, stage: str = Stage.DRAFT, **fields) -> Consultation:
    """Make a complete consultation in `stage`."""
    now = timezone.now()
    times = {"opens_at": now + timedelta(days=1), "closes_at": now + timedelta(weeks=14)}
    if stage in (Stage.DRAFT, Stage.SUBMITTED):
        times |= UNPUBLISHED
    else:
        times["closed_at"] = now
    more = {"decides_on": (now + timedelta(weeks=20)).date(), "stage": stage, **times, **fields}
    made = consulted.consultation(cast, **more)
    consulted.item(made, ItemKind.CHOICE, "Repair it", "Sell it")
    return made


def tried(act: Act, consultation: Consultation, cast, who: str) -> bool:
    at = consultation.closes_at if act == Act.CLOSE else None
    by = None if who == "system" else getattr(cast, who)
    try:
        with transaction.atomic():
            stages.perform(act, consultation, by=by, note="Why.", seen_version=consultation.version, at=at)
            transaction.set_rollback(True)
    except Refused:
        return False
    return True


@pytest.mark.parametrize("stage", [each for each in Stage if each != Stage.CANCELLED])
def test_moves_are_made_by_whom_the_table_says_and_by_nobody_else(cast, stage):
    made = asked(cast, stage)

    done = {(stage, act): {who for who in WHO if tried(act, made, cast, who)} for act in Act}

    assert {key: who for key, who in done.items() if who} == {
        key: who for key, who in MAY.items() if key[0] == stage
    }


def test_what_is_called_off_goes_nowhere(cast):
    made = asked(cast, Stage.CANCELLED)

    assert not [act for act in Act for who in WHO if tried(act, made, cast, who)]


@pytest.mark.parametrize("part", ["wrote it", "changed a part", "sent it on"])
def test_nobody_publishes_what_they_helped_to_write(cast, part):
    made = asked(cast, Stage.SUBMITTED)
    if part == "wrote it":
        Consultation.objects.filter(pk=made.pk).update(written_by=cast.approver)
    elif part == "changed a part":
        made.contributors.add(cast.approver)
    else:
        Consultation.objects.filter(pk=made.pk).update(stage=Stage.DRAFT)
        stages.perform(Act.SUBMIT, made, by=cast.approver)
    made.refresh_from_db()

    with pytest.raises(Refused, match="somebody else has to publish"):
        stages.perform(Act.PUBLISH, made, by=cast.approver, seen_version=made.version)


def test_database_refuses_a_writer_who_publishes(cast):
    made = asked(cast, Stage.SUBMITTED)
    made.stage, made.published_at, made.published_by = Stage.OPEN, timezone.now(), cast.author

    with pytest.raises(IntegrityError, match="consultation_published_by_somebody_else"):
        made.save()


def test_publishing_what_was_not_read_is_refused(cast):
    made = asked(cast, Stage.SUBMITTED)

    with pytest.raises(Refused, match="Read it again"):
        stages.perform(Act.PUBLISH, made, by=cast.approver, seen_version=made.version - 1)


def test_return_without_a_reason_is_refused(cast):
    with pytest.raises(Refused, match="Write the reason"):
        stages.perform(Act.RETURN, asked(cast, Stage.SUBMITTED), by=cast.approver, note="  ")


def test_published_after_its_opening_it_is_open_at_once(cast):
    made = asked(cast, Stage.SUBMITTED, opens_at=timezone.now() - timedelta(minutes=1))

    opened = stages.perform(Act.PUBLISH, made, by=cast.approver, seen_version=made.version)

    assert opened.opened_at == opened.published_at


@pytest.mark.parametrize(("seconds", "stage"), [(-1, Stage.OPEN), (0, Stage.CLOSED), (1, Stage.CLOSED)])
def test_it_closes_at_its_second_and_not_before(cast, seconds, stage):
    made = asked(cast, Stage.OPEN, closed_at=None)

    closing.close_due(made.closes_at + timedelta(seconds=seconds))
    made.refresh_from_db()

    assert made.stage == stage


def test_closing_twice_closes_once(cast):
    made = asked(cast, Stage.OPEN, closed_at=None)

    assert [closing.close_due(made.closes_at) for _time in range(2)] == [1, 0]


@pytest.mark.parametrize("published", [False, True])
def test_archiving_needs_a_public_outcome(cast, published):
    made = asked(cast, Stage.CLOSED)
    outcome = consulted.outcome(made, cast)
    if not published:
        type(outcome).objects.update(published_at=None, published_by=None)
    Consultation.objects.filter(pk=made.pk).update(stage=Stage.CLOSED)

    assert tried(Act.ARCHIVE, made, cast, "author") is published


def test_reasoned_no_change_is_outcome_enough_to_archive(cast):
    made = asked(cast, Stage.CLOSED)
    consulted.outcome(made, cast, is_no_change=True, changed="", not_changed="It was right as it was.")

    assert tried(Act.ARCHIVE, made, cast, "author")


def test_every_move_leaves_an_event(cast):
    made = asked(cast)
    made = stages.perform(Act.SUBMIT, made, by=cast.author)
    made = stages.perform(Act.PUBLISH, made, by=cast.approver, seen_version=made.version)
    stages.perform(Act.CALL_OFF, made, by=cast.approver, note="The money is gone.")

    actions = Event.objects.filter(action__startswith="consultation").order_by("sequence")
    assert list(actions.values_list("action", flat=True)) == [
        "consultation.submitted",
        "consultation.published",
        "consultation.called_off",
    ]


def test_consultation_that_owes_its_outcome_is_closed_and_not_decided(cast):
    rows = {stage: asked(cast, stage) for stage in Stage}

    assert list(stages.owes_outcome(Consultation.objects.all())) == [rows[Stage.CLOSED]]


def codes(consultation: Consultation) -> list[tuple[str, bool]]:
    return [(gap.code, gap.is_blocking) for gap in checklist.gaps(consultation)]


@pytest.mark.parametrize(
    ("fields", "gap"),
    [
        ({"can_change": ""}, ("can_change", True)),
        ({"impact": ""}, ("impact", True)),
        ({"decided_by": ""}, ("decided_by", True)),
        ({"decides_on": None}, ("decides_on", True)),
        ({"is_decided": ""}, ("is_decided", False)),
        ({"decides_on": timezone.now().date()}, ("decides_too_early", True)),
        ({"is_poll": True, "can_change": "", "impact": "", "decided_by": ""}, None),
    ],
)
def test_list_of_what_is_missing_names_each_part(cast, fields, gap):
    times = {"opens_at": winterless(), "closes_at": winterless() + timedelta(weeks=12)}
    times["decides_on"] = (winterless() + timedelta(weeks=14)).date()
    made = asked(cast, **(times | fields))
    made.items.get().options.update(cost=1)

    assert codes(made) == ([gap] if gap else [])


def winterless():
    """Return a day ahead, the first of April, from which twelve weeks touch no holidays."""
    return timezone.now().replace(year=timezone.now().year + 2, month=4, day=1)


@pytest.mark.parametrize(("weeks", "gap"), [(12, []), (11, ["time"]), (5, ["time"])])
def test_too_little_time_is_a_warning_and_no_refusal(cast, weeks, gap):
    made = asked(cast, opens_at=winterless(), closes_at=winterless() + timedelta(weeks=weeks))
    made.decides_on = None
    made.is_poll = False
    made.items.get().options.update(cost=1)

    found = [each for each in checklist.gaps(made) if each.code == "time"]

    assert [each.code for each in found] == gap
    assert not any(each.is_blocking for each in found)


def test_open_over_the_holidays_is_a_warning(cast):
    opens = timezone.now().replace(year=timezone.now().year + 2, month=7, day=1)

    assert ("holidays", False) in codes(asked(cast, opens_at=opens, closes_at=opens + timedelta(weeks=12)))


def test_consultation_without_questions_cannot_be_sent_on(cast):
    made = asked(cast)
    made.items.all().delete()

    with pytest.raises(Refused, match="Ask at least one question"):
        stages.perform(Act.SUBMIT, made, by=cast.author)


def test_closing_later_is_agreed_by_another_and_stands_in_the_database(cast):
    made = asked(cast, Stage.OPEN, closed_at=None)
    later = made.closes_at + timedelta(days=7)
    extension = closing.ask_longer(made, closes_at=later, reason="The post was late.", by=cast.approver)

    with pytest.raises(Refused, match="somebody else"):
        closing.agree(extension, by=cast.approver)
    with pytest.raises(IntegrityError, match="extension_agreed_by_somebody_else"), transaction.atomic():
        type(extension).objects.update(agreed_by=cast.approver, agreed_at=timezone.now())

    assert list(waiting.for_second_person(cast.approver)) == []


@pytest.mark.parametrize(("days", "is_open"), [(-1, True), (1, False)])
def test_closing_earlier_and_after_the_end_is_refused(cast, days, is_open):
    ends = timezone.now() + timedelta(weeks=1 if is_open else -1)
    made = asked(cast, Stage.OPEN, closed_at=None, opens_at=ends - timedelta(weeks=2), closes_at=ends)

    with pytest.raises(Refused):
        closing.ask_longer(made, closes_at=ends + timedelta(days=days), reason="Why.", by=cast.author)
