"""Decides many voices at once and undoes it, row by row; the rules are moderation's.

A plan is committed before anything is decided. Each row is then decided in a transaction of its own, with its
state in that same transaction, so that a worker that dies loses nothing and whoever goes on repeats nothing.
"""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.recorder import record

from . import masking, moderation
from .enums import BulkState, HiddenReason
from .models import BulkDecision, BulkItem, Voice
from .moderation import Decision, Refused

# As many as one person may decide at once; the page says so.
MOST = 1000
# How long a person finds their own decisions on the inbox, to undo them.
SHOWN_FOR = dt.timedelta(hours=24)
_OPEN = (BulkState.PLANNED, BulkState.UNDOING)
_WHY_MAX = 500
_LISTED = 3


@dataclass(frozen=True)
class What:
    """What is decided about all of them: shown with personal data masked, or hidden for one reason."""

    decision: Decision
    reason: str = ""

    @classmethod
    def hide(cls, reason: str) -> "What":
        """Return hiding for `reason`."""
        return cls(Decision.HIDE, reason)

    @property
    def words(self) -> str:
        """The reason as people read it."""
        return str(HiddenReason(self.reason).label)


SHOW = What(Decision.PUBLISH)


def plan(
    what: What, seen: dict[Voice, int], refused: dict[Voice, str], *, by: Any, key: uuid.UUID
) -> BulkDecision:
    """Keep what is to be decided and return it; the same `key` returns what was kept before.

    `seen` are the rows with the version the person saw, `refused` those of them that cannot be decided with
    why. Nothing is decided yet: work() does. Raises Refused for no row, too many, or a reason that is none.
    """
    _check(what, seen)
    with transaction.atomic():
        made, is_new = BulkDecision.objects.get_or_create(
            form_key=key, defaults={"by": by, "decision": what.decision.value, "reason": what.reason}
        )
        if is_new:
            BulkItem.objects.bulk_create(
                BulkItem(
                    bulk=made,
                    voice=voice,
                    version=version,
                    state=BulkState.REFUSED if voice in refused else BulkState.PLANNED,
                    why=refused.get(voice, "")[:_WHY_MAX],
                )
                for voice, version in seen.items()
            )
            _record(made, chosen=len(seen), left_out=len(refused))
    if made.by_id != by.pk:
        raise Refused(_("Somebody else sent this form."))
    return made


def _record(made: BulkDecision, **numbers: int) -> None:
    reason = {"reason": made.reason} if made.reason else {}
    record("bulk.decided", actor=made.by, target=made, decision=made.decision, **reason, **numbers)


def _check(what: What, seen: dict[Voice, int]) -> None:
    if not seen:
        raise Refused(_("Nothing was chosen."))
    if len(seen) > MOST:
        raise Refused(_("Not more than %(most)s at once.") % {"most": MOST})
    if what.decision is Decision.HIDE and what.reason not in HiddenReason.values:
        raise Refused(_("Choose why they are hidden."))


def undo(made: BulkDecision, *, by: Any) -> None:
    """Mark everything this person decided here as to be undone; work() does it. Twice is once.

    What was not decided yet stays undecided. Raises Refused for somebody else's decision.
    """
    if made.by_id != by.pk:
        raise Refused(_("Only who decided this can undo it at once."))
    with transaction.atomic():
        row = BulkDecision.objects.select_for_update().get(pk=made.pk)
        if row.undone_at is not None:
            return
        row.undone_at = timezone.now()
        row.save(update_fields=["undone_at"])
        why = _("You undid this before its turn came.")
        row.items.filter(state=BulkState.PLANNED).update(state=BulkState.REFUSED, why=why)
        number = row.items.filter(state=BulkState.DONE).update(state=BulkState.UNDOING)
        record("bulk.undone", actor=by, target=row, decided=number)


def work(pk: int, *, most: int | None = None) -> bool:
    """Do up to `most` of what is still to be done of a bulk decision; return whether nothing is left.

    Safe to run twice and at once. Must run outside any transaction.
    """
    left = BulkItem.objects.filter(bulk=pk, state__in=_OPEN).order_by("pk").values_list("pk", flat=True)
    for item in left[:most]:
        _do_one(item)
    return not left.exists()


def unfinished() -> QuerySet[Any]:
    """Return the ids of the bulk decisions in which something is still to be done."""
    rows = BulkItem.objects.filter(state__in=_OPEN).order_by()
    return rows.values_list("bulk", flat=True).distinct()


def lately(user: Any) -> list[Any]:
    """Return a person's newest bulk decisions of the last 24 hours that stand, with the `number` of rows."""
    since = timezone.now() - SHOWN_FOR
    rows = BulkDecision.objects.filter(by=user.pk, at__gte=since, undone_at=None).order_by("-at")
    return list(rows.annotate(number=Count("items", filter=~Q(items__state=BulkState.REFUSED)))[:_LISTED])


@transaction.atomic
def _do_one(pk: int) -> None:
    rows = BulkItem.objects.select_for_update(of=("self",), skip_locked=True)
    item = rows.select_related("bulk__by", "voice__team").filter(pk=pk, state__in=_OPEN).first()
    if item is None:
        # Somebody else is at it, or has just done it.
        return
    act, done, not_done = _ACTS[BulkState(item.state)]
    try:
        item.version = act(item).version
        item.state = done
    except Refused as refusal:
        item.state, item.why = not_done, str(refusal)[:_WHY_MAX]
    item.save(update_fields=["state", "version", "why"])


def _decide_one(item: BulkItem) -> Voice:
    voice, by = item.voice, item.bulk.by
    if item.bulk.decision == Decision.HIDE.value:
        return moderation.hide(voice, by=by, seen_version=item.version, reason=item.bulk.reason)
    words = masking.mask(voice.text, voice.handle)
    return moderation.publish(voice, by=by, seen_version=item.version, public_text=words)


def _undo_one(item: BulkItem) -> Voice:
    return moderation.undo(item.voice, by=item.bulk.by, seen_version=item.version)


_ACTS = {
    BulkState.PLANNED: (_decide_one, BulkState.DONE, BulkState.REFUSED),
    BulkState.UNDOING: (_undo_one, BulkState.UNDONE, BulkState.KEPT),
}
