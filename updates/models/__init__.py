"""The core's tables; import them from here."""

from .alert import Alert
from .details import Detail, EventDetail, OutageDetail, ProjectDetail
from .edition import Contribution, Edition
from .link_check import LinkCheck
from .lists import Decision, Document, EditionRow, Milestone
from .notice import IS_CURRENT, REFERENCE_ALPHABET, Notice, NoticeQuerySet, new_reference
from .occurrences import Occurrence
from .picture import Picture
from .reminder import Reminder
from .search import SearchEntry, SearchWord
from .still_off import StillOff
from .told_until import ToldUntil
from .writing import DraftScratch, Filling, NoticeTemplate, PreviewLink

__all__ = [
    "IS_CURRENT",
    "REFERENCE_ALPHABET",
    "Alert",
    "Contribution",
    "Decision",
    "Detail",
    "Document",
    "DraftScratch",
    "Edition",
    "EditionRow",
    "EventDetail",
    "Filling",
    "LinkCheck",
    "Milestone",
    "Notice",
    "NoticeQuerySet",
    "NoticeTemplate",
    "Occurrence",
    "OutageDetail",
    "Picture",
    "PreviewLink",
    "ProjectDetail",
    "Reminder",
    "SearchEntry",
    "SearchWord",
    "StillOff",
    "ToldUntil",
    "new_reference",
]
