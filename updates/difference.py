"""What an edition says, fact by fact, and what differs from another; must not decide whether it matters."""

from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from itertools import takewhile
from typing import Any

from django.db.models import Field, TextField
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from look import times

from .models import Detail, Edition

# Where less than this share of the old words still stands, the old text whole and then the new reads better.
MOSTLY_THE_SAME = 0.5
# The same of a title or a time: it is read at a glance, so the first words suffice to find one's place.
SAME_BEGINNING = 1 / 3


@dataclass(frozen=True)
class Fact:
    """One thing an edition says, in words."""

    name: str
    label: str
    text: str
    is_long: bool = False


@dataclass(frozen=True)
class Change:
    """One fact that differs: what stood before and what stands now, either may be empty."""

    label: str
    old: str
    new: str
    is_long: bool

    @property
    def by_word(self) -> bool:
        """Say whether marking single words helps: most of a long text, or how a short one begins, stands."""
        old, new = self.old.split(), self.new.split()
        if not self.is_long:
            return bool(old) and _same_at_the_start(old, new) >= SAME_BEGINNING * len(old)
        matches = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
        return sum(match.size for match in matches) > MOSTLY_THE_SAME * len(old)


def _same_at_the_start(old: list[str], new: list[str]) -> int:
    pairs = zip(old, new, strict=False)
    return sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], pairs))


def facts_of(edition: Edition) -> list[Fact]:
    """Return everything `edition` says to residents, in reading order; empty facts included."""
    detail = edition.detail
    return [
        Fact("title", _("Title"), edition.title),
        Fact("summary", _("Summary"), edition.summary, is_long=True),
        *(_detail_facts(detail) if detail else []),
        Fact("wards", _("Where"), where(edition)),
        Fact("streets", _("Streets"), ", ".join(street.name for street in edition.streets.all())),
        Fact("body", _("Full text"), edition.body, is_long=True),
        Fact("picture", _("Picture"), str(edition.picture) if edition.picture else ""),
        Fact("alt_text", _("Description of the picture"), edition.alt_text),
        Fact("urgency", _("Urgency"), edition.get_urgency_display()),
        Fact("expires_at", _("Ends"), in_words(edition.expires_at)),
    ]


def changes(old: Edition, new: Edition) -> list[Change]:
    """Return the facts in which `new` differs from `old`."""
    before = {fact.name: fact for fact in facts_of(old)}
    return [
        Change(fact.label, before[fact.name].text if fact.name in before else "", fact.text, fact.is_long)
        for fact in facts_of(new)
        if fact.name not in before or before[fact.name].text != fact.text
    ]


def where(edition: Edition) -> str:
    """Return the places an edition concerns, in words."""
    if edition.is_borough_wide:
        return _("The whole borough")
    return ", ".join(ward.name for ward in edition.wards.all())


def in_words(value: Any) -> str:
    """Return a stored value as people read it; nothing for nothing."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return times.words(value, "long")
    return "" if value is None else str(value)


def _detail_facts(detail: Detail) -> list[Fact]:
    fields = [field for field in detail._meta.concrete_fields if not field.primary_key]
    return [
        Fact(
            field.name,
            capfirst(str(field.verbose_name)),
            _shown(detail, field),
            is_long=isinstance(field, TextField),
        )
        for field in fields
    ]


def _shown(detail: Detail, field: "Field[Any, Any]") -> str:
    if field.choices:
        return str(getattr(detail, f"get_{field.name}_display")())
    return in_words(getattr(detail, field.name))
