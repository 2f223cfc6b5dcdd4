"""The forms with which accounts are connected: they clean input, ask no platform and save nothing."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..connecting import server_of
from ..enums import Channel
from ..forms import teams_field
from ..publishers.base import Identity
from ..publishers.registry import publisher_for

MADE_FOR_APPS = r"\A[a-z0-9]{4}(-[a-z0-9]{4}){3}\Z"
"""How Bluesky writes app passwords; a main password nearly never looks like this."""
NOT_MADE_FOR_APPS = gettext_lazy(
    "This does not look like an app password (xxxx-xxxx-xxxx-xxxx). Never give the portal the account’s "
    "main password: with it somebody could lock you out."
)
_SERVERS = {
    Channel.BLUESKY: (
        "https://bsky.social",
        gettext_lazy("Leave it as it is, unless the account lives on another server."),
    ),
    Channel.MASTODON: ("", gettext_lazy("The server the account lives on, such as https://mastodon.social")),
    Channel.WEBHOOK: ("", gettext_lazy("The whole address at which your program listens.")),
}
_HANDLES = {
    Channel.SANDBOX: gettext_lazy("Small letters, figures and hyphens, such as riverbank-parks"),
    Channel.BLUESKY: gettext_lazy("Such as riverbank.example or riverbank.bsky.social"),
    Channel.MASTODON: gettext_lazy("Such as @council@mastodon.social. The server tells us the exact name."),
    Channel.WEBHOOK: gettext_lazy("What your colleagues call it, such as “Town app”."),
}
_SECRETS = {
    Channel.BLUESKY: (
        gettext_lazy("App password"),
        gettext_lazy(
            "Never the account’s main password. On Bluesky, open Settings, then Privacy and security, "
            "then App passwords, and make one named after this portal."
        ),
    ),
    Channel.MASTODON: (
        gettext_lazy("Access token"),
        gettext_lazy(
            "Never the account’s main password. On the server, open Preferences, then Development, "
            "make an application that may read your account and write posts and media, and copy its "
            "access token."
        ),
    ),
    Channel.WEBHOOK: (
        gettext_lazy("Shared secret"),
        gettext_lazy("Leave it empty and the portal makes one, which it shows you once."),
    ),
}


class ConnectForm(forms.Form):
    """What a platform needs to let us in; the fields differ by channel."""

    base_url = forms.URLField(label=gettext_lazy("Server"), max_length=300, assume_scheme="https")
    handle = forms.CharField(label=gettext_lazy("Name on the platform"), max_length=200)
    secret = forms.CharField(
        label=gettext_lazy("Password"),
        max_length=1000,
        strip=True,
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    teams = teams_field()

    def __init__(self, *args: Any, channel: Channel, **kwargs: Any) -> None:
        """Keep the fields the channel needs and say where to find what goes into them."""
        super().__init__(*args, **kwargs)
        self.channel = channel
        publisher = publisher_for(channel)
        self.fields["handle"].help_text = _HANDLES[channel]
        if publisher.needs_server:
            self.fields["base_url"].initial, self.fields["base_url"].help_text = _SERVERS[channel]
        else:
            del self.fields["base_url"]
        if publisher.needs_secret:
            self.fields["secret"].label, self.fields["secret"].help_text = _SECRETS[channel]
        else:
            del self.fields["secret"]
        if channel == Channel.BLUESKY:
            self.fields["secret"].validators.append(RegexValidator(MADE_FOR_APPS, NOT_MADE_FOR_APPS))
        if channel == Channel.WEBHOOK:
            self.fields["base_url"].label = _("Address")
            self.fields["secret"].required = False
        if channel == Channel.SANDBOX:
            self.fields["handle"].validators.append(
                RegexValidator(r"\A[a-z0-9-]+\Z", _("Use small letters, figures and hyphens only."))
            )

    def clean_base_url(self) -> str:
        """Keep the server alone when a whole page's address was pasted; a receiver is its whole address."""
        if self.channel == Channel.WEBHOOK:
            return str(self.cleaned_data["base_url"])
        try:
            return server_of(self.cleaned_data["base_url"])
        except ValueError:
            raise forms.ValidationError(_("There is no such port. Check the server's address.")) from None

    def refuse(self, sentence: str) -> None:
        """Show what the platform said, and that the secret has to be typed again."""
        self.add_error(None, sentence)
        if "secret" in self.fields:
            self.add_error("secret", _("What you typed here was not kept. Type it again."))


class SignInForm(forms.Form):
    """Where to go to sign in, and who may post."""

    base_url = forms.URLField(
        label=gettext_lazy("Server"),
        max_length=300,
        assume_scheme="https",
        help_text=gettext_lazy("The server the account lives on, such as https://mastodon.social"),
    )
    teams = teams_field()

    def __init__(self, *args: Any, server: str, **kwargs: Any) -> None:
        """Leave the server out where the platform has one only."""
        super().__init__(*args, **kwargs)
        if server:
            del self.fields["base_url"]

    def clean_base_url(self) -> str:
        """Keep the server alone when a whole page's address was pasted."""
        try:
            return server_of(self.cleaned_data["base_url"])
        except ValueError:
            raise forms.ValidationError(_("There is no such port. Check the server's address.")) from None

    def refuse(self, sentence: str) -> None:
        """Show what the platform said."""
        self.add_error(None, sentence)


class AppForm(forms.Form):
    """What the platform gave the council's own program."""

    client_id = forms.CharField(label=gettext_lazy("App id (client id)"), max_length=300)
    secret = forms.CharField(
        label=gettext_lazy("App secret (client secret)"),
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class ChooseForm(forms.Form):
    """Which of the accounts that the platform let us act for."""

    identity = forms.ChoiceField(
        label=gettext_lazy("Which account?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one.")},
    )

    def __init__(self, *args: Any, identities: list[Identity], **kwargs: Any) -> None:
        """Offer what came home; one alone is chosen already."""
        super().__init__(*args, **kwargs)
        field = self.fields["identity"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one.remote_account_id, _named(one)) for one in identities]
        if len(identities) == 1:
            field.initial = identities[0].remote_account_id


def _named(identity: Identity) -> str:
    if identity.display_name and identity.display_name != identity.handle:
        return f"{identity.display_name} ({identity.handle})"
    return identity.handle
