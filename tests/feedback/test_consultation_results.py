"""What is counted of the answers: by option, rating, order, way and ward; in a fixed number of queries."""

import math

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from feedback.consultations import results
from feedback.consultations.answering import Said, set_aside
from feedback.enums import ItemKind, Via
from tests import factories
from tests.feedback import consulted


def chosen(item, *numbers: int) -> Said:
    by_number = {option.number: option.pk for option in item.options.all()}
    return Said(tuple(by_number[number] for number in numbers))


@pytest.fixture
def asked(cast):
    made = consulted.consultation(cast)
    consulted.all_kinds(made)
    return made


def test_choices_are_counted_with_their_share(asked):
    choice, several, *_rest = asked.items.all()
    for one, many in ((1, (1, 2)), (1, (1,)), (2, ())):
        consulted.answered(asked, {choice.pk: chosen(choice, one), several.pk: chosen(several, *many)})

    first, second, *_rest = results.of_items(asked)

    assert [(each.count, each.percent) for each in first.options] == [(2, 67), (1, 33)]
    assert (second.answered, [(each.count, each.percent) for each in second.options]) == (
        2,
        [(2, 100), (1, 50), (0, 0)],
    )


def test_ratings_have_a_mean_and_a_spread(asked):
    choice, _several, rating, *_rest = asked.items.all()
    for number in (1, 5, 5, 5):
        consulted.answered(asked, {choice.pk: chosen(choice, 1), rating.pk: Said(number=number)})

    found = results.of_items(asked)[2]

    assert found.ratings == [(1, 1), (2, 0), (3, 0), (4, 0), (5, 3)]
    assert (found.mean, found.spread) == (4.0, math.sqrt(3))


def test_rankings_give_points_by_borda_and_say_how_often_each_was_first(asked):
    choice, _several, _rating, ranking, _text = asked.items.all()
    for order in ((1, 2, 3), (1, 2, 3), (2, 3, 1), (2,)):
        consulted.answered(asked, {choice.pk: chosen(choice, 1), ranking.pk: chosen(ranking, *order)})

    found = results.of_items(asked)[3]

    assert [(each.option.words, each.points, each.first, each.count) for each in found.options] == [
        ("Heating", 6, 2, 4),
        ("Roof", 4, 2, 3),
        ("Lift", 1, 0, 3),
    ]


def test_answer_set_aside_counts_nowhere_and_its_reason_is_told(asked):
    choice = asked.items.first()
    consulted.answered(asked, {choice.pk: chosen(choice, 1)})
    set_aside(consulted.answered(asked, {choice.pk: chosen(choice, 2)}), "Sent by a machine.")

    taken = results.taken_part(asked)

    assert [(each.count) for each in results.of_items(asked)[0].options] == [1, 0]
    assert (taken.counted, taken.set_aside) == (1, [("Sent by a machine.", 1)])


def test_results_can_be_narrowed_to_a_way_and_a_ward(asked, cast):
    choice, here = asked.items.first(), factories.ward("Quayside")
    said = {choice.pk: chosen(choice, 1)}
    consulted.answered(asked, said, ward=here)
    row = consulted.started(asked, said)
    consulted.answering.send(
        row, at=asked.opens_at, via=Via.PAPER, entered_by=cast.moderator, paper_number="1"
    )
    taken = results.taken_part(asked)

    assert (taken.via, taken.wards, taken.no_ward) == (
        [("On the portal", 1), ("On paper", 1)],
        [("Quayside", 1)],
        1,
    )
    assert [
        results.of_items(asked, via="paper")[0].answered,
        results.of_items(asked, ward=here.pk)[0].answered,
    ] == [
        1,
        1,
    ]


def test_answers_in_a_burst_are_counted_and_marked(asked):
    choice = asked.items.first()
    row = consulted.started(asked, {choice.pk: chosen(choice, 1)})
    consulted.answering.send(row, at=asked.opens_at, is_in_burst=True)

    taken = results.taken_part(asked)

    assert (taken.counted, taken.in_burst) == (1, 1)


def test_nobody_answered_is_nought_and_no_mean(asked):
    found = results.of_items(asked)

    assert [each.answered for each in found] == [0] * 5
    assert (found[2].mean, found[2].spread, found[0].most) == (None, None, 0)


def test_counting_thirty_answers_asks_as_much_as_counting_one(asked):
    choice, several, rating, ranking, text = asked.items.all()
    said = {
        choice.pk: chosen(choice, 1),
        several.pk: chosen(several, 1, 2),
        rating.pk: Said(number=3),
        ranking.pk: chosen(ranking, 3, 1),
        text.pk: Said(text="Keep it."),
    }

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked_for:
            results.of_items(asked)
            results.taken_part(asked)
        return len(asked_for)

    consulted.answered(asked, said)
    few = queries()
    for _time in range(29):
        consulted.answered(asked, said)

    assert [queries(), results.of_items(asked)[4].answered] == [few, 30]


@pytest.mark.parametrize(
    ("part", "whole", "share"), [(0, 0, 0), (1, 3, 33), (2, 3, 67), (1, 8, 13), (1, 200, 1)]
)
def test_share_is_rounded_half_up(part, whole, share):
    assert results.percent(part, whole) == share


def test_kind_without_replies_has_no_options_to_show(asked):
    assert [len(each.options) for each in results.of_items(asked)] == [2, 3, 0, 3, 0]
    assert results.of_items(asked)[4].item.kind == ItemKind.TEXT
