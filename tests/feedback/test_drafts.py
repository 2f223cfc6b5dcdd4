"""Answers being written: kept, offered to a second person, given exactly as read; ready-made words."""

from datetime import date

import pytest
from django.urls import reverse

from feedback import answer_templates, answering, drafts, promises
from feedback.answering import Words
from feedback.models import Answer, AnswerDraft
from feedback.moderation import Refused
from tests.feedback.conftest import asked, shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def question(cast, notice):
    return shown(asked(notice), cast.moderator)


def ask_two(cast):
    drafts.set_rule(cast.team, by=cast.moderator, needs_second_person=True)


def approve(question, by, seen=1):
    return drafts.approve(question, by=by, seen=seen, seen_version=question.version)


@pytest.mark.parametrize(
    ("who", "may"),
    [("moderator", True), ("administrator", True), ("author", False), ("lead", False), ("outsider", False)],
)
def test_who_says_that_a_second_person_is_needed(cast, who, may):
    if may:
        drafts.set_rule(cast.team, by=getattr(cast, who), needs_second_person=True)
    else:
        with pytest.raises(Refused):
            drafts.set_rule(cast.team, by=getattr(cast, who), needs_second_person=True)
    assert answering.needs_second_person(cast.team) == may


@pytest.mark.parametrize(("who", "way"), [("moderator", "/staff/inbox/"), ("administrator", "/staff/teams/")])
def test_whoever_settles_it_finds_the_way_there_and_back(cast, as_, who, way):
    client = as_(getattr(cast, who))
    page = reverse("inbox:answering_rules")
    assert f'href="{page}"' in client.get(way).content.decode()
    assert f'href="{way}"' in client.get(page).content.decode()


def test_team_that_wants_a_second_person_answers_nothing_alone(cast, question):
    ask_two(cast)
    with pytest.raises(Refused, match="wants a second person"):
        answering.give(question, Words("Yes."), by=cast.author, seen_version=question.version)


@pytest.mark.parametrize(
    ("who", "may"),
    [("author", False), ("approver", True), ("moderator", True), ("lead", False), ("outsider", False)],
)
def test_who_may_be_the_second_person(cast, question, who, may):
    ask_two(cast)
    drafts.offer(question, Words("Yes."), by=cast.author, seen=0)
    if may:
        given = approve(question, getattr(cast, who))
        assert (given.answered_by, given.checked_by) == (cast.author, getattr(cast, who))
    else:
        with pytest.raises(Refused):
            approve(question, getattr(cast, who))
        assert Answer.objects.count() == 0


def test_whoever_wrote_a_part_is_no_second_person(cast, question):
    drafts.save(question, Words("Yes, tomorrow."), by=cast.approver, seen=0)
    drafts.offer(question, Words("Yes, today."), by=cast.author, seen=1)
    with pytest.raises(Refused, match="You wrote a part of it"):
        approve(question, cast.approver, seen=2)


def test_approving_gives_exactly_what_was_read(cast, question):
    drafts.offer(question, Words("Yes."), by=cast.author, seen=0)
    drafts.offer(question, Words("No."), by=cast.author, seen=1)
    with pytest.raises(Refused, match="saved another draft"):
        approve(question, cast.approver, seen=1)
    assert approve(question, cast.approver, seen=2).text == "No."
    assert AnswerDraft.objects.count() == 0


def test_draft_sent_back_is_the_writers_again(cast, question, as_):
    drafts.offer(question, Words("Yes."), by=cast.author, seen=0)
    path = reverse("inbox:send_back", args=[question.reference])
    as_(cast.approver).post(path, {"draft_version": 1, "note": "Say which numbers."})
    html = as_(cast.author).get(reverse("inbox:item", args=[question.reference])).content.decode()
    assert "Say which numbers." in html
    with pytest.raises(Refused, match="No answer waits"):
        approve(question, cast.approver, seen=2)


def test_second_of_two_writers_is_told_and_keeps_what_was_typed(cast, question, as_):
    drafts.save(question, Words("Mine."), by=cast.approver, seen=0)
    path = reverse("inbox:answer", args=[question.reference])
    typed = {"version": question.version, "draft_version": 0, "text": "My long answer.", "act": "save"}
    response = as_(cast.author).post(path, typed)
    html = response.content.decode()
    assert response.status_code == 409
    assert "saved another draft" in html
    assert "My long answer.</textarea>" in html
    assert AnswerDraft.objects.get().text == "Mine."


