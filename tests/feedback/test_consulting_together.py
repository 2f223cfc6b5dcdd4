"""Two colleagues write one consultation: nobody overwrites unawares, or changes the wrong question."""

import pytest

from feedback.consultations.writing import stamp
from feedback.enums import Stage
from feedback.models import Consultation, Item
from tests.feedback import consulted
from tests.feedback.test_consulting_desk import desk, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(cast) -> Consultation:
    hidden = {"published_at": None, "published_by": None, "opened_at": None}
    made = consulted.consultation(cast, stage=Stage.DRAFT, **hidden)
    for words in ("First?", "Second?", "Third?"):
        consulted.item(made, words=words)
    return made


def opened(client, of: Consultation, number: int) -> dict[str, str]:
    """Return the form of a question as it is open in somebody's browser."""
    form = client.get(url("item", of, number=number)).context["form"]
    return {name: str(form.get_initial_for_field(field, name) or "") for name, field in form.fields.items()}


def words(of: Consultation) -> list[str]:
    return list(of.items.order_by("number").values_list("words", flat=True))


def test_whoever_saves_second_is_told_and_loses_nothing(cast, draft):
    one, other = desk(cast.author), desk(cast.approver)
    mine, theirs = opened(one, draft, 2), opened(other, draft, 2)
    other.post(url("item", draft, number=2), {**theirs, "words": "Theirs?", "rows": "0"})
    answer = one.post(url("item", draft, number=2), {**mine, "words": "Mine?", "rows": "0"})
    page = answer.content.decode()
    assert (answer.status_code, words(draft)[1]) == (409, "Theirs?")
    assert "Somebody saved this while you had it open" in page
    assert 'value="Mine?"' in page
    again = {name: answer.context["form"][name].value() or "" for name in mine}
    one.post(url("item", draft, number=2), {**again, "rows": "0"})
    assert words(draft)[1] == "Mine?"


def test_another_question_changed_in_the_meantime_is_no_conflict(cast, draft):
    one, other = desk(cast.author), desk(cast.approver)
    mine, theirs = opened(one, draft, 1), opened(other, draft, 2)
    other.post(url("item", draft, number=2), {**theirs, "words": "Theirs?", "rows": "0"})
    one.post(url("item", draft, number=1), {**mine, "words": "Mine?", "rows": "0"})
    assert words(draft) == ["Mine?", "Theirs?", "Third?"]


def test_words_go_to_the_question_that_was_open_wherever_it_was_moved(cast, draft):
    one, other = desk(cast.author), desk(cast.approver)
    mine = opened(one, draft, 1)
    other.post(url("move_item", draft, number=1), {"way": "down", "question": mine["question"]})
    one.post(url("item", draft, number=1), {**mine, "words": "Mine?", "rows": "0"})
    assert words(draft) == ["Second?", "Mine?", "Third?"]


@pytest.mark.parametrize("step", ["item", "move_item", "remove_item"])
def test_nothing_is_done_to_the_question_that_came_in_place_of_a_removed_one(cast, draft, step):
    one, other = desk(cast.author), desk(cast.approver)
    mine = opened(one, draft, 1)
    other.post(url("remove_item", draft, number=1), {"question": mine["question"]})
    answer = one.post(url(step, draft, number=1), {**mine, "words": "Mine?", "rows": "0"}, follow=True)
    page = answer.content.decode()
    assert "Somebody removed this question while you had it open" in page
    assert words(draft) == ["Second?", "Third?"]
    assert step != "item" or 'value="Mine?"' in page


def test_sign_of_a_question_is_of_all_that_is_saved_of_it(cast, draft):
    row = Item.objects.get(consultation=draft, number=1)
    first = stamp(row)
    row.hint = "In a sentence or two."
    assert stamp(row) != first
