"""What a resident may narrow the list of notices by; says in a sentence what it could not use."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import cast
from urllib.parse import quote_plus, urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.enums import Kind
from places.lookup import ward_for
from places.models import Ward

from .search.asked import Asked

MAX_PLACE = 100
_DAYS = ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y"]
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
    """The search box and the filter above the list."""

    q = forms.CharField(
        label=gettext_lazy("Search the notices"),
        required=False,
        # What is beyond the longest that is searched is left out, not refused.
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    since = forms.DateField(
        label=gettext_lazy("From"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=_DAYS,
        error_messages={"invalid": gettext_lazy("Write the day like 22/11/2026; it was left out.")},
    )
    until = forms.DateField(
        label=gettext_lazy("To"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=_DAYS,
        error_messages={"invalid": gettext_lazy("Write the day like 22/11/2026; it was left out.")},
    )

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
        for name in ("place", "q"):
            clean[name] = data.get(name, "").replace("\x00", "")
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
    q: str = ""
    since: date | None = None
    until: date | None = None
    problems: list[str] = field(default_factory=list)

    @property
    def is_narrowed(self) -> bool:
        """Say whether anything was chosen that could be taken away again."""
        return bool(self.kind or self.ward or self.since or self.until or self.state != "current")

    @property
    def query(self) -> str:
        """Return the choice as the start of a query string ("kind=outage&"), for the links between pages."""
        pairs = {
            "q": self.q,
            "kind": self.kind,
            "ward": self.ward.slug if self.ward else "",
            "state": self._state_asked,
            "since": self.since or "",
            "until": self.until or "",
        }
        text = urlencode({name: value for name, value in pairs.items() if value})
        return f"{text}&" if text else ""

    @property
    def q_in_address(self) -> str:
        """Return the words as they stand in an address."""
        return quote_plus(self.q)

    @property
    def feed_query(self) -> str:
        """Return what of the choice a feed can follow: kind, ward and state."""
        return replace(self, q="", since=None, until=None).query

    @property
    def asked(self) -> Asked:
        """Return the choice as a search."""
        return Asked(self.q, self.kind, self.ward, self.state, self.since, self.until)

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
    place, q = asked.get("place") or "", " ".join((asked.get("q") or "").split())
    if place:
        ward = ward_for(place)
        if ward is None:
            problems.append(_not_found(place))
            q, place = _searched_instead(form, q, place)
    since, until = asked.get("since"), asked.get("until")
    if since and until and until < since:
        since, until = until, since
    return Chosen(
        form=form,
        kind=asked.get("kind") or "",
        ward=ward,
        state=asked.get("state") or "current",
        place=place,
        q=q,
        since=since,
        until=until,
        problems=problems,
    )


def _searched_instead(form: ListForm, q: str, place: str) -> tuple[str, str]:
    """Return what to search for and the place: people type what they look for into the box for places."""
    if q or any(letter.isdigit() for letter in place):
        return q, place
    data = cast("QueryDict", form.data)
    data["q"], data["place"] = place, ""
    return place, ""


def _not_found(place: str) -> str:
    return _(
        "We do not know the place “%(place)s”. Try a full postcode, the name of a street, "
        "or choose your ward from the list."
    ) % {"place": place}
