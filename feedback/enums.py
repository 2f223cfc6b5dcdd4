"""The closed lists of feedback: what residents send, where it stands, why it may be hidden."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Sort(TextChoices):
    """The three things a resident can send in words."""

    QUESTION = "question", _("Question")
    FEEDBACK = "feedback", _("Feedback")
    REMARK = "remark", _("Answer in a consultation")


class Status(TextChoices):
    """Where a question or feedback stands; moderation.py and answering.py alone move it."""

    WAITING = "waiting", _("Waiting for a moderator")
    PUBLISHED = "published", _("Shown")
    HIDDEN = "hidden", _("Hidden")
    ANSWERED_PRIVATELY = "private", _("Answered by e-mail only")
    # A press on "useful" without a word: counted, and nothing there to moderate.
    COUNTED = "counted", _("Counted")


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
    DUE_SOON = "due_soon", _("Due within a week")
    MINE = "mine", _("Assigned to me")
    UNASSIGNED = "unassigned", _("To do, assigned to nobody")
    OBJECTED = "objected", _("Their writer objects")
    ON_TRUST = "on_trust", _("Shown on trust, to be looked at")
    TO_CHECK = "to_check", _("Answers waiting for a second person")
    SUSPECTED = "suspected", _("Doubtful")
    INFORMATION = "information", _("Asked for recorded information")
    PUBLISHED = "published", _("Shown")
    HIDDEN = "hidden", _("Hidden")
    ALL = "all", _("Everything")


class WentWrong(TextChoices):
    """What a resident says was wrong with a notice that was not useful."""

    UNCLEAR = "unclear", _("It is hard to understand")
    OUT_OF_DATE = "out_of_date", _("It is wrong or out of date")
    NOT_MY_PLACE = "not_my_place", _("It does not say whether my place is affected")
    MISSING = "missing", _("What I need is missing")
    TOO_LATE = "too_late", _("It came too late")
    OTHER = "other", _("Something else")


class Suspicion(TextChoices):
    """Why the portal itself doubts what was sent; a moderator decides, the doubt only sorts the queue."""

    ADVERTISING = "advertising", _("It looks like advertising")
    REPEATED = "repeated", _("The same words came many times")
    FLOOD = "flood", _("It came with many others from one network")


class Mood(TextChoices):
    """A machine's guess at how somebody feels about it."""

    NEGATIVE = "negative", _("Critical")
    NEUTRAL = "neutral", _("Neither")
    POSITIVE = "positive", _("Pleased")


class Objected(TextChoices):
    """What became of an objection to hiding."""

    OPEN = "open", _("Waiting for somebody else")
    AGREED = "agreed", _("Agreed: it is shown")
    PARTLY = "partly", _("Agreed in part: it is shown with a part taken out")
    REFUSED = "refused", _("Not agreed: it stays hidden")


class BulkState(TextChoices):
    """Where one row of a bulk decision stands; bulk.py alone moves it."""

    PLANNED = "planned", _("Not decided yet")
    DONE = "done", _("Decided")
    REFUSED = "refused", _("Not decided")
    UNDOING = "undoing", _("Not undone yet")
    UNDONE = "undone", _("Undone")
    KEPT = "kept", _("Not undone")


class LetterPurpose(TextChoices):
    """Why a mail goes to one resident; each purpose has its own words and nothing else is ever sent."""

    ANSWER = "answer", _("The answer to a question")
    HIDDEN = "hidden", _("Their words are hidden, why, and how to object")
    OBJECTION = "objection", _("What became of an objection")
    CONFIRM_VOICE = "confirm_voice", _("Confirm the address left with words")
    CONFIRM_ME_TOO = "me_too", _("Confirm the address left with “me too”")
    CONFIRM_RESPONSE = "response", _("Confirm an answer to a consultation")
    COME_BACK = "come_back", _("The address to go on with a saved answer")
    OUTCOME = "outcome", _("What came of a consultation")
    DIGEST = "digest", _("A councillor’s weekly digest")
    NAG = "nag", _("Something of theirs is owed to residents")


class DraftState(TextChoices):
    """Where an answer stands that a second person has to see."""

    WRITING = "writing", _("Being written")
    OFFERED = "offered", _("Waiting for a second person")
    RETURNED = "returned", _("Sent back with a note")


class Access(TextChoices):
    """How a consultation makes sure that one person answers once."""

    OPEN = "open", _("Anybody, once from each browser")
    EMAIL = "email", _("A confirmed e-mail address")
    CODE = "code", _("A code from a letter")


class ItemKind(TextChoices):
    """The kinds of question in a consultation or a poll."""

    CHOICE = "choice", _("One of several")
    SEVERAL = "several", _("Any of several")
    RATING = "rating", _("A rating from 1 to 5")
    RANKING = "ranking", _("Put in order")
    TEXT = "text", _("In their own words")


class Via(TextChoices):
    """How an answer to a consultation came in."""

    WEB = "web", _("On the portal")
    PAPER = "paper", _("On paper")
    PHONE = "phone", _("By telephone")


class ResponseState(TextChoices):
    """Where one person's answer to a consultation stands."""

    STARTED = "started", _("Saved, not sent")
    UNCONFIRMED = "unconfirmed", _("Sent; the address is not confirmed")
    COUNTED = "counted", _("Counted")
    SET_ASIDE = "set_aside", _("Set aside, with a reason")


class Stage(TextChoices):
    """Where a consultation stands; feedback/consultations/ alone moves it."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Waiting for a second person")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed, the outcome is owed")
    DECIDED = "decided", _("The outcome is public")
    ARCHIVED = "archived", _("Archived")
    CANCELLED = "cancelled", _("Called off, with a reason")


class Face(TextChoices):
    """The sides from which voices are counted; counting/faces.py says which facts each has."""

    OUTCOME = "outcome", _("What became of it, by ward")
    NOTICE = "notice", _("By notice and ward")
    NOTICE_OUTCOME = "notice_outcome", _("What became of it, by notice and ward")
    THEME = "theme", _("By theme and mood")
    THEME_IN_WARD = "theme_in_ward", _("By theme, mood and ward")


class SummaryScope(TextChoices):
    """What a written summary is about."""

    NOTICE = "notice", _("One notice")
    CONSULTATION = "consultation", _("One consultation")
    WEEK = "week", _("One week, in one ward or all")
