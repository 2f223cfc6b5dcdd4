"""What a person adds to a decision: that they read it, a reason, a time."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from look.fields import MomentField

from .texts import no_hidden_direction

APPROVE, APPROVE_AND_PUBLISH, RETURN = "approve", "approve_and_publish", "return"
LONGEST_REASON = 1000


class DecisionForm(forms.Form):
    """The approver's decision on exactly the content whose hash the form carries."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
    decision = forms.ChoiceField(
        choices=[(choice, choice) for choice in (APPROVE, APPROVE_AND_PUBLISH, RETURN)],
        widget=forms.HiddenInput,
    )
    has_read = forms.BooleanField(
        label=gettext_lazy("I have read the page and every post"),
        required=False,
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=LONGEST_REASON,
        required=False,
        help_text=gettext_lazy("Needed to return it, and to go ahead although a check warns."),
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[no_hidden_direction],
    )

    def clean(self) -> dict[str, Any]:
        """Ask for what the decision needs."""
        data = super().clean() or self.cleaned_data
        if data.get("decision") == RETURN and not data.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Say what should change, so that the author can change it."))
        if data.get("decision") in (APPROVE, APPROVE_AND_PUBLISH) and not data.get("has_read"):
            self.add_error("has_read", _("Tick this once you have read everything on this page."))
        return data


class SecondCheckForm(forms.Form):
    """That somebody else has read what went out urgently."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
    has_read = forms.BooleanField(
        label=gettext_lazy("I have read the page and every post, and it is right"),
        error_messages={"required": gettext_lazy("Tick this once you have read everything on this page.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Note"),
        max_length=LONGEST_REASON,
        required=False,
        help_text=gettext_lazy("Kept in the audit trail."),
        widget=forms.Textarea(attrs={"rows": 2}),
        validators=[no_hidden_direction],
    )


class ConfirmForm(forms.Form):
    """A move that needs nothing but the decision itself."""


class UrgentForm(forms.Form):
    """That the person has read it and knows what they will owe."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
    knows = forms.BooleanField(
        label=gettext_lazy("I have read it, and I know that a second person still has to check it"),
        error_messages={"required": gettext_lazy("Tick this before you publish urgently.")},
    )


class WithdrawForm(forms.Form):
    """Why a notice is withdrawn, for everybody to read."""

    note = forms.CharField(
        label=gettext_lazy("Why is it withdrawn?"),
        max_length=LONGEST_REASON,
        help_text=gettext_lazy("Residents read this at the top of the notice."),
        error_messages={"required": gettext_lazy("Say why: residents read it.")},
        widget=forms.Textarea(attrs={"rows": 4}),
        validators=[no_hidden_direction],
    )


class ScheduleForm(forms.Form):
    """When an approved edition goes live."""

    publish_at = MomentField(
        label=gettext_lazy("When should it go live?"),
        help_text=gettext_lazy("In the council’s own time."),
        error_messages={"required": gettext_lazy("Choose when it goes live.")},
    )
