"""The forms of the inbox and the summary: they clean input and never write a status."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.enums import Kind
from accounts.models import Team, User
from places.models import Ward

from .enums import HiddenReason, Sort, State
from .forms import words_field
from .models import FEEDBACK_MAX

MINE = "mine"
HERE = "portal"
KINDS = [(kind.value, capfirst(kind.label)) for kind in Kind]


class PublishForm(forms.Form):
    """The words as residents will read them."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    public_text = words_field(
        FEEDBACK_MAX + 500,
        label=_("What residents will read"),
        required=_("There are no words left to show. Hide it with a reason instead."),
        hint=_("Take out what could harm somebody. Do not change what the writer means."),
    )


class HideForm(forms.Form):
    """One of the fixed reasons."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.ChoiceField(
        label=_("Why is it hidden?"),
        choices=[(reason.value, capfirst(reason.label)) for reason in HiddenReason],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why it is hidden.")},
    )


class FilterForm(forms.Form):
    """A filter from the address; a value that means nothing counts as left out."""

    def chosen(self) -> dict[str, Any]:
        """Return what was chosen, the empty value where nothing or nonsense was."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) or "" for name in self.fields}


class InboxFilter(FilterForm):
    """What the inbox shows."""

    q = forms.CharField(label=_("Words or reference"), required=False, max_length=100)
    state = forms.ChoiceField(label=_("Show"), choices=State.choices, required=False)
    sort = forms.ChoiceField(
        label=_("Kind"), choices=[("", _("Questions and feedback")), *Sort.choices], required=False
    )
    team = forms.ModelChoiceField(
        Team.objects.none(), label=_("Team"), required=False, empty_label=_("All my teams")
    )
    ward = forms.ModelChoiceField(
        Ward.objects.all(), label=_("Ward"), required=False, empty_label=_("The whole borough")
    )

    source = forms.ChoiceField(label=_("Written on"), required=False)
    person = forms.ModelChoiceField(
        User.objects.none(), label=_("Assigned to"), required=False, empty_label=_("Anybody or nobody")
    )

    def __init__(self, *args: Any, team_ids: frozenset[int], sources: list[str], **kwargs: Any) -> None:
        """Offer only the person's own teams, and the places where something was written for them."""
        super().__init__(*args, **kwargs)
        places = [("", _("Everywhere")), (HERE, _("The portal")), *((each, each) for each in sources)]
        self.fields["source"].choices = places  # type: ignore[attr-defined]
        if not sources:
            del self.fields["source"]
        self.fields["team"].queryset = Team.objects.filter(pk__in=team_ids)  # type: ignore[attr-defined]
        colleagues = User.objects.active().filter(memberships__team__in=team_ids).distinct().order_by("name")
        self.fields["person"].queryset = colleagues  # type: ignore[attr-defined]


class SummaryFilter(FilterForm):
    """What the summary counts and shows."""

    ward = forms.ChoiceField(
        label=_("Where"),
        required=False,
        error_messages={"invalid_choice": _("We do not know that ward, so this is the whole borough.")},
    )
    kind = forms.ChoiceField(
        label=_("Kind of notice"), choices=[("", _("Every kind")), *KINDS], required=False
    )
    sort = forms.ChoiceField(
        label=_("What"), choices=[("", _("Questions and feedback")), *Sort.choices], required=False
    )
    week = forms.ChoiceField(label=_("When"), required=False)
    notice = forms.CharField(required=False, max_length=5, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, wards: list[tuple[str, Any]], weeks: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        """Offer the wards and the weeks given, each as (value, words)."""
        super().__init__(*args, **kwargs)
        self.fields["ward"].choices = wards  # type: ignore[attr-defined]
        self.fields["week"].choices = weeks  # type: ignore[attr-defined]
