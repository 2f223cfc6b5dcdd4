"""Makes mailings and their batches in the database; sends nothing and tells no worker."""

import secrets
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from outbox.enums import Status
from outbox.removal import cancel_unsent
from updates.models import Edition, Notice

from . import audience, composing
from .composing import Words
from .enums import TOLD, Occasion
from .models import Batch, Copy, Mailing

# Small enough that a batch is done within its worker's time at two mails a second.
BATCH = 100
_ROWS_AT_ONCE = 200

# A reader in a payload: the subscriber, the subscriptions that asked, the editions told.
Told = tuple[int, list[int], list[int]]


def of_edition(edition: Edition) -> list[int]:
    """Make the mailing of an edition that goes live; return its batches, none when nobody is told.

    A correction goes to whoever was sent an earlier edition too, whatever they follow.
    """
    if edition.is_minor:
        return []
    cancel_overtaken(edition)
    found: Iterator[tuple[int, list[int]]] = (
        (reader.subscriber_id, reader.subscription_ids) for reader in audience.readers(edition)
    )
    if edition.is_correction:
        found = _with_the_told(dict(found), edition.notice)
    return _start(Occasion.NEWS, edition, ((pk, asked, [edition.pk]) for pk, asked in found))


def of_withdrawal(notice: Notice) -> list[int]:
    """Make the mailing that tells a withdrawal to whoever was sent the notice, or may be at this moment.

    Sending looks again, so that nobody hears of a withdrawal who never heard of the notice.
    """
    cancel_unsent(_batches_about(notice), _("The notice was withdrawn before it was sent."))
    edition = notice.live_edition
    if edition is None:
        return []
    edition.notice = notice
    who = sorted(told(notice) | _being_told(notice))
    return _start(Occasion.WITHDRAWN, edition, ((pk, [], [edition.pk]) for pk in who))


def told(notice: Notice, among: list[int] | None = None) -> set[int]:
    """Return who was sent any edition of a notice, in a digest too, and has not left; of `among` if given."""
    copies = Copy.objects.filter(edition__notice=notice, result__in=TOLD, subscriber__ended_at=None)
    if among is not None:
        copies = copies.filter(subscriber__in=among)
    return set(copies.values_list("subscriber_id", flat=True))


def cancel_overtaken(edition: Edition) -> None:
    """Mails about an older edition that have not left are old news."""
    older = Edition.objects.filter(notice_id=edition.notice_id, number__lt=edition.number)
    mailings = Mailing.objects.filter(edition__in=older, occasion=Occasion.NEWS)
    sentence = _("Replaced by edition %(number)d before it was sent.") % {"number": edition.number}
    cancel_unsent(Batch.objects.filter(mailing__in=mailings).order_by(), sentence)


def fill(mailing: Mailing, readers: Iterable[Told]) -> list[int]:
    """Write the batches of a mailing, a hundred readers each; return their numbers in the database."""
    made: list[int] = []
    blocks = enumerate(_blocks(readers), start=1)
    while some := [_batch(mailing, number, block) for number, block in islice(blocks, _ROWS_AT_ONCE)]:
        made += [batch.pk for batch in Batch.objects.bulk_create(some)]
    return made


def _start(occasion: Occasion, edition: Edition, readers: Iterator[Told]) -> list[int]:
    first = next(readers, None)
    if first is None:
        return []
    words: Words = composing.withdrawn(edition) if occasion == Occasion.WITHDRAWN else composing.news(edition)
    mailing = Mailing.objects.create(
        occasion=occasion, edition=edition, subject=words.subject, text=words.text, html=words.html
    )
    return fill(mailing, chain([first], readers))


def _batch(mailing: Mailing, number: int, readers: list[Told]) -> Batch:
    return Batch(
        mailing=mailing,
        number=number,
        size=len(readers),
        payload={"to": [list(reader) for reader in readers]},
        # Never used twice, not even after a database was restored from a copy.
        key=f"mail-{mailing.pk}-{number}-{secrets.token_hex(8)}",
    )


def _blocks(readers: Iterable[Told]) -> Iterator[list[Told]]:
    remaining = iter(readers)
    while block := list(islice(remaining, BATCH)):
        yield block


def _with_the_told(asking: dict[int, list[int]], notice: Notice) -> Iterator[tuple[int, list[int]]]:
    yield from asking.items()
    yield from ((pk, []) for pk in sorted(told(notice) - asking.keys()))


def _batches_about(notice: Notice) -> QuerySet[Batch]:
    mailings = Mailing.objects.filter(edition__notice=notice, occasion=Occasion.NEWS)
    return Batch.objects.filter(mailing__in=mailings).order_by()


def _being_told(notice: Notice) -> set[int]:
    """Return who may be sent the notice by a worker at this very moment."""
    editions = set(notice.editions.values_list("pk", flat=True))
    busy = Batch.objects.filter(status__in=[Status.SENDING, Status.UNKNOWN]).values_list("payload", flat=True)
    return {pk for payload in busy for pk, _asked, said in payload["to"] if editions.intersection(said)}
