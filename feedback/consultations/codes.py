"""Makes the codes that go out in letters; keeps keyed hashes only, so they are seen once and never again."""

import secrets
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.recorder import record
from updates.models.notice import REFERENCE_ALPHABET

from .. import permissions
from ..enums import Access, Stage
from ..models import AccessCode, Consultation
from . import access
from .stages import Refused, locked

# 29 signs without look-alikes; the number is prime, which lets the check sign find every single slip and
# every exchange of two signs.
ALPHABET = REFERENCE_ALPHABET
# 29 to the power of 10: 48 bits, beyond guessing at a few tries an hour.
_RANDOM_SIGNS = 10
_GROUP = 4
# More than this is not printed from a page in one go; another batch takes the rest.
MOST_AT_ONCE = 2000
_BEFORE_CLOSING = (Stage.DRAFT, Stage.SUBMITTED, Stage.OPEN)


def make(consultation: Consultation, *, number: int, batch: str, by: Any) -> list[str]:
    """Make `number` codes for the letters called `batch` and return them: nobody can read them again.

    Raises Refused: no right, codes not asked for, the consultation is over, or letters of that name exist.
    """
    if not 0 < number <= MOST_AT_ONCE:
        raise Refused(_("Make between 1 and %(most)s codes at once.") % {"most": MOST_AT_ONCE})
    with transaction.atomic():
        fresh = locked(consultation)
        _check(fresh, batch, by)
        made: dict[str, str] = {}
        while len(made) < number:
            code = new_code()
            made[access.code_hash(fresh, code)] = code
        now = timezone.now()
        AccessCode.objects.bulk_create(
            AccessCode(consultation=fresh, code_hash=each, batch=batch, made_at=now, made_by=by)
            for each in made
        )
        record("consultation.codes_made", actor=by, target=fresh, number=number, batch=batch)
    return list(made.values())


def _check(consultation: Consultation, batch: str, by: Any) -> None:
    if not permissions.may_consult(by, consultation.team):
        raise Refused(_("Your roles do not allow this for %(team)s.") % {"team": consultation.team})
    if consultation.access != Access.CODE:
        raise Refused(_("This consultation is not answered with codes. Change who may answer first."))
    if consultation.stage not in _BEFORE_CLOSING:
        raise Refused(_("It takes no answers any more, so a code would be good for nothing."))
    if consultation.codes.filter(batch=batch).exists():
        raise Refused(
            _("Codes for “%(batch)s” were made already, and cannot be shown again. Give these another name.")
            % {"batch": batch}
        )


def new_code() -> str:
    """Return a new code as it is printed: "7K3Q-M2XA-9RD"."""
    signs = "".join(secrets.choice(ALPHABET) for _place in range(_RANDOM_SIGNS))
    whole = signs + check_sign(signs)
    return "-".join(whole[at : at + _GROUP] for at in range(0, len(whole), _GROUP))


def is_well_formed(typed: str) -> bool:
    """Say whether what somebody typed can be a code at all: a slip is found without asking the database."""
    signs = access.normalised(typed)
    known = len(signs) == _RANDOM_SIGNS + 1 and all(sign in ALPHABET for sign in signs)
    return known and check_sign(signs[:-1]) == signs[-1]


def check_sign(signs: str) -> str:
    """Return the last sign of a code: the sum of the others, each weighted with its place."""
    total = sum(place * ALPHABET.index(sign) for place, sign in enumerate(signs, start=2))
    return ALPHABET[total % len(ALPHABET)]


def known(consultation: Consultation, codes: list[str]) -> list[str]:
    """Return those of `codes` that are good for this consultation, in their order. One query."""
    hashes = {access.code_hash(consultation, code): code for code in codes}
    rows = AccessCode.objects.filter(consultation=consultation, code_hash__in=hashes)
    found = set(rows.values_list("code_hash", flat=True))
    return [code for each, code in hashes.items() if each in found]
