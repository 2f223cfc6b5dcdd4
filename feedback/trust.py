"""Shows at once the harmless words of somebody whose words were always shown; a moderator looks afterwards.

The trust belongs to an address, and holds only for words whose own mail was answered from it: typing somebody
else's address gives nobody their trust.
"""

import datetime as dt
import re

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from audit.context import coming_from
from audit.recorder import record

from . import moderation
from .enums import Sort, Status
from .masking import has_personal_data
from .models import Photo, Voice

# Older words say little about today's writer; addresses are gone by then in most towns anyway.
WITHIN = dt.timedelta(days=365)
# What a link leads to can change after anybody looked, and no trust covers strangers' sites.
_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)


@transaction.atomic
def show_if_earned(voice: Voice) -> bool:
    """Show words whose address was just confirmed, if their writer has earned it; say whether they are shown.

    The portal itself is the actor in the trail, and the words stay listed until a moderator has looked.
    """
    row = moderation.locked(voice)
    if not (settings.FEEDBACK_TRUST_AFTER and _is_harmless(row) and _is_trusted(row)):
        return False
    row.public_text = row.text
    moderation.set_status(row, Status.PUBLISHED, by=None)
    with coming_from(""):  # The trail is never erased, so it keeps no resident's network address.
        record(f"{row.sort}.trusted", target=row, notice=row.notice.reference)
    return True


def _is_harmless(row: Voice) -> bool:
    """Say whether nothing about the words themselves asks for a person's eyes first."""
    is_new = row.status == Status.WAITING and row.version == 1
    is_own = row.sort in (Sort.QUESTION, Sort.FEEDBACK) and not row.source and bool(row.email_confirmed_at)
    is_delicate = bool(row.suspicion) or row.is_information_request or bool(_LINK.search(row.text))
    if not is_new or not is_own or is_delicate or has_personal_data(row.text, row.handle):
        return False
    return not Photo.objects.filter(voice=row).exists()


def _is_trusted(row: Voice) -> bool:
    """Say whether moderators showed the writer's last words unchanged, enough of them, and hid none."""
    since = timezone.now() - WITHIN
    theirs = Voice.objects.filter(person=row.person, email_confirmed_at__isnull=False, received_at__gte=since)
    if theirs.filter(status=Status.HIDDEN).exists():
        return False
    # What nobody has looked at yet earns nothing.
    looked_at = theirs.filter(status=Status.PUBLISHED, moderated_by__isnull=False).exclude(pk=row.pk)
    last = looked_at.order_by("-received_at", "-pk")[: settings.FEEDBACK_TRUST_AFTER]
    return len(last) == settings.FEEDBACK_TRUST_AFTER and not any(each.is_shortened for each in last)
