"""The tables of feedback, by what they are about; must not decide who may do what."""

from .answer import ANSWER_MAX, NOTE_MAX, Answer, AnswerDraft, AnsweringRule, AnswerTemplate, Note
from .consultation import NEEDS_OPTIONS, AccessCode, Consultation, Extension, Item, Option
from .digest import CommitteeLink, Reading, Sentence, Summary, Support, Tally, Theme
from .hearing import OBJECTION_MAX, WHOLE, BlurredArea, BulkDecision, BulkItem, MeToo, Objection, Photo
from .letter import Letter
from .response import Outcome, Reply, Response
from .sorts import Feedback, Question, Remark, is_urgent
from .voice import FEEDBACK_MAX, QUESTION_MAX, Voice, VoiceQuerySet, new_token

__all__ = [
    "ANSWER_MAX",
    "FEEDBACK_MAX",
    "NEEDS_OPTIONS",
    "NOTE_MAX",
    "OBJECTION_MAX",
    "QUESTION_MAX",
    "WHOLE",
    "AccessCode",
    "Answer",
    "AnswerDraft",
    "AnswerTemplate",
    "AnsweringRule",
    "BlurredArea",
    "BulkDecision",
    "BulkItem",
    "CommitteeLink",
    "Consultation",
    "Extension",
    "Feedback",
    "Item",
    "Letter",
    "MeToo",
    "Note",
    "Objection",
    "Option",
    "Outcome",
    "Photo",
    "Question",
    "Reading",
    "Remark",
    "Reply",
    "Response",
    "Sentence",
    "Summary",
    "Support",
    "Tally",
    "Theme",
    "Voice",
    "VoiceQuerySet",
    "is_urgent",
    "new_token",
]
