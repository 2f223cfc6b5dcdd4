"""The desk of consultations, from the start of one to its outcome, as the people see it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from feedback.consultations import closing
from feedback.enums import Access, ItemKind, ResponseState, Stage
from feedback.models import Consultation, Response
from tests import factories
from tests.accounts.signing_in import sign_in
from tests.feedback import consulted


def desk(person) -> Client:
    client = Client()
    sign_in(client, person)
    return client


def url(name: str, of: Consultation, **more) -> str:
    return reverse(f"consulting:{name}", kwargs={"reference": of.reference, **more})


def moment(name: str, at) -> dict[str, str]:
    local = timezone.localtime(at)
    parts = [str(local.day), str(local.month), str(local.year), f"{local:%H:%M}"]
    return {f"{name}_{place}": part for place, part in enumerate(parts)}


def words(of: Consultation, **more) -> dict[str, str]:
    opens = timezone.now() + timedelta(days=1)
    decides = timezone.now() + timedelta(days=120)
    day = [decides.day, decides.month, decides.year]
    return {
        "version": str(of.version),
        "title": "Where should the crossing go?",
        "introduction": "Station Road gets a crossing.",
        "can_change": "Where it goes.",
        "impact": "People who see badly.",
        "decided_by": "Transport Committee",
        **{f"decides_on_{place}": str(part) for place, part in enumerate(day)},
        **moment("opens_at", opens),
        **moment("closes_at", opens + timedelta(weeks=13)),
        "access": Access.OPEN,
        "other_formats": "Town Hall, Riverbank",
        "owner": str(of.owner_id),
        **more,
    }


QUESTION = {
    "kind": ItemKind.CHOICE,
    "words": "Where?",
    "rows": "3",
    "option1-words": "At the school",
    "option1-cost": "12000",
    "option2-words": "At the station",
    "option2-cost": "9000",
}


@pytest.fixture
def project(cast):
    return factories.live(cast, "project").notice


@pytest.fixture
def draft(cast, project) -> Consultation:
    """A complete draft, as the author has written it."""
    author = desk(cast.author)
    start = {"notice": project.reference, "sort": "consultation", "title": "A crossing"}
    author.post(reverse("consulting:start"), start)
    made = Consultation.objects.get()
    assert author.post(url("words", made), words(made)).status_code == 302
    assert author.post(url("new_item", made), QUESTION).status_code == 302
    made.refresh_from_db()
    return made


def test_consultation_from_its_start_to_its_archive(cast, draft):
    author, approver = desk(cast.author), desk(cast.approver)

    sent = author.post(url("move", draft, act="submitted"), {"version": "0"})
    draft.refresh_from_db()
    refused = author.post(url("move", draft, act="published"), {"version": draft.version})
    read = approver.get(url("move", draft, act="published"))
    published = approver.post(url("move", draft, act="published"), {"version": draft.version})
    draft.refresh_from_db()
    public = Client().get(draft.get_absolute_url())
    open_stage = draft.stage
    closing.close_due(draft.closes_at)
    too_soon = author.post(url("move", draft, act="archived"), {"version": "0"})
    outcome = {
        "version": "0",
        "said": "At the school.",
        "decided": "There.",
        "changed": "The place.",
        "offer": "1",
    }
    written = author.post(url("outcome", draft), outcome)
    told = approver.post(url("decide_outcome", draft), {"version": "2", "decision": "publish"})
    archived = author.post(url("move", draft, act="archived"), {"version": "0"})
    draft.refresh_from_db()

    assert [sent.status_code, refused.status_code, read.status_code, published.status_code] == [
        302,
        409,
        200,
        302,
    ]
    assert [public.status_code, open_stage] == [200, Stage.OPEN]
    assert [too_soon.status_code, written.status_code, told.status_code, archived.status_code] == [
        409,
        302,
        302,
        302,
    ]
    assert draft.stage == Stage.ARCHIVED


@pytest.mark.parametrize(
    "name",
    ["page", "preview", "words", "new_item", "longer", "codes", "enter", "results", "answers", "outcome"],
)
def test_page_of_the_desk_opens_for_its_author(cast, name):
    made = consulted.consultation(cast, access=Access.CODE)
    consulted.all_kinds(made)

    assert desk(cast.author).get(url(name, made)).status_code == 200


@pytest.mark.parametrize("who", ["outsider", "administrator", "councillor"])
def test_desk_is_closed_to_whoever_is_not_of_the_team(cast, draft, who):
    assert desk(getattr(cast, who)).get(url("page", draft)).status_code in (403, 404)


def test_words_saved_over_those_of_somebody_else_are_kept_on_the_page(cast, draft):
    first, second = desk(cast.author), desk(cast.second_author)
    sent = words(draft)
    first.post(url("words", draft), sent)

    late = second.post(url("words", draft), {**sent, "introduction": "My own words."})
    again = second.post(
        url("words", draft),
        {**sent, "introduction": "My own words.", "version": late.context["form"]["version"].value()},
    )
    draft.refresh_from_db()

    assert [late.status_code, again.status_code, draft.introduction] == [409, 302, "My own words."]
    assert "My own words." in late.content.decode()


def test_closing_before_opening_is_refused_and_nothing_typed_is_lost(cast, draft):
    early = words(draft, introduction="Typed with care.", **moment("closes_at", timezone.now()))

    answer = desk(cast.author).post(url("words", draft), early)

    assert "It has to close after it opens." in answer.content.decode()
    assert "Typed with care." in answer.content.decode()


def test_more_options_are_offered_without_a_script_and_without_losing_a_word(cast, draft):
    answer = desk(cast.author).post(url("new_item", draft), {**QUESTION, "add": "options"})

    assert len(answer.context["options"].rows) == 6
    assert "At the school" in answer.content.decode()
    assert draft.items.count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"option2-words": ""}, "Write the option itself too"),
        ({"option2-words": "", "option2-cost": ""}, "Write at least two options"),
        ({"option1-cost": "much"}, "Write the cost in figures"),
        ({"option1-cost": "1,5"}, "Write the cost in figures"),
        ({"words": ""}, "Write the question."),
    ],
)
def test_question_with_a_fault_says_which(cast, draft, changes, sentence):
    answer = desk(cast.author).post(url("new_item", draft), {**QUESTION, **changes})

    assert sentence in answer.content.decode()
    assert draft.items.count() == 1


@pytest.mark.parametrize(
    ("typed", "cost"),
    [("£90,000", "90000"), ("1 250 000", "1250000"), ("12500.50", "12500.50"), (" £ 7 ", "7")],
)
def test_cost_is_taken_as_people_write_it(cast, draft, typed, cost):
    desk(cast.author).post(url("new_item", draft), {**QUESTION, "option1-cost": typed})

    assert draft.items.last().options.first().cost == Decimal(cost)


def test_questions_change_places_and_keep_numbers_without_gaps(cast, draft):
    author = desk(cast.author)
    for number in (2, 3):
        author.post(url("new_item", draft), {"kind": "text", "words": f"Text {number}?", "rows": "0"})

    author.post(url("move_item", draft, number=3), {"way": "up"})
    author.post(url("remove_item", draft, number=1))

    assert list(draft.items.values_list("number", "words")) == [(1, "Text 3?"), (2, "Text 2?")]


def test_paper_is_typed_in_once_and_marked(cast):
    made = consulted.consultation(cast)
    choice = consulted.item(made, ItemKind.CHOICE, "Yes", "No")
    consulted.item(made)
    sheet = {"via": "paper", "paper_number": "17", "q1": str(choice.options.first().pk), "q2": "In ink."}
    moderator = desk(cast.moderator)

    moderator.post(url("enter", made), sheet)
    twice = moderator.post(url("enter", made), sheet)

    assert "Paper number 17 is typed in already." in twice.content.decode()
    assert Response.objects.get().paper_number == "17"


def test_codes_are_shown_once_and_saved_as_a_table(cast):
    made = consulted.consultation(cast, access=Access.CODE)
    author = desk(cast.author)

    letters = author.post(url("codes", made), {"batch": "First letter", "number": "3"})
    codes = letters.context["codes"]
    table = author.post(url("codes_table", made), {"codes": " ".join([*codes, "FAKE-CODE-XXX"])})
    twice = author.post(url("codes", made), {"batch": "First letter", "number": "3"})

    assert table.content.decode().count(made.reference) == 3
    assert "were made already" in twice.content.decode()
    assert all(code not in author.get(url("codes", made)).content.decode() for code in codes)


def test_closing_later_takes_two_people(cast):
    made = consulted.consultation(cast)
    later = made.closes_at + timedelta(days=7)
    author, approver = desk(cast.author), desk(cast.approver)
    author.post(url("longer", made), {**moment("closes_at", later), "reason": "The post was late."})

    author.post(url("decide_longer", made), {"decision": "agree"})
    made.refresh_from_db()
    before = made.closes_at
    approver.post(url("decide_longer", made), {"decision": "agree"})
    made.refresh_from_db()

    assert made.closes_at - before > timedelta(days=6)
    assert "The post was late." in Client().get(made.get_absolute_url()).content.decode()


def test_answer_set_aside_is_not_counted_and_its_reason_stands_with_the_results(cast):
    made = consulted.consultation(cast)
    choice = consulted.item(made, ItemKind.CHOICE, "Yes", "No")
    row = consulted.answered(made, {choice.pk: consulted.Said((choice.options.first().pk,))})
    moderator = desk(cast.moderator)

    moderator.post(url("answer", made, pk=row.pk), {"because": "Sent by a machine."})
    row.refresh_from_db()
    aside = (row.state, "Sent by a machine." in moderator.get(url("results", made)).content.decode())
    moderator.post(url("answer", made, pk=row.pk), {"again": "1"})
    row.refresh_from_db()

    assert [aside, row.state] == [(ResponseState.SET_ASIDE, True), ResponseState.COUNTED]


@pytest.mark.parametrize("name", ["paper", "large_paper"])
def test_paper_form_has_the_numbers_of_the_screen(cast, name):
    made = consulted.consultation(cast)
    consulted.all_kinds(made)

    page = Client().get(reverse(f"consultations:{name}", args=[made.reference])).content.decode()

    assert [f"{number}. Question {number}?" in page for number in range(1, 6)] == [True] * 5


def test_list_shows_what_waits_for_the_second_person(cast, draft):
    desk(cast.author).post(url("move", draft, act="submitted"), {"version": "0"})

    seen = {who: desk(getattr(cast, who)).get(reverse("consulting:list")) for who in ("author", "approver")}

    assert {who: list(page.context["waiting"]) for who, page in seen.items()} == {
        "author": [],
        "approver": [draft],
    }
