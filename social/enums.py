"""The closed lists of the social room; owns words only."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """A kind of platform; each has exactly one publisher (social.publishers.registry)."""

    SANDBOX = "sandbox", _("Practice network")
    BLUESKY = "bluesky", _("Bluesky")
    MASTODON = "mastodon", _("Mastodon")
