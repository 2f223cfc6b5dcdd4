"""Finds the place a person means from what they typed; must not know notices."""

import re
import unicodedata

from .models import Postcode, Street, Ward


def normalise_postcode(text: str) -> str:
    """Return `text` as a postcode is stored: capitals and digits only ("rb1 1aa" → "RB11AA")."""
    plain = unicodedata.normalize("NFKC", text)
    return re.sub(r"[^A-Z0-9]", "", plain.upper())[:8]


def ward_for(text: str) -> Ward | None:
    """Return the ward that a postcode, a street's or a ward's name stands in, or None."""
    typed = text.replace("\x00", "").strip()
    if not typed:
        return None
    postcode = Postcode.objects.select_related("street__ward").filter(code=normalise_postcode(typed)).first()
    if postcode:
        return postcode.street.ward
    ward = Ward.objects.filter(name__iexact=typed).first()
    if ward:
        return ward
    street = Street.objects.select_related("ward").filter(name__iexact=typed).first()
    return street.ward if street else None
