"""One round through a batch: mail after mail over one line, each recorded; owns no batch's state."""

import time
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from outbox import engine
from outbox.errors import NotSent, OutcomeUnknown, Rejected
from outbox.receipt import Receipt
from outbox.smtp import Deferred, Mail, MailServer, Refused

from . import leaving, links, reasons
from .enums import SETTLED, Result
from .models import Batch, Copy, Subscriber, Subscription
from .selection import Selection

# A round ends by itself well before its worker's time is up (seconds).
MOST_SECONDS = 150
# So often it is looked whether the notice still stands (mails).
LOOK_EVERY = 20
# A server that puts off this many in a row is busy with more than their mailboxes.
DEFERRED_IN_A_ROW = 10


class Round:
    """What one worker does with one claimed batch."""

    def __init__(self, batch: Batch, standing: QuerySet[Batch]) -> None:
        """`standing` are the batches that may be sent, asked again now and then."""
        self._batch = batch
        self._standing = standing
        self._ends_at = time.monotonic() + MOST_SECONDS
        self._left = 0
        self._deferred_in_a_row = 0
        self._results: dict[int, str] = dict(batch.copies.values_list("subscriber_id", "result"))
        self._readers = [reader for reader in batch.payload["to"] if self._is_open(reader[0])]

    def send(self) -> Receipt:
        """Send to everybody who is left; raises NotSent when some have to be tried again later."""
        self._read()
        with MailServer() as server:
            for position, reader in enumerate(self._readers):
                self._look(position)
                self._one(server, *reader)
        if self._left:
            raise NotSent(_("The mail server put off %(count)d of these mails.") % {"count": self._left})
        return Receipt(self._batch.key)

    def _is_open(self, subscriber_id: int) -> bool:
        return self._results.get(subscriber_id) not in SETTLED

    def _read(self) -> None:
        """Read whom the batch is for and what they follow now. Three queries, and the selection's."""
        people = {reader[0] for reader in self._readers}
        asked = {pk for reader in self._readers for pk in reader[1]}
        self._people = Subscriber.objects.in_bulk(people)
        rows = Subscription.objects.select_related("notice__live_edition", "ward").defer("ward__boundary")
        self._asked = rows.in_bulk(asked)
        self._selection = Selection(self._batch, self._readers)

    def _look(self, position: int) -> None:
        """Stop when time is up or the notice is no longer what it was; the rest stays with the batch."""
        if time.monotonic() > self._ends_at:
            raise NotSent(_("There was no time left for all of them."), retry_at=timezone.now())
        if position % LOOK_EVERY == 0 and not self._standing.filter(pk=self._batch.pk).exists():
            raise NotSent(_("The notice was withdrawn, ended or replaced meanwhile."))

    def _one(self, server: MailServer, subscriber_id: int, asked_ids: list[int], said: list[int]) -> None:
        subscriber = self._people.get(subscriber_id)
        if subscriber is None:
            return
        asked = [self._asked[pk] for pk in asked_ids if pk in self._asked]
        editions = self._selection.editions(subscriber_id, said)
        if not editions or not _wants(subscriber, asked_ids, asked):
            self._record(subscriber, said, Result.SKIPPED)
            return
        try:
            server.send(self._mail(subscriber, asked, editions))
        except Refused as refused:
            self._record(subscriber, editions, Result.REFUSED)
            if refused.is_about_mailbox:
                leaving.note_bounce(subscriber, for_good=refused.is_mailbox_gone)
        except Rejected:
            self._record(subscriber, editions, Result.REFUSED)
        except Deferred:
            self._put_off()
        except OutcomeUnknown:
            self._unclear(subscriber, editions)
        else:
            self._sent(subscriber, editions)

    def _mail(self, subscriber: Subscriber, asked: list[Subscription], editions: list[int]) -> Mail:
        leave = links.leave_url(subscriber, [each.pk for each in asked])
        words = self._selection.words(editions).own(
            reasons.why(asked, self._batch.mailing.occasion), links.manage_url(subscriber), leave
        )
        return Mail(
            to=subscriber.address,
            subject=words.subject,
            text=words.text,
            html=words.html,
            key=f"{self._batch.key}-{subscriber.pk}",
            bounces_to=links.bounce_address(subscriber),
            leave_url=leave,
            headers=self._selection.headers,
        )

    def _sent(self, subscriber: Subscriber, editions: list[int]) -> None:
        self._record(subscriber, editions, Result.SENT)
        self._deferred_in_a_row = 0
        if self._batch.unended_claims:
            engine.got_somewhere(self._batch)
            self._batch.unended_claims = 0

    def _put_off(self) -> None:
        self._left += 1
        self._deferred_in_a_row += 1
        if self._deferred_in_a_row >= DEFERRED_IN_A_ROW:
            raise NotSent(_("The mail server asked to try again later."))

    def _unclear(self, subscriber: Subscriber, editions: list[int]) -> None:
        """The line broke with this mail in flight: it goes once more, and never a third time."""
        if self._results.get(subscriber.pk) == Result.UNCLEAR:
            self._record(subscriber, editions, Result.LOST)
        else:
            self._record(subscriber, editions, Result.UNCLEAR)
            self._left += 1

    def _record(self, subscriber: Subscriber, editions: list[int], result: Result) -> None:
        """Write down what became of one mail, in one statement: from here on it is never sent again."""
        rows: list[Any] = [
            Copy(batch=self._batch, subscriber=subscriber, edition_id=pk, result=result) for pk in editions
        ]
        Copy.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["batch", "subscriber", "edition"],
            update_fields=["result", "at"],
        )


def _wants(subscriber: Subscriber, asked_ids: list[int], asked: list[Subscription]) -> bool:
    """Say whether the mail is still wanted: they have not left, and what asked for it is still followed.

    What nobody asked for sets right what they were sent before: it goes during a pause too.
    """
    if not subscriber.is_active:
        return False
    if not asked_ids:
        return True
    is_paused = subscriber.paused_until_at is not None and subscriber.paused_until_at > timezone.now()
    return bool(asked) and not is_paused
