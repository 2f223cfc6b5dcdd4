"""The forms of the stopping pages: they clean input, ask no platform and save nothing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from updates.forms.texts import no_hidden_direction

from ..enums import Channel
from ..locks import LONGEST_REASON
from ..models import Account
from .proposals import LONGEST_NOTE
from .warnings import LONGEST_WARNING


def note_field(label: Any, required: Any, **more: Any) -> forms.CharField:
    """Return a short text that a step needs; `required` is said when it is missing."""
    return forms.CharField(
        label=label,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": required},
        validators=[no_hidden_direction],
        **more,
    )


class StopForm(forms.Form):
    """Why an account is stopped; in a hurry it may stay empty."""

    reason = forms.CharField(
        label=gettext_lazy("Why?"),
        required=False,
        max_length=LONGEST_REASON,
        help_text=gettext_lazy("Your colleagues read it beside the account. In a hurry, leave it empty."),
        widget=forms.Textarea(attrs={"rows": 2}),
        validators=[no_hidden_direction],
    )


class StopAllForm(StopForm):
    """Why everything is stopped, and whether residents have to know."""

    warns_residents = forms.BooleanField(
        label=gettext_lazy("Our accounts may not be under our control: warn residents on every page"),
        required=False,
    )


class WarningForm(forms.Form):
    """What residents read about an account."""

    text = forms.CharField(
        label=gettext_lazy("What residents read"),
        max_length=LONGEST_WARNING,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Write what residents have to know.")},
        validators=[no_hidden_direction],
    )


class AskForm(forms.Form):
    """Why a grave step is needed."""

    note = note_field(
        gettext_lazy("Why?"),
        gettext_lazy("Say why: the second person decides by it."),
        help_text=gettext_lazy("The second person reads it before agreeing. Kept in the audit trail."),
    )


class ReleaseForm(forms.Form):
    """Why an account may send again, and whether residents stay warned."""

    note = note_field(
        gettext_lazy("What did you check?"),
        gettext_lazy("Say what you checked before it may send again."),
        help_text=gettext_lazy("The second person reads it before agreeing. Kept in the audit trail."),
    )
    keeps_warning = forms.BooleanField(
        label=gettext_lazy("Go on warning residents about this account"), required=False
    )

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        """Ask about the warning only where there is one."""
        super().__init__(*args, **kwargs)
        if not account.public_warning:
            del self.fields["keeps_warning"]


class RefuseForm(forms.Form):
    """Why a step is not done."""

    note = note_field(
        gettext_lazy("Why not?"),
        gettext_lazy("Say why, so that your colleague knows."),
        help_text=gettext_lazy("Whoever asked reads it. Kept in the audit trail."),
    )


class DrillForm(forms.Form):
    """Which practice account a drill is held on."""

    account = forms.ModelChoiceField(
        Account.objects.may_send().filter(channel=Channel.SANDBOX),
        label=gettext_lazy("Practice account"),
        empty_label=None,
        error_messages={"required": gettext_lazy("Choose the account.")},
    )


class LearntForm(forms.Form):
    """What a drill taught."""

    note = forms.CharField(
        label=gettext_lazy("What did you learn?"),
        max_length=2000,
        required=False,
        help_text=gettext_lazy("It stands in the report."),
        widget=forms.Textarea(attrs={"rows": 4}),
        validators=[no_hidden_direction],
    )
