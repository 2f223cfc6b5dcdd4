"""What is out now, what has just come back, and what is planned: read once, arranged for one page."""

from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from accounts.enums import Kind
from places.models import Ward

from .. import cards, queries
from ..enums import OutageState, Service
from ..models import Notice
from ..narrowed import Narrowed, WardForm, slug_of

# A page of more would help nobody; the list of notices has the rest.
MOST = 120


class OutagesForm(WardForm):
    """The filter above the outages."""

    wards_are_drawn = True

    service = forms.ChoiceField(
        label=gettext_lazy("Service"),
        choices=[("", gettext_lazy("All services")), *Service.choices],
        required=False,
        error_messages={
            "invalid_choice": gettext_lazy("There is no such service, so all services are shown.")
        },
    )


@dataclass(frozen=True)
class Asked(Narrowed):
    """What the overview is narrowed by; the form says what of it could not be used."""

    form: OutagesForm
    ward: Ward | None = None
    service: str = ""

    @property
    def pairs(self) -> dict[str, Any]:
        """Return the choice by name."""
        return {"ward": slug_of(self.ward), "service": self.service}

    def address_with(self, **other: Any) -> str:
        """Return the same choice with another ward or service, as the end of an address."""
        return replace(self, **other).in_address


def asked(data: QueryDict) -> Asked:
    """Return what `data` asks for; what cannot be understood is left out. One query."""
    form = OutagesForm(data)
    form.is_valid()
    return Asked(form, form.chosen_ward(), form.cleaned_data.get("service", ""))


@dataclass(frozen=True)
class Count:
    """How many of one service are out, back and planned."""

    label: Any
    address: str
    out: int
    restored: int
    planned: int


@dataclass(frozen=True)
class Overview:
    """The notices by what residents ask first: is it off, is it back, will it be off?"""

    out: list[Notice] = field(default_factory=list)
    restored: list[Notice] = field(default_factory=list)
    planned: list[Notice] = field(default_factory=list)
    is_cut: bool = False

    @property
    def is_empty(self) -> bool:
        """Say whether there is nothing to show at all."""
        return not (self.out or self.restored or self.planned)


def read(chosen: Asked) -> Overview:
    """Return the current outages that `chosen` leaves, the loudest first, works by date. Two queries."""
    found = queries.listed(kind=Kind.OUTAGE, ward=chosen.ward)
    if chosen.service:
        found = found.filter(live_edition__outage__service=chosen.service)
    ordered = found.order_by("-urgency", "-updated_at", "-id")
    notices = list(ordered.with_live_edition()[: MOST + 1])
    by_state: dict[str, list[Notice]] = {"out": [], "restored": [], "planned": []}
    for notice in notices[:MOST]:
        by_state[_part_of(notice)].append(notice)
    by_state["planned"].sort(key=_starts)
    return Overview(**by_state, is_cut=len(notices) > MOST)


def _part_of(notice: Notice) -> str:
    state = cards.live_edition(notice).outage.state
    parts: dict[str, str] = {OutageState.PLANNED: "planned", OutageState.RESTORED: "restored"}
    return parts.get(state, "out")


def _starts(notice: Notice) -> datetime:
    return starts_at(notice) or datetime.max.replace(tzinfo=UTC)


def starts_at(notice: Notice) -> datetime | None:
    """Return when planned works begin, as far as anybody said."""
    outage = cards.live_edition(notice).outage
    return outage.planned_from_at or outage.since_at or outage.estimate_from_at


def counts(shown: Overview, chosen: Asked) -> list[Count]:
    """Return the figures by service, the services without any left out."""
    parts = [
        Counter(_service(notice) for notice in part) for part in (shown.out, shown.restored, shown.planned)
    ]
    return [
        Count(service.label, chosen.address_with(service=service.value), *(part[service] for part in parts))
        for service in Service
        if any(part[service] for part in parts)
    ]


def states(shown: Overview) -> list[tuple[Any, int]]:
    """Return how many are out in each state, in the order of the steps."""
    found = Counter(cards.live_edition(notice).outage.state for notice in shown.out)
    return [(state.label, found[state]) for state in OutageState if found[state]]


def by_ward(shown: Overview, chosen: Asked) -> list[tuple[Ward, int, str]]:
    """Return the wards where something is out, how many, and the address that narrows to each."""
    found: Counter[int] = Counter()
    for notice in shown.out:
        edition = cards.live_edition(notice)
        here = chosen.form.wards if edition.is_borough_wide else edition.wards.all()
        found.update(ward.pk for ward in here)
    return [
        (ward, found[ward.pk], chosen.address_with(ward=ward)) for ward in chosen.form.wards if found[ward.pk]
    ]


def _service(notice: Notice) -> str:
    return cards.live_edition(notice).outage.service
