"""The slots in a template's texts: finding them, declaring them, filling them; plain data, no database."""

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

# "{street}": small letters, figures and underscores, so that a slot can be read out and typed.
_SLOT = re.compile(r"\{([a-z][a-z0-9_]{0,29})\}")
MOST_SLOTS = 8


@dataclass(frozen=True)
class Slot:
    """One gap of a template: what goes in (enums.SlotKind), how it is asked for, and an example.

    `choices` are the answers of a choice; `fills` names the fact of the notice that a time is as well
    (enums.Fills).
    """

    name: str
    label: str
    kind: str
    example: str = ""
    choices: tuple[str, ...] = ()
    fills: str = ""

    @classmethod
    def read(cls, stored: dict[str, Any]) -> "Slot":
        """Return the slot that was kept as JSON."""
        return cls(**{**stored, "choices": tuple(stored.get("choices", ()))})

    def stored(self) -> dict[str, Any]:
        """Return the slot as JSON-able data."""
        return {**asdict(self), "choices": list(self.choices)}


def names_in(texts: Iterable[str]) -> list[str]:
    """Return the names of the slots in `texts`, each once, in the order they are met."""
    return list(dict.fromkeys(name for text in texts for name in _SLOT.findall(text)))


def has_stray_brace(text: str) -> bool:
    """Say whether a brace stands in `text` that belongs to no slot: nearly always a slip."""
    rest = _SLOT.sub("", text)
    return "{" in rest or "}" in rest


def filled(text: str, words: dict[str, str]) -> str:
    """Return `text` with every slot replaced by its words, once: braces inside the words stay as they are.

    Raises KeyError for a slot without words.
    """
    return _SLOT.sub(lambda hit: words[hit[1]], text)
