"""Finds the places a person means from what they typed, or from an address; must not know notices."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext as _

from .models import Postcode, Street, Ward

Point = tuple[float, float]

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
# The six shapes of a British postcode without its space: area, district, sector, unit.
_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?[0-9][A-Z]{2}")
_BEGINNING = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?(?: ?[0-9][A-Z]?)?")
# What is read, heard or typed for one another.
_ALIKE = {"O": "O0", "0": "0O", "I": "I1", "1": "1I", "L": "L1"}
_SHORTEST, _LONGEST = 5, 7
# A pasted letter is not a place; what is longer is cut before it is looked at (characters).
_READ_AT_MOST = 200


@dataclass(frozen=True)
class Place:
    """A ward, a street in it or a postcode in it, and the points that are known to lie in it."""

    ward: Ward
    street: Street | None = None
    postcode: Postcode | None = None
    # Longitude and latitude in degrees; a street has one for each of its postcodes, a ward has none.
    points: tuple[Point, ...] = ()

    @property
    def point(self) -> Point | None:
        """Return the first of its points, or None where nobody knows one."""
        return self.points[0] if self.points else None

    @property
    def label(self) -> str:
        """Return what people call it: "RB1 1AA", "Quay Street, Quayside" or "Quayside"."""
        if self.postcode:
            return str(self.postcode)
        return f"{self.street}, {self.ward}" if self.street else str(self.ward)

    @property
    def key(self) -> str:
        """Return what stands for it in an address: "RB11AA", "quayside.quay-street" or "quayside"."""
        if self.postcode:
            return self.postcode.code
        return f"{self.ward.slug}.{slugify(self.street.name)}" if self.street else self.ward.slug


def normalise_name(text: str) -> str:
    """Return `text` as a street's or a ward's name is stored ("12 Quay st." → "Quay street")."""
    plain = unicodedata.normalize("NFKC", text[:_READ_AT_MOST]).replace("\x00", "").replace("’", "'")
    words = re.sub(r"[.,]", " ", plain).split()
    # A house number says nothing about the ward that its street does not.
    if len(words) > 1 and re.fullmatch(r"[0-9]+[A-Za-z]?", words[0]):
        words = words[1:]
    if len(words) > 1 and words[-1].casefold() == "ward":
        words = words[:-1]
    return " ".join([*words[:-1], *(_ABBREVIATED.get(word.casefold(), word) for word in words[-1:])])


def ward_for(text: str) -> Ward | None:
    """Return the ward that a postcode, a street's or a ward's name stands in, or None."""
    found = find(text)
    return found.ward if found else None


def find(text: str) -> Place | None:
    """Return the place a person means: a postcode, a ward or a street, typed or a `Place.key`.

    None when nobody knows it (`why_not` says why); the first by ward when several streets have the name.
    Four queries at most.
    """
    found = find_all([text])[0]
    return found[0] if found else None


def find_all(texts: Sequence[str]) -> list[list[Place]]:
    """Return for each text the places it may mean, none for what nobody knows.

    Several only where streets of different wards have the same name. Four queries, however many texts.
    """
    codes = [possible_postcodes(text) for text in texts]
    names = [normalise_name(text) for text in texts]
    postcodes = _postcodes_by_code({code for some in codes for code in some})
    unknown = [name for name, some in zip(names, codes, strict=True) if not _first(some, postcodes) and name]
    wards = _wards_by_name(unknown)
    streets = _streets_by_name([name for name in unknown if _key(name) not in wards])
    return [_read(name, some, postcodes, wards, streets) for name, some in zip(names, codes, strict=True)]


def possible_postcodes(text: str) -> list[str]:
    """Return the full postcodes that `text` may mean or end in, the likeliest first; [] without such a shape.

    The letter o and nought, i, l and one are told apart by where they stand ("RBI 1AA", "RB1 IAA").
    """
    plain = unicodedata.normalize("NFKC", text[-_READ_AT_MOST:])
    code = re.sub(r"[^A-Z0-9]", "", plain.upper())
    if not _SHORTEST <= len(code) <= _LONGEST:
        ending = re.search(r"[\s,]([A-Z0-9]{2,4}\s*[A-Z0-9]{3})\W*$", plain.upper())
        code = re.sub(r"\s", "", ending[1]) if ending else ""
    if not _SHORTEST <= len(code) <= _LONGEST:
        return []
    spellings = ("".join(signs) for signs in product(*(_ALIKE.get(sign, sign) for sign in code)))
    return [spelling for spelling in spellings if _POSTCODE.fullmatch(spelling)]


def why_not(text: str) -> str:
    """Return a sentence for the person whose `text` led nowhere: what is missing, what to type instead."""
    typed = " ".join(text.replace("\x00", "").split())
    if len(typed) > 40:  # noqa: PLR2004 longer than any street's name
        typed = f"{typed[:40]}…"
    spaced = unicodedata.normalize("NFKC", typed.upper()).replace(".", "").replace("-", " ")
    if _BEGINNING.fullmatch(spaced):
        words = _("“%(place)s” is the beginning of a postcode. Type all of it, for example RB1 1AA.")
    elif possible_postcodes(text):
        words = _(
            "We do not know the postcode “%(place)s”. It may be new, or outside our area. "
            "Try the name of your street, or choose your ward."
        )
    else:
        words = _(
            "We do not know the place “%(place)s”. "
            "Try a full postcode, the name of a street, or choose your ward."
        )
    return words % {"place": typed}


def _first(codes: list[str], known: dict[str, Postcode]) -> Postcode | None:
    return next((known[code] for code in codes if code in known), None)


def _read(
    name: str,
    codes: list[str],
    postcodes: dict[str, Postcode],
    wards: dict[str, Ward],
    streets: dict[str, list[Street]],
) -> list[Place]:
    if postcode := _first(codes, postcodes):
        points = (postcode.point,) if postcode.point else ()
        return [Place(postcode.ward, postcode.street, postcode, points)]
    if ward := wards.get(_key(name)):
        return [Place(ward)]
    return [Place(street.ward, street, None, _points(street)) for street in streets.get(_key(name), [])]


def _points(street: Street) -> tuple[Point, ...]:
    known = [street.point, *(postcode.point for postcode in street.postcodes.all())]
    return tuple(dict.fromkeys(point for point in known if point))


def _key(name: str) -> str:
    """Return what two spellings of a name have in common: "St Mary's" and "st marys" are one."""
    return name.casefold().replace("'", "")


def _postcodes_by_code(codes: set[str]) -> dict[str, Postcode]:
    if not codes:
        return {}
    rows = Postcode.objects.filter(code__in=codes).select_related("ward", "street").defer("ward__boundary")
    return {row.code: row for row in rows}


def _wards_by_name(names: list[str]) -> dict[str, Ward]:
    """Return the wards by the name or the slug that was asked for, in lower case."""
    asked = {_key(name) for name in names}
    if not asked:
        return {}
    found: dict[str, Ward] = {}
    # A borough has some dozens of wards: reading their names costs less than a clause for each spelling.
    for ward in Ward.objects.defer("boundary"):
        found.update({key: ward for key in (_key(ward.name), ward.slug) if key in asked})
    return found


def _streets_by_name(names: list[str]) -> dict[str, list[Street]]:
    """Return the streets by the name that was asked for, in lower case, or by their key in addresses."""
    if not names:
        return {}
    clause = Q(pk__in=[])
    for name in names:
        clause |= Q(name__istartswith=_beginning(name)) | _by_key(name)
    found: dict[str, list[Street]] = {}
    rows = Street.objects.filter(clause).select_related("ward").defer("ward__boundary")
    asked = {_key(name) for name in names}
    for street in rows.order_by("ward__name", "name").prefetch_related("postcodes"):
        address = f"{street.ward.slug} {slugify(street.name)}"
        for key in {_key(normalise_name(street.name)), _key(street.name), address} & asked:
            found.setdefault(key, []).append(street)
    return found


def _beginning(name: str) -> str:
    """Return the letters by which a name's spellings are read from the database; _key compares the rest."""
    return re.split(r"['\s]", name, maxsplit=1)[0][:3]


def _by_key(name: str) -> Q:
    """Return the clause for "quayside quay-street", which is what normalising leaves of a street's key."""
    ward, _space, street = name.partition(" ")
    if not street or slugify(street) != street:
        return Q(pk__in=[])
    return Q(ward__slug=ward, name__istartswith=street[0])
