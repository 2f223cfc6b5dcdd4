"""Follows the core's two signals inside their transactions; only writes rows, sends nothing."""

from typing import Any

from django.dispatch import receiver

from updates.enums import Urgency
from updates.models import Edition, Notice
from updates.signals import notice_published, notice_withdrawn

from . import fanout, mailings


@receiver(notice_published, dispatch_uid="subscriptions.make_mailing")
def make_mailing(sender: object, edition: Edition, **kwargs: Any) -> None:
    """Write the batches of everybody who is told at once, and let the workers know after the commit."""
    fanout.deliver_on_commit(mailings.of_edition(edition), alarm=edition.urgency == Urgency.EMERGENCY)


@receiver(notice_withdrawn, dispatch_uid="subscriptions.make_withdrawal")
def make_withdrawal(sender: object, notice: Notice, **kwargs: Any) -> None:
    """Stop what has not left, and tell whoever was told."""
    fanout.deliver_on_commit(mailings.of_withdrawal(notice), alarm=notice.urgency == Urgency.EMERGENCY)
