"""The forms of the stopping pages: they clean input, ask no platform and save nothing."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from updates.forms.texts import no_hidden_direction

from ..models import Account
from .proposals import LONGEST_NOTE


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
