"""The pages of templates: writing with slots, filling in, and everything typed that makes no sense."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import factories
from tests.factories import Cast
from updates.enums import Status
from updates.models import Edition, NoticeTemplate
from updates.writing import templates

TYPED = {
    "name": "Road closed",
    "when_to_use": "",
    "title": "{road} closed",
    "summary": "{road} is closed. Reason: {why}.",
    "body": "",
    "service": "roads",
    "state": "repairing",
    "reason": "{why}",
    "advice": "",
    "urgency": "1",
    "severity": "2",
}
ROAD = {
    "slot_road_label": "Which road?",
    "slot_road_kind": "street",
    "slot_road_example": "",
    "slot_road_fills": "",
}
WHY = {"slot_why_label": "Why?", "slot_why_kind": "choice", "slot_why_choices": "a tree\r\nan accident\r\n"}
WHOLE = {**TYPED, **ROAD, **WHY}
NEW = "/staff/templates/new/{slug}/outage/"


@pytest.fixture
def write(cast: Cast, signed_in):
    """Post the form of a new template as the cast's approver; return status and page."""
    client = signed_in(cast.approver)

    def posted(**fields):
        answer = client.post(NEW.format(slug=cast.team.slug), fields)
        return answer.status_code, answer.content.decode()

    return posted


def test_new_slots_are_asked_about_with_a_guess(write):
    status, page = write(**TYPED)

    assert (status, NoticeTemplate.objects.count()) == (200, 0)
    assert "Say what goes into {road}." in page
    assert "Say what goes into {why}." in page
    assert '<option value="street" selected>' in page


def test_explained_template_is_kept_with_its_slots_in_order(cast: Cast, write):
    status, _page = write(**WHOLE)

    made = NoticeTemplate.objects.get()
    assert status == 302
    assert [(slot.name, slot.kind, slot.choices) for slot in templates.slots_of(made)] == [
        ("road", "street", ()),
        ("why", "choice", ("a tree", "an accident")),
    ]
    assert (made.started_by, made.service, list(made.writers.all())) == (
        cast.approver,
        "roads",
        [cast.approver],
    )


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"title": "{Road} closed"}, "A brace stands here that belongs to no slot"),
        ({"advice": "Use } another way"}, "A brace stands here that belongs to no slot"),
        ({"slot_why_choices": "one"}, "Write at least two answers"),
        ({"slot_road_fills": "since_at"}, "Only a day and a time can be this."),
        ({"body": " ".join(f"{{s{number}}}" for number in range(9))}, "at most 8 slots"),
        ({"name": ""}, "Write an answer."),
        ({"slot_road_kind": "nonsense"}, "Select a valid choice"),
        ({"title": "x\u202ey {road}"}, "invisible characters"),
    ],
)
def test_what_makes_no_sense_is_explained_and_stays_typed(write, fields, sentence):
    status, page = write(**{**WHOLE, **fields})

    assert (status, sentence in page, NoticeTemplate.objects.count()) == (200, True, 0)
    assert "is closed. Reason: {why}." in page


def test_two_slots_cannot_be_the_same_fact(write):
    times = {
        "title": "{road} closed {from} {until}",
        **{f"slot_{name}_label": name for name in ("from", "until")},
    }
    both = {
        f"slot_{name}_{part}": value
        for name in ("from", "until")
        for part, value in (("kind", "time"), ("fills", "since_at"))
    }

    status, page = write(**{**WHOLE, **times, **both})

    assert (status, "Another slot is this already." in page) == (200, True)


def test_name_that_is_taken_is_told(write):
    write(**WHOLE)
    status, page = write(**WHOLE)

    assert (status, "Your team has a template of this name" in page) == (409, True)


def test_page_tells_the_second_of_two_who_save_at_once(cast: Cast, template, signed_in):
    templates.save_template(template, seen_version=1, by=cast.lead, fields={"advice": "Carla’s words"})
    slots = {
        **{f"slot_street_{part}": value for part, value in (("label", "Street"), ("kind", "street"))},
        **{f"slot_until_{part}": value for part, value in (("label", "Until"), ("kind", "time"))},
    }
    words = {**TYPED, "title": "Burst in {street}", "summary": "Until {until}", "reason": "", "version": "1"}

    answer = signed_in(cast.approver).post(f"/staff/templates/{template.pk}/edit/", {**words, **slots})

    page = answer.content.decode()
    assert (answer.status_code, "Carla Lindqvist saved this template" in page) == (409, True)
    assert ("Burst in {street}" in page, 'name="version" value="2"' in page) == (True, True)


def test_writer_sees_no_button_to_approve_and_another_approver_does(cast: Cast, template, signed_in):
    theirs = signed_in(cast.approver).get(f"/staff/templates/{template.pk}/").content.decode()
    own = signed_in(template.started_by).get(f"/staff/templates/{template.pk}/").content.decode()

    assert ("I have read it: approve" in theirs, "I have read it: approve" in own) == (True, False)
    assert "somebody else has to approve it" in own


