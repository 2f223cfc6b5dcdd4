"""The accounts' pages: who sees them, connecting, stopping, letting go; the same cost for many."""

import pytest
from django.urls import reverse

from outbox.enums import Status
from social.delivery import deliver_one
from social.models import Account, SandboxPost
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


def page(client, person, name, *args, **more):
    sign_in(client, person)
    return client.get(reverse(name, args=args), **more)


@pytest.mark.parametrize("who", ["author", "approver", "lead"])
def test_accounts_are_shown_to_whom_they_concern(client, cast, mine, who):
    shown = page(client, getattr(cast, who), "social:accounts").content.decode()

    assert "riverbank-water" in shown
    assert ("Connect an account" in shown) == (who == "lead")


@pytest.mark.parametrize("who", ["moderator", "councillor", "administrator"])
def test_others_do_not_see_accounts(client, cast, mine, who):
    assert page(client, getattr(cast, who), "social:accounts").status_code == 403


def test_another_teams_account_is_not_found(client, cast, mine):
    assert page(client, cast.outsider, "social:account", mine.pk).status_code == 404
    assert client.post(reverse("social:stop", args=[mine.pk]), {"reason": "No."}).status_code == 404


def test_without_accounts_the_lead_is_asked_to_connect_one(client, cast):
    shown = page(client, cast.lead, "social:accounts").content.decode()

    assert "No account is connected" in shown
    assert reverse("social:connect") in shown


def test_the_board_costs_the_same_for_many(client, cast, mine, django_assert_max_num_queries):
    sign_in(client, cast.lead)
    client.get(reverse("social:accounts"))
    for number in range(12):
        other = account(handle=f"more-{number}")
        other.teams.add(cast.team)
        row(Status.FAILED, account=other)

    with django_assert_max_num_queries(20):
        shown = client.get(reverse("social:accounts")).content.decode()
    assert shown.count("1 failed") == 12


@pytest.mark.parametrize("name", ["connect", "ask_release", "teams", "disconnect", "check"])
def test_only_the_lead_manages(client, cast, mine, name):
    sign_in(client, cast.author)
    args = [] if name == "connect" else [mine.pk]
    ask = client.post if name == "check" else client.get

    assert ask(reverse(f"social:{name}", args=args)).status_code == 403


@pytest.mark.parametrize("name", ["ask_release", "teams", "disconnect"])
def test_managing_asks_for_the_second_factor_again(client, cast, mine, name):
    sign_in(client, cast.lead, factor_age=STALE)

    answer = client.post(reverse(f"social:{name}", args=[mine.pk]), {"note": "Fine."})

    assert answer.status_code == 302
    assert "reauthenticate" in answer["Location"]
    mine.refresh_from_db()
    assert mine.disconnected_at is None


def test_a_secret_never_waits_in_the_session(client, cast):
    sign_in(client, cast.lead, factor_age=STALE)
    client.post(
        reverse("social:connect_to", args=["bluesky"]), {"handle": "riverbank", "secret": "app-pass-word"}
    )

    kept = str(dict(client.session))
    assert "riverbank" in kept
    assert "app-pass-word" not in kept


def test_connecting_on_the_practice_network(client, cast):
    sign_in(client, cast.lead)

    client.post(
        reverse("social:connect_to", args=["sandbox"]), {"handle": "riverbank-parks", "teams": [cast.team.pk]}
    )

    made = Account.objects.get()
    assert (made.handle, list(made.teams.all()), made.connected_by) == (
        "riverbank-parks",
        [cast.team],
        cast.lead,
    )


def test_a_strange_name_on_the_practice_network_is_refused(client, cast):
    sign_in(client, cast.lead)

    answer = client.post(
        reverse("social:connect_to", args=["sandbox"]), {"handle": "a/b", "teams": [cast.team.pk]}
    )

    assert "Use small letters, figures and hyphens only." in answer.content.decode()
    assert not Account.objects.exists()


def test_connecting_mastodon(client, cast, mastodon):
    sign_in(client, cast.lead)
    typed = {"base_url": f"{mastodon.base_url}/about", "handle": "x", "secret": mastodon.token}

    client.post(reverse("social:connect_to", args=["mastodon"]), {**typed, "teams": [cast.team.pk]})

    assert Account.objects.get().base_url == mastodon.base_url


