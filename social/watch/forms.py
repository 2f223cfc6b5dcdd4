"""How an incident is closed; cleans input and saves nothing."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..enums import Outcome


class CloseForm(forms.Form):
    """What it was, and what was done about it."""

    outcome = forms.ChoiceField(
        label=_("What was it?"),
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what it was.")},
    )
    note = forms.CharField(
        label=_("What was done?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say in a sentence what was done, for whoever reads it next year.")},
    )
