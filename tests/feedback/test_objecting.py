"""Objections to hiding: made by the writer alone, decided by somebody else, told to the writer."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from accounts.enums import Role
from accounts.models import Membership
from audit.models import Event
from feedback import listing, moderation, nagging, objecting, receipts
from feedback.enums import Objected, State
from feedback.models import Letter, Objection, Voice
from feedback.moderation import Refused
from feedback.working_days import objection_due_on, objections_overdue_before
from tests.feedback.conftest import asked, shown, stamp, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def second(cast):
    """Another moderator of the team."""
    Membership.objects.create(user=cast.outsider, team=cast.team, role=Role.MODERATOR)
    return cast.outsider


@pytest.fixture
def hidden(cast, notice):
    """Words somebody hid; their writer left an address and wants an answer."""
    question = asked(notice, "Why is Mr Pike never at his desk?", email="jan@mail.example", wants_reply=True)
    return moderation.hide(question, by=cast.moderator, seen_version=1, reason="personal_data")


def object_to(voice) -> Objection:
    return objecting.make(voice, "He is a public officer.")


def decide(objection, by, outcome=Objected.AGREED, **more):
    voice = Voice.objects.get(pk=objection.voice_id)
    said = {"because": "You are right.", "public_text": "Why is nobody at the desk?", **more}
    return objecting.decide(objection, by=by, outcome=outcome, seen_version=voice.version, **said)


def test_writer_is_told_why_and_how_to_object(hidden):
    letter = Letter.objects.get(purpose="hidden")
    assert letter.payload["to"] == "jan@mail.example"
    assert "it names or describes a private person" in letter.payload["text"]
    assert hidden.receipt_path in letter.payload["text"]


def test_nobody_is_written_to_who_neither_confirmed_nor_wanted_an_answer(cast, notice):
    row = told(notice, "Words", email="jan@mail.example")
    moderation.hide(row, by=cast.moderator, seen_version=1, reason="off_topic")
    assert not Letter.objects.filter(purpose="hidden").exists()


def test_objection_is_open_once(hidden):
    assert object_to(hidden).pk == object_to(hidden).pk
    with pytest.raises(IntegrityError), transaction.atomic():
        Objection.objects.create(voice=hidden, text="x", hidden_by=hidden.moderated_by)


def test_shown_words_cannot_be_objected_to(cast, notice):
    with pytest.raises(Refused, match="Nothing of it is hidden"):
        object_to(shown(told(notice), cast.moderator))


def test_whoever_hid_it_does_not_decide(cast, hidden):
    objection = object_to(hidden)
    with pytest.raises(Refused, match="somebody else decides"):
        decide(objection, cast.moderator)
    with pytest.raises(IntegrityError), transaction.atomic():
        Objection.objects.filter(pk=objection.pk).update(decided_by=cast.moderator)


def test_what_is_objected_to_goes_past_nobody_through_the_queue(cast, hidden, second):
    object_to(hidden)
    for person in (cast.moderator, second):
        with pytest.raises(Refused, match="Its writer objects"):
            moderation.undo(hidden, by=person, seen_version=hidden.version)
    assert Voice.objects.get(pk=hidden.pk).status == "hidden"


@pytest.mark.parametrize("who", ["author", "approver", "lead", "councillor", "administrator"])
def test_only_moderators_decide(cast, hidden, who):
    with pytest.raises(Refused, match="Only a moderator"):
        decide(object_to(hidden), getattr(cast, who))


@pytest.mark.parametrize(
    ("outcome", "status"),
    [(Objected.AGREED, "published"), (Objected.PARTLY, "published"), (Objected.REFUSED, "hidden")],
)
def test_outcome_is_done_and_told(hidden, second, outcome, status):
    decided = decide(object_to(hidden), second, outcome)
    hidden.refresh_from_db()
    assert (hidden.status, decided.decided_by) == (status, second)
    letter = Letter.objects.get(purpose="objection")
    assert "You are right." in letter.payload["text"]
    assert Event.objects.filter(action="objection.decided").get().detail["outcome"] == outcome


def test_decision_needs_a_reason(hidden, second):
    with pytest.raises(Refused, match="Say why"):
        decide(object_to(hidden), second, because=" ")


def test_second_decider_is_told(hidden, second):
    objection = object_to(hidden)
    decide(objection, second, Objected.REFUSED)
    with pytest.raises(Refused):
        decide(objection, second)


def test_after_two_objections_it_is_a_matter_for_a_complaint(hidden, second):
    for _time in range(objecting.MOST):
        decide(object_to(hidden), second, Objected.REFUSED)
    with pytest.raises(Refused, match="it was decided"):
        object_to(hidden)


def test_inbox_shows_it_to_those_who_may_decide(cast, hidden, second):
    object_to(hidden)
    assert list(listing.in_state(listing.every(), State.OBJECTED)) == [hidden]
    assert list(listing.to_do_of(second)) == [hidden]
    assert list(listing.to_do_of(cast.moderator)) == []


def made_days_ago(voice, days: int) -> Objection:
    objection = object_to(voice)
    objection.made_at = timezone.now() - timedelta(days=days)
    objection.save()
    return objection


@pytest.mark.parametrize("holidays", ["GB-ENG", ""])
@pytest.mark.parametrize("within", [0, 1, 5, 10])
def test_overdue_objections_are_those_whose_day_is_over(settings, holidays, within):
    settings.OBJECTION_WITHIN_WORKING_DAYS, settings.PUBLIC_HOLIDAYS = within, holidays
    today = date(2026, 1, 5)
    limit = objections_overdue_before(today)
    for hours in range(24 * 30):
        made_at = datetime(2026, 1, 6, tzinfo=UTC) - timedelta(hours=hours)
        assert (made_at < limit) == (objection_due_on(made_at) < today)


def test_overdue_objection_stands_first_and_is_marked(cast, notice, hidden, second, as_):
    waiting = asked(notice, "And the bins?")
    Voice.objects.filter(pk=waiting.pk).update(due_on=date(2026, 1, 2))
    client = as_(second)

    def page() -> str:
        return client.get("/staff/inbox/").content.decode()

    objection = made_days_ago(hidden, 0)
    assert page().index(waiting.reference) < page().index(hidden.reference)
    assert "Objection overdue" not in page()
    Objection.objects.filter(pk=objection.pk).update(made_at=timezone.now() - timedelta(days=30))
    assert page().index(hidden.reference) < page().index(waiting.reference)
    assert "Objection overdue" in page()
    assert hidden in listing.in_state(listing.every(), State.OVERDUE)


def test_next_goes_round_by_overdue_objections_once(notice, hidden, second):
    made_days_ago(hidden, 30)
    others = [asked(notice, f"And the bins of number {number}?").reference for number in range(2)]
    seen, at = [], Voice.objects.get(pk=hidden.pk)
    for _step in range(3):
        at = Voice.objects.get(reference=listing.next_to_do(second, at))
        seen.append(at.reference)
    assert seen == [*others, hidden.reference]


def test_those_who_may_decide_an_overdue_objection_are_written_to(hidden, second):
    objection = object_to(hidden)
    noon = objection.made_at.replace(hour=12)
    told = []
    for days in (0, 1, 2, 7, 8, 14):
        at = noon + (objection.due_on - noon.date()) + timedelta(days=days)
        Voice.objects.update(due_on=at.date())
        told += [days] * nagging.nag(at)
    assert told == [1, 7, 14]
    assert {each.payload["to"] for each in Letter.objects.filter(purpose="nag")} == {second.email}


def test_administrators_are_told_of_an_overdue_objection_nobody_may_decide(cast, hidden):
    made_days_ago(hidden, 30)
    nagging.nag(objecting_day(hidden))
    letter = Letter.objects.get(purpose="nag")
    assert letter.payload["to"] == cast.administrator.email
    assert hidden.reference in letter.payload["text"]


def objecting_day(voice) -> datetime:
    due_on = voice.objections.get().due_on
    return datetime.combine(due_on + timedelta(days=1), time(12), UTC)


def test_writer_reads_by_when_it_is_decided(hidden, settings):
    settings.OBJECTION_WITHIN_WORKING_DAYS = 7
    client = Client()
    assert "Within 7 working days" in client.get(f"{hidden.receipt_path}object/").content.decode()
    assert "decided within 7 working days" in client.get("/moderation/").content.decode()
    due_on = object_to(hidden).due_on
    assert due_on.isoformat() in client.get(hidden.receipt_path).content.decode()


def test_receipt_leads_to_the_form_and_tells_what_came_of_it(hidden, second, as_):
    client = Client()
    path = f"{hidden.receipt_path}object/"
    assert path in client.get(hidden.receipt_path).content.decode()
    sent = {"text": "He is a public officer.", "stamp": stamp("objection", hidden.reference)}
    assert client.post(path, sent).headers["Location"] == hidden.receipt_path
    assert "Your objection is with us" in client.get(hidden.receipt_path).content.decode()
    page = as_(second)
    answer = page.post(
        f"/staff/inbox/{hidden.reference}/objection/",
        {
            "version": 2,
            "outcome": "partly",
            "because": "A name stays out.",
            "public_text": "Why is nobody there?",
        },
    )
    assert answer.status_code == 302
    assert "A name stays out." not in client.get(hidden.notice.get_absolute_url()).content.decode()
    assert "A name stays out." in client.get(hidden.receipt_path).content.decode()


def test_form_of_another_receipt_is_not_found(hidden):
    assert Client().get(f"/received/{hidden.reference}/wrong/object/").status_code == 404


def test_empty_objection_says_what_to_do(hidden):
    sent = {"text": " ", "stamp": stamp("objection", hidden.reference)}
    page = Client().post(f"{hidden.receipt_path}object/", sent).content.decode()
    assert "Say why it should be shown." in page


def test_reasons_are_public():
    page = Client().get("/moderation/").content.decode()
    assert "It names or describes a private person" in page


def test_receipt_says_it_is_hidden_and_what_came_of_the_objection(client, second, hidden):
    assert "<h1>What you sent is not shown</h1>" in client.get(hidden.receipt_path).content.decode()
    decide(object_to(hidden), second)
    words = {step.words for step in receipts.happened(Voice.objects.get(pk=hidden.pk))}
    assert words == {
        "We received it",
        "You objected",
        "Your objection was decided",
        "A moderator read it and shows it",
    }
