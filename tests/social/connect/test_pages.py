"""Connecting by signing in, through the pages: against the stand-ins of Facebook and X, and mastodon-mock."""

from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from django.urls import reverse

from social import account_care
from social.connect import apps
from social.enums import Channel, Step
from social.models import Account, PlatformApp, Proposal
from social.stopping import proposals
from tests.accounts.signing_in import sign_in

pytestmark = pytest.mark.django_db
STALE = 16 * 60


@pytest.fixture
def lead(client, cast):
    """The communications lead's browser."""
    sign_in(client, cast.lead)
    return client


def go(client, name, *args, data=None, **more):
    address = reverse(f"social:{name}", args=args)
    return client.post(address, data, **more) if data is not None else client.get(address, **more)


def said(response):
    return " ".join(str(message) for message in response.context["messages"])


def test_without_an_app_the_way_to_it_is_shown(lead, cast):
    page = go(lead, "sign_in", "facebook").content.decode()

    assert reverse("social:app", args=["facebook"]) in page


def test_the_app_is_kept_sealed_and_never_shown(lead):
    go(lead, "app", "x", data={"client_id": "our-app", "secret": "app-secret"})

    kept = PlatformApp.objects.get()
    assert (kept.client_id, b"app-secret" in bytes(kept.sealed_secret)) == ("our-app", False)
    assert apps.registration_of(kept).client_secret == "app-secret"
    assert "app-secret" not in go(lead, "app", "x").content.decode()


def test_going_on_leads_to_the_platform(lead, cast):
    apps.enter("x", "https://api.x.com", "our-app", "app-secret", by=cast.lead)

    response = go(lead, "sign_in", "x", data={"teams": [cast.team.pk]})

    assert response["Location"].startswith("https://x.com/i/oauth2/authorize?")
    assert Account.objects.count() == 0


def test_coming_back_without_agreeing_says_so(lead):
    response = lead.get(reverse("social:connected"), {"error": "access_denied"}, follow=True)

    assert "You did not agree on the platform" in said(response)


def test_coming_back_from_nowhere_says_so(lead):
    response = lead.get(reverse("social:connected"), {"state": "x", "code": "y"}, follow=True)

    assert "Start again" in said(response)
    assert "Start again" in said(lead.get(reverse("social:choose"), follow=True))


@pytest.mark.parametrize("name", ["connect", "choose", "connected"])
def test_only_the_lead_connects_and_with_a_fresh_second_factor(client, cast, name):
    sign_in(client, cast.author)
    assert go(client, name).status_code == 403

    sign_in(client, cast.lead, factor_age=STALE)
    assert "/accounts/" in go(client, name)["Location"]


def walked_through(lead, cast, channel, base_url):
    """Go to the platform, agree there as a person would, and come back; returns the page of choices."""
    left = go(lead, "sign_in", channel, data={"base_url": base_url, "teams": [cast.team.pk]})
    agreed = httpx.get(left["Location"], follow_redirects=False)
    return lead.get(agreed.headers["location"].removeprefix("https://riverbank.example"), follow=True)


def test_a_page_is_chosen_on_facebook_and_waits_for_a_second_person(lead, cast, graph, settings):
    settings.SOCIAL_SERVERS = {"facebook": graph.base_url}
    apps.enter("facebook", graph.base_url, graph.app_id, graph.app_secret, by=cast.lead)
    page, other = graph.make_page("riverbank"), graph.make_page("riverbank-parks")

    choices = walked_through(lead, cast, "facebook", graph.base_url).content.decode()
    assert page.id in choices and other.id in choices
    assert page.token not in choices
    assert Account.objects.count() == 0

    go(lead, "choose", data={"identity": page.id})
    made = Account.objects.get()
    assert (made.remote_account_id, made.confirmed_at, list(made.teams.all())) == (page.id, None, [cast.team])
    proposals.agree(proposals.open_about(made)[Step.CONNECT], by=cast.administrator)
    assert account_care.check(made.pk) is None
    assert "Start again" in said(lead.get(reverse("social:choose"), follow=True))


def test_an_account_on_x_comes_home_and_its_access_renews_itself(lead, cast, x_api, settings):
    settings.SOCIAL_SERVERS = {"x": x_api.base_url}
    apps.enter("x", x_api.base_url, x_api.client_id, x_api.client_secret, by=cast.lead)
    user = x_api.make_account("riverbank")

    choices = walked_through(lead, cast, "x", x_api.base_url)
    assert "riverbank" in choices.content.decode()
    go(lead, "choose", data={"identity": user.id})

    made = Account.objects.get()
    assert (made.handle, made.page_url) == (user.username, f"https://x.com/{user.username}")
    x_api.lapse(user)
    assert account_care.check(made.pk) is None


@pytest.mark.parametrize("main", ["SpareOur1234567x", "correct horse battery staple", "hunter2"])
def test_a_main_password_is_refused_before_it_is_used(lead, cast, main):
    given = {"base_url": "https://bsky.social", "handle": "riverbank.example", "secret": main}
    page = go(lead, "connect_to", "bluesky", data={**given, "teams": [cast.team.pk]}).content.decode()

    assert "This does not look like an app password" in page
    assert main not in page


def test_a_webhook_shows_its_secret_once_and_keeps_the_whole_address(lead, cast):
    address = "https://receiver.example/hooks/town?from=portal"
    given = {"base_url": address, "handle": "Town app", "secret": "", "teams": [cast.team.pk]}
    page = go(lead, "connect_to", "webhook", data=given).content.decode()

    made = Account.objects.get()
    from social.credentials import unseal

    assert (made.channel, made.base_url) == (Channel.WEBHOOK, address)
    assert unseal(made.sealed_secrets)["secret"] in page
    assert unseal(made.sealed_secrets)["secret"] not in go(lead, "account", made.pk).content.decode()
    assert Proposal.objects.filter(account=made, decided_at__isnull=True).count() == 1


def test_on_mastodon_the_app_registers_itself_and_one_account_comes_home(lead, cast, mastodon):
    left = go(lead, "sign_in", "mastodon", data={"base_url": mastodon.base_url, "teams": [cast.team.pk]})

    asked = parse_qs(urlsplit(left["Location"]).query)
    assert left["Location"].startswith(f"{mastodon.base_url}/oauth/authorize?")
    assert PlatformApp.objects.get().client_id == asked["client_id"][0]
