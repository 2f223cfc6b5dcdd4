"""Cleans what administrators type about people and teams; must not save anything."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext_lazy as _

from audit import queries

from .enums import Kind, Role
from .models import Invitation, Team, User
from .services import Place
from .trail_words import in_words

ROLE_CHOICES = [(role.value, capfirst(role.label)) for role in Role]
KIND_CHOICES = [(kind.value, capfirst(kind.label)) for kind in Kind]
WRITERS = {Role.AUTHOR.value, Role.APPROVER.value}


class RolesForm(forms.Form):
    """One group of checkboxes for every team: what the person is there."""

    def __init__(self, *args: Any, places: set[Place] | None = None, **kwargs: Any) -> None:
        """Build a group for each team; `places` are ticked to begin with."""
        super().__init__(*args, **kwargs)
        self.teams = list(Team.objects.all())
        held = places or set()
        for team in self.teams:
            roles = [place.role for place in held if place.team_id == team.pk]
            urgent = any(place.may_publish_urgently for place in held if place.team_id == team.pk)
            self.fields[f"roles_{team.pk}"] = forms.MultipleChoiceField(
                label=team.name,
                choices=ROLE_CHOICES,
                required=False,
                initial=roles,
                widget=forms.CheckboxSelectMultiple,
            )
            self.fields[f"urgent_{team.pk}"] = forms.BooleanField(
                label=_("May publish urgently for %(team)s") % {"team": team.name},
                required=False,
                initial=urgent,
            )

    def clean(self) -> dict[str, Any]:
        """Refuse the urgent right where nothing is written."""
        data: dict[str, Any] = super().clean() or {}
        for team in self.teams:
            if data.get(f"urgent_{team.pk}") and not WRITERS & set(data.get(f"roles_{team.pk}", [])):
                self.add_error(f"urgent_{team.pk}", _("Only an author or an approver can publish urgently."))
        return data

    def places(self) -> set[Place]:
        """Return what was ticked."""
        data = self.cleaned_data
        return {
            Place(team.pk, role, bool(data[f"urgent_{team.pk}"]) and role in WRITERS)
            for team in self.teams
            for role in data[f"roles_{team.pk}"]
        }


class InviteForm(RolesForm):
    """Whom to invite, and as what."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(),
        error_messages={"invalid": _("Enter an e-mail address in the right form, such as name@example.com.")},
    )
    name = forms.CharField(label=_("Full name"), max_length=150)
    job_title = forms.CharField(label=_("Job title"), max_length=150, required=False)

    def clean(self) -> dict[str, Any]:
        """Ask for at least one role: somebody without one can do nothing here."""
        data = super().clean()
        if not self.errors and not self.places():
            raise ValidationError(_("Choose at least one role in at least one team."))
        return data


class AcceptForm(forms.Form):
    """A new person's name and password."""

    name = forms.CharField(
        label=_("Full name"),
        help_text=_("Colleagues see it, and residents see it under answers you give."),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=_("Choose a password"),
        help_text=_("At least 12 characters. Three or four words that do not belong together work well."),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        """Begin with the name the administrator gave."""
        super().__init__(*args, **kwargs)
        self.fields["name"].initial = invitation.name
        self.invitation = invitation

    def clean(self) -> dict[str, Any]:
        """Hold the password against the rules, and against the person's own name and address."""
        data: dict[str, Any] = super().clean() or {}
        person = User(email=self.invitation.email, name=data.get("name", ""))
        if data.get("password"):
            try:
                validate_password(data["password"], person)
            except ValidationError as error:
                self.add_error("password", error)
        return data


class ReasonForm(forms.Form):
    """Why something is done to somebody: kept in the audit trail."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Kept in the audit trail."),
        max_length=300,
        widget=forms.TextInput(),
    )


class TeamForm(forms.ModelForm):
    """A team's name and remit."""

    kinds = forms.MultipleChoiceField(
        label=_("Kinds of notice it publishes"),
        choices=KIND_CHOICES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Team
        fields = ("name",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Begin with the kinds the team has."""
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["kinds"].initial = self.instance.kind_values

    def clean_name(self) -> str:
        """Give a new team its short name; refuse a name that reads like another's."""
        name: str = self.cleaned_data["name"]
        if not self.instance.pk:
            self.instance.slug = slugify(name)[:60]
        if not self.instance.slug:
            raise ValidationError(_("Use at least one letter."))
        if Team.objects.exclude(pk=self.instance.pk).filter(slug=self.instance.slug).exists():
            raise ValidationError(_("There is a team with a name like this already."))
        return name


class PeopleFilter(forms.Form):
    """Narrows the list of people."""

    STATES = (("active", _("May sign in")), ("inactive", _("Deactivated")), ("", _("Everybody")))

    q = forms.CharField(label=_("Name or e-mail"), required=False, max_length=100)
    team = forms.ModelChoiceField(
        Team.objects.all(), label=_("Team"), required=False, empty_label=_("Every team")
    )
    role = forms.ChoiceField(label=_("Role"), required=False, choices=[("", _("Every role")), *ROLE_CHOICES])
    state = forms.ChoiceField(label=_("State"), required=False, choices=STATES)


class AuditFilter(forms.Form):
    """Narrows the audit trail."""

    text = forms.CharField(label=_("Words"), required=False, max_length=100)
    actor = forms.ModelChoiceField(
        User.objects.all(), label=_("Who"), required=False, empty_label=_("Everybody")
    )
    action = forms.ChoiceField(label=_("What"), required=False)
    target = forms.CharField(label=_("About"), required=False, max_length=100)
    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=_("To, including"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offer the actions the trail has seen, each group first."""
        super().__init__(*args, **kwargs)
        seen = queries.actions()
        groups = sorted({action.partition(".")[0] for action in seen} | set(seen))
        choices = [(action, in_words(action)) for action in groups]
        action = self.fields["action"]
        assert isinstance(action, forms.ChoiceField)
        action.choices = [("", _("Everything")), *choices]

    def found(self) -> Any:
        """Return the matching events, newest first; everything when the filter makes no sense."""
        data = self.cleaned_data if self.is_valid() else {}
        until = data.get("until")
        return queries.search(
            actor=data["actor"].pk if data.get("actor") else None,
            action=data.get("action", ""),
            target=data.get("target", ""),
            since=_midnight(data.get("since")),
            # After the last day there is, nothing ends.
            until=_midnight(until + timedelta(days=1)) if until and until < date.max else None,
            text=data.get("text", ""),
        )


def _midnight(day: Any) -> datetime | None:
    """Return the first moment of `day` in the council's zone."""
    return timezone.make_aware(datetime.combine(day, time.min)) if day else None
