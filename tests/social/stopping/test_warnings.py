"""Warning residents: on every public page at once, ended by a lead; the portal itself goes on."""

import pytest
from django.urls import reverse

from social import locks
from social.models import Account, Drill
from social.stopping import warnings
from tests import factories
from tests.accounts.signing_in import sign_in
from tests.outbox.rows import account

pytestmark = pytest.mark.django_db
STALE = 16 * 60
PUBLIC = ("updates:home", "updates:list", "genuine:verify", "genuine:accounts")


@pytest.fixture
def mine(cast):
    """An account of the cast's team."""
    made = account(handle="riverbank-water")
    made.teams.add(cast.team)
    return made


@pytest.mark.parametrize("name", PUBLIC)
def test_every_residents_page_says_so(client, cast, mine, name):
    assert "Do not trust it." not in client.get(reverse(name)).content.decode()

    warnings.tell(mine, "Do not trust it.", by=cast.lead)

    assert "Do not trust it." in client.get(reverse(name)).content.decode()
    warnings.end(mine, by=cast.lead)
    assert "Do not trust it." not in client.get(reverse(name)).content.decode()


def test_words_are_shown_as_words(client, cast, mine):
    warnings.tell(mine, "<script>alert(1)</script>", by=cast.lead)

    shown = client.get(reverse("updates:home")).content.decode()

    assert "<script>alert(1)" not in shown
    assert "&lt;script&gt;alert(1)" in shown


@pytest.mark.parametrize("who", ["author", "approver", "lead"])
def test_one_press_warns_with_the_ready_made_words(client, cast, mine, who):
    sign_in(client, getattr(cast, who), factor_age=STALE)

    client.post(reverse("social:warn", args=[mine.pk]))

    mine.refresh_from_db()
    assert mine.public_warning == warnings.standard_words(mine)


def test_own_words_are_the_leads(client, cast, mine):
    sign_in(client, cast.author)
    assert client.get(reverse("social:warn_in_own_words", args=[mine.pk])).status_code == 403
    sign_in(client, cast.lead)

    client.post(reverse("social:warn_in_own_words", args=[mine.pk]), {"text": "Our account was stolen."})

    mine.refresh_from_db()
    assert mine.public_warning == "Our account was stolen."


@pytest.mark.parametrize(("who", "status"), [("author", 403), ("lead", 302)])
def test_ending_a_warning_is_the_leads(client, cast, mine, who, status):
    warnings.tell(mine, "Do not trust it.", by=cast.lead)
    sign_in(client, getattr(cast, who))

    assert client.post(reverse("social:end_warning", args=[mine.pk])).status_code == status

    mine.refresh_from_db()
    assert bool(mine.public_warning) == (who == "author")


def test_stopping_everything_may_warn_about_everything(client, cast, mine):
    account(handle="other")
    sign_in(client, cast.author, factor_age=STALE)

    client.post(reverse("social:stop_all"), {"warns_residents": "on"})

    assert {(one.stop_level, bool(one.public_warning)) for one in Account.objects.all()} == {("lock", True)}


def test_stopping_everything_without_a_word_only_holds(client, cast, mine):
    sign_in(client, cast.author, factor_age=STALE)

    client.post(reverse("social:stop_all"))

    mine.refresh_from_db()
    assert (mine.stop_level, mine.public_warning) == ("hold", "")


def test_in_a_drill_no_resident_is_warned(client, cast, mine):
    Drill.objects.create(account=mine, started_by=cast.lead)
    sign_in(client, cast.lead)

    client.post(reverse("social:warn", args=[mine.pk]))

    mine.refresh_from_db()
    assert (mine.public_warning, Drill.objects.get().warning) == ("", warnings.standard_words(mine))
    for name in PUBLIC:
        assert "may not be under our control" not in client.get(reverse(name)).content.decode()


def test_publishing_goes_on_while_everything_is_stopped(client, cast, mine):
    locks.lock_all(by=cast.lead, reason="Hijacked.")
    warnings.tell_of_all(by=cast.lead)

    live = factories.published(cast, title="Burst main in Mill Lane")

    assert "Burst main in Mill Lane" in client.get(live.notice.get_absolute_url()).content.decode()
    assert live.deliveries.get().status == "queued"
