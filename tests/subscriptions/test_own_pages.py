"""A subscriber's own pages: change, pause, leave one or all, in one click, without an account or a cookie."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from subscriptions import leaving, links
from subscriptions.models import Subscriber, Subscription
from tests import factories

from .conftest import followed, subscriber

pytestmark = pytest.mark.django_db
ADDRESS = "jan@mail.example"


def path(url: str) -> str:
    return url.removeprefix("https://riverbank.example")


@pytest.fixture
def jan(db) -> Subscriber:
    """A subscriber to the borough and to one ward."""
    subscriber()
    return subscriber(ward=factories.ward("Farside"), cadence="daily")


def act(client, jan, action, value=""):
    return client.post(links.manage_path(jan), {"action": action, "value": value}, follow=True)


def test_own_page_lists_everything_and_is_named_to_nobody(client, jan):
    response = client.get(links.manage_path(jan))
    page = response.content.decode()

    assert "The whole borough" in page
    assert "Farside" in page
    assert "important notices" not in page
    assert "Once a day, at 7am." in page
    assert (response["Referrer-Policy"], response["X-Robots-Tag"]) == ("same-origin", "noindex, nofollow")
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("token", ["x", "0123:abc", "é"])
def test_forged_token_opens_nothing(client, jan, token):
    statuses = [client.get(f"/subscriptions/{way}{token}/").status_code for way in ("", "leave/")]

    assert statuses == [404, 404]


def test_token_for_leaving_does_not_open_the_own_page(client, jan):
    token = links.leave_url(jan, []).rstrip("/").rpartition("/")[2]

    assert client.get(f"/subscriptions/{token}/").status_code == 404


def test_leaving_one_keeps_the_other(client, jan):
    borough = jan.subscriptions.get(ward=None)
    page = act(client, jan, "leave", borough.pk).content.decode()

    assert "You no longer follow that." in page
    assert [each.label for each in followed(ADDRESS)] == ["Farside"]
    assert Subscriber.objects.get().is_active


def test_nobody_leaves_for_somebody_else(client, jan):
    other = subscriber("kim@mail.example").subscriptions.get()
    act(client, jan, "leave", other.pk)

    assert Subscription.objects.filter(pk=other.pk).exists()
    assert client.get(f"{links.manage_path(jan)}{other.pk}/").status_code == 404


def test_leaving_all_can_be_taken_back(client, jan):
    left = act(client, jan, "leave_all").content.decode()
    ended = Subscriber.objects.get().ended_why
    act(client, jan, "come_back")

    assert "You get no more e-mails from us." in left
    assert ended == "left"
    assert (Subscriber.objects.get().is_active, len(followed(ADDRESS))) == (True, 2)


def test_pause_ends_by_itself_or_by_a_button(client, jan):
    page = act(client, jan, "pause", 14).content.decode()
    paused = Subscriber.objects.get().paused_until_at
    act(client, jan, "resume")

    assert "Paused until" in page
    assert abs(paused - timezone.now() - timedelta(days=14)) < timedelta(minutes=1)
    assert Subscriber.objects.get().paused_until_at is None


@pytest.mark.parametrize(
    ("action", "value"), [("pause", "9999"), ("leave", "x"), ("leave", "9" * 40), ("delete", "1"), ("", "")]
)
def test_button_nobody_offered_does_nothing(client, jan, action, value):
    response = act(client, jan, action, value)

    assert response.status_code == 200
    assert (Subscriber.objects.get().is_active, len(followed(ADDRESS))) == (True, 2)


def test_change_of_kinds_urgency_and_time_is_saved(client, jan):
    borough = jan.subscriptions.get(ward=None)
    url = f"{links.manage_path(jan)}{borough.pk}/"
    client.post(url, {"kinds": ["outage"], "lowest_urgency": "1", "cadence": "weekly"})
    borough.refresh_from_db()

    assert (borough.kinds, borough.lowest_urgency, borough.cadence) == (["outage"], 1, "weekly")


def test_notice_followed_can_only_change_its_time(client, cast):
    jan = subscriber(notice=factories.published(cast).notice)
    subscription = jan.subscriptions.get()
    url = f"{links.manage_path(jan)}{subscription.pk}/"
    page = client.get(url).content.decode()
    client.post(url, {"cadence": "weekly"})
    subscription.refresh_from_db()

    assert 'name="kinds"' not in page
    assert subscription.cadence == "weekly"


def test_get_never_unsubscribes(jan):
    url = path(links.leave_url(jan, []))
    statuses = [Client().get(url).status_code, Client().head(url).status_code]

    assert statuses == [200, 200]
    assert Subscriber.objects.get().is_active


def test_one_click_works_without_cookie_token_or_redirect_and_twice(jan):
    url = path(links.leave_url(jan, []))
    machine = Client(enforce_csrf_checks=True)
    answers = [machine.post(url, {"List-Unsubscribe": "One-Click"}) for _press in range(2)]

    assert [(answer.status_code, answer.cookies) for answer in answers] == [(200, {}), (200, {})]
    assert Subscriber.objects.get().ended_why == "left"


def test_one_click_ends_what_the_mail_came_from_and_says_what_stays(jan):
    borough = jan.subscriptions.get(ward=None)
    page = Client().post(path(links.leave_url(jan, [borough.pk])), {"List-Unsubscribe": "One-Click"})

    assert [each.label for each in followed(ADDRESS)] == ["Farside"]
    assert "You still follow:" in page.content.decode()


def test_page_of_the_link_offers_to_end_this_or_everything(client, jan):
    borough = jan.subscriptions.get(ward=None)
    url = path(links.leave_url(jan, [borough.pk]))
    page = client.get(url).content.decode()
    client.post(url, {"scope": "all"})

    assert ("Stop these" in page, "Stop all e-mails" in page) == (True, True)
    assert not Subscriber.objects.get().is_active


def test_link_of_somebody_forgotten_is_answered_as_done(client, jan):
    url = path(links.leave_url(jan, []))
    jan.delete()
    answers = [client.get(url), client.post(url)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert "You get no more e-mails from us." in answers[1].content.decode()


def test_leaving_the_last_one_ends_it(jan):
    leaving.leave(jan, [each.pk for each in jan.subscriptions.all()])

    assert Subscriber.objects.get().ended_why == "left"


def test_subscriber_is_never_printed_with_their_address(jan):
    assert ADDRESS not in f"{jan} {jan.subscriptions.first()}"
