"""The forms of subscriptions: joining, asking for the link, changing; clean input and keep nothing."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.enums import Kind
from places.lookup import Place, find, why_not
from updates.enums import Urgency
from visitors.forms import GuardedForm, guard

from .enums import Cadence
from .models import Choice

_KIND_LABELS = {
    Kind.OUTAGE: gettext_lazy("Outages and works"),
    Kind.EVENT: gettext_lazy("Events"),
    Kind.PROJECT: gettext_lazy("Projects and plans"),
    Kind.GENERAL: gettext_lazy("General news"),
}
_URGENCY_LABELS = {
    Urgency.NORMAL: gettext_lazy("Everything"),
    Urgency.IMPORTANT: gettext_lazy("Important notices and emergencies"),
    Urgency.EMERGENCY: gettext_lazy("Emergencies only"),
}


def _email() -> forms.EmailField:
    return forms.EmailField(
        label=gettext_lazy("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
        error_messages={
            "required": gettext_lazy("Enter your e-mail address."),
            "invalid": gettext_lazy("Enter an e-mail address in the right form, such as name@example.com."),
        },
    )


def _cadence() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=gettext_lazy("When do you want to hear from us?"),
        choices=Cadence.choices,
        initial=Cadence.IMMEDIATE,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose when you want to hear from us.")},
    )


class WhatFields(forms.Form):
    """Which kinds, how urgent, when."""

    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("What do you want to hear about?"),
        choices=[(kind.value, label) for kind, label in _KIND_LABELS.items()],
        initial=[kind.value for kind in _KIND_LABELS],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one kind of notice.")},
    )
    lowest_urgency = forms.TypedChoiceField(
        label=gettext_lazy("How much of it?"),
        choices=[(urgency.value, label) for urgency, label in _URGENCY_LABELS.items()],
        coerce=int,
        initial=Urgency.NORMAL.value,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how much you want to hear.")},
    )
    cadence = _cadence()

    def wanted(self) -> dict[str, Any]:
        """Return what was chosen, as the columns of a Choice."""
        data = self.cleaned_data
        kinds = {f"wants_{kind}": kind in data["kinds"] for kind in Kind.values}
        return {**kinds, "lowest_urgency": data["lowest_urgency"], "cadence": data["cadence"]}


class JoinForm(WhatFields, GuardedForm):
    """Follow a place."""

    sort = "subscribe"
    heading = gettext_lazy("Get notices by e-mail")

    email = _email()
    place = forms.CharField(
        label=gettext_lazy("Your postcode, street or ward"),
        required=False,
        max_length=200,
        help_text=gettext_lazy(
            "You hear of what concerns this place, and of what concerns everybody. "
            "Leave it empty for the whole borough."
        ),
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "autocomplete": "postal-code"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Lay the form out."""
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        send = Submit("send", _("Send me the e-mail to confirm"))
        self.helper.layout = Layout("email", "place", "kinds", "lowest_urgency", "cadence", *guard(), send)

    def clean_place(self) -> Place | None:
        """Return the place, None for the whole borough."""
        typed = self.cleaned_data["place"].replace("\x00", "").strip()
        place = find(typed) if typed else None
        if typed and place is None:
            raise ValidationError(why_not(typed), code="unknown_place")
        return place

    def choice(self) -> dict[str, Any]:
        """Return what is to be followed, as the columns of a Choice."""
        place: Place | None = self.cleaned_data["place"]
        if place is None:
            return self.wanted()
        is_exact = bool(place.postcode or place.street)
        where = {"ward": place.ward, "place_key": place.key if is_exact else "", "place_label": place.label}
        return {**self.wanted(), **where}


class FollowForm(GuardedForm):
    """Follow one notice."""

    sort = "follow"

    email = _email()
    cadence = _cadence()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Lay the form out."""
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        send = Submit("send", _("Send me the e-mail to confirm"))
        self.helper.layout = Layout("email", "cadence", *guard(), send)

    def choice(self) -> dict[str, Any]:
        """Return what was chosen, as columns of a Choice; the notice is the page's."""
        return {"cadence": self.cleaned_data["cadence"]}


class LinkForm(GuardedForm):
    """Ask for the link to one's own page."""

    sort = "subscriptions"

    email = _email()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Lay the form out."""
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.layout = Layout("email", *guard(), Submit("send", _("Send me my link")))


class ChangeForm(WhatFields):
    """Change what a subscription tells."""

    def __init__(self, data: Any, *, subscription: Choice) -> None:
        """Show what is chosen now; one notice has nothing to choose but when."""
        now = {
            "kinds": subscription.kinds,
            "lowest_urgency": subscription.lowest_urgency,
            "cadence": subscription.cadence,
        }
        super().__init__(data, initial=now)
        names = ["kinds", "lowest_urgency", "cadence"]
        if subscription.notice_id:
            del self.fields["kinds"], self.fields["lowest_urgency"]
            names = ["cadence"]
        self.helper = FormHelper()
        self.helper.layout = Layout(*names, Submit("save", _("Save")))

    def wanted(self) -> dict[str, Any]:
        """Return what was chosen, as columns of a Choice."""
        return super().wanted() if "kinds" in self.fields else {"cadence": self.cleaned_data["cadence"]}
