"""Turns what the demo town's residents said into steps of history, through the portal's own doors."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from feedback import answering, moderation, promises
from feedback.enums import HiddenReason
from feedback.masking import mask
from feedback.models import Answer, Feedback, Question
from feedback.receiving import Words, receive_feedback, receive_question

from . import hearing
from .notices import Step, Town

# So that the same town has the same receipts.
_NAMESPACE = uuid.UUID("6f1d2c1e-52ac-4b5e-9c1b-7d6f0c0ffee5")


def steps(town: Town, number: int, row: dict[str, Any]) -> list[Step]:
    """Return what happened to one piece of feedback or one question."""
    story = _VoiceStory(town, number, row)
    # Hours ago and days ago change places around midnight: nobody speaks of a notice before it is there.
    received = max(town.calendar.moment(row["at"]), town.live_at[row["on"]] + timedelta(minutes=1))
    label = f"voice {number} on {row['on']}"
    made = [Step(received, 0, label, story.receive)]
    decided = _decided_at(town, row, received)
    if row.get("status", "published") != "waiting" and not _is_private(row):
        made.append(Step(decided, 1, label, story.decide))
    if row.get("me_too"):
        made.append(Step(_after(town, decided, minutes=20), 2, label, story.others_ask))
    if row.get("answer"):
        answered = max(town.calendar.moment(row["answered"]), decided + timedelta(minutes=1))
        made.append(Step(answered, 2, label, story.answer))
    if row.get("kept"):
        made.append(Step(town.calendar.moment(row["kept"]), 3, label, story.keep_promise))
    if row.get("objection"):
        objected = max(town.calendar.moment(row["objected"]), decided + timedelta(minutes=1))
        made.append(Step(objected, 3, label, story.object))
    if row.get("objection_decided"):
        made.append(Step(town.calendar.moment(row["objection_decided"]), 4, label, story.decide_objection))
    return made


def _after(town: Town, moment: datetime, *, minutes: int) -> datetime:
    """Return the moment so much later, and never one in the future."""
    return min(moment + timedelta(minutes=minutes), max(town.calendar.now, moment))


def _is_private(row: dict[str, Any]) -> bool:
    """Answered by mail alone: hidden as nobody else's business, yet with an answer."""
    return row.get("reason") == HiddenReason.NOT_PUBLIC and bool(row.get("answer"))


def _decided_at(town: Town, row: dict[str, Any], received: datetime) -> datetime:
    """A moderator looks within the hour, and never in the future."""
    return min(received + timedelta(minutes=35), max(town.calendar.now, received + timedelta(minutes=1)))


class _VoiceStory:
    """One voice's way through moderation and answering."""

    def __init__(self, town: Town, number: int, row: dict[str, Any]) -> None:
        self.town, self.number, self.row = town, number, row
        self.voice: Question | Feedback | None = None

    def receive(self) -> None:
        """The resident presses the button."""
        row, key = self.row, uuid.uuid5(_NAMESPACE, str(self.number))
        notice = self.town.notices[row["on"]]
        words = Words(
            text=self.town.calendar.fill(row["text"]),
            name=row.get("name", ""),
            email=row.get("email", ""),
            ward=self.town.wards.get(row.get("ward", "")),
        )
        if row["type"] == "question":
            self.voice = receive_question(notice, words, key=key, wants_reply=bool(words.email))
        else:
            self.voice = receive_feedback(notice, words, key=key, photo=hearing.picture(row))

    def decide(self) -> None:
        """A moderator publishes it or hides it for a fixed reason."""
        assert self.voice is not None
        by = self.town.people[self.row["moderator"]]
        seen = self.voice.version
        if self.row.get("status") == "hidden":
            reason = HiddenReason(self.row["reason"])
            self.voice = moderation.hide(self.voice, by=by, seen_version=seen, reason=reason)
        else:
            shown = mask(self.voice.text)
            self.voice = moderation.publish(self.voice, by=by, seen_version=seen, public_text=shown)
            hearing.show_picture(self.town, self.row, self.voice)

    def answer(self) -> None:
        """The team answers, in public or by mail alone."""
        assert isinstance(self.voice, Question)
        by = self.town.people[self.row["answered_by"]]
        promised = self.row.get("promised")
        said = answering.Words(
            self.town.calendar.fill(self.row["answer"]),
            is_private=_is_private(self.row),
            promise=self.row.get("promise", ""),
            promised_on=self.town.calendar.moment(promised).date() if promised else None,
        )
        answering.give(self.voice, said, by=by, seen_version=self.voice.version)

    def others_ask(self) -> None:
        """Others press "me too"."""
        assert self.voice is not None
        hearing.press_me_too(self.row, self.voice)

    def keep_promise(self) -> None:
        """Whoever answered says that it is done."""
        answer = Answer.objects.get(current_for=self.voice)
        promises.keep(answer, by=self.town.people[self.row["answered_by"]])

    def object(self) -> None:
        """The writer of hidden words objects."""
        assert self.voice is not None
        hearing.object_to_hiding(self.row, self.voice)

    def decide_objection(self) -> None:
        """Somebody else decides about it."""
        assert self.voice is not None
        hearing.decide_objection(self.town, self.row, self.voice)
