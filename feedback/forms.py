"""The forms residents fill in about a notice; cleans words and keeps nothing."""

import unicodedata
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Fieldset, Layout, Submit
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from places.lookup import ward_for
from places.models import Ward
from updates.pictures import Encoded, PictureRefused
from visitors.forms import GuardedForm, guard

from . import photos
from .enums import Helpful, Sort
from .models import FEEDBACK_MAX, QUESTION_MAX
from .receiving import Words

NAME_MAX = 120
PLACE_MAX = 80
# Controls, joiners and marks of direction, blanks; what is newer than Python's tables is a sign.
_UNSEEN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})


class WordsField(forms.CharField):
    """A text as a person wrote it: NULs taken out, one kind of line break, everything else kept."""

    def to_python(self, value: Any) -> str:
        """Return the cleaned text."""
        text = str(super().to_python(value) or "").replace("\x00", "")
        return text.replace("\r\n", "\n").replace("\r", "\n").strip() if _is_seen(text) else ""


def _is_seen(text: str) -> bool:
    """Say whether a text has anything to see: joiners, marks of direction and blanks alone are nothing."""
    return any(unicodedata.category(sign) not in _UNSEEN for sign in text)


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


def anonymous() -> HTML:
    """Return the line of a form's layout that says a name is not needed; the page says what happens."""
    return HTML('{% include "feedback/anonymous.html" %}')


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
    is_information_request = forms.BooleanField(
        label=gettext_lazy("I am asking for recorded information (freedom of information)"),
        required=False,
        help_text=gettext_lazy(
            "For documents and figures the council holds. The law gives us %(days)s working days, and asks "
            "for your name and an address to write to."
        ),
    )
    # The question was set beside those already asked, and its writer wants it sent all the same.
    looked = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say how long the law gives, from the setting the clock runs by."""
        super().__init__(*args, **kwargs)
        hint = self.fields["is_information_request"]
        hint.help_text = str(hint.help_text) % {"days": settings.INFORMATION_WITHIN_WORKING_DAYS}

    def clean(self) -> dict[str, Any]:
        """Ask for the address when an answer by e-mail is wanted, and for what the law wants."""
        wants, email = self.cleaned_data.get("wants_reply"), self.cleaned_data.get("email")
        by_law = self.cleaned_data.get("is_information_request")
        if by_law and not self.cleaned_data.get("name") and "name" not in self.errors:
            self.add_error("name", _("Enter your name: the law asks for it with a request for information."))
        if (wants or by_law) and not email and "email" not in self.errors:
            self.add_error("email", _("Enter your e-mail address, so that we can send you the answer."))
        # Who leaves an address wants the answer there, ticked or not; we keep none without a use for it.
        return {**super().clean(), "wants_reply": bool(email)}

    def layout(self) -> Layout:
        """Question first; who and where after it."""
        return Layout(
            "text",
            "is_information_request",
            Fieldset(_("About you"), anonymous(), "place", "wants_reply", "email", "name"),
            *guard(),
            "looked",
            Submit("send", _("Send your question")),
        )


class FeedbackForm(ResidentsForm):
    """What a resident thinks, without an answer; with a photo if they have one."""

    sort = Sort.FEEDBACK
    heading = gettext_lazy("Tell us what you think")

    text = words_field(
        FEEDBACK_MAX,
        label=gettext_lazy("What do you want us to know?"),
        required=gettext_lazy("Write what you want us to know."),
        hint=gettext_lazy(
            "Leave out names, telephone numbers and addresses: we may show your words on the page."
        ),
    )
    helpful = forms.ChoiceField(
        label=gettext_lazy("Did this notice tell you what you needed?"),
        choices=Helpful.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    photo = forms.FileField(
        label=gettext_lazy("A photo"),
        required=False,
        help_text=gettext_lazy(
            "JPEG, PNG or WebP, up to %(limit)s MB. We remove when and where it was taken. A moderator looks "
            "at it, and blurs faces and number plates before anybody else sees it."
        ),
        widget=forms.FileInput(attrs={"accept": photos.ACCEPTED}),
        error_messages={
            "empty": gettext_lazy("The photo has nothing in it. Choose it again, or send without it.")
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Say how large a photo may be, from the setting that refuses it."""
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = _(
            "For a receipt. Confirm it there, and we tell you if your words are hidden."
        )
        limit = settings.PICTURE_MAX_BYTES // (1024 * 1024)
        self.fields["photo"].help_text = str(self.fields["photo"].help_text) % {"limit": limit}

    def clean_photo(self) -> Encoded | None:
        """Return the photo without what is hidden in it, or say why it cannot be taken."""
        sent = self.cleaned_data["photo"]
        if not sent:
            return None
        try:
            return photos.check(sent, sent.size)
        except PictureRefused as refused:
            raise ValidationError(str(refused), code="photo") from refused

    def full_clean(self) -> None:
        """Say that a good photo has to be chosen again when something else is wrong: browsers drop it."""
        super().full_clean()
        if self.is_bound and self.errors and self.files.get("photo") and "photo" not in self.errors:
            self.add_error("photo", _("Choose your photo again: browsers do not keep it."))

    def layout(self) -> Layout:
        """Words first; who and where after them."""
        return Layout(
            "text",
            "helpful",
            "photo",
            Fieldset(_("About you"), anonymous(), "place", "name", "email"),
            *guard(),
            Submit("send", _("Send")),
        )
