"""Two things at once on PostgreSQL: pressing twice, and stopping while a notice is published."""

import threading
import time

import pytest
from django.db import connection, transaction

from audit.models import Event
from audit.recorder import record
from social import locks
from social.enums import Step
from social.models import Account, Delivery, Proposal
from social.stopping import proposals, release
from social.stopping.proposals import ProposalRefused
from tests import factories
from tests.outbox.rows import account, edition, row

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def together(*jobs):
    """Run the jobs at the same time; returns what each raised, or None."""
    ends = [None] * len(jobs)

    def run(number):
        try:
            jobs[number]()
        except Exception as error:
            ends[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(jobs))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ends


def test_two_second_people_at_once_carry_it_out_once(cast):
    mine = account()
    locks.lock(mine, by=cast.author, reason="Strange.")
    asked = release.ask_for_release(Account.objects.get(), by=cast.lead, note="Fine.")
    other = factories.member(cast.team, "communications_lead", "Lena Other")

    ends = together(
        *(
            lambda by=by: proposals.agree(Proposal.objects.get(pk=asked.pk), by=by)
            for by in (cast.administrator, other)
        )
    )

    assert sorted(type(end) for end in ends if end) == [ProposalRefused]
    assert Event.objects.filter(action="account.unlocked").count() == 1


def test_the_same_step_asked_for_at_once_stands_once(cast):
    mine = account()
    other = factories.member(cast.team, "communications_lead", "Lena Other")

    ends = together(
        *(lambda by=by: proposals.ask(mine, Step.REVOKE, by=by, note="Now.") for by in (cast.lead, other))
    )

    assert sorted(type(end) for end in ends if end) == [ProposalRefused]
    assert Proposal.objects.count() == 1


@pytest.mark.parametrize("what", ["stop all", "let go"])
def test_stopping_and_publishing_do_not_wait_for_each_other_in_a_circle(cast, what):
    mine, about = account(), edition()
    written = threading.Event()

    def publish():
        # As the publishing transaction does it: the trail first, then a row that points to the account.
        with transaction.atomic():
            record("edition.publish", actor=cast.author)
            written.set()
            time.sleep(0.7)
            row(account=mine, edition=about)

    def let_go():
        written.wait()
        proposals.agree(asked, by=cast.administrator)

    def stop_all():
        written.wait()
        locks.lock_all(by=cast.lead, reason="Hijacked.")

    if what == "let go":
        locks.lock(mine, by=cast.author, reason="Strange.")
        asked = release.ask_for_release(Account.objects.get(), by=cast.lead, note="Fine.")

    assert together(publish, let_go if what == "let go" else stop_all) == [None, None]
    assert Delivery.objects.count() == 1
    assert Account.objects.get().may_send == (what == "let go")
