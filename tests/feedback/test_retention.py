"""How long what residents left about themselves is kept: removed on time, a dry run tells the same."""

import random
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from audit.models import Event
from feedback import answering, handling, moderation, objecting, tasks
from feedback.consultations import confirming
from feedback.consultations.answering import Said
from feedback.counting import recount
from feedback.models import Answer, Consultation, Letter, MeToo, Note, Objection, Question, Voice
from feedback.moderation import Refused
from tests.feedback import consulted
from tests.feedback.conftest import asked, shown, told
from updates import keeping

pytestmark = pytest.mark.django_db
LATER = timedelta(days=190)


@pytest.fixture
def answered(cast, notice):
    question = shown(asked(notice, name="Jan", email="jan@mail.example", wants_reply=True), cast.moderator)
    given = answering.answer_publicly(question, by=cast.author, seen_version=2, text="Yes.")
    tasks.send_letter(Letter.objects.get(answer=given).pk)
    return question


def only(counts: dict[str, int]) -> dict[str, int]:
    """What there was to do."""
    return {name: number for name, number in counts.items() if number}


def test_address_stays_for_six_months_and_goes_then(answered):
    assert only(keeping.forget(timezone.now() + timedelta(days=180))) == {"letters.contents": 1}
    keeping.forget(timezone.now() + LATER)
    answered.refresh_from_db()
    assert (answered.name, answered.email, answered.text) == ("", "", "Is Tannery Row affected?")
    assert answered.anonymised_at is not None


def test_mail_is_emptied_after_seven_days(answered):
    keeping.forget(timezone.now() + timedelta(days=6))
    assert Letter.objects.get().payload["to"] == "jan@mail.example"
    keeping.forget(timezone.now() + timedelta(days=8))
    letter = Letter.objects.get()
    assert (letter.payload, letter.person, letter.status) == ({}, "", "sent")


def test_dry_run_tells_what_the_run_does_and_changes_nothing(answered, notice):
    told(notice, name="Eva")
    foretold = keeping.forget(timezone.now() + LATER, dry_run=True)
    assert Question.objects.get().email == "jan@mail.example"
    assert keeping.forget(timezone.now() + LATER) == foretold
    assert only(foretold) == {"questions.addresses": 1, "feedback.addresses": 1, "letters.contents": 1}
    written = [event.detail for event in Event.objects.filter(action="personal_data.forgotten")]
    assert only({name: number for detail in written for name, number in detail.items()}) == only(foretold)


def test_two_pieces_of_one_writer_stay_one_persons_under_a_new_sign(notice):
    first, second = (told(notice, text, email="eva@mail.example") for text in ("One.", "Two."))
    other = told(notice, "Three.", email="kim@mail.example")
    keeping.forget(timezone.now() + LATER)
    people = dict(Voice.objects.values_list("pk", "person"))
    assert people[first.pk] == people[second.pk] != people[other.pk]
    assert first.person not in people.values()


def test_unanswered_question_keeps_its_address(cast, notice):
    question = shown(asked(notice, email="jan@mail.example", wants_reply=True), cast.moderator)
    keeping.forget(timezone.now() + LATER)
    question.refresh_from_db()
    assert question.email == "jan@mail.example"


def test_of_shortened_words_only_what_was_shown_stays(cast, notice, as_):
    row = told(notice, "Mrs Bell did it.")
    moderation.publish(row, by=cast.moderator, seen_version=1, public_text="[a name] did it.")
    keeping.forget(timezone.now() + timedelta(days=180))
    assert Voice.objects.get().text == "Mrs Bell did it."
    assert only(keeping.forget(timezone.now() + LATER)) == {"originals.shown": 1}
    row = Voice.objects.get()
    assert (row.text, row.public_text, row.is_shortened) == ("[a name] did it.", "[a name] did it.", True)
    assert "What was taken out of these words was deleted" in _page(as_(cast.moderator), row)
    assert recount.differences() == []


def test_of_hidden_words_only_the_reason_stays(cast, notice, as_):
    row = told(notice, "Mrs Bell did it.", email="eva@mail.example")
    row = moderation.hide(row, by=cast.moderator, seen_version=1, reason="personal_data")
    keeping.forget(timezone.now() + LATER)
    row = Voice.objects.get()
    assert (row.text, row.public_text, row.text_print, row.hidden_reason) == ("", "", "", "personal_data")
    assert "These words were deleted" in _page(as_(cast.moderator), row)
    assert "We deleted what you sent" in " ".join(Client().get(row.receipt_path).content.decode().split())
    assert (
        "Deleted when its time was over."
        in as_(cast.moderator).get("/staff/inbox/?state=hidden").content.decode()
    )
    with pytest.raises(Refused, match="cannot be shown any more"):
        objecting.make(row, "Please.")
    with pytest.raises(Refused, match="nothing is left to decide"):
        moderation.undo(row, by=cast.moderator, seen_version=row.version)
    assert recount.differences() == []


def _page(client: Client, row: Voice) -> str:
    return " ".join(client.get(f"/staff/inbox/{row.reference}/").content.decode().split())


