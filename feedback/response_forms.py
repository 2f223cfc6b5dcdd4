"""The forms of answering a consultation: the answer, the code from a letter, coming back; keeps nothing."""

from collections.abc import Mapping, Sequence
from typing import Any

from crispy_forms.layout import HTML, Fieldset, Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from places.lookup import why_not
from places.models import Ward
from visitors.forms import GuardedForm, guard

from .consultations.answering import Said
from .enums import Access
from .forms import ResidentsForm, WordsField, anonymous
from .item_fields import ItemFields
from .models import Consultation, Item, Response


class AnswerForm(ItemFields, ResidentsForm):
    """Every question of a consultation, and who answers, as far as they want to say."""

    sort = "answer"  # type: ignore[assignment] # what its stamp is good for
    heading = gettext_lazy("Answer")
    name = None  # type: ignore[assignment] # nobody is asked for it

    wants_outcome = forms.BooleanField(
        label=gettext_lazy("Tell me by e-mail what came of it"),
        required=False,
        help_text=gettext_lazy("One e-mail when the outcome is public. You are put on no list."),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        consultation: Consultation,
        items: Sequence[Item],
        given: Mapping[int, Said],
        response: Response | None = None,
    ) -> None:
        """Make the form of one consultation, filled in with what was saved in `response`."""
        self.consultation = consultation
        self.items = items
        kept = _kept(response) if response else {}
        super().__init__(data, reference=consultation.reference, initial=kept)
        self.add_items(items, given)
        self.fields["email"].help_text = _(
            "Only for telling you the outcome. We write to you once before it."
        )
        if consultation.access == Access.EMAIL:
            self.fields["wants_outcome"].initial = True
            self.fields["email"].required = True
            self.fields["email"].help_text = _(
                "We send you an e-mail. Your answer counts once you press the button it leads to."
            )
            self.fields["email"].error_messages["required"] = _(
                "Enter your e-mail address: this consultation counts one answer for each address."
            )

    @property
    def is_sending(self) -> bool:  # type: ignore[override]
        """Say whether what must be answered is asked for: not while somebody only saves."""
        return "save" not in self.data

    def full_clean(self) -> None:
        """Check the form; who only saves may leave out what must be answered."""
        required = [field for field in self.fields.values() if field.required and not self.is_sending]
        for field in required:
            field.required = False
        super().full_clean()
        for field in required:
            field.required = True

    def clean_place(self) -> Ward | None:
        """Return the ward; the postcode itself is forgotten here. Says why a place is not known."""
        try:
            return super().clean_place()
        except ValidationError:
            typed = self.cleaned_data["place"]
            raise ValidationError(why_not(typed), code="unknown_place") from None

    def clean(self) -> dict[str, Any]:
        """Ask for the address when the outcome is wanted by e-mail.

        Where an address has no other use, whoever leaves one wants the outcome, ticked or not.
        """
        cleaned = super().clean()
        email = cleaned.get("email")
        if cleaned.get("wants_outcome") and not email and "email" not in self.errors and self.is_sending:
            self.add_error("email", _("Enter your e-mail address, so that we can tell you the outcome."))
        is_only_for_it = self.consultation.access != Access.EMAIL
        return {**cleaned, "wants_outcome": bool(email and (is_only_for_it or cleaned.get("wants_outcome")))}

    def fill(self, response: Response) -> Response:
        """Write what was said about the person into `response`, once the form is valid; saves nothing."""
        data = self.cleaned_data
        response.ward, response.email = data["place"], data["email"]
        response.wants_outcome = data["wants_outcome"]
        return response

    def layout(self) -> Layout:
        """Questions as on paper, then who answers."""
        return Layout(
            *self.item_layout(),
            Fieldset(_("About you"), anonymous(), "place", *self._address()),
            *guard(),
            HTML('<div class="govuk-button-group">'),
            Submit("check", _("Check your answers")),
            Submit("save", _("Save and come back later"), css_class="govuk-button--secondary"),
            HTML("</div>"),
        )

    def _address(self) -> tuple[str, str]:
        if self.consultation.access == Access.EMAIL:
            return "email", "wants_outcome"
        return "wants_outcome", "email"


def _kept(response: Response) -> dict[str, Any]:
    return {
        "place": response.ward.name if response.ward else "",
        "email": response.email,
        "wants_outcome": response.wants_outcome,
    }


class CodeForm(GuardedForm):
    """The code from a letter."""

    sort = "code"

    code = WordsField(
        label=gettext_lazy("The code from your letter"),
        max_length=40,
        help_text=gettext_lazy("Capitals, small letters, spaces and dashes make no difference."),
        widget=forms.TextInput(
            attrs={"class": "govuk-input--width-20", "autocomplete": "off", "spellcheck": "false"}
        ),
        error_messages={"required": gettext_lazy("Type the code from your letter.")},
    )


class ComeBackForm(GuardedForm):
    """Where the address of a saved answer is sent."""

    sort = "come_back"

    email = forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        max_length=254,
        help_text=gettext_lazy("We send the link there and keep the address for nothing else."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": gettext_lazy("Enter the e-mail address the link goes to."),
            "invalid": gettext_lazy("Enter an e-mail address in the right form, such as name@example.com."),
        },
    )
