"""allauth's forms in our words; must not decide anything about who is who."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as factor
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from django import forms
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from . import demo

# Codes of the clock's step before and after count too, so a used one must stay used that long (seconds).
CODE_LIFE_SECONDS = 120


def _plain(field: forms.Field, label: Any, hint: Any = "") -> None:
    """Give a field our label and hint, and drop allauth's placeholder: it vanishes when typing begins."""
    field.label, field.help_text = label, hint
    field.widget.attrs.pop("placeholder", None)


def _code_box(field: forms.Field, label: Any, hint: Any = "") -> None:
    _plain(field, label, hint)
    field.widget.attrs.update(
        {"class": "govuk-input--width-10", "inputmode": "numeric", "autocomplete": "one-time-code"}
    )


class SignInForm(account.LoginForm):
    """E-mail address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Build allauth's form in our words."""
        super().__init__(*args, **kwargs)
        _plain(self.fields["login"], _("E-mail address"))
        _plain(self.fields["password"], _("Password"))


class ForgottenPasswordForm(account.ResetPasswordForm):
    """The address to send a reset link to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Build allauth's form in our words."""
        super().__init__(*args, **kwargs)
        _plain(self.fields["email"], _("E-mail address"))


class NewPasswordForm(account.ResetPasswordKeyForm):
    """A new password after a reset link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Build allauth's form in our words."""
        super().__init__(*args, **kwargs)
        _plain(self.fields["password1"], _("New password"), _("At least 12 characters."))
        _plain(self.fields["password2"], _("New password again"))


class ChangePasswordForm(account.ChangePasswordForm):
    """The password now, and the new one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Build allauth's form in our words."""
        super().__init__(*args, **kwargs)
        _plain(self.fields["oldpassword"], _("Your password now"))
        _plain(self.fields["password1"], _("New password"), _("At least 12 characters."))
        _plain(self.fields["password2"], _("New password again"))


class PasswordAgainForm(account.ReauthenticateForm):
    """The password once more, before a first second factor is set up."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Build allauth's form in our words."""
        super().__init__(*args, **kwargs)
        _plain(self.fields["password"], _("Password"))


class _CodeOnce:
    """A one-time code is good once, even in the half minute before or after its own."""

    fields: dict[str, forms.Field]
    user: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code_box(
            self.fields["code"], _("6-digit code"), _("From your authenticator app, or a recovery code.")
        )
        self.demo_code = demo.code_for(self.user)
        held = Authenticator.objects.filter(user=self.user, type=Authenticator.Type.WEBAUTHN)
        # Without one the browser would wait for a passkey that cannot come.
        self.has_passkey = held.exists()

    def clean_code(self) -> str:
        """Return the code; refuse one that is wrong or was used a moment ago."""
        code: str = super().clean_code()  # type: ignore[misc]
        if not cache.add(demo.used_key(self.user, code), True, CODE_LIFE_SECONDS):
            raise get_adapter().validation_error("incorrect_code")
        return code


class OneTimeCodeForm(_CodeOnce, factor.AuthenticateForm):
    """The code asked for at sign-in."""


class OneTimeCodeAgainForm(_CodeOnce, factor.ReauthenticateForm):
    """The code asked for again before something that matters."""


class ActivateTotpForm(totp.ActivateTOTPForm):
    """The first code of an authenticator app, which proves that it was set up."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Build allauth's form in our words."""
        super().__init__(*args, **kwargs)
        _code_box(self.fields["code"], _("6-digit code"), _("The code your app shows now."))
