"""The drills' pages: who starts, who looks on, what the report says."""

import pytest
from django.urls import reverse

from social.drills import rehearsal
from social.models import Drill
from tests.accounts.signing_in import sign_in
from tests.outbox.rows import account

pytestmark = pytest.mark.django_db
STALE = 16 * 60


@pytest.fixture
def mine(cast):
    """A practice account."""
    return account(handle="riverbank-practice", remote_account_id="riverbank-practice")


def test_the_list_says_what_to_do_when_there_is_none(client, cast):
    sign_in(client, cast.lead)

    shown = client.get(reverse("social:drills")).content.decode()

    assert "No drill was held yet" in shown
    assert reverse("social:drill_start") in shown


@pytest.mark.parametrize(("who", "status"), [("author", 403), ("administrator", 403), ("lead", 302)])
def test_only_the_lead_starts_one(client, cast, mine, who, status):
    sign_in(client, getattr(cast, who))

    answer = client.post(reverse("social:drill_start"), {"account": mine.pk})

    assert (answer.status_code, Drill.objects.exists()) == (status, who == "lead")


def test_starting_asks_for_a_fresh_second_factor(client, cast, mine):
    sign_in(client, cast.lead, factor_age=STALE)

    answer = client.post(reverse("social:drill_start"), {"account": mine.pk})

    assert "reauthenticate" in answer["Location"]
    assert not Drill.objects.exists()


def test_a_real_account_is_not_offered(client, cast, mine):
    real = account("bluesky", handle="riverbank.example")
    sign_in(client, cast.lead)

    answer = client.post(reverse("social:drill_start"), {"account": real.pk})

    assert answer.status_code == 200
    assert "Bluesky: riverbank.example" not in client.get(reverse("social:drill_start")).content.decode()
    assert not Drill.objects.exists()


def test_the_page_says_what_to_do_next_and_then_reports(client, cast, mine):
    drill = rehearsal.start(mine, by=cast.lead)
    sign_in(client, cast.lead)
    address = reverse("social:drill", args=[drill.pk])
    assert "the watch has not noticed the post yet" in client.get(address).content.decode()

    client.post(reverse("social:drill_end", args=[drill.pk]), {"note": "The watch was off."})

    shown = client.get(address).content.decode()
    assert "Broken off" in shown
    assert "The watch was off." in shown
    assert "not done" in shown
