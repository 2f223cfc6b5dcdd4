"""What a resident may narrow the roadmap by; says in a sentence what it could not use."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from places.models import Ward

from ..enums import Horizon, Phase
from ..narrowed import Narrowed, WardForm, query_of, slug_of

OPEN = "yes"


class RoadmapForm(WardForm):
    """The filter above the roadmap."""

    phase = forms.ChoiceField(
        label=gettext_lazy("How far it is"),
        choices=[("", gettext_lazy("Every phase")), *Phase.choices],
        required=False,
        error_messages={"invalid_choice": gettext_lazy("There is no such phase, so every phase is shown.")},
    )
    open = forms.ChoiceField(
        label=gettext_lazy("Your say"),
        choices=[("", gettext_lazy("Every project")), (OPEN, gettext_lazy("What can still change"))],
        required=False,
        error_messages={
            "invalid_choice": gettext_lazy("There is no such choice, so every project is shown.")
        },
    )
    horizon = forms.ChoiceField(
        label=gettext_lazy("When"),
        choices=[("", gettext_lazy("Any time")), *Horizon.choices],
        required=False,
        error_messages={"invalid_choice": gettext_lazy("There is no such time, so all of them are shown.")},
    )


@dataclass(frozen=True)
class Asked(Narrowed):
    """What the roadmap is narrowed by; the form says what of it could not be used."""

    form: RoadmapForm
    ward: Ward | None = None
    phase: str = ""
    is_open: bool = False
    horizon: str = ""

    @property
    def is_narrowed(self) -> bool:
        """Say whether anything was chosen that could be taken away again."""
        return bool(self.ward or self.phase or self.is_open or self.horizon)

    @property
    def pairs(self) -> dict[str, Any]:
        """Return the choice by name, without the horizon: the roadmap shows all of them."""
        return {"ward": slug_of(self.ward), "phase": self.phase, "open": OPEN if self.is_open else ""}

    @property
    def list_query(self) -> str:
        """Return the same with the horizon, for the links between the pages of the list."""
        return query_of({**self.pairs, "horizon": self.horizon})


def read(data: QueryDict) -> Asked:
    """Return what `data` asks for; what cannot be understood is left out. One query."""
    form = RoadmapForm(data)
    form.is_valid()
    said = form.cleaned_data
    return Asked(
        form, form.chosen_ward(), said.get("phase", ""), said.get("open") == OPEN, said.get("horizon", "")
    )
