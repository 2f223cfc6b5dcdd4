"""The closed lists of subscriptions: how often, why it ended, what a mail is about, what became of it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Cadence(TextChoices):
    """When a resident is told."""

    IMMEDIATE = "immediate", _("At once")
    DAILY = "daily", _("Once a day, at 7am")
    WEEKLY = "weekly", _("Once a week, on Monday at 7am")


class Ended(TextChoices):
    """Why somebody gets no more mail."""

    LEFT = "left", _("They left")
    BOUNCED = "bounced", _("The mailbox does not exist or does not take our mail")
    COMPLAINED = "complained", _("They reported our mail as unwanted")


class Purpose(TextChoices):
    """What somebody asked for at an address nobody has proven yet."""

    JOIN = "join", _("To be told about something")
    LINK = "link", _("The link to their subscriptions")


class Occasion(TextChoices):
    """What a mailing is about."""

    NEWS = "news", _("A new edition")
    WITHDRAWN = "withdrawn", _("A notice was withdrawn")
    DAILY = "daily", _("The day in one mail")
    WEEKLY = "weekly", _("The week in one mail")


DIGESTS = {Occasion.DAILY: Cadence.DAILY, Occasion.WEEKLY: Cadence.WEEKLY}


class Result(TextChoices):
    """What became of one mail to one subscriber."""

    SENT = "sent", _("Sent")
    REFUSED = "refused", _("Refused by the mail server for good")
    SKIPPED = "skipped", _("Not sent: they had left, or nothing was left to tell")
    UNCLEAR = "unclear", _("The line broke while it was handed over; it goes once more")
    LOST = "lost", _("The line broke twice; it may have arrived")


SETTLED = (Result.SENT, Result.REFUSED, Result.SKIPPED, Result.LOST)
"""Results after which nobody is sent the same mail again."""

TOLD = (Result.SENT, Result.UNCLEAR, Result.LOST)
"""Results after which a subscriber has, or may have, the mail."""
