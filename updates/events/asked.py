"""What a resident may narrow the pages of events by; says in a sentence what it could not use."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.enums import Kind
from places.models import Ward

from .. import queries
from ..models import NoticeQuerySet

FREE = "free"


class EventForm(forms.Form):
    """The filter above the events."""

    ward = forms.ChoiceField(
        label=gettext_lazy("Ward"),
        required=False,
        error_messages={
            "invalid_choice": gettext_lazy("There is no such ward, so the whole borough is shown.")
        },
    )
    cost = forms.ChoiceField(
        label=gettext_lazy("Cost"),
        required=False,
        choices=[("", gettext_lazy("Any")), (FREE, gettext_lazy("Free"))],
        error_messages={"invalid_choice": gettext_lazy("Choose “Free” or “Any”; all events are shown.")},
    )

    def __init__(self, data: QueryDict, wards: list[Ward]) -> None:
        """Offer `wards`."""
        clean = {name: data.get(name, "").replace("\x00", "") for name in ("ward", "cost")}
        super().__init__(clean)
        field = self.fields["ward"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Whole borough")), *((ward.slug, ward.name) for ward in wards)]


@dataclass(frozen=True)
class Asked:
    """What the events are narrowed by."""

    form: EventForm
    ward: Ward | None = None
    is_free: bool = False

    @property
    def query(self) -> str:
        """Return the choice as the start of a query string ("ward=quayside&")."""
        pairs = {"ward": self.ward.slug if self.ward else "", "cost": FREE if self.is_free else ""}
        text = urlencode({name: value for name, value in pairs.items() if value})
        return f"{text}&" if text else ""

    @property
    def problems(self) -> list[str]:
        """Return a sentence for everything that could not be used."""
        return [str(sentence) for errors in self.form.errors.values() for sentence in errors]

    def events(self, state: str = "current") -> NoticeQuerySet:
        """Return the events asked for; `state` is current or all (the ended ones as well)."""
        found = queries.listed(kind=Kind.EVENT, ward=self.ward, state=state)
        return found.filter(live_edition__event__cost__istartswith=_("free")) if self.is_free else found


def read(data: QueryDict) -> Asked:
    """Return what `data` asks for; what cannot be understood is left out and named. One query."""
    wards = list(Ward.objects.defer("boundary"))
    form = EventForm(data, wards)
    form.is_valid()
    ward = next((ward for ward in wards if ward.slug == form.cleaned_data.get("ward")), None)
    return Asked(form, ward, form.cleaned_data.get("cost") == FREE)
