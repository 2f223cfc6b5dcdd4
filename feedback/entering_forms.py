"""The forms around answers: typing in paper, making codes, setting an answer aside; they write nothing."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from places.lookup import ward_for
from places.models import Ward
from updates.forms.texts import guard

from .consultations.codes import MOST_AT_ONCE
from .consultations.entering import Person
from .enums import Access, Via
from .forms import PLACE_MAX, WordsField
from .item_fields import ItemFields
from .models import Consultation, Item

_SHORT = {"class": "govuk-input--width-10", "autocomplete": "off"}


class EnterForm(ItemFields):
    """One answer from paper or the telephone; what its writer left out stays left out."""

    via = forms.ChoiceField(
        label=gettext_lazy("How did it come?"),
        choices=[(way.value, way.label) for way in (Via.PAPER, Via.PHONE)],
        widget=forms.RadioSelect,
    )
    paper_number = WordsField(
        label=gettext_lazy("Number on the paper"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("Number the sheets as they come in. Each is typed in once."),
        widget=forms.TextInput(attrs={**_SHORT, "autofocus": True}),
    )
    code = WordsField(
        label=gettext_lazy("Code from the letter"),
        max_length=40,
        widget=forms.TextInput(attrs={**_SHORT, "class": "govuk-input--width-20"}),
        error_messages={"required": gettext_lazy("Type the code that stands on the paper.")},
    )
    place = WordsField(
        label=gettext_lazy("Postcode or ward"),
        required=False,
        max_length=PLACE_MAX,
        widget=forms.TextInput(attrs={**_SHORT, "class": "govuk-input--width-20"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        required=False,
        max_length=254,
        help_text=gettext_lazy("Only if they wrote it down to hear what came of it."),
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    # Whoever types in says nothing is asked that the paper does not answer.
    is_sending = False

    def __init__(self, *args: Any, consultation: Consultation, items: Sequence[Item], **kwargs: Any) -> None:
        """Make the form of one consultation: its questions, numbered as on the paper."""
        super().__init__(*args, **kwargs)
        if consultation.access != Access.CODE:
            del self.fields["code"]
        self.add_items(items, {})
        for name in self.fields:
            if name not in EnterForm.base_fields:
                self.fields[name].required = False

    @property
    def about(self) -> list[Any]:
        """Return the fields about the sheet, which come first."""
        return [self[name] for name in ("via", "paper_number", "code") if name in self.fields]

    @property
    def asked(self) -> list[tuple[Item, list[Any]]]:
        """Return each question with its fields; of a ranking, one for each option."""
        return [(item, [self[name] for name in self._names(item)]) for item in self.items]

    @property
    def person_fields(self) -> list[Any]:
        """Return the fields about who answered."""
        return [self["place"], self["email"]]

    def clean_place(self) -> Ward | None:
        """Return the ward; the postcode itself is not kept."""
        place = self.cleaned_data["place"]
        if not place:
            return None
        found = ward_for(place)
        if found is None:
            raise forms.ValidationError(_("We do not know this postcode or ward. Leave it empty if unsure."))
        return found

    def clean(self) -> dict[str, Any]:
        """Ask for the number of a sheet of paper."""
        data = super().clean()
        if data.get("via") == Via.PAPER and not data.get("paper_number"):
            self.add_error("paper_number", _("Write a number on the paper and type it in here."))
        return data

    def person(self) -> Person:
        """Return what was told about the person, once the form is valid."""
        data = self.cleaned_data
        return Person(data["place"], data["email"], bool(data["email"]), data.get("code", ""))

    def _names(self, item: Item) -> list[str]:
        start = f"q{item.number}"
        return [name for name in self.fields if name == start or name.startswith(f"{start}_")]


class CodesForm(forms.Form):
    """How many codes, and for which letters."""

    batch = WordsField(
        label=gettext_lazy("Which letters are they for?"),
        max_length=80,
        help_text=gettext_lazy("A name for yourselves: “Quayside, first letter”."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
        error_messages={"required": gettext_lazy("Give these letters a name.")},
    )
    number = forms.IntegerField(
        label=gettext_lazy("How many codes?"),
        min_value=1,
        max_value=MOST_AT_ONCE,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "numeric"}),
        error_messages={
            "required": gettext_lazy("Say how many codes you need."),
            "invalid": gettext_lazy("Write the number in figures."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Refuse what nobody sees."""
        super().__init__(*args, **kwargs)
        guard(self)


class AsideForm(forms.Form):
    """Why one answer is not counted."""

    because = WordsField(
        label=gettext_lazy("Why is it not counted?"),
        max_length=300,
        help_text=gettext_lazy("Everybody can read this with the results, so name nobody."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
        error_messages={"required": gettext_lazy("Write the reason.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Refuse what nobody sees."""
        super().__init__(*args, **kwargs)
        guard(self)
