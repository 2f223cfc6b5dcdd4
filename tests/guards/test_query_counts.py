"""A staff list costs the same however long it is; residents' lists are counted beside their other tests."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts import invitations
from accounts.services import Place
from audit.recorder import record
from feedback import answer_templates
from feedback.models import Answer, Question
from social.alarms import contacts
from social.enums import IncidentKind, Step
from social.models import Account, Incident
from social.publishers.base import SeenReply
from social.replies import collecting
from social.stopping import proposals
from tests import factories
from tests.feedback import consulted
from tests.outbox.rows import account as stopped_account
from tests.social.connected import connect
from tests.updates.writing.conftest import WORDS
from updates.writing import templates

FEW, MANY = 2, 30


def _notices(cast):
    return lambda number: factories.submitted(cast, title=f"Notice {number}")


def _people(cast):
    return lambda number: factories.member(cast.team, "author", f"Person {number}")


def _teams(cast):
    return lambda number: factories.team(f"Another team {number}")


def _invitations(cast):
    place = Place(cast.team.pk, "author")
    return lambda number: invitations.invite(
        f"new{number}@riverbank.example", "New", "", {place}, by=cast.administrator
    )


def _events(cast):
    return lambda number: record("test.event", actor=cast.author, target=cast.team, number=number)


def _accounts(cast):
    return lambda number: connect(
        "sandbox", base_url="", handle=f"account{number}", secret="", teams=[cast.team], by=cast.lead
    )


def _mentions(cast):
    def make(number):
        account, _is_new = Account.objects.get_or_create(channel="sandbox", handle="riverbank")
        account.teams.add(cast.team)
        collecting.keep(
            account, [SeenReply(f"r{number}", "", f"Mention {number}", timezone.now(), f"kim{number}")]
        )

    return make


def _templates(cast):
    return lambda number: templates.start_template(
        team=cast.team, kind="outage", by=cast.lead, fields={**WORDS, "name": f"Template {number}"}
    )


def _ready_made(cast):
    return lambda number: answer_templates.save(
        None, by=cast.author, team=cast.team, name=f"Ready {number}", text="Thank you."
    )


def _wards(cast):
    return lambda number: factories.ward(f"Ward named {number}").seats.create(councillor=cast.councillor)


def _steps(cast):
    def make(number):
        account = stopped_account(handle=f"stopped{number}")
        decided = proposals.ask(account, Step.REVOKE, by=cast.lead, note="Drill.")
        proposals.refuse(decided, by=cast.administrator, note="Not now.")
        proposals.ask(account, Step.REVOKE, by=cast.lead, note="Drill.")

    return make


def _incidents(cast):
    def make(number):
        account = stopped_account(handle=f"watched{number}")
        Incident.objects.create(account=account, kind=IncidentKind.UNKNOWN_POST, summary="Not ours.")

    return make


def _on_call(cast):
    return lambda number: contacts.add(
        name=f"Duty {number}", email="duty@riverbank.example", webhook_url="", by=cast.lead
    )


def _consultations(cast):
    return lambda number: consulted.consultation(cast, title=f"Consultation {number}")


def _promises(cast):
    notice = factories.published(cast).notice

    def make(number):
        question = Question.objects.create(
            notice=notice,
            text=f"When {number}?",
            public_text=f"When {number}?",
            status="published",
            moderated_at=timezone.now(),
        )
        question.current_answer = Answer.objects.create(
            question=question,
            number=1,
            text="Soon.",
            team=cast.team,
            answered_by=cast.author,
            promise=f"We mend number {number}",
        )
        question.save()

    return make


LISTS = {
    "consulting:list": ("author", _consultations),
    "desk:home": ("approver", _notices),
    "desk:notices": ("author", _notices),
    "accounts:people": ("administrator", _people),
    "accounts:teams": ("administrator", _teams),
    "accounts:invited": ("administrator", _invitations),
    "accounts:trail": ("administrator", _events),
    "social:accounts": ("lead", _accounts),
    "social:incidents": ("lead", _incidents),
    "social:on_call": ("lead", _on_call),
    "social:mentions": ("moderator", _mentions),
    "social:proposals": ("administrator", _steps),
    "places:wards": ("administrator", _wards),
    "desk:templates": ("lead", _templates),
    "inbox:answer_templates": ("author", _ready_made),
    "inbox:promises": ("author", _promises),
}


@pytest.mark.parametrize("name", LISTS)
def test_list_asks_as_many_queries_for_thirty_rows_as_for_two(cast, browser_of, name):
    who, maker = LISTS[name]
    make, client = maker(cast), browser_of(getattr(cast, who))
    counts = []
    for rows in (range(FEW), range(FEW, MANY)):
        for number in rows:
            make(number)
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(reverse(name))
        counts.append((answer.status_code, len(asked)))

    assert counts[0] == (200, counts[1][1])
    assert counts[1][0] == 200
