"""Makes the calls that wait: one mail or one signed webhook each; what they say is written elsewhere."""

import json

from django.utils import timezone
from django.utils.translation import gettext as _

from outbox import engine, mails
from outbox.errors import NotSent, Rejected
from outbox.receipt import Receipt
from outbox.smtp import Mail, MailServer

from ..credentials import unseal
from ..http import call, refuse_failure
from ..models import Alarm
from ..signing import sign


def call_one(pk: int) -> None:
    """Make one call if it is due and nobody else makes it."""
    row = engine.claim(Alarm.objects.order_by(), pk)
    if row is None:
        return
    if row.way == Alarm.Way.MAIL:
        with MailServer() as server:
            engine.deliver(row, lambda: server.send(Mail(**row.payload, key=row.key)))
    else:
        engine.deliver(row, lambda: _post(row))


def settle_one(pk: int) -> None:
    """Decide about a call nobody knows the fate of: it is made again; twice is better than never."""
    mails.settle_one(Alarm.objects.all(), pk)


def collect() -> mails.Due:
    """Put rows left behind in order and return what is due."""
    return mails.collect(Alarm.objects.all(), Alarm.objects.all())


def _post(row: Alarm) -> Receipt:
    body = json.dumps(row.payload, ensure_ascii=False, sort_keys=True).encode()
    secret = unseal(row.contact.sealed_secret)["secret"]
    headers = {
        **sign(secret, timezone.now(), body),
        "content-type": "application/json",
        "idempotency-key": row.key,
    }
    answer = call("POST", row.contact.webhook_url, makes_post=True, content=body, headers=headers)
    if answer.is_success:
        return Receipt(row.key)
    refuse_failure(answer, makes_post=True)
    if answer.status == 408:  # noqa: PLR2004
        raise NotSent(_("The receiver was too slow to read it."))
    raise Rejected(_("The receiver refused it (%d).") % answer.status)
