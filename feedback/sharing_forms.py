"""The form that makes a read-only link; it changes nothing."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .sharing import MOST_DAYS


class ShareForm(forms.Form):
    """For whom, and for how long."""

    name = forms.CharField(
        label=_("Who gets it?"),
        max_length=120,
        help_text=_("For example: Transport committee, 3 December. Only you and your colleagues see this."),
        error_messages={"required": _("Say who gets the link.")},
    )
    days = forms.IntegerField(
        label=_("For how many days?"),
        min_value=1,
        max_value=MOST_DAYS,
        initial=28,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-4"}),
        error_messages={"required": _("Say for how many days it works.")},
    )
    query = forms.CharField(required=False, max_length=500, widget=forms.HiddenInput)
