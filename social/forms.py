"""The forms of social's pages: they clean input, ask no platform and save nothing."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Team
from outbox.enums import Status
from updates.forms.texts import no_hidden_direction

from . import wording_template
from .models import Account, Wording
from .planning import charges
from .post_settings import PostSettings
from .publishers.registry import publisher_for
from .wordings import Words

WAITING = "waiting"
_WAITING_STATUSES = (Status.QUEUED, Status.RETRY, Status.SENDING)
LONGEST_TEMPLATE = Account._meta.get_field("template").max_length or 0
LONGEST_WORDING = Wording._meta.get_field("text").max_length or 0


def teams_field() -> forms.ModelMultipleChoiceField:
    """Return the field that asks which teams post to an account."""
    return forms.ModelMultipleChoiceField(
        Team.objects.all(),
        label=gettext_lazy("Which teams post here?"),
        help_text=gettext_lazy(
            "Every notice of these teams goes to the account, unless its author leaves it out."
        ),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one team.")},
    )


class TeamsForm(forms.Form):
    """Which teams may post to an account."""

    teams = teams_field()


class ConfirmForm(forms.Form):
    """A step that needs nothing but the decision itself."""


class GiveUpForm(forms.Form):
    """Why a post is never sent."""

    note = forms.CharField(
        label=gettext_lazy("Why?"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        validators=[no_hidden_direction],
    )


class LinkForm(forms.Form):
    """Where a person has seen the post."""

    link = forms.URLField(
        label=gettext_lazy("Link to the post"),
        max_length=1000,
        assume_scheme="https",
        help_text=gettext_lazy("Open the post on the platform and copy its address."),
        error_messages={"required": gettext_lazy("Paste the post’s address.")},
    )


class DeliveryFilter(forms.Form):
    """Which of an account's deliveries are listed."""

    state = forms.ChoiceField(
        label=gettext_lazy("Show"),
        required=False,
        choices=[
            ("", gettext_lazy("Everything")),
            (WAITING, gettext_lazy("Waiting or on its way")),
            *((status.value, status.label) for status in Status if status not in _WAITING_STATUSES),
        ],
    )

    def chosen(self) -> str:
        """Return the chosen state; empty when none or nonsense was chosen."""
        return self.cleaned_data["state"] if self.is_valid() else ""


class WordingForm(forms.Form):
    """For every account of an edition: post there or not, with which words, and in how many posts."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, accounts: list[Account], words: dict[int, Words], **kwargs: Any) -> None:
        """Build the fields of each account; `words` is what stands now."""
        super().__init__(*args, **kwargs)
        self.accounts = accounts
        for account in accounts:
            now = words.get(account.pk, Words())
            self.fields[f"include_{account.pk}"] = forms.BooleanField(
                label=_("Post to %(account)s") % {"account": account}, required=False, initial=now.is_included
            )
            self.fields[f"text_{account.pk}"] = forms.CharField(
                label=_("Your own words for %(account)s") % {"account": account},
                required=False,
                initial=now.text,
                widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
                # Not max_length: the platform's own count stands beside the box, not this rough one.
                validators=[MaxLengthValidator(LONGEST_WORDING), no_hidden_direction],
            )
            parts = publisher_for(account.channel).limits.parts
            if parts > 1:
                self.fields[f"thread_{account.pk}"] = forms.BooleanField(
                    label=_("Say it whole, in several posts"),
                    help_text=_("At most %(number)d, each in answer to the one before.") % {"number": parts},
                    required=False,
                    initial=now.is_thread,
                )

    def words(self) -> dict[int, Words]:
        """Return what was typed, by account id; for what could not be cleaned, what stood before."""
        return {account.pk: self._words_for(account) for account in self.accounts}

    def _words_for(self, account: Account) -> Words:
        return Words(
            str(self._said(f"text_{account.pk}")).replace("\r\n", "\n"),
            bool(self._said(f"include_{account.pk}")),
            bool(self._said(f"thread_{account.pk}")),
        )

    def _said(self, name: str) -> Any:
        """Return what was typed into a field, or what stood before; None for a field the account lacks."""
        data = self.cleaned_data if self.is_bound and hasattr(self, "cleaned_data") else {}
        return data.get(name, self.fields[name].initial) if name in self.fields else None


class PostSettingsForm(forms.Form):
    """How an account's posts look, and what they may cost where the platform charges for them."""

    template = forms.CharField(
        label=gettext_lazy("Template"),
        required=False,
        help_text=gettext_lazy("For posts made from the notice. Leave it empty for the portal’s own."),
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto", "spellcheck": "false"}),
        validators=[MaxLengthValidator(LONGEST_TEMPLATE), no_hidden_direction],
    )
    includes_link = forms.BooleanField(
        label=gettext_lazy("Every post carries the link to its notice"), required=False
    )
    monthly_cap = forms.DecimalField(
        label=gettext_lazy("Most to spend in a month, in US dollars"),
        help_text=gettext_lazy("Leave it empty for no limit. What would pass it is not posted."),
        required=False,
        min_value=0,
        max_digits=8,
        decimal_places=2,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "decimal"}),
    )

    def __init__(self, *args: Any, account: Account, now: PostSettings, **kwargs: Any) -> None:
        """Start from what stands now; a platform that is free has no cap."""
        super().__init__(*args, **kwargs)
        self._now = now
        self.fields["template"].initial = now.template or wording_template.USUAL
        self.fields["includes_link"].initial = now.includes_link
        if now.monthly_cap is not None:
            self.fields["monthly_cap"].initial = now.monthly_cap.quantize(Decimal("0.01"))
        if charges(account):
            self.fields["includes_link"].help_text = _("A post with a link costs more on this platform.")
        else:
            del self.fields["monthly_cap"]

    def clean_template(self) -> str:
        """Return the template, empty for the portal's own; refuse placeholders that do not exist."""
        template = str(self.cleaned_data["template"]).replace("\r\n", "\n").strip()
        if template in ("", wording_template.USUAL):
            return ""
        if found := wording_template.problems(template):
            raise forms.ValidationError(found)
        return template

    def wanted(self) -> PostSettings:
        """Return what was typed."""
        cap = self.cleaned_data.get("monthly_cap", self._now.monthly_cap)
        return PostSettings(self.cleaned_data["template"], self.cleaned_data["includes_link"], cap)
