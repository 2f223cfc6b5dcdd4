"""What a resident may narrow the list of notices by; says in a sentence what it could not use."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.enums import Kind
from places.lookup import ward_for
from places.models import Ward

MAX_PLACE = 100
STATES = [
    ("current", gettext_lazy("Current")),
    ("ended", gettext_lazy("Ended")),
    ("all", gettext_lazy("Current and ended")),
]
KINDS = [
    ("", gettext_lazy("All kinds")),
    (Kind.OUTAGE, gettext_lazy("Outages and works")),
    (Kind.EVENT, gettext_lazy("Events")),
    (Kind.PROJECT, gettext_lazy("Projects")),
    (Kind.GENERAL, gettext_lazy("News")),
]


class PlaceForm(forms.Form):
    """The one box: a postcode, a street or a ward."""

    place = forms.CharField(
        label=gettext_lazy("Postcode, street or ward"),
        required=False,
        max_length=MAX_PLACE,
        error_messages={
            "max_length": gettext_lazy("That is too long for a place. Type a postcode, a street or a ward.")
        },
    )

    def __init__(self, data: QueryDict | None = None) -> None:
        """Bind `data` if there is any; the browser must not cut what somebody pastes."""
        super().__init__(data)
        self.fields["place"].widget.attrs.update(placeholder=self.fields["place"].label)
        self.fields["place"].widget.attrs.pop("maxlength", None)


class ListForm(PlaceForm):
    """The filter above the list."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=KINDS,
        required=False,
        error_messages={
            "invalid_choice": gettext_lazy("There is no such kind of notice, so all kinds are shown.")
        },
    )
    ward = forms.ChoiceField(
        label=gettext_lazy("Ward"),
        required=False,
        error_messages={
            "invalid_choice": gettext_lazy("There is no such ward, so the whole borough is shown.")
        },
    )
    state = forms.ChoiceField(
        label=gettext_lazy("Show"),
        choices=STATES,
        required=False,
        error_messages={
            "invalid_choice": gettext_lazy("Choose current, ended or both; current notices are shown.")
        },
    )

    def __init__(self, data: QueryDict, wards: list[Ward]) -> None:
        """Offer `wards`."""
        # Nobody types a NUL: it comes from a broken client, and no page can show it.
        clean = data.copy()
        clean["place"] = data.get("place", "").replace("\x00", "")
        super().__init__(clean)
        field = self.fields["ward"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Whole borough")), *((ward.slug, ward.name) for ward in wards)]


@dataclass(frozen=True)
class Chosen:
    """What the list is narrowed by; the form says what of it could not be used, `problems` the rest."""

    form: ListForm
    kind: str = ""
    ward: Ward | None = None
    state: str = "current"
    place: str = ""
    problems: list[str] = field(default_factory=list)

    @property
    def is_narrowed(self) -> bool:
        """Say whether anything was chosen that could be taken away again."""
        return bool(self.kind or self.ward or self.state != "current")

    @property
    def query(self) -> str:
        """Return the choice as the start of a query string ("kind=outage&"), for the links between pages."""
        pairs = {"kind": self.kind, "ward": self.ward.slug if self.ward else "", "state": self._state_asked}
        text = urlencode({name: value for name, value in pairs.items() if value})
        return f"{text}&" if text else ""

    @property
    def _state_asked(self) -> str:
        return "" if self.state == "current" else self.state


def read(data: QueryDict) -> Chosen:
    """Return what `data` asks for; what cannot be understood is left out and named. One to four queries."""
    wards = list(Ward.objects.defer("boundary"))
    form = ListForm(data, wards)
    form.is_valid()
    asked = form.cleaned_data
    problems: list[str] = []
    ward = next((ward for ward in wards if ward.slug == asked.get("ward")), None)
    place = asked.get("place") or ""
    if place:
        ward = ward_for(place)
        if ward is None:
            problems.append(_not_found(place))
    return Chosen(form, asked.get("kind") or "", ward, asked.get("state") or "current", place, problems)


def _not_found(place: str) -> str:
    return _(
        "We do not know the place “%(place)s”. Try a full postcode, the name of a street, "
        "or choose your ward from the list."
    ) % {"place": place}
