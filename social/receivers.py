"""Follows the core's two signals inside their transactions; only writes rows, calls nobody."""

import secrets
from dataclasses import replace
from typing import Any

from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext as _

from outbox.removal import cancel_unsent, withdraw
from updates.models import Edition, Notice
from updates.signals import notice_published, notice_withdrawn

from . import fanout
from .following import FollowUp, earlier_copies, follow_up
from .models import Account, Delivery
from .planning import PlannedPost, planned_posts
from .publishers.base import Post
from .publishers.registry import publisher_for


@receiver(notice_published, dispatch_uid="social.make_deliveries")
def make_deliveries(sender: object, edition: Edition, **kwargs: Any) -> None:
    """Write one delivery per account with its post frozen, and let the workers know after the commit."""
    planned = planned_posts(edition)
    accounts = [each.account for each in planned]
    _cancel_overtaken(edition, accounts)
    earlier = earlier_copies(edition, accounts)
    made: list[Delivery] = []
    for each in planned:
        follows = follow_up(edition, each.account, len(each.posts), earlier[each.account.pk])
        _take_away(follows)
        made += _deliveries(edition, each, follows)
    Delivery.objects.bulk_create(made)
    fanout.deliver_on_commit([delivery.pk for delivery in made])


@receiver(notice_withdrawn, dispatch_uid="social.withdraw_deliveries")
def withdraw_deliveries(sender: object, notice: Notice, **kwargs: Any) -> None:
    """Stop what has not left and mark for removal what has."""
    rows = Delivery.objects.filter(edition__in=Edition.objects.filter(notice=notice))
    withdraw(rows)
    fanout.remove_on_commit(list(rows.values_list("pk", flat=True)))


def _take_away(follows: FollowUp) -> None:
    """Mark the copies a correction replaces for removal."""
    ids = [row.pk for row in follows.replaced]
    if ids:
        withdraw(Delivery.objects.filter(pk__in=ids))
        fanout.remove_on_commit(ids)


def _deliveries(edition: Edition, planned: PlannedPost, follows: FollowUp) -> list[Delivery]:
    """Return one row per part; what an edition does with earlier copies, its first part does."""
    parts = enumerate(planned.posts, start=1)
    rows = [_delivery(edition, planned.account, part, post) for part, post in parts]
    rows[0].act, rows[0].about = follows.act, follows.about
    return rows


def _delivery(edition: Edition, account: Account, part: int, post: Post) -> Delivery:
    now = timezone.now()
    # A moment of our own for every post: on Bluesky it becomes part of the post's address.
    post = replace(post, created_at=now.isoformat(timespec="microseconds").replace("+00:00", "Z"))
    return Delivery(
        edition=edition,
        account=account,
        part=part,
        price=publisher_for(account.channel).price(post),
        payload=post.to_json(),
        # Never used twice, not even after a database was restored from a copy.
        key=f"{edition.notice.reference}-{edition.number}-{account.pk}-{part}-{secrets.token_hex(8)}",
        next_attempt_at=max(now, account.rests_until_at or now),
        created_at=now,
    )


def _cancel_overtaken(edition: Edition, accounts: list[Account]) -> None:
    """An older edition that has not reached an account yet must not appear there after this one."""
    older = Edition.objects.filter(notice_id=edition.notice_id, number__lt=edition.number)
    rows = Delivery.objects.filter(edition__in=older, account__in=accounts)
    cancel_unsent(rows, _("Replaced by edition %(number)d before it was sent.") % {"number": edition.number})
