"""The forms of an objection: the writer's, and that of whoever decides it; they change nothing."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from visitors.forms import GuardedForm, guard

from .enums import Objected
from .forms import words_field
from .models import FEEDBACK_MAX, OBJECTION_MAX


class ObjectionForm(GuardedForm):
    """Why the words should be shown."""

    sort = "objection"

    text = words_field(
        OBJECTION_MAX,
        label=gettext_lazy("Why should it be shown?"),
        required=gettext_lazy("Say why it should be shown."),
        rows=5,
    )

    def __init__(self, *args: Any, reference: str, **kwargs: Any) -> None:
        """Make a form about what has this reference."""
        super().__init__(*args, about=reference, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout("text", *guard(), Submit("send", _("Send the objection")))


class DecisionForm(forms.Form):
    """What is decided about an objection, and why."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label=gettext_lazy("What do you decide?"),
        choices=[each for each in Objected.choices if each[0] != Objected.OPEN],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what you decide.")},
    )
    public_text = words_field(
        FEEDBACK_MAX + 500,
        label=gettext_lazy("What residents will read, if you agree"),
        required="",
        hint=gettext_lazy("Agreeing in part means taking a part out of these words."),
    )
    because = words_field(
        OBJECTION_MAX,
        label=gettext_lazy("Why? Their writer reads this"),
        required=gettext_lazy("Say why, in words for the person who wrote it."),
        rows=4,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask for the words only when they are to be shown."""
        super().__init__(*args, **kwargs)
        self.fields["public_text"].required = False
