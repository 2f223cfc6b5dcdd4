"""Which accounts the board shows, and in which order; asks the database nothing."""

from django import forms
from django.utils.translation import gettext_lazy

from .board import Row
from .enums import Channel

NEEDS_LOOK = "trouble"


class BoardFilter(forms.Form):
    """State and platform."""

    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[
            ("", gettext_lazy("All")),
            (NEEDS_LOOK, gettext_lazy("Somebody should look")),
            ("connected", gettext_lazy("Connected")),
            ("waiting", gettext_lazy("Waiting for a second person")),
            ("broken", gettext_lazy("Needs attention")),
            ("locked", gettext_lazy("Stopped")),
        ],
    )
    channel = forms.ChoiceField(
        label=gettext_lazy("Platform"), required=False, choices=[("", gettext_lazy("All")), *Channel.choices]
    )

    def narrow(self, rows: list[Row]) -> list[Row]:
        """Return the rows that were asked for, troubled ones first; nonsense narrows nothing."""
        self.is_valid()
        state, channel = self.cleaned_data.get("state", ""), self.cleaned_data.get("channel", "")
        found = [
            row
            for row in rows
            if channel in ("", row.account.channel)
            and (state in ("", row.state) or (state == NEEDS_LOOK and row.needs_look))
        ]
        return sorted(found, key=lambda row: not row.needs_look)

    @property
    def is_used(self) -> bool:
        """Say whether anything was chosen."""
        return self.is_valid() and any(self.cleaned_data.values())
