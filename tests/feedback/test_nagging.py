"""Who is told what the council owes residents, and when: once on a day, on the days that matter."""

from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from accounts.enums import Role
from feedback import answering, nagging
from feedback.models import Letter, Question
from tests.feedback import consulted
from tests.feedback.conftest import asked, shown

pytestmark = pytest.mark.django_db


@pytest.fixture
def question(cast, notice):
    return shown(asked(notice), cast.moderator)


def day_after_due(question: Question, days: int) -> datetime:
    noon = timezone.now().replace(hour=12)
    return noon + (question.due_on - noon.date()) + timedelta(days=days)


@pytest.mark.parametrize(
    ("runs", "told"),
    [
        (range(-2, 16), [1, 7, 14]),
        ([0], []),
        # The job did not run for some days.
        ([2, 3, 4, 5, 6, 7], [2, 7]),
        ([1, 8, 9, 13, 16, 17], [1, 8, 16]),
        ([1, 7, 30, 31], [1, 7, 30]),
        ([70, 71], [70]),
    ],
)
def test_overdue_answer_is_told_the_day_after_and_then_every_week(question, runs, told):
    assert [day for day in runs if nagging.nag(day_after_due(question, day))] == told


def test_outcome_is_told_every_two_weeks_or_as_soon_after_as_the_job_runs(cast):
    day = consulted.closed(consulted.consultation(cast)).closed_at.replace(hour=12)
    runs = [0, 1, 13, 14, 15, 29, 30, 42, 56]
    assert [days for days in runs if nagging.nag(day + timedelta(days=days))] == [14, 29, 42, 56]


def test_moderators_of_the_team_are_told_when_nobody_is_named(cast, question):
    nagging.nag(day_after_due(question, 1))
    letter = Letter.objects.get()
    assert letter.payload["to"] == cast.moderator.email
    assert letter.payload["subject"] == "1 answer is owed to residents"
    assert f"{question.reference}, {question.notice.title} (1 day late)" in letter.payload["text"]
    assert f"{settings.PORTAL_URL}/staff/inbox/{question.reference}/" in letter.payload["text"]


def test_who_it_is_assigned_to_is_told_alone(cast, question):
    Question.objects.update(assigned_to=cast.author)
    nagging.nag(day_after_due(question, 1))
    assert Letter.objects.get().payload["to"] == cast.author.email


def test_somebody_who_left_is_not_written_to(cast, question):
    Question.objects.update(assigned_to=cast.author)
    cast.author.is_active = False
    cast.author.save()
    nagging.nag(day_after_due(question, 1))
    assert Letter.objects.get().payload["to"] == cast.moderator.email


def test_one_mail_a_day_tells_everything_that_is_owed(cast, notice, question):
    shown(asked(notice, "And when is it back?"), cast.moderator)
    at = day_after_due(question, 1)
    assert (nagging.nag(at), nagging.nag(at)) == (1, 0)
    assert Letter.objects.get().payload["subject"] == "2 answers are owed to residents"


def test_answered_question_is_owed_no_more(cast, question):
    answering.answer_publicly(question, by=cast.author, seen_version=2, text="Yes.")
    assert nagging.nag(day_after_due(question, 1)) == 0


def test_team_without_moderators_tells_its_approvers(cast, question):
    cast.moderator.memberships.all().delete()
    nagging.nag(day_after_due(question, 1))
    told = set(Letter.objects.values_list("reader__email", flat=True))
    approvers = {
        each.user.email for each in cast.team.memberships.filter(role=Role.APPROVER).select_related("user")
    }
    assert told == approvers


def test_mail_about_very_many_names_the_oldest_and_says_where_the_rest_is(cast, notice, question):
    for number in range(22):
        shown(asked(notice, f"And when is number {number} back?"), cast.moderator)
    nagging.nag(day_after_due(question, 1))
    payload = Letter.objects.get().payload
    assert payload["subject"] == "23 answers are owed to residents"
    for words in (payload["text"], payload["html"]):
        assert words.count("1 day late") == 20
        assert "And 3 more, overdue for a shorter time" in words
        assert f"{settings.PORTAL_URL}/staff/inbox/?state=overdue" in words
