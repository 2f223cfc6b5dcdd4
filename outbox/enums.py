"""The states and reasons of an outgoing row; owns words only, no behaviour."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """Where one outgoing row stands."""

    QUEUED = "queued", _("Waiting")
    SENDING = "sending", _("Sending")
    SENT = "sent", _("Sent")
    RETRY = "retry", _("Will try again")
    FAILED = "failed", _("Failed")
    UNKNOWN = "unknown", _("Checking whether it was sent")
    HELD = "held", _("Held for a person")
    CANCELLED = "cancelled", _("Not sent")
    REMOVING = "removing", _("Being removed")
    REMOVED = "removed", _("Removed")


class ErrorKind(models.TextChoices):
    """The five kinds of error, each with exactly one consequence (outbox.engine)."""

    NOT_SENT = "not_sent", _("Not sent; safe to try again")
    REJECTED = "rejected", _("Refused for good")
    ACCOUNT_BROKEN = "account_broken", _("The account needs a person")
    BLOCKED = "blocked", _("Blocked by the platform")
    OUTCOME_UNKNOWN = "outcome_unknown", _("May have been sent")


class HoldReason(models.TextChoices):
    """Why a person has to look at a row before it moves again."""

    LATE = "late", _("It is more than ten minutes late")
    ACCOUNT = "account", _("The account needs attention")
    CRASHING = "crashing", _("Sending it stopped the worker again and again")
    UNCLEAR = "unclear", _("Nobody can tell yet whether it was sent")


WAITING = (Status.QUEUED, Status.RETRY)
"""States from which a row may be claimed for sending."""

FINISHED = (Status.SENT, Status.FAILED, Status.CANCELLED, Status.REMOVED)
"""States in which nothing more happens by itself."""
