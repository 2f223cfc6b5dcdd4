"""Makes the digests that are due: everything of a day or a week, once for each subscriber; sends nothing."""

import datetime as dt
from collections.abc import Iterator
from itertools import groupby

from django.db import IntegrityError, transaction
from django.utils import timezone

from look import times
from updates.models import Edition

from . import audience, mailings
from .audience import Matcher, Row
from .enums import DIGESTS, Occasion
from .models import Mailing

# The council's clock says this hour when a digest is due, summer and winter.
HOUR = dt.time(7)
_PERIOD = {Occasion.DAILY: dt.timedelta(days=1), Occasion.WEEKLY: dt.timedelta(days=7)}
# A portal that was off catches up so much and no more.
_CATCHES_UP = dt.timedelta(days=7)
_SUBSCRIBERS_AT_ONCE = 500


def make_due(now: dt.datetime | None = None) -> list[int]:
    """Make the digests that are due and not made yet; return their batches. Safe to run twice at once."""
    now = now or timezone.now()
    return [pk for occasion in DIGESTS for pk in _make(occasion, due_on(occasion, now))]


def due_on(occasion: str, now: dt.datetime) -> dt.date:
    """Return the day of the last digest that is due at `now`: today from seven o'clock on; Mondays."""
    day = times.in_zone(now).date()
    if now < moment(day):
        day -= dt.timedelta(days=1)
    return day - dt.timedelta(days=day.weekday()) if occasion == Occasion.WEEKLY else day


def moment(day: dt.date) -> dt.datetime:
    """Return the moment a day's digest is due, in UTC."""
    return dt.datetime.combine(day, HOUR, tzinfo=times.zone()).astimezone(dt.UTC)


def _make(occasion: Occasion, day: dt.date) -> list[int]:
    if Mailing.objects.filter(occasion=occasion, due_on__gte=day).exists():
        return []
    until = moment(day)
    try:
        with transaction.atomic():
            mailing = Mailing.objects.create(
                occasion=occasion, due_on=day, from_at=_beginning(occasion, until), until_at=until
            )
            return mailings.fill(mailing, _readers(mailing))
    except IntegrityError:
        # Another worker has made it.
        return []


def _beginning(occasion: Occasion, until: dt.datetime) -> dt.datetime:
    """Return where the last digest ended; a period back for the first, and no further than we catch up."""
    last = Mailing.objects.filter(occasion=occasion).order_by("-due_on").first()
    oldest = (
        until - _PERIOD[occasion] - (_CATCHES_UP if occasion == Occasion.WEEKLY else dt.timedelta(days=6))
    )
    if last is None or last.until_at is None:
        return until - _PERIOD[occasion]
    return max(last.until_at, oldest)


def _readers(mailing: Mailing) -> Iterator[mailings.Told]:
    """Yield each subscriber who is told something, with their subscriptions and the editions, each once."""
    matchers = [Matcher(edition) for edition in _editions(mailing)]
    if not matchers:
        return
    rows = audience.rows_of(audience.following(DIGESTS[Occasion(mailing.occasion)]))
    for block in _by_subscriber(rows):
        asked: dict[int, set[int]] = {}
        said: dict[int, list[int]] = {}
        for matcher in matchers:
            for row in matcher.matching(block):
                asked.setdefault(row.subscriber_id, set()).add(row.pk)
                known = said.setdefault(row.subscriber_id, [])
                if matcher.edition.pk not in known:
                    known.append(matcher.edition.pk)
        yield from ((pk, sorted(asked[pk]), said[pk]) for pk in said)


def _editions(mailing: Mailing) -> list[Edition]:
    """Return what was news in the digest's stretch: of each notice that stands the last major edition."""
    published = Edition.objects.filter(
        published_at__gt=mailing.from_at,
        published_at__lte=mailing.until_at,
        is_minor=False,
        notice__withdrawn_at=None,
    )
    last = {edition.notice_id: edition for edition in published.select_related("notice").order_by("number")}
    return list(last.values())


def _by_subscriber(rows: Iterator[Row]) -> Iterator[list[Row]]:
    """Yield blocks of rows that hold every row of each of their subscribers."""
    block: list[Row] = []
    for number, (_subscriber, theirs) in enumerate(groupby(rows, key=lambda row: row.subscriber_id), start=1):
        block.extend(theirs)
        if number % _SUBSCRIBERS_AT_ONCE == 0:
            yield block
            block = []
    if block:
        yield block
