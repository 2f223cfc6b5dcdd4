"""What a check says of an edition; plain data that every room may make."""

from dataclasses import dataclass

BLOCK = "block"
WARN = "warn"
HINT = "hint"
LEVELS = (BLOCK, WARN, HINT)
# How much of the text stands around what was found (characters).
_AROUND = 32


@dataclass(frozen=True)
class Excerpt:
    """Something found in a text, with a little of what stands around it; `start` in code points."""

    before: str
    found: str
    after: str
    start: int

    @property
    def length(self) -> int:
        """Return how long the found words are (code points)."""
        return len(self.found)


@dataclass(frozen=True)
class Finding:
    """What a check found in the field `where`.

    `level` is BLOCK (refuses), WARN (needs the approver's written reason) or HINT (asks for nothing).
    """

    code: str
    level: str
    message: str
    where: str = ""
    excerpts: tuple[Excerpt, ...] = ()


def excerpt(text: str, start: int, end: int) -> Excerpt:
    """Return `text[start:end]` with whole words of the same line around it."""
    before = text[max(0, start - _AROUND) : start].rpartition("\n")[2]
    after = text[end : end + _AROUND].partition("\n")[0]
    if start - len(before) > 0 and text[start - len(before) - 1] != "\n":
        before = "…" + before.partition(" ")[2]
    if end + len(after) < len(text) and text[end + len(after)] != "\n":
        after = after.rpartition(" ")[0] + "…"
    return Excerpt(before, text[start:end], after, start)
