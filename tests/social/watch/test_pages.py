"""The incidents' pages and the list of who is called: who sees what, what a press does."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from outbox.enums import Status
from social.enums import IncidentKind
from social.models import Alarm, Incident, KnownPost, OnCallContact
from social.watch import incidents, listing
from social.watch.incidents import Clue, Finding
from tests.accounts.signing_in import sign_in
from tests.social.watch.seeing import is_locked

pytestmark = pytest.mark.django_db
WORDS = "FREE £500 refund <script>alert(1)</script>"


@pytest.fixture
def opened(cast, mine):
    """An open incident on an account of the cast's team."""
    mine.teams.add(cast.team)
    clue = Clue("The post as it was seen", WORDS, {"text": WORDS})
    return incidents.open_one(
        mine,
        Finding(IncidentKind.UNKNOWN_POST, "Not made by the portal.", "p1", stops=True, clues=[clue]),
    )


def page(client, who, name, *args, **query):
    sign_in(client, who)
    return client.get(reverse(f"social:{name}", args=args), query)


def press(client, who, route, /, *args, **typed):
    sign_in(client, who)
    return client.post(reverse(f"social:{route}", args=args), typed)


@pytest.mark.parametrize("who", ["author", "approver", "lead", "administrator"])
def test_an_incident_shows_the_words_the_stop_and_what_to_do(client, cast, opened, who):
    answer = page(client, getattr(cast, who), "incident", opened.pk)

    text = answer.content.decode()
    assert "FREE £500 refund &lt;script&gt;" in text
    assert "<script>alert" not in text
    assert "The account is stopped" in text
    assert opened.evidence.get().sha256 in text
    assert ("Close the incident" in text) is (who in {"lead", "administrator"})


def test_an_account_of_another_team_is_none_of_an_authors_business(client, cast, opened):
    opened.account.teams.clear()

    shown = page(client, cast.author, "incident", opened.pk).status_code
    listed = page(client, cast.author, "incidents").context["page"].object_list

    assert (shown, list(listed)) == (404, [])
    assert page(client, cast.lead, "incident", opened.pk).status_code == 200


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({}, 1),
        ({"state": "open"}, 1),
        ({"state": "closed"}, 0),
        ({"channel": "sandbox"}, 1),
        ({"channel": "x"}, 0),
        ({"kind": "silence"}, 0),
        ({"kind": "nonsense"}, 1),
    ],
)
def test_the_list_is_narrowed_by_state_platform_and_kind(client, cast, opened, query, count):
    assert len(page(client, cast.lead, "incidents", **query).context["page"].object_list) == count


@pytest.mark.parametrize("who", ["lead", "administrator"])
def test_a_lead_or_an_administrator_closes_and_nothing_is_let_go(client, cast, opened, who):
    press(client, getattr(cast, who), "incident_close", opened.pk, outcome="hijack", note="Password changed.")

    opened.refresh_from_db()
    assert (opened.outcome, opened.closing_note) == ("hijack", "Password changed.")
    assert is_locked(opened.account)


def test_closing_with_a_stale_second_factor_asks_for_it_and_does_nothing(client, cast, opened):
    sign_in(client, cast.lead, factor_age=16 * 60)

    answer = client.post(
        reverse("social:incident_close", args=[opened.pk]), {"outcome": "ours", "note": "Me."}
    )

    assert "reauthenticate" in answer["Location"]
    assert not KnownPost.objects.exists()


def test_an_author_closes_nothing(client, cast, opened):
    answer = press(client, cast.author, "incident_close", opened.pk, outcome="ours", note="It was me.")

    opened.refresh_from_db()
    assert (answer.status_code, opened.closed_at) == (403, None)


def test_a_post_called_ours_is_known_from_then_on(client, cast, opened):
    press(client, cast.lead, "incident_close", opened.pk, outcome="ours", note="Posted by hand.")

    assert KnownPost.objects.get().remote_id == "p1"


