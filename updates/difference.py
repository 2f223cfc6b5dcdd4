"""What an edition says, fact by fact, and what differs from another; must not decide whether it matters."""

from dataclasses import dataclass
from datetime import date, datetime
from difflib import SequenceMatcher
from itertools import takewhile
from typing import Any

from django.db.models import Field, TextField
from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.enums import Kind
from look import times
from places import areas

from . import lists
from .enums import Urgency
from .events import words
from .models import Detail, Edition, EditionRow, EventDetail

# Where less than this share of the old words still stands, the old text whole and then the new reads better.
MOSTLY_THE_SAME = 0.5
# How a document is stored, which nobody reads.
_NOT_READ = {"file", "sha256", "size"}
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
        Fact("area", _("Drawn area"), _area(edition)),
        Fact("streets", _("Streets"), ", ".join(street.name for street in edition.streets.all())),
        Fact("body", _("Full text"), edition.body, is_long=True),
        Fact("picture", _("Picture"), str(edition.picture) if edition.picture else ""),
        Fact("alt_text", _("Description of the picture"), edition.alt_text),
        Fact("urgency", _("Urgency"), edition.get_urgency_display()),
        Fact("severity", _("Severity"), _severity(edition)),
        Fact("banner_until_at", _("In the banner until"), in_words(edition.banner_until_at)),
        Fact("is_correction", _("Corrects a mistake"), _("Yes") if edition.is_correction else ""),
        Fact("expires_at", _("Ends"), in_words(edition.expires_at)),
        *(_list_fact(edition, name) for name in lists.MODELS),
    ]


def _area(edition: Edition) -> str:
    """Return the drawn area in words, its corners included: the approver sees when one has moved."""
    if edition.area is None or edition.is_borough_wide:
        return ""
    return areas.in_detail(edition.area, list(edition.wards.all()))


def _severity(edition: Edition) -> str:
    """Return how bad it is, where that says anything: of an outage or an emergency."""
    counts = edition.notice.kind == Kind.OUTAGE or edition.urgency == Urgency.EMERGENCY
    return edition.get_severity_display() if counts else ""


def _list_fact(edition: Edition, name: str) -> Fact:
    model = lists.MODELS[name]
    lines = ["; ".join(_list_words(model, row)) for row in lists.content_of(edition, name)]
    label = capfirst(str(model._meta.verbose_name_plural))
    return Fact(name, label, "\n".join(lines), is_long=True)


def _list_words(model: type[EditionRow], row: dict[str, Any]) -> list[str]:
    """Return one line of a list in words: what it is called, then each thing it says."""
    fields = [field for field in model._meta.concrete_fields if field.attname in row.keys() - _NOT_READ]
    said = [(field, row[field.attname]) for field in fields if row[field.attname]]
    first, *rest = [
        in_words(value) if f.name == "title" else f"{f.verbose_name}: {in_words(value)}" for f, value in said
    ]
    return [first, *rest]


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
    if isinstance(value, date):
        return formats.date_format(value)
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    return "" if value is None else str(value)


def _detail_facts(detail: Detail) -> list[Fact]:
    fields = [field for field in detail._meta.concrete_fields if field.editable and not field.primary_key]
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
    if isinstance(detail, EventDetail) and field.name == "except_on":
        return words.exceptions(detail)
    if field.choices:
        return str(getattr(detail, f"get_{field.name}_display")())
    return in_words(getattr(detail, field.name))
