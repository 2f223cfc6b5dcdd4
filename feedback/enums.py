"""The closed lists of feedback: what residents send, where it stands, why it may be hidden."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Sort(TextChoices):
    """The two things a resident can send."""

    QUESTION = "question", _("Question")
    FEEDBACK = "feedback", _("Feedback")


class Status(TextChoices):
    """Where a question or feedback stands; moderation.py and answering.py alone move it."""

    WAITING = "waiting", _("Waiting for a moderator")
    PUBLISHED = "published", _("Shown")
    HIDDEN = "hidden", _("Hidden")
    ANSWERED_PRIVATELY = "private", _("Answered by e-mail only")


class HiddenReason(TextChoices):
    """The only reasons for which words may be hidden; each is told in public in the place of the words."""

    PERSONAL_DATA = "personal_data", _("it names or describes a private person")
    ABUSIVE = "abusive", _("it is abusive")
    OFF_TOPIC = "off_topic", _("it is not about this notice")
    DUPLICATE = "duplicate", _("the same words were sent before")
    SPAM = "spam", _("it is advertising or was sent by a machine")
    UNLAWFUL = "unlawful", _("publishing it would be against the law")
    NOT_PUBLIC = "not_public", _("its writer did not want it shown")


class Helpful(TextChoices):
    """What a resident says of the notice itself."""

    YES = "yes", _("Yes")
    PARTLY = "partly", _("In part")
    NO = "no", _("No")


class State(TextChoices):
    """What the inbox can be filtered by."""

    TO_DO = "to_do", _("To do")
    WAITING = "waiting", _("Waiting for a moderator")
    UNANSWERED = "unanswered", _("Waiting for an answer")
    OVERDUE = "overdue", _("Overdue")
    PUBLISHED = "published", _("Shown")
    HIDDEN = "hidden", _("Hidden")
    ALL = "all", _("Everything")
