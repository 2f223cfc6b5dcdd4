"""Takes in what a resident sends: one form, one row, whatever is pressed how often; must not moderate."""

import uuid
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.db.models import Q

from audit.context import current_address
from places.models import Ward
from updates.drafting import REFERENCE_ATTEMPTS
from updates.models import Notice
from updates.pictures import Encoded

from . import photos, receipts, suspicion
from .enums import Status
from .listing import UNANSWERED
from .models import Feedback, Question, Voice

AnyVoice = TypeVar("AnyVoice", bound=Voice)


@dataclass(frozen=True)
class Words:
    """What a resident wrote, cleaned: text without NULs, the ward instead of the postcode."""

    text: str
    name: str = ""
    email: str = ""
    ward: Ward | None = None


def already_received(model: type[AnyVoice], key: uuid.UUID) -> AnyVoice | None:
    """Return the row this form has already left, if its button was pressed twice."""
    found: AnyVoice | None = model._default_manager.filter(form_key=key).first()  # type: ignore[assignment]
    return found


def receive_question(
    notice: Notice,
    words: Words,
    *,
    key: uuid.UUID,
    wants_reply: bool = False,
    is_information_request: bool = False,
    is_mailed: bool = False,
) -> Question:
    """Keep a question for a moderator and return it; the same `key` returns the same row.

    `is_mailed`: the receipt goes to the address that was left, with the row or not at all.
    """
    asks: dict[str, Any] = {"wants_reply": wants_reply, "is_information_request": is_information_request}
    return _receive(Question, notice, words, key, is_mailed=is_mailed, **asks)


def receive_feedback(
    notice: Notice,
    words: Words,
    *,
    key: uuid.UUID,
    helpful: str = "",
    went_wrong: str = "",
    photo: Encoded | None = None,
    is_mailed: bool = False,
) -> Feedback:
    """Keep feedback for a moderator and return it; the same `key` returns the same row.

    A press on "useful" without a word is counted: there is nothing to moderate.
    """
    status = Status.WAITING if words.text else Status.COUNTED
    said = {"helpful": helpful, "went_wrong": went_wrong, "status": status}
    return _receive(Feedback, notice, words, key, photo=photo, is_mailed=is_mailed, **said)


def _receive(
    model: type[AnyVoice],
    notice: Notice,
    words: Words,
    key: uuid.UUID,
    *,
    is_mailed: bool,
    photo: Encoded | None = None,
    **more: Any,
) -> AnyVoice:
    known = already_received(model, key)
    if known:
        return known
    row = model(
        notice=notice,
        form_key=key,
        text=words.text,
        name=words.name,
        email=words.email,
        ward=words.ward,
        **more,
    )
    row.fill_in()
    row.suspicion = suspicion.of(row, network=current_address())
    for _attempt in range(REFERENCE_ATTEMPTS):
        try:
            with transaction.atomic():
                row.save(force_insert=True)
                if photo:
                    photos.keep(row, photo)
                if is_mailed:
                    receipts.send(row)
        except IntegrityError:
            # Two presses at once, the other one was first; or somebody has the reference: draw another.
            if known := already_received(model, key):
                return known
            row.reference = ""
        else:
            return row
    raise RuntimeError("No free reference was found: the alphabet or the length has to grow.")


def ahead_in_queue(voice: Voice) -> int:
    """Return how many of the same sort have waited longer for the same team's moderators. One query."""
    waiting = Voice.objects.filter(sort=voice.sort, status=Status.WAITING, team=voice.team_id)
    return waiting.filter(received_at__lt=voice.received_at).count()


def ahead_for_answer(question: Voice) -> int:
    """Return how many questions the same team has to answer sooner: due before it, or that day and older.

    One query.
    """
    before = Q(due_on__lt=question.due_on) | Q(due_on=question.due_on, received_at__lt=question.received_at)
    waiting = Voice.objects.filter(UNANSWERED, team=question.team_id).filter(before)
    return waiting.exclude(pk=question.pk).count()
