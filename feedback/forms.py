"""The two forms residents fill in; cleans words and keeps nothing."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from places.lookup import ward_for
from places.models import Ward
from visitors.forms import GuardedForm, guard

from .enums import Helpful, Sort
from .models import FEEDBACK_MAX, QUESTION_MAX
from .receiving import Words

NAME_MAX = 120
PLACE_MAX = 80


class WordsField(forms.CharField):
    """A text as a person wrote it: NULs taken out, one kind of line break, everything else kept."""

    def to_python(self, value: Any) -> str:
        """Return the cleaned text."""
        text = str(super().to_python(value) or "").replace("\x00", "")
        return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def words_field(
    most: int, *, label: Any, required: Any, rows: int = 7, hint: Any = "", **more: Any
) -> WordsField:
    """Return a long text with its count; what is too long is refused and never cut."""
    return WordsField(
        label=label,
        help_text=hint,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": rows, "dir": "auto"}),
        error_messages={"required": required},
        **more,
    )


class ResidentsForm(GuardedForm):
    """What both forms share: name, address, place."""

    sort: Sort
    heading: str | Promise

    name = WordsField(
        label=gettext_lazy("Your name"),
        required=False,
        max_length=NAME_MAX,
        help_text=gettext_lazy("Never shown on the page."),
        widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "invalid": gettext_lazy("Enter an e-mail address in the right form, such as name@example.com.")
        },
    )
    place = WordsField(
        label=gettext_lazy("Your postcode or ward"),
        required=False,
        max_length=PLACE_MAX,
        help_text=gettext_lazy(
            "Tells your councillors which part of the borough speaks. We keep the ward only."
        ),
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "autocomplete": "postal-code"}),
    )

    def __init__(self, *args: Any, reference: str, **kwargs: Any) -> None:
        """Make a form about the notice with this reference, with a fresh stamp."""
        super().__init__(*args, about=reference, **kwargs)
        self.helper = self._helper()

    def clean_place(self) -> Ward | None:
        """Return the ward; the postcode itself is forgotten here."""
        typed = self.cleaned_data["place"]
        ward = ward_for(typed)
        if typed and ward is None:
            raise ValidationError(
                _("We do not know that place. Check it, or leave the box empty."), code="unknown_place"
            )
        return ward

    def words(self) -> Words:
        """Return what was written, once the form is valid."""
        data = self.cleaned_data
        return Words(text=data["text"], name=data["name"], email=data["email"], ward=data["place"])

    def _helper(self) -> FormHelper:
        helper = FormHelper()
        helper.layout = self.layout()
        return helper

    def layout(self) -> Layout:
        """Return the order of the questions; each form has its own."""
        raise NotImplementedError


class AskForm(ResidentsForm):
    """A question, with an answer by e-mail if one is wanted."""

    sort = Sort.QUESTION
    heading = gettext_lazy("Ask a question")

    text = words_field(
        QUESTION_MAX,
        label=gettext_lazy("Your question"),
        required=gettext_lazy("Write your question."),
        hint=gettext_lazy("Leave out names, telephone numbers and addresses: everybody can read the answer."),
    )
    wants_reply = forms.BooleanField(
        label=gettext_lazy("Send me the answer by e-mail"),
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Ask for the address when an answer by e-mail is wanted."""
        wants, email = self.cleaned_data.get("wants_reply"), self.cleaned_data.get("email")
        if wants and not email and "email" not in self.errors:
            self.add_error("email", _("Enter your e-mail address, so that we can send you the answer."))
        # Who leaves an address wants the answer there, ticked or not; we keep none without a use for it.
        return {**super().clean(), "wants_reply": bool(email)}

    def layout(self) -> Layout:
        """Question first; who and where after it."""
        return Layout(
            "text",
            Fieldset(_("About you"), "place", "wants_reply", "email", "name"),
            *guard(),
            Submit("send", _("Send your question")),
        )


class FeedbackForm(ResidentsForm):
    """What a resident thinks, without an answer."""

    sort = Sort.FEEDBACK
    heading = gettext_lazy("Tell us what you think")

    helpful = forms.ChoiceField(
        label=gettext_lazy("Did this notice tell you what you needed?"),
        choices=Helpful.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    text = words_field(
        FEEDBACK_MAX,
        label=gettext_lazy("What do you want us to know?"),
        required=gettext_lazy("Write what you want us to know."),
        hint=gettext_lazy(
            "Leave out names, telephone numbers and addresses: we may show your words on the page."
        ),
    )

    def layout(self) -> Layout:
        """Words first; who and where after them."""
        return Layout(
            "text",
            "helpful",
            Fieldset(_("About you"), "place", "name", "email"),
            *guard(),
            Submit("send", _("Send")),
        )
