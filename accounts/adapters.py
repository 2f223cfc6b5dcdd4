"""Where allauth asks us instead of deciding itself; must not hold pages or rules about roles."""

import logging
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from audit.context import client_address
from audit.recorder import record

from .cipher import cipher
from .models import User

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up alone; failed attempts leave an event; mail that cannot go does not break the page."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _(
            "The e-mail address or the password is not right. Check both and try again."
        ),
        "too_many_login_attempts": _("Too many tries. Wait 15 minutes, then try again."),
        "rate_limited": _("Too many tries. Wait 15 minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return no: people are invited."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the same address the audit trail records."""
        return client_address(request) or "0.0.0.0"  # noqa: S104

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Record the attempt; not the address if unknown, it may be a password in the wrong box."""
        person = User.objects.filter(email__iexact=credentials.get("email", "")).first()
        record("sign_in.failed", target=person, reason="password" if person else "unknown address")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Return to the person's own page."""
        return reverse("accounts:me")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send, with the council's words at hand; a mail server that is away is logged, not shown."""
        words = {"council": settings.COUNCIL, "portal_url": settings.PORTAL_URL}
        try:
            super().send_mail(template_prefix, email, {**words, **context})
        except (OSError, SMTPException):
            logger.exception("Mail %s could not be sent", template_prefix)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets are encrypted at rest; the last factor cannot be removed by its owner."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _(
            "The code is not right, or was used already. Wait for the next one and enter that."
        ),
        "cannot_delete_authenticator": _(
            "Add another second factor first: everybody on staff keeps at least one."
        ),
    }

    def encrypt(self, text: str) -> str:
        """Return `text` as it may stand in the database."""
        return cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return what `encrypt` was given."""
        return cipher().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Return whether a factor would be left."""
        return not is_last_factor(authenticator)

    def get_totp_issuer(self) -> str:
        """Return the name the authenticator app shows."""
        return str(settings.COUNCIL.name)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Return who asks for a passkey, by the council's name."""
        return {**super().get_public_key_credential_rp_entity(), "name": settings.COUNCIL.name}

    def _get_site_name(self) -> str:
        return str(settings.COUNCIL.name)


def is_last_factor(authenticator: Authenticator) -> bool:
    """Return whether removing this authenticator would leave its owner without a second factor."""
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        return False
    factors = Authenticator.objects.filter(user_id=authenticator.user_id)
    return not factors.exclude(type=Authenticator.Type.RECOVERY_CODES).exclude(pk=authenticator.pk).exists()
