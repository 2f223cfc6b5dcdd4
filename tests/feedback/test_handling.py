"""Looking after what came in: assigned, handed over with a reason, noted, found again in the inbox."""

import pytest
from django.urls import reverse

from feedback import handling
from feedback.enums import State
from feedback.models import Note, Voice
from feedback.moderation import Refused
from tests import factories
from tests.feedback.conftest import asked, shown, told

pytestmark = pytest.mark.django_db


def test_two_who_take_it_at_once_are_told_of_each_other(cast, notice):
    question = asked(notice)
    handling.assign(question, cast.author, by=cast.author, seen=None)
    with pytest.raises(Refused, match="It was assigned to"):
        handling.assign(question, cast.approver, by=cast.approver, seen=None)
    assert Voice.objects.get().assigned_to == cast.author


def test_only_colleagues_of_the_team_look_after_it(cast, notice):
    with pytest.raises(Refused, match="does not answer for"):
        handling.assign(asked(notice), cast.outsider, by=cast.author, seen=None)


def test_taking_it_from_the_page(cast, notice, as_):
    question = asked(notice)
    as_(cast.author).post(reverse("inbox:assign", args=[question.reference]), {"seen": "", "act": "mine"})
    assert Voice.objects.get().assigned_to == cast.author


def test_handed_over_question_lies_with_the_other_team_and_says_why(cast, notice, as_):
    question, roads = asked(notice), factories.team("Roads")
    other = factories.member(roads, "moderator")
    handling.assign(question, cast.author, by=cast.author, seen=None)
    path = reverse("inbox:hand_over", args=[question.reference])
    as_(cast.author).post(path, {"version": 1, "to": roads.pk, "why": "It is about the road."})
    row = Voice.objects.get()
    assert (row.team, row.assigned_to, row.version) == (roads, None, 2)
    html = as_(other).get(reverse("inbox:item", args=[question.reference])).content.decode()
    assert "It is about the road." in html


def test_team_of_the_notice_still_reads_what_it_handed_over_and_decides_nothing(cast, notice, as_):
    question = asked(notice)
    handling.hand_over(question, factories.team("Roads"), by=cast.author, seen_version=1, why="Theirs.")
    client = as_(cast.moderator)
    assert client.get(reverse("inbox:item", args=[question.reference])).status_code == 200
    assert question.reference not in client.get("/staff/inbox/").content.decode()
    fields = {"version": 2, "public_text": "Words"}
    assert client.post(reverse("inbox:publish", args=[question.reference]), fields).status_code == 409


def test_handing_over_needs_a_reason_and_keeps_what_was_chosen(cast, notice, as_):
    question, roads = asked(notice), factories.team("Roads")
    path = reverse("inbox:hand_over", args=[question.reference])
    response = as_(cast.author).post(path, {"version": 1, "to": roads.pk, "why": " "})
    assert response.status_code == 400
    assert f'value="{roads.pk}" selected' in response.content.decode()


def test_note_is_for_colleagues_and_goes_with_the_words(cast, notice, client):
    question = shown(asked(notice), cast.moderator)
    handling.add_note(question, by=cast.lead, text="She rang twice.")
    assert "She rang twice." not in client.get(notice.get_absolute_url()).content.decode()
    assert "She rang twice." not in client.get(question.receipt_path).content.decode()
    Voice.objects.all().delete()
    assert Note.objects.count() == 0


@pytest.mark.parametrize(
    ("state", "found"),
    [
        (State.MINE, ["mine"]),
        (State.UNASSIGNED, ["late", "asks", "doubt"]),
        (State.OVERDUE, ["late"]),
        (State.SUSPECTED, ["doubt"]),
        (State.INFORMATION, ["asks"]),
    ],
)
def test_inbox_narrows_to(cast, notice, as_, state, found):
    rows = {name: asked(notice, f"About {name}?") for name in ("doubt", "mine", "late", "asks")}
    change = {
        "doubt": {"suspicion": "flood"},
        "mine": {"assigned_to": cast.author},
        "late": {"due_on": "2026-01-05"},
        "asks": {"is_information_request": True},
    }
    for name, fields in change.items():
        Voice.objects.filter(pk=rows[name].pk).update(**fields)
    page = as_(cast.author).get(f"/staff/inbox/?state={state}").context["page"]
    assert [voice.reference for voice in page] == [rows[name].reference for name in found]


@pytest.mark.parametrize("words", ["tannery row", "REFERENCE", "row affected"])
def test_inbox_finds_words_and_references(cast, notice, as_, words):
    question = asked(notice)
    told(notice, "Thank you.")
    wanted = question.reference.lower() if words == "REFERENCE" else words
    page = as_(cast.author).get("/staff/inbox/", {"q": wanted, "state": "all"}).context["page"]
    assert [voice.reference for voice in page] == [question.reference]


def test_person_without_a_role_for_the_team_is_not_offered(cast):
    strangers = {cast.lead, cast.councillor, cast.administrator, cast.outsider}
    assert strangers & set(handling.colleagues(cast.team)) == set()


def test_handing_over_what_changed_meanwhile_can_be_pressed_again(cast, notice, as_):
    other = factories.team("Roads")
    question = shown(asked(notice), cast.moderator)
    path = f"/staff/inbox/{question.reference}/hand-over/"
    typed = {"version": 1, "to": other.pk, "why": "The road is theirs."}
    client = as_(cast.author)
    late = client.post(path, typed)
    version = late.context["hand_over_form"]["version"].value()
    assert [late.status_code, "The road is theirs." in late.content.decode(), version] == [409, True, "2"]
    assert client.post(path, {**typed, "version": version}).status_code == 302
    question.refresh_from_db()
    assert question.team == other


def test_taking_what_a_colleague_took_tells_who_and_can_be_pressed_again(cast, notice, as_):
    question = shown(asked(notice), cast.moderator)
    handling.assign(question, cast.second_author, by=cast.second_author, seen=None)
    client, path = as_(cast.author), f"/staff/inbox/{question.reference}/assign/"
    late = client.post(path, {"act": "mine", "seen": ""})
    seen = late.context["assign_form"]["seen"].value()
    assert "It was assigned to Tom Field while you had it open." in late.content.decode()
    assert seen == str(cast.second_author.pk)
    assert client.post(path, {"act": "mine", "seen": seen}).status_code == 302
