"""How long we keep who wrote to us on platforms; ids stay, so that nothing comes in twice."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from updates import keeping
from updates.keeping import Held, Rule, Term

from ..models import Reply

_NOBODY = {"author_handle": "", "author_name": "", "url": "", "text": ""}


def _old(before: datetime) -> dict[str, QuerySet[Any]]:
    """Return what came in before, the mentions that still wait for a notice first."""
    old = Reply.objects.filter(collected_at__lt=before)
    return {
        "unplaced": old.filter(voice="", set_aside_at__isnull=True, notice__isnull=True),
        "replies": old.exclude(**_NOBODY),
    }


def _end(what: str, rows: QuerySet[Any]) -> None:
    """Empty names, links and words as collected; what waits for a notice waits no longer.

    The words that were handed over stay where they were moderated.
    """
    rows.update(**({"set_aside_at": timezone.now()} if what == "unplaced" else _NOBODY))


def register_rules() -> None:
    """Make the rule known to the privacy page and to the nightly job."""
    keeping.register(
        Rule(
            "replies",
            10,
            _("Your name on a platform and the link, as we collected what you wrote to our accounts"),
            _("we collected it"),
            _("they are deleted; our answer stays on the platform"),
            lambda: Term.months(settings.FEEDBACK_CONTACT_MONTHS),
            _old,
            _end,
        )
    )


class Repliers:
    """What the accounts' replies do for whoever asks about a person: by the name they have on a platform."""

    def find(self, address: str) -> Iterable[Held]:
        """Return what somebody of that name wrote to our accounts."""
        for reply in _by(address):
            content = {"name": reply.author_handle, "words": reply.text, "link": reply.url}
            yield Held("social", "reply on a platform", str(reply.pk), reply.collected_at, content)

    def erase(self, address: str, *, words: bool) -> dict[str, int]:
        """Empty names, links and words as collected."""
        return {"replies": _by(address).update(**_NOBODY)}


def _by(handle: str) -> QuerySet[Reply]:
    handle = handle.strip().removeprefix("@")
    return Reply.objects.filter(author_handle__iexact=handle) if handle else Reply.objects.none()