def test_a_refusal_keeps_what_was_typed_but_not_the_secret(client, cast, mastodon):
    sign_in(client, cast.lead)
    typed = {"base_url": mastodon.base_url, "handle": "council", "secret": "wrong-token"}

    answer = client.post(reverse("social:connect_to", args=["mastodon"]), {**typed, "teams": [cast.team.pk]})

    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "does not accept the access token" in shown
    assert "What you typed here was not kept. Type it again." in shown
    assert 'value="council"' in shown
    assert "wrong-token" not in shown
    assert not Account.objects.exists()


def test_connecting_again_starts_from_what_is_known(client, cast):
    known = account("mastodon", base_url="https://social.example", handle="council")
    known.teams.add(cast.team)
    sign_in(client, cast.lead)
    address = reverse("social:connect_to", args=["mastodon"])

    shown = client.get(f"{address}?account={known.pk}").content.decode()

    assert 'value="https://social.example"' in shown
    assert 'value="council"' in shown
    assert "checked" in shown
    assert client.get(f"{address}?account=99999999999999999999").status_code == 200


def test_an_unreachable_server_is_said_in_plain_words(client, cast):
    sign_in(client, cast.lead)
    typed = {"base_url": "http://127.0.0.1:9", "handle": "council", "secret": "token"}

    answer = client.post(reverse("social:connect_to", args=["mastodon"]), {**typed, "teams": [cast.team.pk]})

    assert "The server could not be reached" in answer.content.decode()


def test_the_practice_network_is_not_offered_where_it_is_off(client, cast, settings):
    settings.SANDBOX_NETWORK = False

    assert page(client, cast.lead, "social:connect_to", "sandbox").status_code == 404


@pytest.mark.parametrize("who", ["author", "approver", "lead"])
def test_stopping_an_account_stops_what_waits(client, cast, mine, who):
    waiting = row(account=mine)
    sign_in(client, getattr(cast, who))

    client.post(reverse("social:stop", args=[mine.pk]), {"reason": "A post we did not make."})

    assert deliver_one(waiting.pk) is None
    assert not SandboxPost.objects.exists()
    mine.refresh_from_db()
    assert (mine.locked_by, mine.locked_reason) == (getattr(cast, who), "A post we did not make.")


def test_stopping_in_a_hurry_needs_no_reason(client, cast, mine):
    sign_in(client, cast.author)

    client.post(reverse("social:stop", args=[mine.pk]))

    mine.refresh_from_db()
    assert mine.locked_reason == "Stopped in a hurry; no reason was given."


def test_disconnecting_forgets_the_credentials(client, cast, mine):
    sign_in(client, cast.lead)

    client.post(reverse("social:disconnect", args=[mine.pk]))

    mine.refresh_from_db()
    assert (bytes(mine.sealed_secrets), mine.disconnected_at is None) == (b"", False)


def test_checking_says_that_it_is_well(client, cast, mine):
    sign_in(client, cast.lead)

    shown = client.post(reverse("social:check", args=[mine.pk]), follow=True).content.decode()

    assert "The platform answered: the account can post." in shown


@pytest.mark.parametrize("who", ["author", "approver", "lead"])
def test_one_press_stops_all_posting(client, cast, mine, who):
    other = account(handle="theirs")
    other.teams.add(factories.team("Elsewhere"))
    sign_in(client, getattr(cast, who), factor_age=STALE)

    client.post(reverse("social:stop_all"))

    assert not Account.objects.may_send().exists()


def test_stopping_all_needs_no_broker(client, cast, mine, settings):
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:9/0"
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:9/0",
        }
    }
    sign_in(client, cast.author)

    answer = client.post(reverse("social:stop_all"), {"reason": "Drill."}, follow=True)

    assert answer.status_code == 200
    mine.refresh_from_db()
    assert mine.locked_reason == "Drill."


@pytest.mark.parametrize("who", ["moderator", "councillor", "administrator"])
def test_others_may_not_stop_everything(client, cast, mine, who):
    sign_in(client, getattr(cast, who))

    assert client.post(reverse("social:stop_all")).status_code == 403


def test_every_staff_page_leads_to_the_stop(client, cast, mine):
    shown = page(client, cast.approver, "desk:home").content.decode()

    assert f'href="{reverse("social:stop_all")}" class="cp-nav__danger"' in shown


def test_a_filter_that_makes_no_sense_shows_everything(client, cast, mine):
    row(Status.SENT, account=mine)
    sign_in(client, cast.lead)
    address = reverse("social:account", args=[mine.pk])

    assert "see the post" not in client.get(f"{address}?state=failed").content.decode().lower()
    assert "edition 1" in client.get(f"{address}?state=nonsense&page=x").content.decode()
    assert "edition 1" not in client.get(f"{address}?state=failed").content.decode()
