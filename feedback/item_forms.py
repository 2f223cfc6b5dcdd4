"""The forms of one question and its options, row by row without a script; they write nothing."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from updates.forms.texts import guard

from .consultations import writing
from .enums import ItemKind
from .forms import WordsField
from .models import NEEDS_OPTIONS, Item, Option

# Empty rows below the filled ones, for whoever has no script; the button gives more.
_SPARE_OPTIONS = 3
# Which question was open, and what was saved of it then.
_SEEN = ("question", "seen")
_AMOUNT = re.compile(r"£?\s*(\d+|\d{1,3}([,\s]\d{3})+)(\.\d+)?")
_KIND_HINTS = {
    ItemKind.CHOICE: gettext_lazy("People choose one option."),
    ItemKind.SEVERAL: gettext_lazy("People tick as many options as they like."),
    ItemKind.RATING: gettext_lazy("Say below what 1 and 5 mean."),
    ItemKind.RANKING: gettext_lazy("People give options a first place, a second, and so on."),
    ItemKind.TEXT: gettext_lazy("A moderator reads the words before anybody else does."),
}


class ItemForm(forms.Form):
    """One question."""

    question = forms.IntegerField(widget=forms.HiddenInput, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("How do people answer?"),
        choices=ItemKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how people answer.")},
    )
    words = WordsField(
        label=gettext_lazy("Question"),
        max_length=300,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        error_messages={"required": gettext_lazy("Write the question.")},
    )
    hint = WordsField(
        label=gettext_lazy("Hint under the question"),
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    is_required = forms.BooleanField(label=gettext_lazy("It must be answered"), required=False)
    low_label = WordsField(
        label=gettext_lazy("Of a rating: what does 1 mean?"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "dir": "auto"}),
    )
    high_label = WordsField(
        label=gettext_lazy("Of a rating: what does 5 mean?"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "dir": "auto"}),
    )

    def __init__(self, *args: Any, item: Item | None = None, **kwargs: Any) -> None:
        """Fill in what is kept of `item`."""
        kept = {name: getattr(item, name) for name in self.base_fields if name not in _SEEN} if item else {}
        seen = {"question": item.pk, "seen": writing.stamp(item)} if item else {}
        super().__init__(*args, **{"initial": {**kept, **seen}, **kwargs})
        self.fields["kind"].widget.hints = _KIND_HINTS
        guard(self)


class PoundsField(forms.DecimalField):
    """An amount as people write it: "£90,000", "90 000", "12500.50"."""

    def to_python(self, value: Any) -> Any:
        """Take the sign and what separates thousands off. "1,5" stays a fault: it may mean either."""
        if isinstance(value, str) and _AMOUNT.fullmatch(value.strip()):
            value = re.sub(r"[£,\s]", "", value)
        return super().to_python(value)


class OptionForm(forms.Form):
    """One option of a question; a row without words is taken out."""

    words = WordsField(
        label=gettext_lazy("Option"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    details = WordsField(
        label=gettext_lazy("More about it"),
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    cost = PoundsField(
        label=gettext_lazy("Cost in pounds"),
        max_digits=12,
        decimal_places=2,
        min_value=0,
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10", "inputmode": "decimal"}),
        error_messages={"invalid": gettext_lazy("Write the cost in figures, such as 12,500 or 12500.50.")},
    )
    cost_note = WordsField(
        label=gettext_lazy("About the cost"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Refuse what nobody sees."""
        super().__init__(*args, **kwargs)
        guard(self)

    def clean(self) -> dict[str, Any]:
        """Refuse a row that says something about an option without naming it."""
        data = super().clean() or self.cleaned_data
        says_more = data.get("details") or data.get("cost") is not None or data.get("cost_note")
        if says_more and not data.get("words") and "words" not in self.errors:
            self.add_error("words", _("Write the option itself too, or empty the whole row."))
        return data


class OptionForms:
    """The options of one question, row by row, with places to change their order without a script."""

    def __init__(self, data: Any = None, *, item: Item | None = None) -> None:
        """Make one form for each option there is, or was sent, and some empty ones."""
        kept = list(item.options.all()) if item else []
        self.is_bound = data is not None
        known = _number(data.get("rows")) if data is not None else len(kept)
        sent = min(known, writing.MOST_OPTIONS)
        self.count = min((sent if self.is_bound else len(kept) + _SPARE_OPTIONS), writing.MOST_OPTIONS)
        self.rows = [self._row(at, data, kept[at] if at < len(kept) else None) for at in range(self.count)]

    def _row(self, at: int, data: Any, option: Option | None) -> OptionForm:
        initial = {name: getattr(option, name) for name in OptionForm.base_fields} if option else {}
        return OptionForm(data, prefix=f"option{at + 1}", initial=initial)

    def add_rows(self) -> None:
        """Offer more empty rows below those that were sent."""
        more = min(self.count + _SPARE_OPTIONS, writing.MOST_OPTIONS)
        self.rows += [OptionForm(prefix=f"option{at + 1}") for at in range(self.count, more)]
        self.count = more

    @property
    def is_full(self) -> bool:
        """Say whether no more rows fit."""
        return self.count >= writing.MOST_OPTIONS

    def is_valid(self) -> bool:
        """Check every row, so that every error shows."""
        return not [row for row in self.rows if not row.is_valid()]

    def options(self) -> list[dict[str, Any]]:
        """Return the options that have words, in order, once the rows are valid."""
        return [dict(row.cleaned_data) for row in self.rows if row.cleaned_data.get("words")]

    def problem(self, kind: str) -> str:
        """Return what is wrong with the options for this kind of question, or an empty text."""
        if kind in NEEDS_OPTIONS and len(self.options()) < 2:  # noqa: PLR2004 a choice is between two
            return _("Write at least two options for this kind of question.")
        return ""


def _number(text: Any) -> int:
    return int(text) if str(text).isdecimal() and len(str(text)) < 4 else 0  # noqa: PLR2004
