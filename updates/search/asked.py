"""What somebody searches for and what they narrow it by; plain data."""

from dataclasses import dataclass
from datetime import date

from places.models import Ward

# Beyond this nobody types; the rest is left out (characters, words).
LONGEST = 200
MOST_WORDS = 12


@dataclass(frozen=True)
class Asked:
    """A search: `since` and `until` are days in the council's zone, both included."""

    text: str
    kind: str = ""
    ward: Ward | None = None
    state: str = "current"
    since: date | None = None
    until: date | None = None

    @property
    def words(self) -> str:
        """Return the text as it is searched: one line, not endless, without what no database stores."""
        plain = " ".join(self.text.replace("\x00", " ").split())[:LONGEST]
        return " ".join(plain.split()[:MOST_WORDS])
