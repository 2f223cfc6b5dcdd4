"""What subscriptions add to the pages of notices; the public block is a pure function of the database."""

from typing import Any

from django.db.models import Count, Q
from django.template.loader import render_to_string

from outbox.enums import WAITING, Status
from updates.models import Edition, Notice

from . import audience
from .enums import SETTLED, TOLD, Occasion, Result
from .models import Batch, Copy, Mailing

_UNDER_WAY = (*WAITING, Status.SENDING, Status.UNKNOWN)


def notice_aside(_context: dict[str, Any], notice: Notice) -> str:
    """Return "Follow this project" for residents, while there is anything to follow. No query."""
    if notice.withdrawn_at or notice.ended_at:
        return ""
    return render_to_string("subscriptions/block_notice_aside.html", {"notice": notice})


def approve_main(_context: dict[str, Any], edition: Edition) -> str:
    """Return how many subscribers the edition goes to at once; nothing once it is live."""
    if edition.published_at:
        return ""
    count = 0 if edition.is_minor else audience.size(edition)
    return render_to_string("subscriptions/block_approve.html", {"edition": edition, "count": count})


def staff_notice(_context: dict[str, Any], notice: Notice) -> str:
    """Return what became of the mails of a notice, mailing by mailing. Three queries, or one."""
    mailings = list(
        Mailing.objects.filter(edition__notice=notice)
        .defer("text", "html")
        .select_related("edition")
        .order_by("-created_at", "-pk")
    )
    if not mailings:
        return ""
    return render_to_string("subscriptions/block_staff_notice.html", {"mailings": _counted(mailings)})


def _counted(mailings: list[Mailing]) -> list[dict[str, Any]]:
    """Return each mailing with `sent`, `waiting`, `refused` and `unsent` readers. Two queries."""
    sent = Count("pk", filter=Q(result__in=TOLD))
    settled = Count("pk", filter=Q(result__in=SETTLED))
    refused = Count("pk", filter=Q(result=Result.REFUSED))
    copies = Copy.objects.filter(batch__mailing__in=mailings).values("batch__mailing", "batch")
    counts: dict[int, dict[str, int]] = {mailing.pk: dict.fromkeys(_COUNTS, 0) for mailing in mailings}
    done: dict[int, int] = {}
    for row in copies.annotate(sent=sent, settled=settled, refused=refused):
        total = counts[row["batch__mailing"]]
        total["sent"] += row["sent"]
        total["refused"] += row["refused"]
        done[row["batch"]] = row["settled"]
    for batch in Batch.objects.filter(mailing__in=mailings).defer("payload"):
        left = batch.size - done.get(batch.pk, 0)
        if batch.status in _UNDER_WAY:
            counts[batch.mailing_id]["waiting"] += left
        elif batch.status != Status.SENT:
            counts[batch.mailing_id]["unsent"] += left
    return [
        {"mailing": mailing, "is_withdrawal": mailing.occasion == Occasion.WITHDRAWN, **counts[mailing.pk]}
        for mailing in mailings
    ]


_COUNTS = ("sent", "waiting", "refused", "unsent")
