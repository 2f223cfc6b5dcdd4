"""The answer that keeps itself while it is written: nothing typed is lost, nobody is written over."""

import pytest

from feedback import drafts
from feedback.answering import Words
from feedback.enums import DraftState
from feedback.models import AnswerDraft
from tests.feedback.conftest import asked, shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def question(cast, notice):
    return shown(asked(notice), cast.moderator)


def keep(client, question, seen: int = 0, **typed: str):
    answer = client.post(
        f"/staff/inbox/{question.reference}/answer/keep/", {"version": seen, "is_posted": "on", **typed}
    )
    return answer.status_code, answer.json()


def test_words_are_kept_as_a_draft_and_signed_by_their_writer(cast, question, as_):
    status, said = keep(as_(cast.author), question, text="It opens at", promise="")
    draft = AnswerDraft.objects.get()
    assert (status, said["state"], said["version"]) == (200, "saved", 1)
    assert (draft.text, draft.written_by, draft.state) == ("It opens at", cast.author, DraftState.WRITING)
    assert said["sentence"].startswith("Kept as a draft at ")


def test_each_keeping_goes_on_from_the_one_before(cast, question, as_):
    client = as_(cast.author)
    keep(client, question, text="It")
    assert keep(client, question, 1, text="It opens.")[1]["version"] == 2
    assert AnswerDraft.objects.get().text == "It opens."


def test_nothing_typed_makes_no_draft(cast, question, as_):
    assert keep(as_(cast.author), question, text="  ")[1] == {"state": "saved", "sentence": "", "version": 0}
    assert AnswerDraft.objects.count() == 0


def test_colleague_who_was_first_is_not_written_over(cast, question, as_):
    drafts.save(question, Words("Mine."), by=cast.second_author, seen=0)
    status, said = keep(as_(cast.author), question, text="Mine too.")
    assert (status, said["state"], said["version"]) == (409, "clash", 0)
    assert AnswerDraft.objects.get().text == "Mine."


def test_offered_answer_is_not_taken_back_by_typing(cast, question, as_):
    drafts.offer(question, Words("Read this."), by=cast.author, seen=0)
    assert keep(as_(cast.author), question, 1, text="Read th")[1]["state"] == "closed"
    assert AnswerDraft.objects.get().state == DraftState.OFFERED


def test_note_of_the_second_person_stays_until_it_is_offered_again(cast, question, as_):
    drafts.offer(question, Words("It is open."), by=cast.author, seen=0)
    drafts.send_back(question, by=cast.approver, seen=1, note="Say since when.")
    keep(as_(cast.author), question, 2, text="It is open since")
    assert AnswerDraft.objects.get().state == DraftState.RETURNED
    drafts.offer(question, Words("It is open since May."), by=cast.author, seen=3)
    assert AnswerDraft.objects.get().state == DraftState.OFFERED


def test_too_long_words_are_told_and_not_kept(cast, question, as_):
    status, said = keep(as_(cast.author), question, text="a" * 5001)
    assert (status, said["state"]) == (200, "too_long")
    assert AnswerDraft.objects.count() == 0


def test_day_half_typed_is_told(cast, question, as_):
    typed = {"text": "Yes.", "promise": "We mend it", "promised_on_0": "3"}
    assert keep(as_(cast.author), question, **typed)[1]["state"] == "too_long"


@pytest.mark.parametrize(("who", "status"), [("lead", 409), ("outsider", 404), ("councillor", 403)])
def test_who_may_not_answer_keeps_nothing(cast, question, as_, who, status):
    client = as_(getattr(cast, who))
    answer = client.post(f"/staff/inbox/{question.reference}/answer/keep/", {"version": 0, "text": "Yes."})
    assert answer.status_code == status
    assert AnswerDraft.objects.count() == 0


def test_page_signed_in_again_gets_its_token_and_reading_keeps_nothing(cast, question, as_):
    said = as_(cast.author).get(f"/staff/inbox/{question.reference}/answer/keep/").json()
    assert (set(said), said["version"], AnswerDraft.objects.count()) == ({"token", "version"}, 0, 0)
