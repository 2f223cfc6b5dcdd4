"""The signed stamp inside a residents' form: which form, when it was opened, one key for one row."""

import time
import uuid
from dataclasses import dataclass

from django.core import signing

SALT = "feedback.form"
# A person needs longer than this to read and write; a machine does not (seconds).
QUICKEST = 2.0
# A form may stay open over a night (seconds).
LONGEST = 36 * 3600.0


@dataclass(frozen=True)
class Stamp:
    """What a form carries back: its key, how long ago it was opened (seconds), whether it came before."""

    key: uuid.UUID
    age: float
    was_refused: bool = False

    @property
    def is_too_quick(self) -> bool:
        """Say whether nobody could have written anything in that time; corrections may be quick."""
        return self.age < QUICKEST and not self.was_refused

    @property
    def is_too_old(self) -> bool:
        """Say whether the form lay open so long that it has to be sent again."""
        return self.age > LONGEST


def issue(sort: str, reference: str) -> str:
    """Return a fresh stamp for one form about one notice."""
    return signing.dumps([sort, reference, uuid.uuid4().hex, time.time()], salt=SALT, compress=False)


def refused(stamp: str) -> str:
    """Return a good `stamp` for the form's next sending: the same key and opening, marked as corrected."""
    return signing.dumps([*signing.loads(stamp, salt=SALT)[:4], True], salt=SALT, compress=False)


def read(stamp: str, sort: str, reference: str) -> Stamp | None:
    """Return what `stamp` says, or None if it was not issued for this form."""
    try:
        its_sort, its_reference, key, opened, *was_refused = signing.loads(stamp, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    if (its_sort, its_reference) != (sort, reference):
        return None
    return Stamp(uuid.UUID(key), time.time() - opened, bool(was_refused))
