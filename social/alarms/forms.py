"""Who is called; cleans input and saves nothing."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class ContactForm(forms.Form):
    """A person on duty, or the service that wakes one."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=120,
        error_messages={"required": gettext_lazy("Say who is called, for example “Duty officer”.")},
    )
    email = forms.EmailField(label=gettext_lazy("E-mail address"), required=False)
    webhook_url = forms.URLField(
        label=gettext_lazy("Webhook"),
        required=False,
        assume_scheme="https",
        help_text=gettext_lazy("Where your paging service listens. Each call is signed."),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for at least one way."""
        cleaned = super().clean() or {}
        if not self.errors and not (cleaned.get("email") or cleaned.get("webhook_url")):
            self.add_error("email", _("Give an e-mail address, a webhook, or both."))
        if cleaned.get("webhook_url", "").startswith("http://"):
            self.add_error("webhook_url", _("The address must begin with https://."))
        return cleaned
