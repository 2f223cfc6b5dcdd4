"""Where what people write elsewhere and the council's answers to it change rooms; knows neither room.

One room collects people's words and can speak where they wrote (a Speaker); another one keeps, moderates and
answers them (a Listener). Each registers itself and calls the other through here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from .models import Notice


@dataclass(frozen=True)
class Heard:
    """What somebody wrote about a notice somewhere else."""

    # The collecting room's own name for it, the same for ever: nothing is taken in twice under one key.
    key: str
    # Where it was written, in a word people know ("Bluesky").
    source: str
    notice: Notice
    text: str
    is_question: bool = False
    url: str = ""
    handle: str = ""
    name: str = ""


class Listener(Protocol):
    """The room that keeps what people say."""

    def receive(self, heard: Sequence[Heard]) -> dict[str, str]:
        """Keep each of `heard` once and return the reference each has, by its key.

        Part of the caller's transaction.
        """


class Speaker(Protocol):
    """The room that can answer people where they wrote. Every `key` is one it handed over itself."""

    def most_characters(self, key: str) -> int:
        """Return how many characters a post may have there, as that platform counts them."""

    def usual_words(self, key: str, answer: str, *, url: str, is_correction: bool) -> str:
        """Return what is posted when nobody writes other words: the answer if it fits, else the way to it."""

    def problems(self, key: str, words: str) -> list[str]:
        """Return in sentences why `words` cannot be posted there; empty when they can."""

    def answer(self, key: str, words: str, *, by: Any, number: int) -> None:
        """Post `words` under what was written, after the commit; the same `number` is posted once."""

    def renamed(self, key: str, reference: str) -> None:
        """Take note that what was handed over now stands under another reference."""


_rooms: dict[str, Any] = {}


def listen(listener: Listener) -> None:
    """Make `listener` the room that keeps what people say; call it from AppConfig.ready()."""
    _rooms["listener"] = listener


def speak(speaker: Speaker) -> None:
    """Make `speaker` the room that answers people where they wrote; call it from AppConfig.ready()."""
    _rooms["speaker"] = speaker


def listener() -> Listener:
    """Return the room that keeps what people say."""
    found: Listener = _rooms["listener"]
    return found


def speaker() -> Speaker:
    """Return the room that answers people where they wrote."""
    found: Speaker = _rooms["speaker"]
    return found
