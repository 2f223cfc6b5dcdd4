"""Many decided at once: what may be, each on its own, nothing twice, undone unless somebody decided since."""

import re
import threading
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import Event
from feedback import bulk, bulk_rows, moderation, tasks
from feedback.bulk import SHOW, What
from feedback.enums import BulkState, Status, Suspicion
from feedback.models import BulkDecision, BulkItem, Letter, Photo, Voice
from feedback.moderation import Refused
from tests import factories
from tests.feedback.conftest import asked, shown, told

pytestmark = pytest.mark.django_db

SPAM = What.hide("spam")
POSTCARD = "Please keep the number nine bus running to Mill Lane in the evenings."


def planned(what, voices, by, key=None):
    return bulk.plan(what, {each: each.version for each in voices}, {}, by=by, key=key or uuid.uuid4())


def done(what, voices, by):
    made = planned(what, voices, by)
    bulk.work(made.pk)
    return made


def statuses():
    return list(Voice.objects.order_by("pk").values_list("status", flat=True))


def states(made):
    return list(made.items.order_by("voice_id").values_list("state", flat=True))


def read(*voices):
    return bulk_rows.read(Voice.objects.filter(pk__in=[each.pk for each in voices]), bulk.MOST)


# What may be decided


def other_team(cast, notice):
    voice = asked(notice)
    voice.team = factories.team("Roads")
    voice.save()
    return voice


def trusted(cast, notice):
    voice = shown(asked(notice), cast.moderator)
    Voice.objects.filter(pk=voice.pk).update(moderated_by=None)
    return voice


def doubted(cast, notice, doubt=Suspicion.ADVERTISING):
    voice = asked(notice)
    Voice.objects.filter(pk=voice.pk).update(suspicion=doubt)
    return voice


def with_photo(cast, notice):
    voice = told(notice)
    Photo.objects.create(voice=voice, original="x.jpg", width=10, height=10)
    return voice


def for_information(cast, notice):
    voice = asked(notice)
    Voice.objects.filter(pk=voice.pk).update(is_information_request=True)
    return voice


@pytest.mark.parametrize(
    ("make", "hide", "show"),
    [
        (lambda cast, notice: asked(notice), "", ""),
        (lambda cast, notice: asked(notice, "Ring me on 07700 900123, when?"), "", ""),
        (lambda cast, notice: asked(notice, "07700 900123!"), "", "Nothing is left"),
        (doubted, "", "The portal doubts it"),
        (with_photo, "", "A photo came with it"),
        (for_information, "recorded information", "recorded information"),
        (trusted, "shown on trust", "shown on trust"),
        (lambda cast, notice: shown(asked(notice), cast.moderator), "does not wait", "does not wait"),
        (other_team, "no moderator of the team", "no moderator of the team"),
    ],
)
def test_what_may_be_decided_with_others(cast, notice, make, hide, show):
    rows = read(make(cast, notice))
    said = [list(bulk_rows.obstacles(rows, what, cast.moderator).values()) for what in (SPAM, SHOW)]
    for why, expected in zip(said, (hide, show), strict=True):
        assert len(why) == bool(expected)
        assert not expected or expected in why[0]


def test_copies_may_be_shown_when_only_they_are_decided(cast, notice):
    copies = [doubted(cast, notice, Suspicion.REPEATED), doubted(cast, notice, Suspicion.REPEATED)]
    Voice.objects.update(text=POSTCARD, text_print="same")
    other = asked(notice, "When is it back on?")
    assert bulk_rows.obstacles(read(*copies), SHOW, cast.moderator) == {}
    assert set(bulk_rows.obstacles(read(*copies, other), SHOW, cast.moderator)) == set(copies)


# Deciding


def test_hiding_many_tells_each_writer_and_leaves_a_trace(cast, notice):
    first = asked(notice, "First?", email="kim@mail.example", wants_reply=True)
    second = told(notice, "Second.")
    made = done(SPAM, [first, second], cast.moderator)
    assert statuses() == [Status.HIDDEN, Status.HIDDEN]
    assert states(made) == [BulkState.DONE, BulkState.DONE]
    assert list(Letter.objects.filter(purpose="hidden").values_list("voice", flat=True)) == [first.pk]
    events = Event.objects.filter(action__in=["bulk.decided", "question.hidden", "feedback.hidden"])
    assert sorted(events.values_list("action", flat=True)) == [
        "bulk.decided",
        "feedback.hidden",
        "question.hidden",
    ]
    assert events.get(action="bulk.decided").detail == {
        "decision": "hidden",
        "reason": "spam",
        "chosen": 2,
        "left_out": 0,
    }


def test_showing_many_takes_personal_details_out(cast, notice):
    done(SHOW, [asked(notice, "Ring 07700 900123?"), asked(notice, "When?")], cast.moderator)
    assert list(Voice.objects.order_by("pk").values_list("public_text", flat=True)) == [
        "Ring [a telephone number]?",
        "When?",
    ]


