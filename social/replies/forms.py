"""The forms about replies: they clean input and decide nothing."""

from django import forms
from django.utils.translation import gettext_lazy as _


class JoinForm(forms.Form):
    """The notice a mention is about."""

    notice = forms.CharField(
        label=_("Which notice is it about?"),
        help_text=_("Its reference, such as N7K3Q, or its link."),
        max_length=500,
        error_messages={"required": _("Enter the reference or the link of a notice.")},
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "autocomplete": "off"}),
    )
