"""Makes a question of what was taken for feedback on a platform, or the reverse; decides nothing else.

Only a guess is undone here: what a resident sent by a form of the portal is what they said it was.
"""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from audit.recorder import record
from updates.conversation import Heard, speaker

from . import listing
from .enums import Sort, Status
from .listening import Inbox
from .models import Question, Voice
from .moderation import Refused, locked, told
from .permissions import may_moderate


def is_possible(voice: Voice) -> bool:
    """Say whether `voice` came from a platform and nobody has decided about it yet."""
    return bool(voice.source_key) and voice.status == Status.WAITING


@transaction.atomic
def turn(voice: Voice, *, by: Any, seen_version: int) -> Voice:
    """Put a row of the other sort in the place of `voice`, under a reference of its own. Raises Refused."""
    if not may_moderate(by, voice.team):
        raise Refused(_("Only a moderator of %(team)s can decide this.") % {"team": voice.team})
    row = locked(voice)
    if row.version != seen_version:
        raise Refused(told(row))
    if not is_possible(row):
        raise Refused(_("Only what came from a platform and waits for a moderator can be turned."))
    old, key = row.reference, str(row.source_key)
    heard = _heard_again(row)
    row.delete()
    reference = Inbox().receive([heard])[key]
    speaker().renamed(key, reference)
    made = listing.find(reference)
    _keep_moment(made, row)
    record(f"{made.sort}.turned", actor=by, target=made, notice=row.notice.reference, was=old)
    return made


def _keep_moment(made: Voice, row: Voice) -> None:
    """It came in when it came in, and that is what the day of its answer is reckoned from."""
    made.received_at = row.received_at
    if isinstance(made, Question):
        made.reckon_due()
    made.save()


def _heard_again(row: Voice) -> Heard:
    return Heard(
        key=str(row.source_key),
        source=row.source,
        notice=row.notice,
        text=row.text,
        is_question=row.sort == Sort.FEEDBACK,
        url=row.source_url,
        handle=row.handle,
        name=row.name,
    )
