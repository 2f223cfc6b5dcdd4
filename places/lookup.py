"""Finds the place a person means from what they typed; must not know notices."""

import re
import unicodedata

from .models import Postcode, Street, Ward

# How people shorten the last word of a street.
_ABBREVIATED = {
    "ave": "avenue",
    "cl": "close",
    "ct": "court",
    "cres": "crescent",
    "dr": "drive",
    "gdns": "gardens",
    "ln": "lane",
    "pl": "place",
    "rd": "road",
    "sq": "square",
    "st": "street",
}


def normalise_postcode(text: str) -> str:
    """Return `text` as a postcode is stored: capitals and digits only ("rb1 1aa" → "RB11AA")."""
    plain = unicodedata.normalize("NFKC", text)
    return re.sub(r"[^A-Z0-9]", "", plain.upper())[:8]


def normalise_name(text: str) -> str:
    """Return `text` as a street's or a ward's name is stored ("12 Quay st." → "Quay street")."""
    plain = unicodedata.normalize("NFKC", text).replace("\x00", "").replace("’", "'")
    words = re.sub(r"[.,]", " ", plain).split()
    # A house number says nothing about the ward that its street does not.
    if len(words) > 1 and re.fullmatch(r"[0-9]+[A-Za-z]?", words[0]):
        words = words[1:]
    if len(words) > 1 and words[-1].casefold() == "ward":
        words = words[:-1]
    return " ".join([*words[:-1], *(_ABBREVIATED.get(word.casefold(), word) for word in words[-1:])])


def ward_for(text: str) -> Ward | None:
    """Return the ward that a postcode, a street's or a ward's name stands in, or None."""
    name = normalise_name(text)
    if not name:
        return None
    postcode = Postcode.objects.select_related("street__ward").filter(code=normalise_postcode(text)).first()
    if postcode:
        return postcode.street.ward
    ward = Ward.objects.filter(name__iexact=name).first()
    if ward:
        return ward
    street = Street.objects.select_related("ward").filter(name__iexact=name).first()
    return street.ward if street else None
