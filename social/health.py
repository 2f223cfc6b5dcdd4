"""Says how an account is, as a word and as a sentence; asks no platform (see account_care)."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from look import times

from .models import Account

STATE_WORDS: dict[str, str | Promise] = {
    "disconnected": gettext_lazy("Disconnected"),
    "locked": gettext_lazy("Stopped"),
    "broken": gettext_lazy("Needs attention"),
    "waiting": gettext_lazy("Waits for a second person"),
    "connected": gettext_lazy("Connected"),
}


def state_of(account: Account) -> str:
    """Return the word that stands for how an account is; the graver one when two are true."""
    if account.disconnected_at:
        return "disconnected"
    if account.locked_at:
        return "locked"
    if account.broken_at:
        return "broken"
    return "connected" if account.confirmed_at else "waiting"


def why_stopped(account: Account) -> str:
    """Return why nothing can be sent to the account now; empty when something can."""
    if account.locked_at:
        said = {"when": times.words(account.locked_at), "why": _ended(account.locked_reason)}
        return _("Stopped since %(when)s: %(why)s Nothing will be sent.") % said
    if account.broken_at:
        said = {"when": times.words(account.broken_at), "why": _ended(account.last_error)}
        return _("Needs attention since %(when)s: %(why)s Nothing will be sent.") % said
    if account.disconnected_at:
        return _("Disconnected. Nothing will be sent.")
    return "" if account.confirmed_at else _("Nothing will be sent before a second person has confirmed it.")


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."