def test_row_decided_meanwhile_is_named_and_the_others_are_done(cast, notice):
    first, second = asked(notice), asked(notice)
    made = planned(SPAM, [first, second], cast.moderator)
    shown(first, cast.moderator)
    bulk.work(made.pk)
    assert statuses() == [Status.PUBLISHED, Status.HIDDEN]
    refused = made.items.get(state=BulkState.REFUSED)
    assert refused.voice_id == first.pk
    assert "Molly Reed published this at" in refused.why


def test_same_form_twice_decides_once(cast, notice):
    voices, key = [asked(notice), asked(notice)], uuid.uuid4()
    first, second = (planned(SPAM, voices, cast.moderator, key) for _time in range(2))
    bulk.work(first.pk)
    bulk.work(second.pk)
    assert first == second
    assert list(Voice.objects.values_list("version", flat=True)) == [2, 2]
    assert Event.objects.filter(action="bulk.decided").count() == 1


def test_form_of_somebody_else_is_refused(cast, notice):
    voices, key = [asked(notice)], uuid.uuid4()
    planned(SPAM, voices, cast.moderator, key)
    with pytest.raises(Refused, match="Somebody else"):
        planned(SPAM, voices, factories.member(cast.team, "moderator"), key)


@pytest.mark.parametrize(
    ("what", "number", "words"),
    [
        (SPAM, 0, "Nothing was chosen"),
        (What.hide("because"), 1, "Choose why"),
        (SPAM, 3, "Not more than 2 at once"),
    ],
)
def test_what_cannot_be_planned(cast, notice, monkeypatch, what, number, words):
    monkeypatch.setattr(bulk, "MOST", 2)
    with pytest.raises(Refused, match=words):
        planned(what, [asked(notice) for _row in range(number)], cast.moderator)
    assert not BulkDecision.objects.exists()


def test_worker_that_stopped_in_the_middle_is_followed_by_the_next(cast, notice):
    made = planned(SPAM, [asked(notice) for _row in range(5)], cast.moderator)
    assert bulk.work(made.pk, most=2) is False
    assert states(made).count(BulkState.DONE) == 2
    for pk in bulk.unfinished():
        tasks.work_on_bulk(pk)
    assert states(made) == [BulkState.DONE] * 5
    assert Event.objects.filter(action="question.hidden").count() == 5
    assert list(bulk.unfinished()) == []


def test_who_lost_the_role_decides_nothing_more(cast, notice):
    made = planned(SPAM, [asked(notice)], cast.moderator)
    cast.moderator.memberships.all().delete()
    bulk.work(made.pk)
    assert statuses() == [Status.WAITING]


# Undoing


def test_undo_gives_back_what_nobody_decided_since(cast, notice):
    first, second = asked(notice), asked(notice)
    made = done(SPAM, [first, second], cast.moderator)
    again = moderation.undo(Voice.objects.get(pk=first.pk), by=cast.moderator, seen_version=2)
    shown(again, cast.moderator)
    bulk.undo(made, by=cast.moderator)
    bulk.work(made.pk)
    assert statuses() == [Status.PUBLISHED, Status.WAITING]
    assert states(made) == [BulkState.KEPT, BulkState.UNDONE]
    assert "Molly Reed published this at" in made.items.get(state=BulkState.KEPT).why


def test_undo_twice_is_undo_once(cast, notice):
    made = done(SPAM, [asked(notice)], cast.moderator)
    for _time in range(2):
        bulk.undo(made, by=cast.moderator)
        bulk.work(made.pk)
    assert list(Voice.objects.values_list("version", "status")) == [(3, Status.WAITING)]
    assert Event.objects.filter(action="bulk.undone").count() == 1


def test_undo_before_the_end_leaves_the_rest_undecided(cast, notice):
    made = planned(SPAM, [asked(notice), asked(notice)], cast.moderator)
    bulk.work(made.pk, most=1)
    bulk.undo(made, by=cast.moderator)
    bulk.work(made.pk)
    assert statuses() == [Status.WAITING, Status.WAITING]
    assert sorted(states(made)) == [BulkState.REFUSED, BulkState.UNDONE]


def test_nobody_undoes_what_somebody_else_decided(cast, notice):
    made = done(SPAM, [asked(notice)], cast.moderator)
    with pytest.raises(Refused):
        bulk.undo(made, by=factories.member(cast.team, "moderator"))
    assert statuses() == [Status.HIDDEN]


# The pages


def confirmed(html):
    """Return the hidden fields of the page that asks for a yes."""
    fields = re.findall(r'<input type="hidden" name="(what|key|seen)" value="([^"]*)"', html)
    return dict(fields)


def test_ticked_rows_are_confirmed_decided_and_undone(cast, notice, as_):
    first, second = asked(notice, "First?"), asked(notice, "Second?")
    client = as_(cast.moderator)
    address = f"/staff/inbox/many/?row={first.reference}&row={second.reference}&what=spam"
    sent = client.post(reverse("inbox:bulk_decide"), confirmed(client.get(address).content.decode()))
    assert statuses() == [Status.HIDDEN, Status.HIDDEN]
    assert "2 hidden" in client.get(sent.url).content.decode()
    assert "Look at it or undo it" in client.get("/staff/inbox/").content.decode()
    made = BulkDecision.objects.get()
    back = client.post(reverse("inbox:bulk_undo", args=[made.pk]), follow=True)
    assert statuses() == [Status.WAITING, Status.WAITING]
    assert "2 back in the queue" in back.content.decode()
    assert "Look at it or undo it" not in client.get("/staff/inbox/").content.decode()


