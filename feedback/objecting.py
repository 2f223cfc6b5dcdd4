"""Takes a writer's objection to hiding, and has it decided by somebody other than who hid the words."""

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import User
from audit.context import coming_from
from audit.recorder import record

from . import hidden_mail, moderation
from .enums import Objected, Status
from .models import Objection, Voice
from .moderation import Refused
from .permissions import may_moderate

# Once for the hiding and once for what was decided about it: then it is a matter for a complaint.
MOST = 2


def why_not(voice: Voice) -> str:
    """Return why its writer cannot object (again), as a sentence; empty when they can. One query."""
    if voice.status != Status.HIDDEN or voice.moderated_by_id is None:
        return _("Nothing of it is hidden.")
    if voice.original_deleted_at:
        return _("Your words were deleted when their time was over, so they cannot be shown any more.")
    made = list(voice.objections.values_list("outcome", flat=True))
    if Objected.OPEN in made:
        return _("Your objection is with us.")
    return _("You objected before, and it was decided.") if len(made) >= MOST else ""


@transaction.atomic
def make(voice: Voice, text: str) -> Objection:
    """Keep an objection; a second press returns the one that is open. Raises Refused."""
    row = moderation.locked(voice)
    if open_one := row.objections.filter(outcome=Objected.OPEN).first():
        return open_one
    if refusal := why_not(row):
        raise Refused(refusal)
    assert row.moderated_by is not None  # why_not() looked
    try:
        made = Objection.objects.create(
            voice=row, text=text, hidden_by=row.moderated_by, hidden_reason=row.hidden_reason
        )
    except IntegrityError as error:
        raise Refused(_("Your objection is with us.")) from error
    with coming_from(""):  # The trail is never erased, so it keeps no resident's network address.
        record("objection.made", target=row, notice=row.notice.reference)
    return made


def deciders(objection: Objection) -> QuerySet[User]:
    """Return who may decide it."""
    people = User.objects.active().filter(
        memberships__team=objection.voice.team_id, memberships__role=Role.MODERATOR
    )
    return people.exclude(pk=objection.hidden_by_id).distinct().order_by("name", "pk")


@transaction.atomic
def decide(
    objection: Objection,
    *,
    by: Any,
    outcome: str,
    because: str,
    public_text: str = "",
    seen_version: int,
) -> Objection:
    """Agree (the words are shown), agree in part (`public_text` is shown), or refuse. Raises Refused.

    The writer is told the outcome and `because`, on the receipt and by mail if they left an address.
    """
    voice = moderation.locked(objection.voice)
    row = Objection.objects.select_for_update().get(pk=objection.pk)
    _check(row, voice, by=by, outcome=outcome, because=because, seen_version=seen_version)
    row.outcome, row.because = outcome, because.strip()
    row.decided_by, row.decided_at = by, timezone.now()
    row.save()
    if outcome != Objected.REFUSED:
        moderation.reinstate(voice, by=by, seen_version=seen_version, public_text=public_text)
    record("objection.decided", actor=by, target=voice, outcome=outcome, hidden_by=str(row.hidden_by))
    hidden_mail.tell_outcome(row)
    return row


def _check(row: Objection, voice: Voice, *, by: Any, outcome: str, because: str, seen_version: int) -> None:
    if not may_moderate(by, voice.team):
        raise Refused(_("Only a moderator of %(team)s can decide this.") % {"team": voice.team})
    if row.hidden_by_id == by.pk:
        raise Refused(_("You hid these words, so somebody else decides about the objection."))
    if row.outcome != Objected.OPEN or voice.version != seen_version:
        raise Refused(moderation.told(voice))
    if outcome not in (Objected.AGREED, Objected.PARTLY, Objected.REFUSED):
        raise Refused(_("Choose what you decide."))
    if not because.strip():
        raise Refused(_("Say why, in words for the person who wrote it."))
