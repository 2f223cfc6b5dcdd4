"""The forms of deciding many at once: what to do with them, and the versions a person has seen."""

import re
import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .bulk import MOST, SHOW, What
from .enums import HiddenReason

_SHOW = "show"
_SEEN = re.compile(r"([A-Z]-[0-9A-Z]{5}):(\d{1,9})")


def _choices() -> list[tuple[str, Any]]:
    hidden = [(each.value, _("Hide: %(why)s") % {"why": each.label}) for each in HiddenReason]
    return [(_SHOW, _("Show, with personal details taken out")), *hidden]


class WhatForm(forms.Form):
    """What is done with all of them."""

    what = forms.ChoiceField(
        label=gettext_lazy("What do you decide?"),
        choices=_choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose what you decide."),
            "invalid_choice": gettext_lazy("Choose what you decide."),
        },
    )

    def chosen(self) -> What | None:
        """Return what was chosen, or None."""
        if not self.is_valid():
            return None
        value = self.cleaned_data["what"]
        return SHOW if value == _SHOW else What.hide(value)


class BarForm(WhatForm):
    """The same question below the inbox's list, in one line; the next page asks again if it is left open."""

    # It may be left open, and saying "optional" would be taken for not having to decide.
    use_required_attribute = False

    what = forms.ChoiceField(
        label=gettext_lazy("What do you decide?"),
        choices=lambda: [("", _("Choose on the next page")), *_choices()],
    )


class ConfirmForm(WhatForm):
    """The same question answered, the rows with the versions the person saw, and the form's own key."""

    what = forms.ChoiceField(choices=_choices, widget=forms.HiddenInput)
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=MOST * 20)

    def clean_seen(self) -> dict[str, int]:
        """Return the versions by reference; what is not one is refused."""
        pieces = [_SEEN.fullmatch(piece) for piece in self.cleaned_data["seen"].split()]
        if None in pieces:
            raise forms.ValidationError(_("Choose again what you decide about."))
        return {match[1]: int(match[2]) for match in pieces if match}


def seen(voices: Any) -> str:
    """Return the versions of rows as the hidden field carries them: "Q-7K3QX:3 F-2M8PD:1"."""
    return " ".join(f"{each.reference}:{each.version}" for each in voices)
