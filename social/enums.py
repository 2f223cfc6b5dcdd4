"""The closed lists of the social room; owns words only."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """A kind of platform; each has exactly one publisher (social.publishers.registry)."""

    SANDBOX = "sandbox", _("Practice network")
    BLUESKY = "bluesky", _("Bluesky")
    MASTODON = "mastodon", _("Mastodon")
    FACEBOOK = "facebook", _("Facebook")
    X = "x", _("X")
    WEBHOOK = "webhook", _("Webhook")


class StopLevel(models.TextChoices):
    """How an account was stopped; nothing is sent either way, and two people let it go on."""

    HOLD = "hold", _("On hold")
    LOCK = "lock", _("Locked")


class Act(models.TextChoices):
    """What a delivery does on the platform."""

    POST = "post", _("New post")
    REPLY = "reply", _("Answer to the earlier post")
    EDIT = "edit", _("Edit of the earlier post")


class Step(models.TextChoices):
    """Steps with an account that one person asks for and another carries out."""

    CONNECT = "connect", _("Use this account")
    RELEASE = "release", _("Let it send again")
    REVOKE = "revoke", _("Give back our access")
    REMOVE_POST = "remove_post", _("Take a post down that is not ours")


class IncidentKind(models.TextChoices):
    """What the watch may find."""

    UNKNOWN_POST = "unknown_post", _("A post we did not make")
    EDITED_POST = "edited_post", _("A post of ours was changed")
    REMOVED_POST = "removed_post", _("A post of ours is gone")
    PROFILE = "profile", _("The account presents itself differently")
    APP_PASSWORD = "app_password", _("Something new may act for the account")
    LOST_ACCESS = "lost_access", _("We were shut out")
    BLOCKED = "blocked", _("The platform blocked the account")
    SILENCE = "silence", _("The watch cannot see the account")


class Outcome(models.TextChoices):
    """What an incident turned out to be."""

    OURS = "ours", _("Somebody of ours did it")
    HIJACK = "hijack", _("Somebody else did it")
    PLATFORM = "platform", _("The platform did it")
    REPAIRED = "repaired", _("It was a fault and is repaired")


class LogKind(models.TextChoices):
    """What a line of the public log says."""

    EDITION = "edition", _("An edition was published")
    WITHDRAWN = "withdrawn", _("A notice was withdrawn")
    COPY = "copy", _("A copy was posted")
    COPY_REMOVED = "copy_removed", _("A copy was taken down")
    ACCOUNT = "account", _("The list of official accounts changed")
