"""Celery's doors into the social room: thin, with ids only; a row's state is the only memory."""

from celery import shared_task

from . import account_care, delivery, sweeping
from .alarms import sending as alarms
from .models import Account
from .register import log
from .replies import collecting, sending
from .watch import looking, silence


@shared_task
def deliver(delivery_id: int) -> None:
    """Send one delivery if it is due and may be sent, and hand over the account's next one."""
    if delivery.deliver_one(delivery_id) and (next_id := delivery.next_in_line(delivery_id)):
        deliver.delay(next_id)


@shared_task
def reconcile(delivery_id: int) -> None:
    """Look for one delivery whose outcome is unknown."""
    delivery.settle_one(delivery_id)


@shared_task
def remove(delivery_id: int) -> None:
    """Take one withdrawn post down."""
    delivery.remove_one(delivery_id)


@shared_task
def check_account(account_id: int) -> None:
    """Ask one account's platform whether it can post."""
    account_care.check(account_id)


@shared_task
def sweep() -> None:
    """Find rows left behind and hand them out."""
    due = sweeping.collect()
    for task, ids in ((deliver, due.deliver), (reconcile, due.reconcile), (remove, due.remove)):
        for pk in ids:
            task.delay(pk)


@shared_task
def write_log() -> None:
    """Append to the public log what was published and is not in it yet."""
    log.catch_up()


@shared_task
def check_accounts() -> None:
    """Hand out a check of every connected account."""
    for pk in Account.objects.connected().values_list("pk", flat=True):
        check_account.delay(pk)


# Told again at every sweep until somebody has done it: what waited longer would only be done twice.
@shared_task(expires=60)
def collect_replies(account_id: int) -> None:
    """Ask one account's platform what people wrote to it, if it is due."""
    collecting.collect(account_id)


@shared_task
def send_answer(answer_id: int) -> None:
    """Post one answer to somebody on a platform, if it is due and may be sent."""
    sending.send_one(answer_id)


@shared_task
def settle_answer(answer_id: int) -> None:
    """Look for one answer whose outcome is unknown."""
    sending.settle_one(answer_id)


@shared_task
def sweep_replies() -> None:
    """Hand out the accounts to be asked for replies, and answers left behind."""
    due = sending.collect_due()
    work = (
        (send_answer, due.send),
        (settle_answer, due.settle),
        (collect_replies, collecting.due_accounts()),
    )
    for task, ids in work:
        for pk in ids:
            task.delay(pk)


@shared_task
def look_at(account_id: int) -> None:
    """Look at one account, if its turn has come, and have calls made at once when something is wrong."""
    if looking.look_at(account_id):
        hand_out_alarms.delay()


@shared_task
def watch() -> None:
    """Hand out the accounts whose next look has come."""
    for account_id in looking.due():
        look_at.delay(account_id)


@shared_task
def watch_the_watch() -> None:
    """Alarm when an account has not been seen for too long."""
    if silence.check():
        hand_out_alarms.delay()


@shared_task
def make_alarm(alarm_id: int) -> None:
    """Make one call to somebody on duty."""
    alarms.call_one(alarm_id)


@shared_task
def settle_alarm(alarm_id: int) -> None:
    """Decide about a call nobody knows the fate of."""
    alarms.settle_one(alarm_id)


@shared_task
def hand_out_alarms() -> None:
    """Find the calls that wait and hand them out, past everything else that waits."""
    due = alarms.collect()
    for task, ids in ((make_alarm, due.deliver), (settle_alarm, due.settle)):
        for pk in ids:
            task.apply_async((pk,), queue="alarms")
