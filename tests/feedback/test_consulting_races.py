"""Two people at the same moment: one of them is told, and nothing is counted or published twice."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from feedback.consultations import codes, entering, stages
from feedback.consultations.answering import Said
from feedback.consultations.entering import Person
from feedback.consultations.stages import Refused
from feedback.consultations.transitions import Act
from feedback.enums import Access, ItemKind, Stage
from tests.factories import Cast
from tests.feedback import consulted

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
PEOPLE = 4


def at_once(step) -> list[str]:
    """Let several people do `step(number)` at the same moment; return what each was told, "" for done."""
    start = Barrier(PEOPLE)

    def one(number: int) -> str:
        try:
            start.wait()
            step(number)
        except Refused as refusal:
            return str(refusal)
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(PEOPLE) as pool:
        return sorted(pool.map(one, range(PEOPLE)))


def test_sheet_typed_in_by_several_at_once_is_counted_once():
    cast = Cast.make()
    made = consulted.consultation(cast)
    text = consulted.item(made)

    told = at_once(
        lambda _n: entering.enter(
            made, {text.pk: Said(text="In ink.")}, by=cast.moderator, via="paper", paper_number="1"
        )
    )

    assert told == ["", *["Paper number 1 is typed in already."] * (PEOPLE - 1)]
    assert made.responses.count() == 1


def test_code_on_several_sheets_at_once_is_counted_once():
    cast = Cast.make()
    made = consulted.consultation(cast, access=Access.CODE)
    text = consulted.item(made)
    code = codes.make(made, number=1, batch="First", by=cast.author)[0]

    told = at_once(
        lambda n: entering.enter(
            made,
            {text.pk: Said(text="In ink.")},
            by=cast.moderator,
            via="paper",
            paper_number=str(n),
            person=Person(code=code),
        )
    )

    assert [sentence == "" for sentence in told] == [True, *[False] * (PEOPLE - 1)]
    assert made.responses.count() == 1


def test_published_and_taken_back_at_once_is_one_of_the_two():
    cast = Cast.make()
    hidden = {"stage": Stage.SUBMITTED, "published_at": None, "published_by": None, "opened_at": None}
    made = consulted.consultation(cast, is_poll=True, **hidden)
    consulted.item(made, ItemKind.CHOICE, "Yes", "No")
    moves = ((Act.PUBLISH, cast.approver), (Act.TAKE_BACK, cast.author))

    def step(number: int) -> None:
        act, by = moves[number % 2]
        stages.perform(act, made, by=by, seen_version=made.version)

    told = at_once(step)
    made.refresh_from_db()

    assert [sentence == "" for sentence in told] == [True, *[False] * (PEOPLE - 1)]
    assert (made.stage == Stage.OPEN) is (made.published_at is not None)
