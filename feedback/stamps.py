"""The signed stamp inside a residents' form: which form, when it was opened, one key for one row."""

import time
import uuid
from dataclasses import dataclass

from django.core import signing

SALT = "feedback.form"
# A person needs longer than this to read and write; a machine does not (seconds).
QUICKEST = 3.0
# A form may stay open over a night (seconds).
LONGEST = 36 * 3600.0


@dataclass(frozen=True)
class Stamp:
    """What a form carries back: its key, and how long it was open (seconds)."""

    key: uuid.UUID
    age: float

    @property
    def is_too_quick(self) -> bool:
        """Say whether nobody could have written anything in that time."""
        return self.age < QUICKEST

    @property
    def is_too_old(self) -> bool:
        """Say whether the form lay open so long that it has to be sent again."""
        return self.age > LONGEST


def issue(sort: str, reference: str) -> str:
    """Return a fresh stamp for one form about one notice."""
    return signing.dumps([sort, reference, uuid.uuid4().hex, time.time()], salt=SALT, compress=False)


def read(stamp: str, sort: str, reference: str) -> Stamp | None:
    """Return what `stamp` says, or None if it was not issued for this form."""
    try:
        its_sort, its_reference, key, opened = signing.loads(stamp, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    if (its_sort, its_reference) != (sort, reference):
        return None
    return Stamp(uuid.UUID(key), time.time() - opened)
