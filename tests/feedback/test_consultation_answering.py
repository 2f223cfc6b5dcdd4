"""An answer is kept as often as one likes and counted once, by the moment it arrives."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from feedback import answering as give_answers
from feedback.consultations import answering, confirming, lapsing, results
from feedback.consultations.answering import NotTaken, Said, TooLate
from feedback.enums import Access, ResponseState, Stage, Status, Via
from feedback.models import Consultation, Letter, Question, Remark, Reply
from tests import factories

from . import consulted
from .conftest import asked as asked_in_words
from .conftest import shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(cast):
    """An open consultation with one question of each kind."""
    made = consulted.consultation(cast)
    consulted.all_kinds(made)
    return made


def full(asked: Consultation) -> dict[int, Said]:
    choice, several, rating, ranking, text = asked.items.all()
    options = {item.pk: [option.pk for option in item.options.all()] for item in asked.items.all()}
    return {
        choice.pk: Said((options[choice.pk][1],)),
        several.pk: Said((options[several.pk][0], options[several.pk][2])),
        rating.pk: Said(number=4),
        ranking.pk: Said((options[ranking.pk][2], options[ranking.pk][0])),
        text.pk: Said(text="Keep the stage."),
    }


def test_saved_answer_says_what_was_said(asked):
    row = consulted.started(asked, full(asked))

    assert answering.said(row) == full(asked)
    assert (row.state, row.sent_at) == (ResponseState.STARTED, None)


def test_saving_again_replaces_everything(asked):
    first = asked.items.first()
    row = consulted.started(asked, full(asked))

    answering.save(row, {first.pk: full(asked)[first.pk]})

    assert answering.said(row) == {first.pk: full(asked)[first.pk]}


def test_sent_answer_is_counted_and_its_words_wait_for_a_moderator(asked):
    row = consulted.answered(asked, full(asked))

    remark = Remark.objects.get()
    assert (row.state, answering.said(row)) == (ResponseState.COUNTED, full(asked))
    assert (remark.status, remark.text, remark.source) == (Status.WAITING, "Keep the stage.", "")
    assert (remark.response, remark.team, remark.person) == (row, asked.team, row.person)
    assert not Reply.objects.filter(item=asked.items.last()).exists()


def test_sending_twice_is_one_answer(asked):
    row = consulted.answered(asked, full(asked))

    again = answering.send(row, at=timezone.now())

    assert (again.pk, again.sent_at) == (row.pk, row.sent_at)
    assert Remark.objects.count() == 1


def test_sent_answer_cannot_be_changed(asked):
    row = consulted.answered(asked, full(asked))

    with pytest.raises(NotTaken, match="sent already"):
        answering.save(row, {})


def test_answer_without_what_must_be_answered_is_not_taken(asked):
    row = consulted.started(asked, {})

    with pytest.raises(NotTaken, match="must be answered"):
        answering.send(row, at=timezone.now())


@pytest.mark.parametrize(
    ("moment", "is_taken"),
    [
        (lambda it: it.opens_at - timedelta(microseconds=1), False),
        (lambda it: it.opens_at, True),
        (lambda it: it.closes_at - timedelta(microseconds=1), True),
        (lambda it: it.closes_at, False),
        (lambda it: it.closes_at + timedelta(seconds=1), False),
    ],
)
@pytest.mark.parametrize("has_beat_closed_it", [False, True])
def test_the_moment_of_arrival_decides_and_not_the_beat(asked, moment, is_taken, has_beat_closed_it):
    row = consulted.started(asked, full(asked))
    if has_beat_closed_it:
        Consultation.objects.update(stage=Stage.CLOSED, closed_at=asked.closes_at)

    if is_taken:
        assert answering.send(row, at=moment(asked)).state == ResponseState.COUNTED
    else:
        with pytest.raises(TooLate):
            answering.send(row, at=moment(asked))
        row.refresh_from_db()
        assert (row.state, answering.said(row)) == (ResponseState.STARTED, full(asked))


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.SUBMITTED, Stage.DECIDED, Stage.CANCELLED])
def test_consultation_in_another_stage_takes_nothing(asked, stage):
    row = consulted.started(asked, full(asked))
    Consultation.objects.update(stage=stage, closed_at=timezone.now())

    with pytest.raises(TooLate):
        answering.send(row, at=timezone.now())


def test_staff_type_in_what_came_on_paper_after_the_closing_second(asked, cast):
    row = consulted.started(asked, full(asked))

    sent = answering.send(
        row, at=asked.closes_at + timedelta(days=1), via=Via.PAPER, entered_by=cast.author, paper_number="7"
    )

    assert (sent.state, sent.via, sent.entered_by) == (ResponseState.COUNTED, Via.PAPER, cast.author)


class TestConfirmedAddresses:
    """One answer for each address, counted once it is confirmed."""

    @pytest.fixture
    def asked(self, cast):
        made = consulted.consultation(cast, access=Access.EMAIL)
        consulted.all_kinds(made)
        return made

    def handed_in(self, asked, email="kim@mail.example"):
        row = consulted.started(asked, full(asked), email=email)
        return confirming.hand_in(row, at=timezone.now())

    def test_answer_waits_for_its_address_and_is_read_by_nobody(self, asked):
        row = self.handed_in(asked, "Kim@Mail.example")

        letter = Letter.objects.get()
        assert (row.state, row.email) == (ResponseState.UNCONFIRMED, "kim@mail.example")
        assert (letter.payload["to"], letter.response) == ("kim@mail.example", row)
        assert not Remark.objects.exists()

    def test_confirmed_answer_is_counted(self, asked):
        row = confirming.confirm(self.handed_in(asked), at=timezone.now())

        assert row.state == ResponseState.COUNTED
        assert Remark.objects.get().email_confirmed_at == row.email_confirmed_at

    def test_confirming_twice_is_once(self, asked):
        row = self.handed_in(asked)
        first = confirming.confirm(row, at=timezone.now())
        again = confirming.confirm(row, at=timezone.now() + timedelta(minutes=1))

        assert again.email_confirmed_at == first.email_confirmed_at
        assert Remark.objects.count() == 1

    def test_the_answer_confirmed_last_counts_and_the_earlier_steps_back(self, asked):
        earlier = confirming.confirm(self.handed_in(asked), at=timezone.now())
        later = confirming.confirm(self.handed_in(asked), at=timezone.now())

        earlier.refresh_from_db()
        assert (later.state, earlier.state) == (ResponseState.COUNTED, ResponseState.SET_ASIDE)
        assert "later one counts" in earlier.set_aside_because
        assert Remark.objects.get().response == later
        assert answering.said(earlier) == full(asked)
        assert results.taken_part(asked).counted == 1

    def test_confirming_at_the_closing_second_is_too_late(self, asked):
        row = self.handed_in(asked)

        with pytest.raises(TooLate):
            confirming.confirm(row, at=asked.closes_at)
        assert results.taken_part(asked).unconfirmed == 1

    def test_answer_taken_back_to_be_changed_is_not_confirmed_by_the_old_letter(self, asked):
        row = answering.save(self.handed_in(asked), full(asked))

        with pytest.raises(NotTaken, match="Send it again"):
            confirming.confirm(row, at=timezone.now())

    def test_answer_without_address_is_not_taken(self, asked):
        with pytest.raises(NotTaken, match="e-mail address"):
            answering.send(consulted.started(asked, full(asked)), at=timezone.now())

    def test_paper_with_an_address_that_counts_already_is_refused(self, asked, cast):
        confirming.confirm(self.handed_in(asked), at=timezone.now())
        row = consulted.started(asked, full(asked), email="kim@mail.example")

        with pytest.raises(NotTaken, match="counted already"):
            answering.send(row, at=timezone.now(), via=Via.PAPER, entered_by=cast.author, paper_number="1")


def test_open_consultation_counts_both_answers_when_somebody_types_another_persons_address(asked):
    mine = consulted.answered(asked, full(asked), email="kim@mail.example", wants_outcome=True)
    other = consulted.answered(asked, full(asked), email="kim@mail.example", wants_outcome=True)

    mine.refresh_from_db()
    assert (mine.state, mine.email) == (ResponseState.COUNTED, "kim@mail.example")
    assert (other.state, other.email, other.wants_outcome) == (ResponseState.COUNTED, "", False)


def test_address_for_the_outcome_is_confirmed_without_changing_the_count(asked):
    row = consulted.started(asked, full(asked), email="kim@mail.example", wants_outcome=True)
    row = confirming.hand_in(row, at=timezone.now())

    confirmed = confirming.confirm(row, at=asked.closes_at + timedelta(days=3))

    assert (row.state, confirmed.state) == (ResponseState.COUNTED, ResponseState.COUNTED)
    assert confirmed.email_confirmed_at == asked.closes_at + timedelta(days=3)


def test_letters_token_is_good_for_its_own_answer_and_address_only(asked, cast):
    row = consulted.started(asked, full(asked), email="kim@mail.example", wants_outcome=True)
    row = confirming.hand_in(row, at=timezone.now())
    token = Letter.objects.get().payload["text"].split("/confirm/")[1].split("/")[0]
    other = consulted.consultation(cast, notice=asked.notice)

    assert confirming.find(asked, token) == row
    assert confirming.find(other, token) is None
    assert confirming.find(asked, f"{token}x") is None
    row.email = "jo@mail.example"
    row.save()
    assert confirming.find(asked, token) is None


def test_answer_from_a_burst_is_counted_and_marked(asked):
    row = answering.send(consulted.started(asked, full(asked)), at=timezone.now(), is_in_burst=True)

    assert (row.state, row.is_in_burst) == (ResponseState.COUNTED, True)
    assert Remark.objects.get().suspicion == "flood"
    assert results.taken_part(asked).in_burst == 1


def test_beat_marks_questions_owed_for_long_and_you_said_lists_them_until_they_are_answered(client, cast):
    notice = factories.published(cast).notice
    shown(asked_in_words(notice, "When is the water back?"), cast.moderator)
    asked_in_words(notice, "Nobody has read this yet.")
    later = timezone.now() + timedelta(weeks=16)
    page = reverse("consultations:you_said")

    assert [lapsing.mark(timezone.now()), lapsing.mark(later), lapsing.mark(later)] == [0, 1, 0]
    assert "When is the water back?" in client.get(page).content.decode()
    question = Question.objects.get(owed_in_public_at__isnull=False)
    give_answers.answer_publicly(question, by=cast.author, seen_version=question.version, text="Since noon.")
    assert "When is the water back?" not in client.get(page).content.decode()


def test_beat_marks_what_has_opened_and_what_is_owed_for_long(cast):
    now = timezone.now()
    soon = consulted.consultation(cast, opened_at=None)
    owed = consulted.consultation(cast, notice=soon.notice, stage=Stage.CLOSED, closed_at=now)

    assert [lapsing.mark(now), lapsing.mark(now)] == [1, 0]
    assert [lapsing.mark(now + timedelta(weeks=12)), lapsing.mark(now + timedelta(weeks=13))] == [1, 0]
    soon.refresh_from_db()
    owed.refresh_from_db()
    assert (soon.opened_at, owed.owed_in_public_at) == (now, now + timedelta(weeks=12))