def test_closing_without_saying_what_it_was_keeps_what_was_typed(client, cast, opened):
    answer = press(client, cast.lead, "incident_close", opened.pk, note="Half a thought")

    assert "Say what it was." in answer.content.decode()
    assert "Half a thought" in answer.content.decode()
    assert Incident.objects.get().closed_at is None


def test_what_somebody_else_closed_meanwhile_stays_as_they_said(client, cast, opened):
    incidents.close(opened, by=cast.administrator, outcome="platform", note="Theirs.")

    press(client, cast.lead, "incident_close", opened.pk, outcome="hijack", note="Mine.")

    assert Incident.objects.get().closing_note == "Theirs."


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (Status.SENT, "Duty was called by e-mail."),
        (Status.QUEUED, "Duty is being called by e-mail. Why."),
        (Status.FAILED, "Duty could not be called by e-mail: Why."),
        (Status.CANCELLED, "Duty would be called by e-mail. Why."),
    ],
)
def test_the_story_says_what_became_of_each_call(opened, status, words):
    OnCallContact.objects.update(name="Duty")
    known = {"remote_id": "m1"} if status == Status.SENT else {}
    Alarm.objects.update(status=status, last_error="Why.", **known)

    assert listing.moments_of(opened)[-1].words == words


def test_the_story_says_how_soon_it_was_noticed(opened):
    opened.happened_at = opened.opened_at - timedelta(seconds=31)

    story = [moment.words for moment in listing.moments_of(opened)][:2]

    assert story == ["It happened, by the platform’s clock.", "The watch noticed it 31 seconds later."]


def test_an_incident_that_called_nobody_says_why(cast, opened):
    second = incidents.open_one(
        opened.account, Finding(IncidentKind.UNKNOWN_POST, "One more.", "p2", stops=True)
    )

    assert "People on duty had just been called about this account." in [
        moment.words for moment in listing.moments_of(second)
    ]


def test_a_signing_secret_is_shown_once_and_stored_sealed(client, cast):
    answer = press(
        client, cast.lead, "on_call", name="Pager", webhook_url="https://pager.example/hook", email=""
    )

    [secret] = re.findall(r'<code class="cp-unbroken">([^<]+)</code>', answer.content.decode())
    stored = OnCallContact.objects.get()
    assert secret.encode() not in bytes(stored.sealed_secret)
    assert secret not in page(client, cast.lead, "on_call").content.decode()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": "", "email": "a@riverbank.example"}, "Say who is called"),
        ({"name": "Duty"}, "Give an e-mail address, a webhook, or both."),
        ({"name": "Duty", "webhook_url": "http://pager.example/"}, "must begin with https://"),
        ({"name": "Duty", "email": "nonsense"}, "Enter"),
    ],
)
def test_somebody_who_cannot_be_called_is_not_put_on_the_list(client, cast, typed, sentence):
    answer = press(client, cast.lead, "on_call", **typed)

    assert sentence in answer.content.decode()
    assert not OnCallContact.objects.exists()


def test_a_test_call_and_taking_off_are_one_press_each(client, cast):
    press(client, cast.lead, "on_call", name="Duty", email="duty@riverbank.example")
    contact = OnCallContact.objects.get()

    press(client, cast.lead, "on_call_try", contact.pk)
    press(client, cast.lead, "on_call_remove", contact.pk)

    contact.refresh_from_db()
    assert Alarm.objects.get().reason == "test"
    assert contact.removed_at is not None


@pytest.mark.parametrize("who", ["author", "approver", "moderator"])
def test_only_leads_and_administrators_see_who_is_called(client, cast, who):
    assert page(client, getattr(cast, who), "on_call").status_code == 403


def test_the_desk_shows_open_incidents_first_and_closed_ones_not(client, cast, opened):
    sign_in(client, cast.lead)
    before = client.get(reverse("desk:home")).content.decode()
    Incident.objects.update(closed_at=timezone.now(), outcome="hijack")

    assert "Open incidents" in before
    assert "Open incidents" not in client.get(reverse("desk:home")).content.decode()
