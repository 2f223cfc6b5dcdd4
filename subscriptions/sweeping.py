"""Puts left-behind rows in order and lists what is due; hands nothing out and sends nothing."""

from django.utils.translation import gettext as _

from outbox import mails
from outbox.enums import WAITING
from outbox.mails import Due
from outbox.removal import cancel_unsent

from .delivery import claimable, overtaken
from .models import Batch, Wish


def collect_batches() -> Due:
    """Return the batches to send and those to settle; remembers that they were handed out."""
    cancel_unsent(
        overtaken().filter(status__in=WAITING), _("Withdrawn, ended or replaced before it was sent.")
    )
    return mails.collect(Batch.objects.order_by(), claimable())


def collect_wishes() -> Due:
    """Return the wishes to answer and those to settle; remembers that they were handed out."""
    return mails.collect(Wish.objects.all(), Wish.objects.all())
