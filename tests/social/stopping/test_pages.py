"""The pages of the ladder and of the steps for two: who sees what, one press, a stale second factor."""

import pytest
from django.urls import reverse

from social import locks
from social.enums import IncidentKind, Step
from social.models import Account, Incident, Proposal
from social.stopping import proposals
from tests import factories
from tests.accounts.signing_in import sign_in
from tests.outbox.rows import account, row

pytestmark = pytest.mark.django_db
STALE = 16 * 60


@pytest.fixture
def mine(cast):
    """An account of the cast's team."""
    made = account(handle="riverbank-water")
    made.teams.add(cast.team)
    return made


@pytest.fixture
def asked(cast, mine):
    """A release somebody has asked for."""
    locks.lock(mine, by=cast.author, reason="A post we did not make.")
    return proposals.ask(mine, Step.RELEASE, by=cast.lead, note="It was our intern.")


@pytest.mark.parametrize(("name", "level"), [("stop", "hold"), ("lock", "lock")])
@pytest.mark.parametrize("who", ["author", "approver", "lead"])
def test_one_press_on_the_ladder_stops_even_with_a_stale_second_factor(client, cast, mine, who, name, level):
    sign_in(client, getattr(cast, who), factor_age=STALE)
    ladder = client.get(reverse("social:care", args=[mine.pk])).content.decode()
    assert f'action="{reverse(f"social:{name}", args=[mine.pk])}"' in ladder

    answer = client.post(reverse(f"social:{name}", args=[mine.pk]))

    assert answer["Location"] == reverse("social:care", args=[mine.pk])
    mine.refresh_from_db()
    assert mine.stop_level == level


@pytest.mark.parametrize("who", ["moderator", "councillor", "administrator", "outsider"])
def test_others_do_not_stop_it(client, cast, mine, who):
    sign_in(client, getattr(cast, who))

    assert client.post(reverse("social:lock", args=[mine.pk])).status_code in {403, 404}
    mine.refresh_from_db()
    assert mine.locked_at is None


def test_a_release_goes_through_two_people_on_the_pages(client, cast, mine):
    locks.lock(mine, by=cast.author, reason="A post we did not make.")
    sign_in(client, cast.lead)
    client.post(reverse("social:ask_release", args=[mine.pk]), {"note": "It was our intern."})
    asked = Proposal.objects.get()
    assert client.post(reverse("social:agree", args=[asked.pk])).status_code == 409
    assert Account.objects.get().locked_at

    sign_in(client, cast.administrator)
    shown = client.post(reverse("social:agree", args=[asked.pk]), follow=True).content.decode()

    assert "Ada Min agreed" in shown
    assert Account.objects.get().may_send


@pytest.mark.parametrize("name", ["agree", "refuse"])
def test_deciding_with_a_stale_second_factor_asks_for_it_and_does_nothing(client, cast, asked, name):
    sign_in(client, cast.administrator, factor_age=STALE)

    answer = client.post(reverse(f"social:{name}", args=[asked.pk]), {"note": "No."})

    assert "reauthenticate" in answer["Location"]
    asked.refresh_from_db()
    assert asked.decided_at is None


@pytest.mark.parametrize("name", ["ask_release", "ask_revoke", "warn_in_own_words", "end_warning"])
def test_asking_needs_a_fresh_second_factor(client, cast, mine, name):
    sign_in(client, cast.lead, factor_age=STALE)

    answer = client.post(reverse(f"social:{name}", args=[mine.pk]), {"note": "Please.", "text": "Hm."})

    assert "reauthenticate" in answer["Location"]
    mine.refresh_from_db()
    assert (Proposal.objects.count(), mine.public_warning) == (0, "")


def test_the_second_person_sees_what_they_need(client, cast, asked, mine):
    row(account=mine)
    Incident.objects.create(account=mine, kind=IncidentKind.PROFILE, summary="The link was changed.")
    sign_in(client, cast.administrator)

    shown = client.get(reverse("social:proposal", args=[asked.pk])).content.decode()

    for words in (
        "Carla Lindqvist asks",
        "It was our intern.",
        "A post we did not make.",
        "Amira Shah stopped it.",
        "The link was changed.",
        "What waited comes back held",
        "I have looked, and I agree",
    ):
        assert words in shown


def test_whoever_asked_is_told_that_somebody_else_must_agree(client, cast, asked):
    sign_in(client, cast.lead)

    shown = client.get(reverse("social:proposal", args=[asked.pk])).content.decode()

    assert "You asked for this. Somebody else has to look at it and agree." in shown
    assert "I have looked, and I agree" not in shown


def test_an_open_incident_stands_in_the_way_in_plain_words(client, cast, mine):
    locks.lock(mine, by=None, reason="A post we did not make.")
    Incident.objects.create(account=mine, kind=IncidentKind.UNKNOWN_POST, summary="Free money!")
    sign_in(client, cast.lead)

    shown = client.post(reverse("social:ask_release", args=[mine.pk]), {"note": "Typed words."})

    assert "1 incident of this account is open. Say what it was first." in shown.content.decode()
    assert "Typed words." in shown.content.decode()


def test_the_list_says_when_nothing_waits(client, cast):
    sign_in(client, cast.administrator)

    assert "Nothing waits for a second person" in client.get(reverse("social:proposals")).content.decode()


@pytest.mark.parametrize("who", ["author", "moderator", "councillor", "outsider"])
def test_steps_for_two_are_for_leads_and_administrators(client, cast, asked, who):
    sign_in(client, getattr(cast, who))

    assert client.get(reverse("social:proposals")).status_code == 403
    assert client.post(reverse("social:agree", args=[asked.pk])).status_code == 403


def test_refusing_keeps_the_reason(client, cast, asked):
    sign_in(client, cast.administrator)

    client.post(reverse("social:refuse", args=[asked.pk]), {"note": "Ask the intern first."})

    asked.refresh_from_db()
    assert (asked.is_agreed, asked.result, asked.decided_by) == (
        False,
        "Ask the intern first.",
        cast.administrator,
    )


def test_another_lead_of_no_team_of_the_account_may_agree(client, cast, asked):
    other = factories.member(factories.team("Elsewhere"), "communications_lead", "Lena Other")
    sign_in(client, other)

    client.post(reverse("social:agree", args=[asked.pk]))

    assert Account.objects.get().may_send


@pytest.mark.parametrize(("who", "sees"), [("administrator", True), ("lead", False), ("author", False)])
def test_the_desk_shows_what_waits_for_the_second_person(client, cast, asked, who, sees):
    sign_in(client, getattr(cast, who))

    shown = client.get(reverse("desk:home")).content.decode()

    assert ("A second person is needed" in shown) == sees
