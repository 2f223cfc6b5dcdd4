"""What a resident may narrow the list of notices by; says in a sentence what it could not use."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from urllib.parse import quote_plus

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.enums import Kind
from places.lookup import ward_for
from places.models import Ward

from .narrowed import Narrowed, NarrowingForm, WardForm, slug_of
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


class PlaceForm(NarrowingForm):
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


class ListForm(PlaceForm, WardForm):
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
    state = forms.ChoiceField(
        label=gettext_lazy("Show"),
        choices=STATES,
        required=False,
        error_messages={
            "invalid_choice": gettext_lazy("Choose current, ended or both; current notices are shown.")
        },
    )


@dataclass(frozen=True)
class Chosen(Narrowed):
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
    def pairs(self) -> dict[str, Any]:
        """Return the choice by name; the place stands for its ward."""
        return {
            "q": self.q,
            "kind": self.kind,
            "ward": slug_of(self.ward),
            "state": "" if self.state == "current" else self.state,
            "since": self.since,
            "until": self.until,
        }

    @property
    def q_in_address(self) -> str:
        """Return the words as they stand in an address."""
        return quote_plus(self.q)

    @property
    def for_feed(self) -> str:
        """Return what of the choice a feed can follow, as the end of an address: kind, ward and state."""
        return replace(self, q="", since=None, until=None).in_address

    @property
    def asked(self) -> Asked:
        """Return the choice as a search."""
        return Asked(self.q, self.kind, self.ward, self.state, self.since, self.until)


def read(data: QueryDict) -> Chosen:
    """Return what `data` asks for; what cannot be understood is left out and named. One to four queries."""
    form = ListForm(data)
    form.is_valid()
    asked = form.cleaned_data
    problems: list[str] = []
    ward = form.chosen_ward()
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
    form.data = {**form.data, "q": place, "place": ""}
    return place, ""


def _not_found(place: str) -> str:
    return _(
        "We do not know the place “%(place)s”. Try a full postcode, the name of a street, "
        "or choose your ward from the list."
    ) % {"place": place}
