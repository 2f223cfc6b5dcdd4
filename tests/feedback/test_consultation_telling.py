"""Whoever took part, wanted to hear and left an address is told the outcome once; /you-said/ keeps it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from feedback import tasks
from feedback.consultations import answering, confirming, telling
from feedback.enums import Stage, Via
from feedback.models import Letter, Response
from tests import factories

from . import consulted
from .test_consultation_pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(cast):
    """An open consultation without a question that must be answered."""
    made = consulted.consultation(cast)
    consulted.item(made)
    return made


def test_confirmed_addresses_and_paper_are_told_once_and_nobody_else(cast, asked):
    wants = {"wants_outcome": True}
    for name in ("kim", "jo"):
        row = consulted.answered(asked, email=f"{name}@mail.example", **wants)
        confirming.confirm(row, at=timezone.now())
    consulted.answered(asked, email="unconfirmed@mail.example", **wants)
    row = consulted.answered(asked, email="quiet@mail.example")
    confirming.confirm(row, at=timezone.now())
    paper = consulted.started(asked, email="paper@mail.example", **wants)
    answering.send(paper, at=timezone.now(), via=Via.PAPER, entered_by=cast.author, paper_number="1")
    aside = confirming.confirm(
        consulted.answered(asked, email="aside@mail.example", **wants), at=timezone.now()
    )
    answering.set_aside(aside, "A copy.")
    consulted.started(asked, email="started@mail.example", **wants)
    made = consulted.outcome(consulted.closed(asked), cast)
    Letter.objects.all().delete()

    for _twice in range(2):
        telling.begin(made)

    assert telling.unfinished() == []
    told = [letter.payload["to"] for letter in Letter.objects.order_by("pk")]
    assert told == ["kim@mail.example", "jo@mail.example", "paper@mail.example"]
    text = Letter.objects.first().payload["text"]
    assert "The roof comes first." in text
    assert asked.get_absolute_url() in text


@pytest.fixture
def many(cast, asked):
    """The outcome of a consultation in which 1,200 people took part."""
    now = timezone.now()
    rows = [
        Response(
            consultation=asked, person=f"{n}", email=f"p{n}@mail.example", wants_outcome=True,
            state="counted", sent_at=now, email_confirmed_at=now,
        )
        for n in range(1200)
    ]  # fmt: skip
    Response.objects.bulk_create(rows)
    return consulted.outcome(consulted.closed(asked), cast)


def told_addresses() -> list[str]:
    return sorted(letter.payload["to"] for letter in Letter.objects.filter(purpose="outcome"))


def everybody() -> list[str]:
    return sorted(Response.objects.values_list("email", flat=True))


def test_thousands_are_told_in_batches_of_few_statements(many):
    with CaptureQueriesContext(connection) as asked_of_it:
        telling.begin(many)
    assert (len(told_addresses()), telling.unfinished()) == (telling.BATCH, [many.pk])
    assert len(asked_of_it) < 20

    tasks.tell_outcomes()

    assert (told_addresses(), telling.unfinished()) == (everybody(), [])
    assert telling.go_on(many.pk) == 0


def test_worker_that_dies_in_a_batch_leaves_whole_batches_and_nobody_is_told_twice(many, monkeypatch):
    telling.begin(many)
    write = Letter.objects.bulk_create

    def dies(rows, **more):
        write(rows[:200], **more)
        raise SystemExit

    monkeypatch.setattr(Letter.objects, "bulk_create", dies)
    with pytest.raises(SystemExit):
        tasks.tell_outcomes()
    assert len(told_addresses()) == telling.BATCH
    monkeypatch.undo()

    tasks.tell_outcomes()

    assert (told_addresses(), telling.unfinished()) == (everybody(), [])


def test_whoever_is_erased_between_two_batches_is_not_told(many):
    telling.begin(many)
    Response.objects.filter(email="p1100@mail.example").update(email="")
    tasks.tell_outcomes()
    assert (len(told_addresses()), "p1100@mail.example" in told_addresses()) == (1199, False)


def test_as_many_as_a_batch_holds_are_told_and_then_it_is_over(many):
    Response.objects.filter(pk__in=Response.objects.order_by("-pk").values("pk")[:700]).delete()
    telling.begin(many)
    assert telling.unfinished() == [many.pk]
    tasks.tell_outcomes()
    assert (told_addresses(), telling.unfinished()) == (everybody(), [])


def test_you_said_lists_outcomes_and_what_is_owed(client, cast):
    decided = consulted.closed(consulted.consultation(cast, title="The Corn Hall"))
    consulted.outcome(decided, cast)
    consulted.consultation(
        cast,
        notice=decided.notice,
        title="Late",
        stage=Stage.CLOSED,
        closed_at=timezone.now(),
        owed_in_public_at=timezone.now(),
    )
    consulted.consultation(
        cast, notice=decided.notice, title="Just closed", stage=Stage.CLOSED, closed_at=timezone.now()
    )
    draft = consulted.closed(consulted.consultation(cast, notice=decided.notice, title="Not out yet"))
    consulted.outcome(draft, cast, published_at=None, published_by=None)

    text = text_of(client.get(reverse("consultations:you_said")))

    for words in ("The Corn Hall", "The roof comes first.", "Still owed", "Late"):
        assert words in text
    for words in ("Just closed", "Not out yet"):
        assert words not in text


def test_you_said_can_be_narrowed_by_ward_and_project(client, cast):
    quay, castle = factories.ward("Quayside"), factories.ward("Castle")
    for ward, title in ((quay, "The quay"), (castle, "The castle")):
        notice = factories.published(cast, "project", title=title, wards=[ward]).notice
        consulted.outcome(
            consulted.closed(consulted.consultation(cast, notice=notice, title=f"{title}?")), cast, said=title
        )
    page = reverse("consultations:you_said")

    assert "The quay?" in text_of(client.get(page, {"ward": quay.slug}))
    assert "The castle?" not in text_of(client.get(page, {"ward": quay.slug}))
    assert "The quay?" not in text_of(client.get(page, {"project": notice.reference}))
    assert "There is no such ward" in text_of(client.get(page, {"ward": "gone"}))


def test_lists_cost_the_same_for_many_as_for_few(client, cast):
    counts = []
    notice = factories.published(cast, "project").notice
    for _round in range(2):
        for number in range(6):
            of = consulted.consultation(cast, notice=notice, title=f"Number {number}")
            consulted.consultation(cast, notice=notice, title=f"Open {number}")
            consulted.outcome(consulted.closed(of), cast)
        for name in ("list", "you_said"):
            with CaptureQueriesContext(connection) as asked_of_it:
                assert client.get(reverse(f"consultations:{name}")).status_code == 200
            counts.append(len(asked_of_it))

    assert counts[:2] == counts[2:]
