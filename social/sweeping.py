"""Does the bookkeeping of the sweep: gives up dead claims, holds late rows, and lists what is due."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from outbox import sweep
from outbox.enums import WAITING
from outbox.removal import cancel_unsent

from . import pacing
from .delivery import claimable, overtaken
from .models import Delivery


@dataclass(frozen=True)
class Due:
    """Ids that workers should hear of now."""

    deliver: list[int]
    reconcile: list[int]
    remove: list[int]


def collect() -> Due:
    """Put left-behind rows in order and return what is due; remembers that the ids were handed out."""
    now = timezone.now()
    rows = Delivery.objects.all()
    sweep.abandon_dead_claims(rows, now)
    # Publishing cancels what waits then; this is what was on its way, or unknown, and came back unsent.
    sentence = _("Replaced by a newer edition before it was sent.")
    cancel_unsent(overtaken().filter(status__in=WAITING), sentence)
    pacing.wait_out_rests()
    pacing.follow_first_parts(now)
    # A later part of a thread waits for the one before it, however long that takes a person.
    sweep.hold_late(rows.filter(pacing.has_part_before()).order_by(), now)
    due = Due(
        deliver=sweep.due_ids(claimable().filter(pk__in=pacing.fronts(now)), now),
        reconcile=sweep.settle_ids(rows, now),
        remove=sweep.removal_ids(rows, now),
    )
    # Before the handing over: if that fails, the rows come up again in a minute.
    sweep.mark_told(rows, due.deliver + due.reconcile + due.remove, now)
    return due
