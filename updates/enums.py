"""The closed lists of the core: what an edition can be and what a notice can say of itself."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class Status(TextChoices):
    """Where an edition stands; workflow.py alone moves it."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Waiting for approval")
    RETURNED = "returned", _("Returned")
    APPROVED = "approved", _("Approved")
    SCHEDULED = "scheduled", _("Scheduled")
    PUBLISHED = "published", _("Live")
    SUPERSEDED = "superseded", _("Replaced by a newer edition")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    EXPIRED = "expired", _("Ended")
    DISCARDED = "discarded", _("Discarded")


# An edition in one of these may still become live; a notice has at most one.
OPEN_STATUSES = [Status.DRAFT, Status.SUBMITTED, Status.RETURNED, Status.APPROVED, Status.SCHEDULED]
EDITABLE_STATUSES = [Status.DRAFT, Status.RETURNED]


class Urgency(IntegerChoices):
    """How loudly a notice speaks; a higher number stands first."""

    NORMAL = 0, _("Normal")
    IMPORTANT = 1, _("Important")
    EMERGENCY = 2, _("Emergency")


class Severity(IntegerChoices):
    """How bad it is (CAP 1.2, 3.2.2); a higher number stands first in the banner."""

    MINOR = 1, _("Minor: little danger")
    MODERATE = 2, _("Moderate: possible danger")
    SEVERE = 3, _("Severe: danger to life or property")
    EXTREME = 4, _("Extreme: great danger to life or property")


class Service(TextChoices):
    """What is out or being worked on."""

    WATER = "water", _("Water")
    POWER = "power", _("Power")
    ROADS = "roads", _("Roads")
    WASTE = "waste", _("Bins and recycling")
    TELECOMS = "telecoms", _("Phone and internet")
    BUILDINGS = "buildings", _("Council buildings")
    OTHER = "other", _("Other")


class OutageState(TextChoices):
    """The steps of an outage, in order; planned works start at the first."""

    PLANNED = "planned", _("Planned")
    INVESTIGATING = "investigating", _("Investigating")
    IDENTIFIED = "identified", _("Cause found")
    REPAIRING = "repairing", _("Repairing")
    MONITORING = "monitoring", _("Checking")
    RESTORED = "restored", _("Restored")


class EstimateStage(TextChoices):
    """How sure the restoration estimate is."""

    ASSESSING = "assessing", _("Still assessing")
    AREA = "area", _("Area-wide estimate")
    LOCAL = "local", _("Local estimate")
    REVISED = "revised", _("Revised estimate")


class EventStatus(TextChoices):
    """Whether an event takes place as announced."""

    GOING_AHEAD = "going_ahead", _("Going ahead")
    MOVED = "moved", _("Moved")
    POSTPONED = "postponed", _("Postponed")
    CANCELLED = "cancelled", _("Cancelled")


class Repeats(TextChoices):
    """How an event comes back."""

    NEVER = "never", _("Once only")
    DAILY = "daily", _("Every day")
    WEEKLY = "weekly", _("Every week")
    FORTNIGHTLY = "fortnightly", _("Every two weeks")
    MONTHLY_DATE = "monthly_date", _("Every month on the same date")
    MONTHLY_WEEKDAY = "monthly_weekday", _("Every month on the same weekday, such as the second Tuesday")


class Phase(TextChoices):
    """How far a project is."""

    IDEA = "idea", _("Idea")
    CONSULTATION = "consultation", _("Open for views")
    DESIGN = "design", _("Design")
    APPROVED = "approved", _("Approved")
    BUILDING = "building", _("Being built")
    DONE = "done", _("Done")


class Horizon(TextChoices):
    """When a project will be felt."""

    THIS_YEAR = "this_year", _("This year")
    ONE_TO_THREE_YEARS = "one_to_three_years", _("One to three years")
    LONG_TERM = "long_term", _("Long term")


class AlertType(TextChoices):
    """What a CAP message does (CAP 1.2, 3.2.1); the values are CAP's own words."""

    ALERT = "Alert", _("New alert")
    UPDATE = "Update", _("Update")
    CANCEL = "Cancel", _("Taken back")


class Nudge(TextChoices):
    """What staff are reminded of by mail."""

    UPDATE_HALF = "update_half", _("Half the time to the promised update has passed")
    UPDATE_DUE = "update_due", _("The promised update is due")
    SECOND_CHECK = "second_check", _("A second check is overdue")
    REVIEW_SOON = "review_soon", _("A notice has to be read again within a week")
    REVIEW = "review", _("A notice has to be read again")


class SlotKind(TextChoices):
    """What a template's slot takes."""

    TEXT = "text", _("A few words")
    STREET = "street", _("A street of the borough")
    TIME = "time", _("A day and a time")
    CHOICE = "choice", _("One of several answers")


class Fills(TextChoices):
    """Which fact of the notice a template's time is as well."""

    NOTHING = "", _("Nothing else")
    SINCE = "since_at", _("Off since")
    ESTIMATE = "estimate_to_at", _("Back by")
    NEXT_UPDATE = "next_update_by_at", _("Next update by")
    PLANNED_FROM = "planned_from_at", _("Works from")
    PLANNED_TO = "planned_to_at", _("Works until")
    ENDS = "expires_at", _("The notice ends")


class LinkState(TextChoices):
    """How an address that a notice links to answered."""

    WAITING = "waiting", _("Not asked yet")
    ANSWERS = "answers", _("Answers")
    UNSURE = "unsure", _("Did not answer once")
    DEAD = "dead", _("Does not answer")
    NOT_ASKED = "not_asked", _("Never asked: not a public address")
