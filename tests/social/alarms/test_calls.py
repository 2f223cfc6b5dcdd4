"""Calls to people on duty: by mail and signed webhook, repeated until they arrive, none in a drill."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from outbox.enums import Status
from outbox.timing import timing
from social.alarms import calling, contacts, sending
from social.enums import IncidentKind
from social.models import Alarm, Drill, OnCallContact
from social.signing import verify
from social.watch import incidents
from social.watch.incidents import Finding
from tests.outbox.rows import account

pytestmark = pytest.mark.django_db


def duty(cast, email="", webhook_url=""):
    return contacts.add(name="Duty officer", email=email, webhook_url=webhook_url, by=cast.lead)


def wrong(mine=None, **more):
    given = {"kind": IncidentKind.UNKNOWN_POST, "summary": "A post we did not make.", "stops": True}
    return incidents.open_one(mine or account(), Finding(**(given | more)))


def call_all():
    for pk in Alarm.objects.order_by("pk").values_list("pk", flat=True):
        sending.call_one(pk)


def test_a_mail_says_what_happened_what_was_done_and_where_to_go(cast, mail, settings):
    duty(cast, email="duty@riverbank.example")

    opened = wrong()
    call_all()

    [said] = mail.box
    words = said.get_body(("plain",)).get_content()
    assert said["to"] == "duty@riverbank.example"
    assert "A post we did not make." in words
    assert "The portal has stopped the account" in words
    assert f"{settings.PORTAL_URL}{reverse('social:incident', args=[opened.pk])}" in words
    assert Alarm.objects.get().status == Status.SENT


def test_a_mail_about_an_account_that_goes_on_says_so(cast, mail):
    duty(cast, email="duty@riverbank.example")

    wrong(stops=False, kind=IncidentKind.REMOVED_POST)
    call_all()

    assert "The account is not stopped." in mail.box[0].get_body(("plain",)).get_content()


def test_a_webhook_is_signed_with_the_secret_shown_once(cast, pager):
    _contact, secret = duty(cast, webhook_url=pager.url)

    wrong()
    call_all()

    [(headers, body)] = pager.heard
    said = json.loads(body)
    assert verify(secret, headers, body, timezone.now())
    assert not verify("another", headers, body, timezone.now())
    assert (said["event"], said["text"]) == ("alarm.unknown_post", "A post we did not make.")
    assert headers["idempotency-key"] == said["id"]
    assert secret not in body.decode()


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (200, Status.SENT),
        (204, Status.SENT),
        (301, Status.HELD),
        (400, Status.FAILED),
        (408, Status.RETRY),
        (410, Status.FAILED),
        (429, Status.RETRY),
        (500, Status.UNKNOWN),
        (0, Status.UNKNOWN),
    ],
)
def test_what_a_receiver_answers_decides_about_the_call(cast, pager, answer, status):
    duty(cast, webhook_url=pager.url)
    wrong()
    pager.answers = [answer]

    call_all()

    assert (Alarm.objects.get().status, len(pager.heard)) == (status, 1)


@pytest.mark.parametrize("answer", [500, 0])
def test_a_call_nobody_knows_the_fate_of_is_made_again_with_the_same_id(cast, pager, answer):
    duty(cast, webhook_url=pager.url)
    wrong()
    pager.answers = [answer]
    call_all()

    for _look in range(2):
        Alarm.objects.update(next_attempt_at=timezone.now() - timedelta(seconds=1))
        sending.settle_one(Alarm.objects.get().pk)
    call_all()

    ids = [json.loads(body)["id"] for _headers, body in pager.heard]
    assert (Alarm.objects.get().status, len(ids), len(set(ids))) == (Status.SENT, 2, 1)


def test_a_call_that_waited_long_still_goes(cast, mail):
    duty(cast, email="duty@riverbank.example")
    wrong()
    late = timezone.now() - timedelta(seconds=timing().late_after + 60)
    Alarm.objects.update(next_attempt_at=late)

    for pk in sending.collect().deliver:
        sending.call_one(pk)

    assert len(mail.box) == 1


def test_mail_that_is_away_fails_no_webhook(cast, pager, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    duty(cast, email="duty@riverbank.example", webhook_url=pager.url)
    wrong()

    call_all()

    assert dict(Alarm.objects.values_list("way", "status")) == {"mail": Status.RETRY, "webhook": Status.SENT}


def test_while_nobody_is_on_the_list_the_leads_are_called(cast):
    wrong()

    assert list(Alarm.objects.values_list("contact__email", flat=True)) == [cast.lead.email]


def test_somebody_taken_off_is_not_called_and_then_again_the_leads_are(cast):
    contact, _secret = duty(cast, email="old@riverbank.example")

    assert [contacts.remove(contact, by=cast.lead) for _press in range(2)] == [True, False]
    wrong()

    assert list(Alarm.objects.values_list("contact__email", flat=True)) == [cast.lead.email]


def test_in_a_drill_nothing_leaves_by_mail_or_webhook(cast, mail, pager):
    duty(cast, email="duty@riverbank.example", webhook_url=pager.url)
    mine = account()
    Drill.objects.create(account=mine, started_by=cast.lead)

    wrong(mine)
    call_all()
    due = sending.collect()

    assert (mail.lines, pager.heard, due.deliver, due.settle) == (0, [], [], [])
    assert set(Alarm.objects.values_list("status", flat=True)) == {Status.CANCELLED}


def test_one_reason_warns_once(cast):
    duty(cast, email="duty@riverbank.example")
    mine = account()

    for reason in ("access-14", "access-14", "access-7"):
        calling.warn(mine, reason, "Our access ends soon.")

    assert list(Alarm.objects.order_by("pk").values_list("reason", flat=True)) == ["access-14", "access-7"]


def test_a_test_call_says_that_nothing_is_wrong(cast, mail):
    contact, _secret = duty(cast, email="duty@riverbank.example")

    calling.try_out(contact)
    call_all()

    assert "nothing is wrong" in mail.box[0].get_body(("plain",)).get_content()


def test_a_webhook_inside_the_network_is_never_called(cast, pager, settings):
    settings.SOCIAL_ALLOW_PRIVATE_ADDRESSES = False
    duty(cast, webhook_url=pager.url)
    wrong()

    call_all()

    assert (pager.heard, Alarm.objects.get().status) == ([], Status.HELD)
    assert OnCallContact.objects.get().removed_at is None
