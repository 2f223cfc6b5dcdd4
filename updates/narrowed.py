"""What every page that can be narrowed shares: form, ward and links; must not know what is listed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from places.models import Ward


class NarrowingForm(forms.Form):
    """A form above a list, sent by its address; what makes no sense is left out and named at its field."""

    def __init__(self, data: QueryDict | None = None) -> None:
        """Bind what `data` has for this form, without NULs: no page can show what a broken client sent."""
        bound = data if data is None else self._own(data)
        super().__init__(bound)

    @classmethod
    def _own(cls, data: QueryDict) -> dict[str, str]:
        return {name: data.get(name, "").replace("\x00", "") for name in cls.base_fields}

    def offer(self, name: str, choices: Sequence[tuple[str, Any]]) -> None:
        """Let the field `name` be one of `choices`, which only the database knows."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


class WardForm(NarrowingForm):
    """A form that asks for a ward among other things."""

    # The page has a map too, which needs their boundaries.
    wards_are_drawn = False

    ward = forms.ChoiceField(
        label=gettext_lazy("Ward"),
        required=False,
        error_messages={
            "invalid_choice": gettext_lazy("There is no such ward, so the whole borough is shown.")
        },
    )

    def __init__(self, data: QueryDict) -> None:
        """Offer every ward. One query."""
        super().__init__(data)
        self.wards = list(Ward.objects.all() if self.wards_are_drawn else Ward.objects.defer("boundary"))
        self.offer("ward", [("", _("Whole borough")), *((ward.slug, ward.name) for ward in self.wards)])

    def chosen_ward(self) -> Ward | None:
        """Return the ward that a validated form names."""
        return next((ward for ward in self.wards if ward.slug == self.cleaned_data.get("ward")), None)


@dataclass(frozen=True)
class Narrowed:
    """What a page is narrowed by."""

    @property
    def pairs(self) -> dict[str, Any]:
        """Return the choice as it stands in an address, by name; what is empty was not chosen."""
        raise NotImplementedError

    @property
    def query(self) -> str:
        """Return the choice as the start of a query string ("ward=quayside&"), for links between pages."""
        return query_of(self.pairs)

    @property
    def in_address(self) -> str:
        """Return the choice as the end of an address ("?ward=quayside"); empty for none."""
        return f"?{self.query}".rstrip("?&")


def query_of(pairs: dict[str, Any]) -> str:
    """Return what of `pairs` is not empty as the start of a query string."""
    text = urlencode({name: value for name, value in pairs.items() if value})
    return f"{text}&" if text else ""


def slug_of(ward: Ward | None) -> str:
    """Return a ward as it stands in an address."""
    return ward.slug if ward else ""
