"""The signed stamp inside a visitors' form: which form, when it was opened, one key for one row."""

import time
import uuid
from dataclasses import dataclass

from django.core import signing

SALT = "visitors.form"
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


def issue(sort: str, about: str) -> str:
    """Return a fresh stamp for one sort of form about one thing (a notice's reference; "" for nothing)."""
    return signing.dumps([sort, about, uuid.uuid4().hex, time.time()], salt=SALT, compress=False)


def refused(stamp: str) -> str:
    """Return a good `stamp` for the form's next sending: the same key and opening, marked as corrected."""
    return signing.dumps([*signing.loads(stamp, salt=SALT)[:4], True], salt=SALT, compress=False)


def read(stamp: str, sort: str, about: str) -> Stamp | None:
    """Return what `stamp` says, or None if it was not issued for this form."""
    try:
        its_sort, its_about, key, opened, *was_refused = signing.loads(stamp, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    if (its_sort, its_about) != (sort, about):
        return None
    return Stamp(uuid.UUID(key), time.time() - opened, bool(was_refused))
