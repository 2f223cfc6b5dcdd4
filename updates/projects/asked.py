"""What a resident may narrow the roadmap by; says in a sentence what it could not use."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from places.models import Ward

from ..enums import Horizon, Phase

OPEN = "yes"


class RoadmapForm(forms.Form):
    """The filter above the roadmap."""

    ward = forms.ChoiceField(
        label=gettext_lazy("Ward"),
        required=False,
        error_messages={
            "invalid_choice": gettext_lazy("There is no such ward, so the whole borough is shown.")
        },
    )
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

    def __init__(self, data: QueryDict, wards: list[Ward]) -> None:
        """Offer `wards`."""
        super().__init__(data)
        field = self.fields["ward"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Whole borough")), *((ward.slug, ward.name) for ward in wards)]


@dataclass(frozen=True)
class Asked:
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
    def query(self) -> str:
        """Return the choice as the start of a query string ("ward=quayside&"), without the horizon."""
        pairs = {
            "ward": self.ward.slug if self.ward else "",
            "phase": self.phase,
            "open": OPEN if self.is_open else "",
        }
        text = urlencode({name: value for name, value in pairs.items() if value})
        return f"{text}&" if text else ""

    @property
    def list_query(self) -> str:
        """Return the same with the horizon, for the links between the pages of the list."""
        return f"{self.query}horizon={self.horizon}&" if self.horizon else self.query


def read(data: QueryDict) -> Asked:
    """Return what `data` asks for; what cannot be understood is left out. One query."""
    wards = list(Ward.objects.defer("boundary"))
    form = RoadmapForm(data, wards)
    form.is_valid()
    said = form.cleaned_data
    ward = next((ward for ward in wards if ward.slug == said.get("ward")), None)
    return Asked(form, ward, said.get("phase", ""), said.get("open") == OPEN, said.get("horizon", ""))
