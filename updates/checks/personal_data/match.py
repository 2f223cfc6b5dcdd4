"""What was found in a text, as plain data."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Match:
    """Something in a text that may be about a private person; `start` is its place there (code points).

    `is_certain` says that its form or its check digits leave hardly a doubt: such a thing is never published.
    """

    code: str
    label: str
    text: str
    start: int
    is_certain: bool = False

    @property
    def end(self) -> int:
        """Return where the text goes on after it."""
        return self.start + len(self.text)
