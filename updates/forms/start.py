"""The two questions that start a notice: what kind, and for which team."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.enums import Kind
from accounts.models import Team

KIND_HINTS = {
    Kind.OUTAGE: _("Something is off or blocked, or will be: water, power, a road, bins."),
    Kind.EVENT: _("Something people can come to, with a time and a place."),
    Kind.PROJECT: _("Something the council plans or builds, over months or years."),
    Kind.GENERAL: _("Anything else residents should know."),
}


class KindForm(forms.Form):
    """What kind of notice?"""

    kind = forms.ChoiceField(label=_("What is it about?"), widget=forms.RadioSelect)

    def __init__(self, *args: object, kinds: Iterable[str], **kwargs: object) -> None:
        """Offer the kinds the person may write."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(kind, Kind(kind).label.capitalize()) for kind in kinds]
        field.widget.hints = KIND_HINTS


class TeamForm(forms.Form):
    """For which team?"""

    team = forms.ChoiceField(label=_("Which team publishes it?"), widget=forms.RadioSelect)

    def __init__(self, *args: object, teams: Iterable[Team], **kwargs: object) -> None:
        """Offer the teams the person may write for."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["team"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(team.slug, team.name) for team in teams]