def test_what_was_typed_stays_when_the_question_was_hidden_meanwhile(cast, question, as_):
    from feedback import moderation

    version = question.version
    moderation.hide(question, by=cast.moderator, seen_version=version, reason="abusive")
    path = reverse("inbox:answer", args=[question.reference])
    response = as_(cast.author).post(path, {"version": version, "text": "My long answer."})
    assert response.status_code == 409
    assert "My long answer." in response.content.decode()


def test_ready_made_words_are_filled_in_after_what_was_typed(cast, question, as_):
    made = answer_templates.save(
        None, by=cast.author, team=cast.team, name="Thanks", text="About {notice}: {reference} {else}."
    )
    path = reverse("inbox:answer", args=[question.reference])
    typed = {"version": question.version, "text": "Dear Jan.", "template": made.pk, "act": "insert"}
    html = as_(cast.author).post(path, typed).content.decode()
    assert f"Dear Jan.\n\nAbout {question.notice.title}: {question.reference} {{else}}.</textarea>" in html
    assert '<label class="govuk-label" for="answer_text">Answer</label>' in " ".join(html.split())
    made.refresh_from_db()
    assert (made.used, Answer.objects.count()) == (1, 0)


@pytest.mark.parametrize(("who", "may"), [("author", True), ("lead", False), ("outsider", False)])
def test_who_writes_templates_of_a_team(cast, who, may):
    assert answer_templates.may_change(getattr(cast, who), cast.team) == may


def test_templates_of_all_are_written_by_communications(cast):
    assert answer_templates.may_change(cast.lead, None)
    assert not answer_templates.may_change(cast.moderator, None)


def test_promise_is_listed_until_it_is_kept_and_a_correction_keeps_it_kept(cast, question):
    words = Words("Yes.", promise="We mend it.", promised_on=question.due_on)
    given = answering.give(question, words, by=cast.author, seen_version=question.version)
    promises.keep(given, by=cast.approver)
    question.refresh_from_db()
    corrected = Words("Yes!", "A sign.", promise="We mend it.", promised_on=question.due_on)
    second = answering.give(question, corrected, by=cast.author, seen_version=question.version)
    assert second.promise_kept_at == given.promise_kept_at
    assert list(promises.made_by(frozenset({cast.team.pk}))) == [second]


def test_day_without_a_promise_is_refused_in_words(cast, question, as_):
    path = reverse("inbox:answer", args=[question.reference])
    day = {"promised_on_0": "1", "promised_on_1": "12", "promised_on_2": "2026"}
    response = as_(cast.author).post(path, {"version": question.version, "text": "Yes.", **day})
    assert response.status_code == 400
    assert "Say what you promise by that day" in response.content.decode()


def test_nothing_is_promised_for_a_day_that_is_over(cast, question, as_):
    path = reverse("inbox:answer", args=[question.reference])
    day = {"promised_on_0": "1", "promised_on_1": "2", "promised_on_2": "2026"}
    typed = {"version": question.version, "text": "It is mended.", "promise": "We mend it", **day}
    page = as_(cast.author).post(path, {**typed, "act": "give"})
    assert (page.status_code, Answer.objects.count()) == (400, 0)
    assert "That day is over. Promise a day to come." in page.content.decode()
    assert "We mend it" in page.content.decode()


def test_correction_may_repeat_a_promise_whose_day_is_over(cast, question, as_):
    words = Words("It is mended.", promise="We mend it", promised_on=date(2026, 2, 1))
    answering.give(question, words, by=cast.author, seen_version=question.version)
    path = reverse("inbox:answer", args=[question.reference])
    day = {"promised_on_0": "1", "promised_on_1": "2", "promised_on_2": "2026"}
    typed = {
        "version": 3,
        "text": "It was mended.",
        "change_note": "The tense.",
        "promise": "We mend it",
        **day,
    }
    assert as_(cast.author).post(path, {**typed, "act": "give"}).status_code == 302