@pytest.mark.parametrize(
    ("decided_days_later", "kept"),
    [(None, {}), (100, {}), (5, {"objections.words": 1, "originals.hidden": 1})],
)
def test_words_stay_while_somebody_may_still_decide_about_them(cast, notice, decided_days_later, kept):
    row = moderation.hide(
        told(notice, "Mrs Bell did it."), by=cast.moderator, seen_version=1, reason="abusive"
    )
    objection = objecting.make(row, "She is in the paper anyway.")
    if decided_days_later is not None:
        Objection.objects.update(
            outcome="refused",
            decided_by=cast.lead,
            decided_at=objection.made_at + timedelta(days=decided_days_later),
        )
    assert only(keeping.forget(timezone.now() + LATER)) == kept
    assert (Objection.objects.get().text == "") == bool(kept)


def test_second_run_finds_nothing(answered):
    keeping.forget(timezone.now() + LATER)
    events = Event.objects.count()
    assert only(keeping.forget(timezone.now() + LATER)) == {}
    assert Event.objects.count() == events


def test_command_tells_rules_and_numbers(answered, capsys):
    call_command("forget", "--dry-run")
    said = capsys.readouterr().out
    assert "questions, kept 6 months after: the answer, or being hidden" in said
    assert "addresses: 0 would be dealt with" in said


def test_privacy_page_says_what_the_job_does(settings):
    settings.FEEDBACK_CONTACT_MONTHS, settings.FEEDBACK_LETTER_DAYS = 3, 5
    page = Client().get("/privacy/").content.decode()
    assert "<td><strong>3 months</strong> after " in page
    assert "<td><strong>5 days</strong> after " in page
    assert page.count("<tr>") == len(keeping.rules()) + 1


def _anything(cast, notice, pick: random.Random) -> None:
    """Leave one thing of any kind, in any state, at any time of the last year."""
    at = timezone.now() - timedelta(days=pick.randrange(365))
    who = pick.choice(["jan@mail.example", "eva@mail.example", ""])
    sort = pick.choice(["question", "feedback", "me too", "note", "answer", "letter", "decided"])
    if sort == "feedback":
        told(notice, email=who)
        Voice.objects.filter(pk=Voice.objects.latest("pk").pk).update(received_at=at)
    if sort == "decided":
        _decided(cast, notice, pick, at)
    if sort in ("question", "me too", "note"):
        question = shown(asked(notice, email=who, wants_reply=bool(who)), cast.moderator)
        MeToo.objects.create(
            question=question,
            email=f"{pick.random()}@mail.example",
            created_at=at,
            confirmed_at=pick.choice([None, at]),
        )
        handling.add_note(question, by=cast.author, text="Rang back.")
        Note.objects.filter(voice=question).update(at=at)
        if pick.random() < 0.7:
            answering.answer_publicly(question, by=cast.author, seen_version=2, text="Yes.")
            Answer.objects.filter(question=question).update(published_at=at)
    if sort == "answer":
        _response(cast, pick, at, who)
    state = pick.choice(["sent", "cancelled", "failed", "queued"])
    said = {"sent": {"remote_id": "1"}, "failed": {"last_error": "550", "error_kind": "rejected"}}.get(
        state, {}
    )
    newest = Letter.objects.order_by("-pk").values_list("pk", flat=True).first()
    Letter.objects.filter(pk=newest).update(status=state, created_at=at, **said)


def _decided(cast, notice, pick: random.Random, at) -> None:
    row = told(notice, "Mrs Bell of number 4 did it.")
    if pick.random() < 0.5:
        moderation.publish(row, by=cast.moderator, seen_version=1, public_text="[a name] did it.")
    else:
        moderation.hide(row, by=cast.moderator, seen_version=1, reason="personal_data")
        objection = objecting.make(row, "She is in the paper anyway.")
        if pick.random() < 0.5:
            Objection.objects.filter(pk=objection.pk).update(
                outcome="refused", decided_by=cast.lead, decided_at=pick.choice([at, timezone.now()])
            )
    Voice.objects.filter(pk=row.pk).update(moderated_at=at)


def _response(cast, pick: random.Random, at, who: str) -> None:
    consultation = consulted.consultation(cast)
    item = consulted.item(consultation)
    words = {item.pk: Said(text="Mend it.")}
    row = pick.choice([consulted.started, consulted.answered])(consultation, words, email=who)
    confirming.mail_address(row, "eva@mail.example")
    consulted.closed(consultation)
    Consultation.objects.filter(pk=consultation.pk).update(opens_at=at - timedelta(days=1), closes_at=at)
    if pick.random() < 0.5:
        consulted.outcome(consultation, cast, published_at=at)


@pytest.mark.parametrize("seed", range(4))
def test_dry_run_equals_the_run_whatever_there_is(cast, notice, seed):
    pick = random.Random(seed)  # noqa: S311 - the same each time
    for _number in range(25):
        _anything(cast, notice, pick)
    now = timezone.now() + timedelta(days=pick.choice([0, 30, 200]))
    foretold = keeping.forget(now, dry_run=True)
    assert keeping.forget(now) == foretold
    assert sum(foretold.values()) > 0
    assert only(keeping.forget(now)) == {}
