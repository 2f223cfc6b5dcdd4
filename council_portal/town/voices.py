"""Turns what the demo town's residents said into steps of history, through the portal's own doors."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from feedback import answering, moderation
from feedback.enums import HiddenReason
from feedback.masking import mask
from feedback.models import Feedback, Question
from feedback.receiving import Words, receive_feedback, receive_question

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
    if row.get("answer"):
        answered = max(town.calendar.moment(row["answered"]), decided + timedelta(minutes=1))
        made.append(Step(answered, 2, label, story.answer))
    return made


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
            self.voice = receive_feedback(notice, words, key=key)

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

    def answer(self) -> None:
        """The team answers, in public or by mail alone."""
        assert isinstance(self.voice, Question)
        by = self.town.people[self.row["answered_by"]]
        give = answering.answer_privately if _is_private(self.row) else answering.answer_publicly
        text = self.town.calendar.fill(self.row["answer"])
        give(self.voice, by=by, seen_version=self.voice.version, text=text)
