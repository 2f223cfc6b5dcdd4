"""Every row of the social room; import from here."""

from .account import Account, AccountQuerySet
from .alarm import Alarm, OnCallContact
from .delivery import AnswerPost, Delivery, PostRow
from .drill import Drill
from .platform_app import PlatformApp
from .proposal import Proposal
from .register import LogEntry
from .reply import Reply
from .sandbox import SandboxPost
from .watch import Evidence, Incident, KnownPost, Watch
from .wording import Wording

__all__ = [
    "Account",
    "AccountQuerySet",
    "Alarm",
    "AnswerPost",
    "Delivery",
    "Drill",
    "Evidence",
    "Incident",
    "KnownPost",
    "LogEntry",
    "OnCallContact",
    "PlatformApp",
    "PostRow",
    "Proposal",
    "Reply",
    "SandboxPost",
    "Watch",
    "Wording",
]