def test_approval_takes_exactly_what_was_read(cast: Cast, template, signed_in):
    client, page = signed_in(cast.approver), f"/staff/templates/{template.pk}/approve/"

    stale = client.post(page, {"seen": "0" * 64})
    taken = client.post(page, {"seen": templates.template_hash(template)})

    template.refresh_from_db()
    assert (stale.status_code, taken.status_code, template.approved_by) == (409, 302, cast.approver)


def test_retiring_asks_first(cast: Cast, template, signed_in):
    client, page = signed_in(cast.lead), f"/staff/templates/{template.pk}/retire/"

    asked, done = client.get(page), client.post(page)

    template.refresh_from_db()
    assert (asked.status_code, done.status_code, template.retired_at is None) == (200, 302, False)
    assert client.post(page).status_code == 302


@pytest.fixture
def use(cast: Cast, approved_template, signed_in):
    """Post the form that fills the approved template in, as the cast's author."""
    factories.street(factories.ward("Quayside"), "Quay Street")
    client, soon = signed_in(cast.author), timezone.now() + timedelta(days=1)
    typed = {
        "version": "1",
        "slot_street_value": "quay street",
        "slot_until_value_0": str(soon.day),
        "slot_until_value_1": str(soon.month),
        "slot_until_value_2": str(soon.year),
        "slot_until_value_3": "6pm",
        "slot_cause_value": "a burst main",
    }

    def posted(**fields):
        return client.post(f"/staff/templates/{approved_template.pk}/use/", {**typed, **fields})

    return posted


def test_filled_in_template_leads_to_its_draft_with_the_button(cast: Cast, use, signed_in):
    answer = use()

    edition = Edition.objects.get()
    assert (answer.status_code, edition.title, edition.status) == (
        302,
        "Burst main in Quay Street",
        Status.DRAFT,
    )
    page = signed_in(cast.author).get(answer["Location"]).content.decode()
    assert ("Publish urgently" in page, "It is exactly that, and the template is approved" in page) == (
        True,
        True,
    )


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"slot_street_value": ""}, "Write an answer."),
        ({"slot_street_value": "Quay Stret"}, "Did you mean Quay Street?"),
        ({"slot_until_value_3": ""}, "Add the time too."),
        ({"slot_cause_value": ""}, "Write an answer."),
        ({"slot_cause_value": "see https://evil.example"}, "Write words only"),
        ({"slot_cause_value": "[free money](//evil.example)"}, "Write words only"),
        ({"slot_cause_value": "x" * 81}, "80 characters"),
        ({"slot_cause_value": "a\u202eb"}, "invisible characters"),
    ],
)
def test_what_does_not_fit_is_explained_and_the_rest_stays_typed(use, fields, sentence):
    answer = use(**fields)

    page = answer.content.decode()
    assert (answer.status_code, sentence in page, Edition.objects.count()) == (200, True, 0)
    assert "6pm" in page or "slot_until_value_3" in fields


def test_braces_in_what_is_filled_in_stay_what_they_are(use):
    use(slot_cause_value="{until} or {x}")

    assert Edition.objects.get().body == "The cause is {until} or {x}."


def test_template_changed_meanwhile_is_told_with_everything_still_typed(cast: Cast, approved_template, use):
    templates.save_template(
        approved_template, seen_version=1, by=cast.lead, fields={"advice": "Carla’s words"}
    )
    answer = use()

    page = answer.content.decode()
    assert (answer.status_code, "changed while you filled it in" in page) == (409, True)
    assert ("quay street" in page, 'name="version" value="2"' in page) == (True, True)


def test_retired_template_is_told_with_everything_still_typed(cast: Cast, approved_template, use):
    templates.retire(approved_template, by=cast.lead)
    answer = use()

    page = answer.content.decode()
    assert (answer.status_code, "quay street" in page, Edition.objects.count()) == (409, True, 0)


def test_template_without_a_place_asks_for_wards(cast: Cast, signed_in):
    ward = factories.ward("Millgate")
    words = {"name": "Late", "title": "Bins late", "summary": "Leave them out.", "slots": []}
    made = templates.start_template(team=cast.team, kind="general", by=cast.lead, fields=words)
    client, page = signed_in(cast.author), f"/staff/templates/{made.pk}/use/"

    refused = client.post(page, {"version": "1"})
    client.post(page, {"version": "1", "wards": [ward.pk]})

    assert "choose at least one ward" in refused.content.decode()
    assert list(Edition.objects.get().wards.all()) == [ward]


def test_list_costs_the_same_for_many_templates(cast: Cast, signed_in):
    client = signed_in(cast.author)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/staff/templates/").status_code == 200
        return len(asked)

    counts = []
    for numbers in (range(2), range(2, 30)):
        for number in numbers:
            words = {
                "name": f"Late {number}",
                "title": "Bins late",
                "summary": "Leave them out.",
                "slots": [],
            }
            templates.start_template(team=cast.team, kind="general", by=cast.lead, fields=words)
        counts.append(queries())

    assert counts[0] == counts[1]
