"""Two things at once, on the database councils use: one answer is counted."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from feedback.consultations import access, answering, confirming
from feedback.consultations.answering import Said
from feedback.enums import Access, ItemKind, ResponseState
from feedback.models import AccessCode, Remark, Response
from tests.factories import Cast

from . import consulted

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
AT_ONCE = 6


def at_once(what: Callable[[int], Any]) -> None:
    """Do `what` in threads that start together; each has a connection of its own."""
    start, faults = threading.Barrier(AT_ONCE), []

    def run(number: int) -> None:
        try:
            start.wait()
            what(number)
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []


def states(of) -> list[str]:
    return sorted(Response.objects.filter(consultation=of).values_list("state", flat=True))


@pytest.fixture
def asked():
    """An open consultation with one question in words."""
    made = consulted.consultation(Cast.make())
    consulted.item(made, ItemKind.TEXT)
    return made


def test_one_answer_sent_by_many_presses_is_counted_once(asked):
    row = consulted.started(asked, {asked.items.get().pk: Said(text="Keep it.")})

    at_once(lambda _number: answering.send(row, at=timezone.now()))

    assert states(asked) == [ResponseState.COUNTED]
    assert Remark.objects.count() == 1


def test_many_answers_of_one_address_confirmed_at_once_count_once(asked):
    asked.access = Access.EMAIL
    asked.save()
    said = {asked.items.get().pk: Said(text="Keep it.")}
    rows = [
        confirming.hand_in(consulted.started(asked, said, email="kim@mail.example"), at=timezone.now())
        for _number in range(AT_ONCE)
    ]

    at_once(lambda number: confirming.confirm(rows[number], at=timezone.now()))

    assert states(asked) == [ResponseState.COUNTED, *[ResponseState.SET_ASIDE] * (AT_ONCE - 1)]
    assert Remark.objects.get().response.state == ResponseState.COUNTED


def test_same_typed_address_in_an_open_consultation_loses_no_answer(asked):
    rows = [consulted.started(asked, {}, email="kim@mail.example") for _number in range(AT_ONCE)]

    at_once(lambda number: answering.send(rows[number], at=timezone.now()))

    assert states(asked) == [ResponseState.COUNTED] * AT_ONCE
    assert Response.objects.filter(email="kim@mail.example").count() == 1


def test_one_code_typed_in_many_times_at_once_opens_one_answer(asked):
    code = AccessCode.objects.create(
        consultation=asked, code_hash=access.code_hash(asked, "ABCD"), batch="1", made_by=asked.written_by
    )

    at_once(lambda _number: access.answer_of(code))

    assert Response.objects.count() == 1
