"""What a resident may narrow the pages of events by; says in a sentence what it could not use."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.enums import Kind
from places.models import Ward

from .. import queries
from ..models import NoticeQuerySet
from ..narrowed import Narrowed, WardForm, slug_of

FREE = "free"


class EventForm(WardForm):
    """The filter above the events."""

    cost = forms.ChoiceField(
        label=gettext_lazy("Cost"),
        required=False,
        choices=[("", gettext_lazy("Any")), (FREE, gettext_lazy("Free"))],
        error_messages={"invalid_choice": gettext_lazy("Choose “Free” or “Any”; all events are shown.")},
    )


@dataclass(frozen=True)
class Asked(Narrowed):
    """What the events are narrowed by; the form says what of it could not be used."""

    form: EventForm
    ward: Ward | None = None
    is_free: bool = False

    @property
    def pairs(self) -> dict[str, Any]:
        """Return the choice by name."""
        return {"ward": slug_of(self.ward), "cost": FREE if self.is_free else ""}

    def events(self, state: str = "current") -> NoticeQuerySet:
        """Return the events asked for; `state` is current or all (the ended ones as well)."""
        found = queries.listed(kind=Kind.EVENT, ward=self.ward, state=state)
        return found.filter(live_edition__event__cost__istartswith=_("free")) if self.is_free else found


def read(data: QueryDict) -> Asked:
    """Return what `data` asks for; what cannot be understood is left out and named. One query."""
    form = EventForm(data)
    form.is_valid()
    return Asked(form, form.chosen_ward(), form.cleaned_data.get("cost") == FREE)
