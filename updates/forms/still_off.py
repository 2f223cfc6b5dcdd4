"""The one question of “Still off here?”: where are you; asks for no name and keeps none."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from places import lookup
from places.lookup import Place
from visitors.forms import GuardedForm, guard

from ..models import Notice
from ..outages import staying_off

# Longer than any place is.
LONGEST = 200


class StillOffForm(GuardedForm):
    """Where is it still off?"""

    sort = "still-off"

    place = forms.CharField(
        label=gettext_lazy("Your postcode or street"),
        max_length=LONGEST,
        help_text=gettext_lazy("For example RB1 1AA or Quay Street. A house number is not needed, nor kept."),
        error_messages={"required": gettext_lazy("Type your postcode or the name of your street.")},
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "autocomplete": "postal-code"}),
    )

    def __init__(self, *args: Any, notice: Notice, **kwargs: Any) -> None:
        """Ask about `notice`."""
        super().__init__(*args, about=notice.reference, **kwargs)
        self.notice = notice
        self.helper = FormHelper()
        is_off = notice.live_edition is not None and notice.live_edition.outage.is_supply
        words = _("It is still off here") if is_off else _("It is still a problem here")
        self.helper.layout = Layout("place", *guard(), Submit("send", words))

    def clean_place(self) -> Place:
        """Return the place that will be counted, or say why nothing can be."""
        typed = self.cleaned_data["place"].replace("\x00", "")
        found = lookup.find_all([typed])[0]
        if not found:
            raise ValidationError(lookup.why_not(typed))
        here = staying_off.concerned(self.notice, found)
        if not here:
            phone = settings.COUNCIL.contact_phone
            raise ValidationError(f"{staying_off.not_concerned(found[0])} {phone}")
        if len(here) > 1:
            raise ValidationError(_("More than one street has that name. Type your postcode instead."))
        return staying_off.counted_as(here[0])
