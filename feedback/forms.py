"""The two forms residents fill in, and the guard both share; cleans words and keeps nothing."""

import uuid
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Fieldset, Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from places.lookup import ward_for
from places.models import Ward

from . import stamps
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


class ResidentsForm(forms.Form):
    """What both forms share: name, address, place, the empty box, the signed stamp."""

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
    # People do not see this box; machines fill it in.
    website = forms.CharField(
        label=gettext_lazy("Leave this box empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    stamp = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, reference: str, **kwargs: Any) -> None:
        """Make a form about the notice with this reference, with a fresh stamp."""
        super().__init__(*args, **kwargs)
        self.reference = reference
        self.fields["stamp"].initial = stamps.issue(self.sort, reference)
        self.helper = self._helper()

    @property
    def key(self) -> uuid.UUID | None:
        """The key of this form, if its stamp was ours: one form leaves one row."""
        read = stamps.read(str(self.data.get("stamp", "")), self.sort, self.reference)
        return read.key if read else None

    def full_clean(self) -> None:
        """Check the form; what is refused may be corrected as quickly as its writer likes."""
        super().full_clean()
        if not self.is_bound or not self.errors:
            return
        stamp = str(self.data.get("stamp", ""))
        if stamps.read(stamp, self.sort, self.reference):
            self._replace("stamp", stamps.refused(stamp))

    def clean_place(self) -> Ward | None:
        """Return the ward; the postcode itself is forgotten here."""
        typed = self.cleaned_data["place"]
        ward = ward_for(typed)
        if typed and ward is None:
            raise ValidationError(
                _("We do not know that place. Check it, or leave the box empty."), code="unknown_place"
            )
        return ward

    def clean(self) -> dict[str, Any]:
        """Refuse what a machine sent, kindly: each refusal keeps the words and can be sent again."""
        cleaned = super().clean() or {}
        if cleaned.get("website"):
            # A browser may have filled it in for a person, so it is emptied and not held against them.
            self._replace("website", "")
            raise ValidationError(
                _("A box that must stay empty was filled in. We emptied it: please send again.")
            )
        stamp = stamps.read(str(cleaned.get("stamp", "")), self.sort, self.reference)
        if stamp is None or stamp.is_too_old:
            self._replace("stamp", stamps.issue(self.sort, self.reference))
            raise ValidationError(
                _("This page was open for a long time. Your words are still here: please send them again.")
            )
        if stamp.is_too_quick:
            raise ValidationError(_("Your words are still here. Please press the button once more."))
        return cleaned

    def words(self) -> Words:
        """Return what was written, once the form is valid."""
        data = self.cleaned_data
        return Words(text=data["text"], name=data["name"], email=data["email"], ward=data["place"])

    def _replace(self, field: str, value: str) -> None:
        """Show `value` the next time the form is drawn, instead of what came in."""
        self.data = {**{name: self.data.get(name) for name in self.data}, field: value}

    def _helper(self) -> FormHelper:
        helper = FormHelper()
        helper.layout = self.layout()
        return helper

    def layout(self) -> Layout:
        """Return the order of the questions; each form has its own."""
        raise NotImplementedError


def _trap() -> list[Any]:
    """Return the empty box, out of sight and out of the way of keyboards and screen readers."""
    return [
        HTML('<div class="govuk-visually-hidden" aria-hidden="true">'),
        "website",
        HTML("</div>"),
        "stamp",
    ]


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
            *_trap(),
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
            *_trap(),
            Submit("send", _("Send")),
        )
