"""The pages of the register: for people and for machines."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from social.models import Account, LogEntry
from social.register import signing
from tests import factories
from tests.outbox.rows import account

pytestmark = pytest.mark.django_db


def words_of(response):
    from lxml import html

    return " ".join(html.fromstring(response.content.decode()).find(".//main").text_content().split())


def test_verify_answers_a_post_and_keeps_what_was_pasted(client, posted):
    response = client.post(reverse("genuine:verify"), {"q": posted.payload["text"]})

    assert "Yes, this is ours" in words_of(response)
    assert posted.payload["text"].splitlines()[0] in response.content.decode()


def test_verify_can_be_shared_as_a_link(posted):
    response = Client().get(reverse("genuine:verify"), {"q": posted.remote_url})

    assert "Yes, this is ours" in words_of(response)


def test_verify_asks_for_something(client):
    assert "Paste a link or the words of a post." in words_of(
        client.post(reverse("genuine:verify"), {"q": " "})
    )


def test_verify_escapes_what_was_pasted(client):
    response = client.post(reverse("genuine:verify"), {"q": "<script>alert(1)</script> " * 5})

    assert b"<script>alert" not in response.content


def test_verify_slows_down_a_machine(client):
    answers = [client.post(reverse("genuine:verify"), {"q": "Is this one of yours?"}) for _again in range(21)]

    assert [answer.status_code for answer in answers] == [200] * 20 + [429]


def test_official_accounts_are_those_two_people_stand_for(client, cast):
    account(handle="riverbank")
    account(handle="pending", confirmed_at=None)
    Account.objects.filter(handle="riverbank").update(public_warning="It is not under our control.")

    shown = words_of(client.get(reverse("genuine:accounts")))

    assert "riverbank" in shown
    assert "It is not under our control." in shown
    assert "pending" not in shown


def test_official_accounts_are_there_for_machines_of_any_site(client):
    made = account(handle="riverbank", page_url="https://network.example/riverbank")

    response = client.get("/.well-known/council-accounts.json")

    assert response["Access-Control-Allow-Origin"] == "*"
    [one] = json.loads(response.content)["accounts"]
    assert one == {
        "platform": "sandbox",
        "server": "",
        "handle": "riverbank",
        "id": made.remote_account_id,
        "url": "https://network.example/riverbank",
        "state": "in_use",
        "warning": "",
        "since": made.confirmed_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "until": None,
    }


def test_log_lines_begin_where_asked(client, posted):
    everything = client.get(reverse("genuine:log_lines")).content.decode().splitlines()
    rest = client.get(reverse("genuine:log_lines"), {"from": "2"}).content.decode().splitlines()
    nonsense = client.get(reverse("genuine:log_lines"), {"from": "-1; drop"}).content.decode().splitlines()

    assert (len(everything), rest, nonsense) == (LogEntry.objects.count(), everything[1:], everything)


def test_log_head_and_key_are_given_to_machines(client, posted):
    head = client.get(reverse("genuine:log_head")).json()
    key = client.get(reverse("genuine:log_key")).json()

    assert head["hash"] == LogEntry.objects.get(number=head["number"]).hash
    assert (key["algorithm"], key["public_key"]) == ("Ed25519", signing.public_key())


def test_log_page_shows_the_newest_line_first(client, posted, cast):
    factories.published(cast)

    assert f"{LogEntry.objects.count()} ·" in words_of(client.get(reverse("genuine:log")))
