"""Decides whether words are shown; with answering.py and trust.py the only writer of their status."""

import datetime as dt
from enum import Enum
from typing import Any, TypeVar, cast

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.recorder import record
from look import times

from . import hidden_mail, lost_words
from .enums import HiddenReason, Objected, Status
from .models import Voice
from .permissions import may_moderate

AnyVoice = TypeVar("AnyVoice", bound=Voice)


class Decision(Enum):
    """What a moderator can do."""

    PUBLISH = "published"
    HIDE = "hidden"
    UNDO = "reopened"
    # After an objection that somebody else agreed to (objecting.py).
    REINSTATE = "reinstated"
    # A moderator looked at what was shown on trust, and leaves it.
    LOOK = "looked_at"
    # Words already shown, with more of them taken out.
    REDACT = "redacted"


# From which status each decision may be made. A privately answered question is settled.
FROM: dict[Decision, frozenset[Status]] = {
    Decision.PUBLISH: frozenset({Status.WAITING}),
    Decision.HIDE: frozenset({Status.WAITING, Status.PUBLISHED}),
    Decision.UNDO: frozenset({Status.PUBLISHED, Status.HIDDEN}),
    Decision.REINSTATE: frozenset({Status.HIDDEN}),
    Decision.LOOK: frozenset({Status.PUBLISHED}),
    Decision.REDACT: frozenset({Status.PUBLISHED}),
}
# What takes words away that a summary may have been made from.
_TAKE_AWAY = (Decision.HIDE, Decision.UNDO, Decision.REDACT)
_DONE = {
    Status.WAITING: gettext_lazy("put this back in the queue"),
    Status.PUBLISHED: gettext_lazy("published this"),
    Status.HIDDEN: gettext_lazy("hid this"),
    Status.ANSWERED_PRIVATELY: gettext_lazy("answered this by e-mail"),
}


class Refused(Exception):
    """A decision that was not taken; its text is fit for the person who tried."""


def publish(voice: AnyVoice, *, by: Any, seen_version: int, public_text: str) -> AnyVoice:
    """Show `public_text` (the words, with what could harm somebody taken out). Raises Refused."""
    if not public_text.strip():
        raise Refused(_("There are no words left to show. Hide it with a reason instead."))
    changes = {"public_text": public_text, "hidden_reason": ""}
    return _decide(
        voice, Decision.PUBLISH, Status.PUBLISHED, by=by, seen_version=seen_version, changes=changes
    )


def hide(voice: AnyVoice, *, by: Any, seen_version: int, reason: str) -> AnyVoice:
    """Hide the words for one of the fixed reasons, which is told in their place. Raises Refused."""
    if reason not in HiddenReason.values:
        raise Refused(_("Choose why it is hidden."))
    changes = {"hidden_reason": reason}
    with transaction.atomic():
        row = _decide(voice, Decision.HIDE, Status.HIDDEN, by=by, seen_version=seen_version, changes=changes)
        hidden_mail.tell_hidden(row)
    return row


def reinstate(voice: AnyVoice, *, by: Any, seen_version: int, public_text: str) -> AnyVoice:
    """Show hidden words after all, because their writer objected. Raises Refused."""
    if not public_text.strip():
        raise Refused(_("There are no words left to show. Do not agree, and say why."))
    changes = {"public_text": public_text, "hidden_reason": ""}
    return _decide(
        voice, Decision.REINSTATE, Status.PUBLISHED, by=by, seen_version=seen_version, changes=changes
    )


def look(voice: AnyVoice, *, by: Any, seen_version: int) -> AnyVoice:
    """Leave words as they are that were shown on trust; they then count as a moderator's. Raises Refused.

    They were decided when they were shown: summaries made since have read them, and nothing new came.
    """
    if not voice.is_on_trust:
        raise Refused(_("A moderator has looked at this already."))
    return _decide(voice, Decision.LOOK, Status.PUBLISHED, by=by, seen_version=seen_version, changes={})


