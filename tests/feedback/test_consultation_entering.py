"""Codes in letters, and answers on paper: made once, read once, typed in once, and not for ever."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from feedback.consultations import access, codes, entering
from feedback.consultations.answering import Said
from feedback.consultations.entering import Person
from feedback.consultations.stages import Refused
from feedback.enums import Access, ItemKind, ResponseState, Sort, Stage, Via
from feedback.models import AccessCode, Voice
from tests.feedback import consulted

LONDON = ZoneInfo("Europe/London")
SAID = "Keep the stage."


@pytest.fixture
def asked(cast):
    made = consulted.consultation(cast)
    consulted.item(made)
    return made


def entered(of, by, *, text: str = SAID, via: str = Via.PAPER, number: str = "1", **more):
    said = {of.items.first().pk: Said(text=text)}
    return entering.enter(of, said, by=by, via=via, paper_number=number, **more)


def test_paper_answer_is_counted_and_its_words_wait_for_a_moderator(cast, asked):
    row = entered(asked, cast.moderator)

    voice = Voice.objects.get(sort=Sort.REMARK)
    assert (row.state, row.via, row.entered_by, voice.text, voice.status) == (
        ResponseState.COUNTED,
        Via.PAPER,
        cast.moderator,
        SAID,
        "waiting",
    )


def test_sheet_is_typed_in_once(cast, asked):
    entered(asked, cast.moderator)

    with pytest.raises(Refused, match="Paper number 1 is typed in already"):
        entered(asked, cast.author)


def test_paper_without_a_number_is_refused_and_a_call_needs_none(cast, asked):
    with pytest.raises(Refused, match="Write a number"):
        entered(asked, cast.moderator, number="")

    assert [entered(asked, cast.moderator, via=Via.PHONE, number="").state for _call in range(2)] == [
        "counted"
    ] * 2


@pytest.mark.parametrize("who", ["outsider", "lead", "councillor", "administrator"])
def test_typing_in_is_for_the_team(cast, asked, who):
    with pytest.raises(Refused, match="roles do not allow"):
        entered(asked, getattr(cast, who))


def test_empty_sheet_is_refused(cast, asked):
    with pytest.raises(Refused, match="Nothing was typed in"):
        entered(asked, cast.moderator, text="")


@pytest.mark.parametrize("via", [Via.WEB, "pigeon"])
def test_only_paper_and_telephone_are_typed_in(cast, asked, via):
    with pytest.raises(Refused, match="on paper or by telephone"):
        entered(asked, cast.moderator, via=via)


# It closes on a Monday at five: what was posted in time is typed in until the Monday after.
@pytest.mark.parametrize(
    ("at", "is_taken"),
    [
        (datetime(2027, 3, 1, 16, 59, tzinfo=LONDON), True),
        (datetime(2027, 3, 1, 17, 0, tzinfo=LONDON), True),
        (datetime(2027, 3, 8, 23, 59, tzinfo=LONDON), True),
        (datetime(2027, 3, 9, 0, 0, tzinfo=LONDON), False),
        (datetime(2027, 1, 31, 12, 0, tzinfo=LONDON), False),
    ],
)
def test_paper_is_taken_until_five_working_days_after_the_closing(cast, asked, at, is_taken):
    asked.opens_at = datetime(2027, 2, 1, 9, 0, tzinfo=LONDON)
    asked.closes_at = datetime(2027, 3, 1, 17, 0, tzinfo=LONDON)
    asked.save()

    assert (entering.why_not(asked, at) == "") is is_taken


def test_nothing_is_typed_in_once_the_outcome_is_public(cast, asked):
    consulted.outcome(consulted.closed(asked), cast)

    with pytest.raises(Refused, match="while it is open"):
        entered(asked, cast.moderator)


def test_address_counted_before_is_refused_where_addresses_count(cast, asked):
    asked.access = Access.EMAIL
    asked.save()
    entered(asked, cast.moderator, person=Person(email="kim@mail.example"))

    with pytest.raises(Refused, match="counted already"):
        entered(asked, cast.moderator, number="2", person=Person(email="KIM@mail.example"))


@pytest.fixture
def lettered(cast, asked):
    asked.access = Access.CODE
    asked.save()
    return asked


def test_codes_are_kept_as_hashes_only(cast, lettered):
    made = codes.make(lettered, number=20, batch="First", by=cast.author)

    kept = set(AccessCode.objects.values_list("code_hash", flat=True))
    assert kept == {access.code_hash(lettered, code) for code in made}
    assert all(code not in kept for code in made)


def test_code_has_no_signs_that_look_alike_and_checks_itself(cast, lettered):
    made = codes.make(lettered, number=50, batch="First", by=cast.author)

    assert not set("".join(made)) & set("01OILUV")
    assert all(codes.is_well_formed(code.lower().replace("-", " ")) for code in made)


def test_every_single_slip_and_every_exchange_of_neighbours_is_found():
    code = codes.new_code().replace("-", "")
    slips = {code[:at] + sign + code[at + 1 :] for at in range(len(code)) for sign in codes.ALPHABET}
    swaps = {code[:at] + code[at + 1] + code[at] + code[at + 2 :] for at in range(len(code) - 1)}

    assert [each for each in (slips | swaps) - {code} if codes.is_well_formed(each)] == []


@pytest.mark.parametrize("typed", ["", "ABC", "0000-0000-000", "é" * 11, "7" * 5000])
def test_nonsense_is_no_code(typed):
    assert not codes.is_well_formed(typed)


def test_code_of_one_consultation_is_no_good_for_another(cast, lettered):
    other = consulted.consultation(cast, notice=lettered.notice, access=Access.CODE)
    code = codes.make(lettered, number=1, batch="First", by=cast.author)[0]

    assert [access.find_code(each, code) is not None for each in (lettered, other)] == [True, False]


@pytest.mark.parametrize(
    ("fields", "number", "sentence"),
    [
        ({"access": Access.OPEN}, 1, "not answered with codes"),
        ({"stage": Stage.CLOSED, "closed_at": timezone.now()}, 1, "no answers any more"),
        ({}, 0, "between 1 and"),
        ({}, 2001, "between 1 and"),
    ],
)
def test_codes_nobody_could_use_are_not_made(cast, lettered, fields, number, sentence):
    type(lettered).objects.filter(pk=lettered.pk).update(**fields)

    with pytest.raises(Refused, match=sentence):
        codes.make(lettered, number=number, batch="First", by=cast.author)


def test_code_on_paper_answers_once_on_whatever_way(cast, lettered):
    code = codes.make(lettered, number=1, batch="First", by=cast.author)[0]
    entered(lettered, cast.moderator, person=Person(code=code))

    with pytest.raises(Refused, match="used already"):
        entered(lettered, cast.moderator, number="2", person=Person(code=code))


def test_answer_begun_on_the_portal_and_finished_on_paper_is_the_paper(cast, lettered):
    code = codes.make(lettered, number=1, batch="First", by=cast.author)[0]
    access.answer_of(access.find_code(lettered, code))

    row = entered(lettered, cast.moderator, person=Person(code=code))

    assert list(lettered.responses.all()) == [row]


def test_unknown_code_is_refused(cast, lettered):
    with pytest.raises(Refused, match="do not know this code"):
        entered(lettered, cast.moderator, person=Person(code=codes.new_code()))


def test_later_closing_gives_paper_its_days_too(cast, asked):
    before = entering.last_day(asked)
    asked.closes_at += timedelta(weeks=1)

    assert entering.last_day(asked) - before == timedelta(weeks=1)


def test_choice_may_be_left_out_on_paper_although_it_must_be_answered_on_the_screen(cast, asked):
    consulted.item(asked, ItemKind.CHOICE, "Yes", "No", is_required=True)

    with time_machine.travel(asked.opens_at + timedelta(minutes=5), tick=False):
        assert entered(asked, cast.moderator).state == ResponseState.COUNTED