def test_second_moderator_is_told_on_the_page(cast, notice, as_):
    voice, client = asked(notice), as_(cast.moderator)
    fields = confirmed(client.get(f"/staff/inbox/many/?row={voice.reference}&what=show").content.decode())
    other = factories.member(cast.team, "moderator", "Tom Field")
    moderation.hide(voice, by=other, seen_version=1, reason="abusive")
    html = client.post(reverse("inbox:bulk_decide"), fields, follow=True).content.decode()
    assert "1 was not decided" in html
    assert "Tom Field hid this at" in html


def test_form_sent_twice_leads_to_the_same_page(cast, notice, as_):
    voice, client = asked(notice), as_(cast.moderator)
    fields = confirmed(client.get(f"/staff/inbox/many/?row={voice.reference}&what=show").content.decode())
    answers = [client.post(reverse("inbox:bulk_decide"), fields).url for _time in range(2)]
    assert answers[0] == answers[1]
    assert Voice.objects.get().version == 2


@pytest.mark.parametrize(
    "change",
    [{"seen": "nonsense"}, {"seen": ""}, {"what": "burn"}, {"key": "1"}, {"seen": "Q-ZZZZZ:1"}],
)
def test_form_that_makes_no_sense_decides_nothing(cast, notice, as_, change):
    voice = asked(notice)
    fields = {"what": "spam", "key": str(uuid.uuid4()), "seen": f"{voice.reference}:1", **change}
    answer = as_(cast.moderator).post(reverse("inbox:bulk_decide"), fields)
    assert (answer.status_code, answer.url) == (302, "/staff/inbox/")
    assert statuses() == [Status.WAITING]


def test_all_that_wait_in_the_list_are_chosen_and_no_others(cast, notice, as_):
    asked(notice, "When is the bus back?"), shown(asked(notice, "Which bus?"), cast.moderator)
    asked(notice, "Where is the tap?")
    html = as_(cast.moderator).get("/staff/inbox/many/?all=1&state=to_do&q=bus&what=spam").content.decode()
    assert re.findall(r"<h1>(.*?)</h1>", html) == ["Hide 1"]


def test_list_says_how_often_the_same_words_wait(cast, notice, as_):
    voices = [told(notice, POSTCARD) for _copy in range(3)]
    client = as_(cast.moderator)
    assert "The same words wait 3 times: decide once" in client.get("/staff/inbox/").content.decode()
    item = client.get(reverse("inbox:item", args=[voices[0].reference])).content.decode()
    assert "Decide about all of them once" in item
    html = client.get(f"/staff/inbox/many/?same={voices[0].reference}&what=show").content.decode()
    assert "3 times in exactly these words" in html
    assert "Show 3 to residents" in html


@pytest.mark.parametrize("query", ["", "row=Q-ZZZZZ", "all=1&q=nothing-like-it"])
def test_nothing_ticked_says_what_to_do(as_, cast, notice, query):
    html = as_(cast.moderator).get(f"/staff/inbox/many/?{query}").content.decode()
    assert "Nothing was ticked" in html


@pytest.mark.parametrize(("who", "status"), [("moderator", 200), ("author", 403), ("lead", 403)])
def test_who_decides_about_many(as_, cast, who, status):
    assert as_(getattr(cast, who)).get("/staff/inbox/many/").status_code == status


def test_result_is_for_whoever_decided(as_, cast, notice):
    made = done(SPAM, [asked(notice)], cast.moderator)
    other = factories.member(cast.team, "moderator")
    assert as_(other).get(reverse("inbox:bulk_result", args=[made.pk])).status_code == 404


@pytest.mark.parametrize("page", ["confirm", "result", "list"])
def test_pages_ask_as_many_queries_for_thirty_rows_as_for_one(cast, notice, as_, page):
    client, counts = as_(cast.moderator), []
    for number in (1, 30):
        voices = [asked(notice, f"Question {number} {row}?") for row in range(number)]
        rows = "&".join(f"row={each.reference}" for each in voices)
        made = done(SPAM, voices, cast.moderator) if page == "result" else None
        address = {
            "confirm": f"/staff/inbox/many/?what=spam&{rows}",
            "result": reverse("inbox:bulk_result", args=[made.pk]) if made else "",
            "list": "/staff/inbox/",
        }[page]
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.postgres
@pytest.mark.usefixtures("postgres_url")
@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_do_each_row_once(cast, notice):
    made = planned(SPAM, [asked(notice) for _row in range(8)], cast.moderator)
    barrier = threading.Barrier(2)

    def go() -> None:
        try:
            barrier.wait(10)
            bulk.work(made.pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=go) for _worker in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    bulk.work(made.pk)
    assert set(BulkItem.objects.values_list("state", "version")) == {(BulkState.DONE, 2)}
    assert Event.objects.filter(action="question.hidden").count() == 8
