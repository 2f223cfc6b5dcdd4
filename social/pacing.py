"""Says when a post may leave: stops, rests, order, and the parts of a thread; sends nothing itself.

One account's posts leave one after the other, the oldest first. When the platform asks to wait, or cannot be
reached, the account rests: everything that waits for it waits until then, in its order, and none of it counts
as late. Trouble with a single post (its picture cannot be read) delays that post alone.
"""

from datetime import datetime, timedelta

from django.db.models import Exists, Min, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from outbox.engine import Outcome
from outbox.enums import WAITING, Status
from outbox.errors import NotSent
from outbox.removal import cancel_unsent
from outbox.rows import same_claim
from outbox.timing import timing

from .models import Account, AnswerPost, Delivery, PostRow


def may_go(now: datetime) -> Exists:
    """Condition for any row of posts: its account may send and does not rest.

    An EXISTS subquery and never a join, so that it is part of the claim's own UPDATE.
    """
    rested = Q(rests_until_at__isnull=True) | Q(rests_until_at__lte=now)
    return Exists(Account.objects.may_send().filter(rested, pk=OuterRef("account_id")))


def in_turn(now: datetime) -> Q:
    """Condition for deliveries: no older one of the same account is due, and none is on its way."""
    same_account = Delivery.objects.filter(account=OuterRef("account_id")).order_by()
    waits = timing()
    older = same_account.filter(_is_due(now), pk__lt=OuterRef("pk"))
    going = same_account.filter(
        status=Status.SENDING, claimed_at__gt=now - timedelta(seconds=waits.order_wait)
    )
    return ~Q(Exists(older)) & ~Q(Exists(going))


def has_part_before() -> Q:
    """Condition for deliveries: the part of the thread before this one stands on the platform."""
    return ~Q(Exists(_part_before().exclude(status=Status.SENT)))


def fronts(now: datetime) -> list[int]:
    """Return the oldest due delivery of every account: nothing else can be in turn.

    Asked first, so that a long line is not held row by row against all its older ones.
    """
    due = Delivery.objects.filter(_is_due(now)).order_by()
    return list(due.values("account").annotate(front=Min("pk")).values_list("front", flat=True))


def first_in_line(rows: QuerySet[Delivery], account_id: int, now: datetime) -> int | None:
    """Return the id of the account's next delivery that is due now if it is among `rows`, or None."""
    due = Delivery.objects.filter(_is_due(now), account=account_id).order_by()
    front: int | None = due.aggregate(front=Min("pk"))["front"]
    return front if front is not None and rows.filter(pk=front).exists() else None


def _is_due(now: datetime) -> Q:
    """Condition for deliveries: it should leave now, and neither time nor a part before it keeps it."""
    late = timedelta(seconds=timing().late_after)
    return has_part_before() & Q(
        status__in=WAITING,
        removal_wanted_at__isnull=True,
        next_attempt_at__lte=now,
        next_attempt_at__gt=now - late,
    )


def rest_if_away(row: PostRow, outcome: Outcome) -> None:
    """Let the account of a row that was turned away rest, where the answer was not about this row alone."""
    error = outcome.error
    if not (isinstance(error, NotSent) and error.is_away):
        return
    own = type(row)._base_manager.filter(pk=row.pk).values_list("next_attempt_at", flat=True).get()
    longest = timezone.now() + timedelta(seconds=timing().longest_rest)
    until = own if error.retry_at else min(own, longest)
    Account.objects.filter(pk=row.account_id).update(rests_until_at=until)
    same_claim(row).filter(status=Status.RETRY).update(next_attempt_at=until)
    wait_out_rests()


def wait_out_rests() -> None:
    """Move what waits for a resting account to the end of the rest. Safe to repeat."""
    resting = Account.objects.filter(
        pk=OuterRef("account_id"), rests_until_at__gt=OuterRef("next_attempt_at")
    )
    until = Subquery(resting.values("rests_until_at")[:1])
    for rows in (Delivery.objects.order_by(), AnswerPost.objects.order_by()):
        waiting = rows.filter(Exists(resting), status__in=WAITING)
        waiting.update(next_attempt_at=until, enqueued_at=None)


def keep_in_line(account_id: int, now: datetime) -> None:
    """The account is sending at this moment: what still waits in its line is not late, only not its turn."""
    late = timedelta(seconds=timing().late_after)
    Delivery.objects.filter(
        account=account_id,
        status__in=WAITING,
        next_attempt_at__gt=now - late,
        next_attempt_at__lt=now - late / 2,
    ).update(next_attempt_at=now)


def follow_first_parts(now: datetime) -> None:
    """Let later parts follow: due from when the part before stood, cancelled when it never will."""
    waiting = Delivery.objects.filter(part__gt=1, status__in=WAITING).order_by()
    stands_since = _part_before().filter(status=Status.SENT, sent_at__gt=OuterRef("next_attempt_at"))
    waiting.filter(Exists(stands_since)).update(next_attempt_at=now, enqueued_at=None)
    never = _part_before().filter(status=Status.CANCELLED)
    cancel_unsent(waiting.filter(Exists(never)), _("The part of the thread before this one was not sent."))


def _part_before() -> QuerySet[Delivery]:
    return Delivery.objects.filter(
        edition=OuterRef("edition_id"), account=OuterRef("account_id"), part=OuterRef("part") - 1
    ).order_by()