def redact(voice: AnyVoice, *, by: Any, seen_version: int, public_text: str) -> AnyVoice:
    """Change the public words of what is shown already; its answer stays. Raises Refused.

    `voice` must be as the person saw it: words that are the same as its own are refused.
    """
    if not public_text.strip():
        raise Refused(_("There are no words left to show. Hide it with a reason instead."))
    if public_text.split() == voice.public_text.split():
        raise Refused(_("These are the words residents read now. Take something out first."))
    changes = {"public_text": public_text}
    return _decide(
        voice, Decision.REDACT, Status.PUBLISHED, by=by, seen_version=seen_version, changes=changes
    )


def undo(voice: AnyVoice, *, by: Any, seen_version: int) -> AnyVoice:
    """Put it back in the queue, as if nobody had decided.

    Raises Refused, also for what has a public answer or an open objection.
    """
    if getattr(voice, "current_answer_id", None) and voice.status == Status.PUBLISHED:
        raise Refused(_("It has a public answer, so it cannot go back to the queue. You can hide it."))
    changes = {"public_text": "", "hidden_reason": ""}
    return _decide(voice, Decision.UNDO, Status.WAITING, by=by, seen_version=seen_version, changes=changes)


@transaction.atomic
def _decide(
    voice: AnyVoice, decision: Decision, to: Status, *, by: Any, seen_version: int, changes: dict[str, str]
) -> AnyVoice:
    if not may_moderate(by, voice.team):
        raise Refused(_("Only a moderator of %(team)s can decide this.") % {"team": voice.team})
    row = locked(voice)
    if row.version != seen_version:
        raise Refused(told(row))
    if row.status not in FROM[decision]:
        raise Refused(
            _("This cannot be done while it is: %(status)s.") % {"status": row.get_status_display()}
        )
    if decision is Decision.UNDO and row.objections.filter(outcome=Objected.OPEN).exists():
        # Else whoever hid it could settle the objection alone, and its writer would hear nothing.
        raise Refused(_("Its writer objects, so somebody who did not hide it decides about that first."))
    if decision is Decision.UNDO and not row.text:
        raise Refused(_("Its words were deleted when their time was over: nothing is left to decide."))
    for field, value in changes.items():
        setattr(row, field, value)
    if decision is not Decision.LOOK:
        # A machine's guesses about words that are read no more; about the new ones it guesses anew.
        row.theme, row.mood = None, ""
    decided_at = row.moderated_at if decision is Decision.LOOK else None
    set_status(row, to, by=by, at=decided_at)
    if decision in _TAKE_AWAY:
        lost_words.note(row)
    record(f"{row.sort}.{decision.value}", actor=by, target=row, **_detail(row))
    return row


def locked(voice: AnyVoice) -> AnyVoice:
    """Return the row as it is now, locked until the transaction ends."""
    rows = Voice.objects.select_for_update(of=("self",))
    return cast(AnyVoice, rows.select_related("notice", "team", "moderated_by").get(pk=voice.pk))


def set_status(row: Voice, to: Status, *, by: Any, at: dt.datetime | None = None) -> None:
    """Write a decided row: status, who, when (now), and the next version. The row must be locked."""
    row.status = to
    row.moderated_by, row.moderated_at = by, at or timezone.now()
    row.version += 1
    row.save()


def told(row: Voice) -> str:
    """Return the sentence for a person who decided over a row that has changed since they opened it."""
    if row.moderated_by is None or row.moderated_at is None:
        return _("This has changed since you opened it. Nothing you did was kept; look again.")
    return _("%(who)s %(what)s at %(when)s, while you had it open. Nothing you did was kept; look again.") % {
        "who": row.moderated_by,
        "what": _DONE[Status(row.status)],
        "when": times.words(row.moderated_at, "time"),
    }


def _detail(row: Voice) -> dict[str, Any]:
    detail: dict[str, Any] = {"notice": row.notice.reference}
    if row.hidden_reason:
        detail["reason"] = row.hidden_reason
    if row.status == Status.PUBLISHED:
        detail["words_left_out"] = row.is_shortened
    return detail
