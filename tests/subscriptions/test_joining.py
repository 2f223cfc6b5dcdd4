"""Joining: one question by mail, confirmed by a press; nobody learns whether an address is known."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from outbox.enums import Status
from subscriptions import joining, letters, links, sweeping
from subscriptions.models import Subscriber, Subscription, Wish
from tests import factories
from updates.transitions import Action
from updates.workflow import perform

from .conftest import body, followed, recipients, stamp, subscriber

pytestmark = pytest.mark.django_db
ADDRESS = "jan@mail.example"
CHOSEN = {"kinds": ["outage", "event", "project", "general"], "lowest_urgency": "0", "cadence": "daily"}


def send(client, address=ADDRESS, *, age=60, **more):
    where = {"REMOTE_ADDR": more.pop("REMOTE_ADDR", "192.0.2.1")}
    data = {"email": address, "place": "", "stamp": stamp("subscribe", age=age), **CHOSEN, **more}
    return client.post("/subscribe/", data, **where)


def answer_all() -> None:
    for pk in Wish.objects.order_by("pk").values_list("pk", flat=True):
        letters.answer_one(pk)


def link_in(message) -> str:
    """Return the path of the link a mail asks to open."""
    (line,) = [
        line for line in body(message).splitlines() if line.startswith("https://riverbank.example/subscr")
    ]
    return line.removeprefix("https://riverbank.example")


def test_form_keeps_a_wish_and_makes_nobody_a_subscriber(client):
    factories.street(factories.ward("Quayside"), "Quay Street", "RB11AA")
    response = send(client, " Jan@Mail.Example ", place="rb1 1aa", kinds=["event"])
    wish = Wish.objects.get()

    assert (response.status_code, response.url) == (302, "/subscribe/sent/")
    assert (wish.address, wish.target, wish.label, wish.kinds) == (
        ADDRESS,
        "place:RB11AA",
        "RB1 1AA",
        ["event"],
    )
    assert Subscriber.objects.count() == 0


def test_mail_names_what_was_asked_for_and_its_link_alone_changes_nothing(client, mail_server):
    send(client, kinds=["outage"], lowest_urgency="2")
    answer_all()
    (message,) = mail_server.box
    page = client.get(link_in(message))

    assert message["To"] == ADDRESS
    assert "- The whole borough: outages and works; emergencies only. Once a day, at 7am." in body(message)
    assert page.status_code == 200
    assert "One press and it is done" in page.content.decode()
    assert Subscriber.objects.count() == 0


def test_press_of_the_button_makes_the_subscription(client, mail_server):
    send(client)
    answer_all()
    path = link_in(mail_server.box[0])
    response = client.post(path, {"wish": [Wish.objects.get().pk]}, follow=True)

    (subscription,) = followed(ADDRESS)
    assert (subscription.target, subscription.cadence) == ("borough", "daily")
    assert "From now on you hear from us." in response.content.decode()


def test_second_press_changes_nothing(client, mail_server):
    wish = joining.wish(ADDRESS)
    path = links.confirm_url(wish).removeprefix("https://riverbank.example")
    first = client.post(path, {"wish": [wish.pk]})
    second = client.post(path, {"wish": [wish.pk]})

    assert (first.status_code, second.status_code) == (302, 200)
    assert "Already confirmed" in second.content.decode()
    assert len(followed(ADDRESS)) == 1


def test_nothing_ticked_makes_nothing_and_says_so(client):
    wish = joining.wish(ADDRESS)
    page = client.post(links.confirm_url(wish).removeprefix("https://riverbank.example"))

    assert "Tick what you want" in page.content.decode()
    assert Subscriber.objects.count() == 0


def test_several_wishes_are_confirmed_together_and_only_those_ticked(client, cast):
    live = factories.published(cast, "project")
    joining.wish(ADDRESS, wants_event=False)
    unwanted = joining.wish(ADDRESS, ward=factories.ward("Farside"))
    latest = joining.wish(ADDRESS, cadence="weekly")
    follow = joining.wish(ADDRESS, notice=live.notice)
    shown = joining.waiting(ADDRESS)
    client.post(
        links.confirm_url(unwanted).removeprefix("https://riverbank.example"),
        {"wish": [latest.pk, follow.pk]},
    )

    assert shown == [follow, latest, unwanted]
    assert {(each.target, each.cadence) for each in followed(ADDRESS)} == {
        ("borough", "weekly"),
        (f"notice:{live.notice.pk}", "immediate"),
    }
    assert joining.waiting(ADDRESS) == []


@pytest.mark.parametrize("days", [6.9, 7.1])
def test_link_is_good_for_seven_days(client, days):
    import time_machine

    url = links.confirm_url(joining.wish(ADDRESS)).removeprefix("https://riverbank.example")
    with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
        status = client.get(url).status_code

    assert status == (200 if days < 7 else 410)


@pytest.mark.parametrize("token", ["x", "WzFd:1abc:xxxx", "é"])
def test_forged_link_is_answered_kindly(client, token):
    page = client.get(f"/subscriptions/confirm/{token}/")

    assert page.status_code == 410
    assert "This link is too old" in page.content.decode()


def test_wish_confirmed_before_its_mail_left_is_not_mailed(mail_server):
    subscriber()
    answer_all()

    assert mail_server.box == []


def test_form_hit_ten_times_sends_one_mail_an_hour(client, mail_server):
    for _number in range(10):
        send(client)
        answer_all()
    Wish.objects.filter(status=Status.SENT).update(sent_at=timezone.now() - timedelta(minutes=61))
    send(client, REMOTE_ADDR="192.0.2.9")
    joining.wish(ADDRESS)
    answer_all()

    assert recipients(mail_server) == [ADDRESS, ADDRESS]


@pytest.mark.slow
def test_form_hit_a_thousand_times_sends_one_mail_and_leaves_few_rows(client, mail_server):
    for number in range(1000):
        send(client, REMOTE_ADDR=f"192.0.{number // 250}.{number % 250}")
    answer_all()

    assert recipients(mail_server) == [ADDRESS]
    assert Wish.objects.count() == 2


def test_wishes_for_ever_other_places_are_not_kept_for_ever(client, mail_server):
    send(client)
    answer_all()
    for number in range(15):
        joining.wish(ADDRESS, ward=factories.ward(f"Ward of wish {number}"))
        answer_all()

    assert Wish.objects.count() == joining.MOST_WISHES + 2


def test_wish_within_the_hour_waits_behind_the_mail_that_was_sent(client, mail_server, cast):
    send(client)
    answer_all()
    joining.wish(ADDRESS, notice=factories.published(cast).notice)
    answer_all()
    page = client.get(link_in(mail_server.box[0])).content.decode()

    assert len(mail_server.box) == 1
    assert "Burst main in Quay Street" in page


def test_two_workers_never_write_to_one_address_at_once(mail_server):
    first, second = joining.wish(ADDRESS), joining.wish(ADDRESS)
    Wish.objects.filter(pk=first.pk).update(status=Status.SENDING, claimed_at=timezone.now())
    letters.answer_one(second.pk)

    assert mail_server.box == []
    with pytest.raises(IntegrityError), transaction.atomic():
        Wish.objects.filter(pk=second.pk).update(status=Status.SENDING, claimed_at=timezone.now())


def test_known_and_unknown_address_get_the_same_answer_with_the_same_work(
    client, django_assert_num_queries, django_capture_on_commit_callbacks
):
    subscriber("known@mail.example")
    answers = []
    for address in ("known@mail.example", "unknown@mail.example"):
        with django_assert_num_queries(3) as asked:
            answers.append((client.post, send(client, address)))
        answers[-1] = (
            answers[-1][1].status_code,
            answers[-1][1].url,
            client.get(answers[-1][1].url).content,
            [query["sql"].split("VALUES")[0] for query in asked.captured_queries],
        )

    assert answers[0] == answers[1]


@pytest.mark.parametrize("address", ["known@mail.example", "unknown@mail.example"])
def test_link_form_answers_the_same_and_mails_only_who_is_known(client, mail_server, address):
    subscriber("known@mail.example")
    response = client.post("/subscriptions/", {"email": address, "stamp": stamp("subscriptions")})
    answer_all()

    assert (response.status_code, response.url) == (302, "/subscriptions/sent/")
    assert recipients(mail_server) == [each for each in ["known@mail.example"] if each == address]
    assert not Wish.objects.filter(address="unknown@mail.example").exists()


def test_link_in_the_mail_opens_the_own_page(client, mail_server):
    subscriber()
    joining.wish(ADDRESS, "link")
    answer_all()

    page = client.get(link_in(mail_server.box[0]))
    assert "We write to jan@mail.example about this." in page.content.decode()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"email": ""}, "Enter your e-mail address."),
        ({"email": "jan"}, "Enter an e-mail address in the right form"),
        ({"email": "jan@mail.example\nBcc: all@mail.example"}, "Enter an e-mail address in the right form"),
        ({"kinds": []}, "Choose at least one kind of notice."),
        ({"place": "Atlantis"}, "We do not know the place “Atlantis”."),
        ({"place": "RB1"}, "is the beginning of a postcode"),
        ({"cadence": "hourly"}, "Select a valid choice"),
        ({"website": "http://spam.example"}, "A box that must stay empty was filled in."),
        ({"stamp": "forged"}, "This page was open for a long time."),
    ],
)
def test_bad_input_is_explained_and_nothing_is_lost(client, fields, sentence):
    page = send(
        client,
        **{"email": "jan@mail.example", **fields} if "email" not in fields else {"address": fields["email"]},
    )

    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert Wish.objects.count() == 0


def test_every_ticked_box_is_still_ticked_when_the_form_comes_back(client):
    page = send(client, age=0, kinds=["outage", "project"])

    assert page.content.decode().count(" checked") == 4
    assert "Please press the button once more." in page.content.decode()


def test_machine_is_slowed_down_and_its_words_kept(client):
    answers = [send(client, f"r{number}@mail.example") for number in range(11)]

    assert [answer.status_code for answer in answers] == [302] * 10 + [429]
    assert 'value="r10@mail.example"' in answers[-1].content.decode()


def test_form_for_a_notice_follows_that_notice(client, cast):
    notice = factories.published(cast, "project").notice
    url = f"/subscribe/?notice={notice.reference}"
    page = client.get(url).content.decode()
    data = {"email": ADDRESS, "cadence": "immediate", "stamp": stamp("follow", notice.reference)}
    client.post(url, data)

    assert "Follow this project" in page
    assert Wish.objects.get().notice == notice


def test_form_for_a_notice_that_is_over_says_so(client, cast):
    live = factories.published(cast)
    perform(Action.END, live, by=cast.approver)
    page = client.get(f"/subscribe/?notice={live.notice.reference}")

    assert "there is nothing to follow" in page.content.decode()


def test_place_in_the_address_is_filled_in(client):
    factories.street(factories.ward("Quayside"), "Quay Street", "RB11AA")

    assert 'value="RB1 1AA"' in client.get("/subscribe/?place=RB11AA").content.decode()
    assert 'value="Atlantis"' in client.get("/subscribe/?place=Atlantis").content.decode()


def test_joining_again_after_leaving_starts_afresh(cast):
    from subscriptions import leaving

    someone = subscriber(ward=factories.ward("Farside"))
    leaving.leave(someone, [])
    subscriber()

    assert [each.target for each in followed(ADDRESS)] == ["borough"]
    assert Subscriber.objects.get().is_active


def test_confirming_what_is_followed_already_changes_it(cast):
    subscriber()
    subscriber(cadence="weekly")

    assert [(each.target, each.cadence) for each in followed(ADDRESS)] == [("borough", "weekly")]


def test_more_than_anybody_needs_is_not_added(monkeypatch):
    monkeypatch.setattr(joining, "MOST_SUBSCRIPTIONS", 2)
    for name in ("A", "B", "C"):
        subscriber(ward=factories.ward(name))

    assert Subscription.objects.count() == 2


def test_mail_server_away_keeps_the_wish_and_the_sweep_brings_it_back(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    wish = joining.wish(ADDRESS)
    answer_all()
    Wish.objects.update(next_attempt_at=timezone.now() - timedelta(hours=5))

    assert Wish.objects.get().status == Status.RETRY
    assert sweeping.collect_wishes().deliver == [wish.pk]
