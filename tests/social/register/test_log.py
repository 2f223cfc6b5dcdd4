"""The public log: everything published is in it once, in one chain, and nobody can change a line."""

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import DatabaseError, connection, connections, transaction

from social.delivery import deliver_one, remove_one
from social.enums import LogKind
from social.models import Account, Delivery, LogEntry
from social.register import log
from social.register.canonical import GENESIS, text_hash
from tests import factories
from tests.outbox.rows import account
from updates.transitions import Action
from updates.workflow import perform

pytestmark = pytest.mark.django_db


def said():
    return [(entry.number, entry.kind) for entry in LogEntry.objects.order_by("number")]


def data_of(kind):
    return [json.loads(entry.body)["data"] for entry in LogEntry.objects.filter(kind=kind).order_by("number")]


def test_log_says_the_edition_its_copy_and_the_accounts(posted):
    assert sorted(kind for _number, kind in said()) == [LogKind.ACCOUNT, LogKind.COPY, LogKind.EDITION]
    [copy] = data_of(LogKind.COPY)
    assert copy["text_sha256"] == text_hash(posted.payload["text"])
    assert (copy["link"], copy["handle"], copy["edition"]) == (posted.remote_url, "riverbank", 1)


def test_log_says_nothing_twice(posted):
    before = said()

    assert log.catch_up() == 0
    assert said() == before


def test_log_is_one_chain_without_gaps(posted, cast):
    factories.published(cast)
    log.catch_up()

    previous = GENESIS
    for number, entry in enumerate(LogEntry.objects.order_by("number"), start=1):
        line = json.loads(entry.body)
        assert (line["number"], line["previous"]) == (number, previous)
        assert hashlib.sha256(entry.body.encode()).hexdigest() == entry.hash
        previous = entry.hash


def test_log_says_that_a_notice_was_withdrawn_and_its_copy_taken_down(posted, cast):
    perform(Action.WITHDRAW, posted.edition, by=cast.approver, note="Wrong street.")
    remove_one(posted.pk)

    log.catch_up()

    assert data_of(LogKind.WITHDRAWN) == [{"reference": posted.edition.notice.reference}]
    assert [copy["id"] for copy in data_of(LogKind.COPY_REMOVED)] == [posted.remote_id]


def test_log_knows_no_draft_and_no_unconfirmed_account(cast):
    factories.approved(cast)
    account(handle="pending", confirmed_at=None)

    log.catch_up()

    assert said() == []


def test_log_says_how_the_list_of_accounts_changes(network):
    log.catch_up()
    Account.objects.filter(pk=network.pk).update(handle="riverbank-new")
    log.catch_up()

    assert [[one["handle"] for one in data["accounts"]] for data in data_of(LogKind.ACCOUNT)] == [
        ["riverbank"],
        ["riverbank-new"],
    ]


def test_log_refuses_that_a_line_is_changed(posted):
    with pytest.raises(DatabaseError), transaction.atomic():
        LogEntry.objects.filter(number=1).update(body="{}")


@pytest.mark.postgres
def test_log_refuses_that_a_line_is_deleted(posted):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM social_logentry WHERE number = 1")


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_log_has_one_writer_at_a_time(cast, network):
    rows = [Delivery.objects.get(edition=factories.published(cast)) for _again in range(3)]
    for row in rows:
        deliver_one(row.pk)

    def write(_again):
        try:
            return log.catch_up()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        written = list(pool.map(write, range(4)))

    assert sum(written) == 7
    assert [number for number, _kind in said()] == list(range(1, 8))
