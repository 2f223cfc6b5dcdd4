"""Grave steps: who may ask, who may agree, never the same person, never twice."""

import pytest
from django.db import IntegrityError, transaction

from audit.models import Event
from social import locks
from social.enums import Step
from social.models import Account, Proposal
from social.stopping import proposals
from social.stopping.proposals import ProposalRefused, Way
from tests import factories
from tests.outbox.rows import account

pytestmark = pytest.mark.django_db
EVERYBODY = ("author", "approver", "moderator", "lead", "councillor", "administrator", "outsider")
SECOND = {"administrator", "second_lead"}


@pytest.fixture
def stopped(cast):
    """A locked account of the cast's team."""
    made = account()
    made.teams.add(cast.team)
    locks.lock(made, by=cast.author, reason="A post we did not make.")
    return made


@pytest.fixture
def second_lead(cast):
    """Another communications lead."""
    return factories.member(cast.team, "communications_lead", "Lena Other")


def ask(stopped, cast, step=Step.RELEASE):
    return proposals.ask(stopped, step, by=cast.lead, note="It was a colleague.")


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("step", Step)
def test_only_a_communications_lead_asks(cast, stopped, who, step):
    person = getattr(cast, who)
    if who == "lead":
        assert proposals.ask(stopped, step, by=person, note="Please.").asked_by == person
    else:
        with pytest.raises(ProposalRefused):
            proposals.ask(stopped, step, by=person, note="Please.")


@pytest.mark.parametrize("who", (*EVERYBODY, "second_lead"))
@pytest.mark.parametrize("step", Step)
def test_who_may_agree(cast, stopped, second_lead, who, step):
    asked = ask(stopped, cast, step)
    person = second_lead if who == "second_lead" else getattr(cast, who)

    assert (proposals.why_not_agree(asked, person) == "") == (who in SECOND)
    assert (asked in proposals.open_for(person)) == (who in SECOND)


@pytest.mark.parametrize("step", Step)
def test_whoever_asked_never_agrees_even_as_administrator_too(cast, stopped, step):
    factories.Membership.objects.create(user=cast.lead, team=cast.team, role="administrator")
    asked = ask(stopped, cast, step)

    with pytest.raises(ProposalRefused, match="You asked for this"):
        proposals.agree(asked, by=cast.lead)

    assert not Proposal.objects.get().is_agreed


def test_the_database_itself_refuses_one_person_for_two(cast, stopped):
    asked = ask(stopped, cast)

    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=asked.pk).update(
            decided_at=asked.asked_at, decided_by=cast.lead, is_agreed=True
        )


def test_two_presses_do_it_once(cast, stopped, monkeypatch):
    done = []
    monkeypatch.setitem(proposals._ways, Step.CONNECT, Way(within=lambda one: done.append(one.pk)))
    asked = ask(stopped, cast, Step.CONNECT)
    seen_by_both = Proposal.objects.get(pk=asked.pk)

    proposals.agree(asked, by=cast.administrator)
    with pytest.raises(ProposalRefused, match="decided already"):
        proposals.agree(seen_by_both, by=cast.administrator)

    assert done == [asked.pk]


def test_the_same_step_is_not_asked_for_twice(cast, stopped, second_lead):
    ask(stopped, cast)

    with pytest.raises(ProposalRefused, match="asked for already"):
        proposals.ask(stopped, Step.RELEASE, by=second_lead, note="Me too.")

    assert Proposal.objects.count() == 1


def test_a_step_that_must_not_be_done_leaves_the_proposal_open(cast, stopped, monkeypatch):
    def never(_proposal):
        raise ProposalRefused("Not now.")

    monkeypatch.setitem(proposals._ways, Step.CONNECT, Way(within=never))
    asked = ask(stopped, cast, Step.CONNECT)

    with pytest.raises(ProposalRefused, match="Not now"):
        proposals.agree(asked, by=cast.administrator)

    asked.refresh_from_db()
    assert (asked.decided_at, asked.is_agreed) == (None, False)
    assert not Event.objects.filter(action="proposal.agreed").exists()


def test_what_came_of_it_is_kept(cast, stopped, monkeypatch):
    monkeypatch.setitem(proposals._ways, Step.CONNECT, Way(after=lambda _one: "The platform agreed."))

    closed = proposals.agree(ask(stopped, cast, Step.CONNECT), by=cast.administrator)

    closed.refresh_from_db()
    assert (closed.result, closed.is_agreed, closed.decided_by) == (
        "The platform agreed.",
        True,
        cast.administrator,
    )


@pytest.mark.parametrize(
    ("who", "may"), [("lead", True), ("administrator", True), ("author", False), ("moderator", False)]
)
def test_who_may_refuse_or_take_back(cast, stopped, who, may):
    asked = ask(stopped, cast)

    if may:
        assert not proposals.refuse(asked, by=getattr(cast, who), note="Too early.").is_agreed
        assert Account.objects.get(pk=stopped.pk).locked_at
    else:
        with pytest.raises(ProposalRefused):
            proposals.refuse(asked, by=getattr(cast, who), note="Too early.")


def test_after_a_refusal_it_may_be_asked_again(cast, stopped):
    proposals.refuse(ask(stopped, cast), by=cast.administrator, note="Too early.")

    assert ask(stopped, cast).decided_at is None
    assert list(
        Event.objects.filter(action__startswith="proposal.").order_by("pk").values_list("action", flat=True)
    ) == ["proposal.asked", "proposal.refused", "proposal.asked"]
