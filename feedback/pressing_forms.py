"""The forms of a press or two: was it useful, and me too; cleans words and keeps nothing."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from visitors.forms import GuardedForm, guard

from .enums import Helpful, Sort, WentWrong
from .forms import ResidentsForm, words_field
from .models import FEEDBACK_MAX
from .receiving import Words


class UsefulForm(ResidentsForm):
    """Whether a notice was of use, and what was wrong with it: two presses, no words needed."""

    sort = Sort.FEEDBACK
    heading = gettext_lazy("Was this notice useful?")
    name = None  # type: ignore[assignment]
    email = None  # type: ignore[assignment]

    helpful = forms.ChoiceField(
        label=gettext_lazy("Did this notice tell you what you needed?"),
        choices=Helpful.choices,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose whether it told you what you needed.")},
    )
    went_wrong = forms.ChoiceField(
        label=gettext_lazy("If not, what went wrong?"),
        choices=WentWrong.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    text = words_field(
        FEEDBACK_MAX,
        label=gettext_lazy("Anything you want to add?"),
        required="",
        hint=gettext_lazy("Leave out names, telephone numbers and addresses: we may show your words."),
        rows=3,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Words are welcome, not needed."""
        super().__init__(*args, **kwargs)
        self.fields["text"].required = False

    def clean(self) -> dict[str, Any]:
        """Forget what went wrong when nothing did."""
        cleaned = super().clean()
        wrong = cleaned.get("went_wrong", "") if cleaned.get("helpful") != Helpful.YES else ""
        return {**cleaned, "went_wrong": wrong}

    def words(self) -> Words:
        """Return what was added, from nobody in particular."""
        return Words(text=self.cleaned_data["text"], ward=self.cleaned_data["place"])

    def layout(self) -> Layout:
        """The choice first; words and place if somebody wants to."""
        return Layout("helpful", "went_wrong", "text", "place", *guard(), Submit("send", _("Send")))


class MeTooForm(GuardedForm):
    """I want to know that too: a press, and an address for whoever wants the answer."""

    sort = "me-too"

    email = forms.EmailField(
        label=gettext_lazy("Send me the answer by e-mail"),
        required=False,
        max_length=254,
        help_text=gettext_lazy("We first send you a link that confirms the address. You are on no list."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "invalid": gettext_lazy("Enter an e-mail address in the right form, such as name@example.com.")
        },
    )

    def __init__(self, *args: Any, reference: str, **kwargs: Any) -> None:
        """Make a form about the question with this reference."""
        super().__init__(*args, about=reference, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout("email", *guard(), Submit("send", _("Me too: I want to know that")))
