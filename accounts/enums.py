"""The words people and teams are described with; must not import anything of ours."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person may do in a team."""

    AUTHOR = "author", _("author")
    APPROVER = "approver", _("approver")
    MODERATOR = "moderator", _("moderator")
    COMMUNICATIONS_LEAD = "communications_lead", _("communications lead")
    COUNCILLOR = "councillor", _("councillor")
    ADMINISTRATOR = "administrator", _("administrator")


class Kind(models.TextChoices):
    """Kinds of notice. It lives here because a team's remit is told in it."""

    OUTAGE = "outage", _("outage")
    EVENT = "event", _("event")
    PROJECT = "project", _("project")
    GENERAL = "general", _("general")


class Audience(models.TextChoices):
    """Whom a page is for; every view carries one (see accounts.access)."""

    PUBLIC = "public", _("residents: nothing is asked, no session is read")
    ENTRANCE = "entrance", _("anyone signing in")
    SIGNED_IN = "signed_in", _("signed in, second factor perhaps not yet set up")
    STAFF = "staff", _("staff, signed in with their second factor")
    ROLE = "role", _("staff holding a role")
