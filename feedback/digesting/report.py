"""Sets the councillors' page as a document to take into a meeting; never a name, an address or a handle."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from look import times
from look.document import Document
from places.models import Ward

from .. import summaries
from ..analysis.mood import WRONG_PERCENT
from ..models import Voice
from ..reading import shown_words
from ..summaries import Page, Shown
from . import numbers, owed, people, themes, written
from .scope import Period, Scope

OLDEST = 10


@dataclass(frozen=True)
class Subject:
    """What a report is about, as the page's filter says it."""

    where: str
    when: str
    scope: Scope
    span: Period
    day: dt.date
    wards: list[Ward]


def document(subject: Subject) -> Document:
    """Return the report as a document ready for download."""
    made = Document(_("What %(where)s said") % {"where": subject.where}, subtitle=_subtitle(subject))
    summary = written.latest(subject.scope)
    if summary is not None:
        _in_short(made, summaries.page(summary))
        _left_out(made, summaries.page(summary))
    _themes(made, subject)
    _notices(made, subject)
    _waiting(made, subject)
    _promises(made, subject)
    if summary is not None:
        made.heading(_("Ten at random"))
        _quote(made, summaries.ten_at_random(summary))
    made.paragraph(_how(subject), is_small=True)
    return made


def _subtitle(subject: Subject) -> str:
    standing = numbers.standing(numbers.written(subject.scope, subject.span))
    writers = people.people(subject.scope, subject.span, standing.total)
    last = min(subject.span.until - dt.timedelta(days=1), subject.day)
    return _("%(pieces)s questions and comments from %(people)s people, %(first)s to %(last)s.") % {
        "pieces": f"{standing.total:,}",
        "people": f"{writers.number:,}",
        "first": times.words(subject.span.first),
        "last": times.words(last),
    }


def _in_short(made: Document, page: Page) -> None:
    made.heading(_("In short"))
    made.paragraph(_("Each sentence was written by a resident. The number says how many say much the same."))
    for each in page.main:
        made.quotation(f"“{each.sentence.text}”", _behind(each))
    if page.smaller_voices:
        made.heading(_("A smaller voice"), level=3)
        for each in page.smaller_voices:
            made.quotation(f"“{each.sentence.text}”", _behind(each))


def _behind(each: Shown) -> str:
    reference = each.sentence.taken_from.reference
    if each.comments == 1:
        return _("1 comment, %(reference)s") % {"reference": reference}
    facts = {"number": each.comments, "reference": reference}
    return _("%(number)s comments, among them %(reference)s") % facts


def _left_out(made: Document, page: Page) -> None:
    made.heading(_("Who this leaves out"), level=3)
    facts = {
        "represented": page.summary.people_represented,
        "people": page.summary.people,
        "percent": page.percent,
        "random": page.percent_at_random,
        "left": page.uncovered,
        "since": page.out_of_date_by,
    }
    made.paragraph(
        _(
            "%(represented)s of %(people)s people (%(percent)s %%) are represented by these sentences; a "
            "random sample of the same length reaches %(random)s %%. No sentence stands for %(left)s "
            "comments. %(since)s came since the summary was made."
        )
        % facts
    )


def _themes(made: Document, subject: Subject) -> None:
    found = [] if subject.scope.is_about_some_notices else themes.themes(subject.scope, subject.span)
    if not found:
        return
    made.heading(_("What it is about"))
    heads = [_("Theme"), _("Comments"), _("Critical"), _("Neither"), _("Pleased"), _("Change")]
    rows = [
        [str(line.theme), line.number, *(number for _word, number, _tone in line.moods), f"{line.change:+}"]
        for line in found
    ]
    made.table(heads, rows, [62, 22, 20, 20, 20, 20])
    made.paragraph(
        _("The mood is a machine’s guess, wrong in about %(wrong)s of 100.") % {"wrong": WRONG_PERCENT},
        is_small=True,
    )


def _notices(made: Document, subject: Subject) -> None:
    lines = numbers.by_notice(numbers.about_notices(subject.scope, subject.span))
    if lines:
        made.heading(_("Notices most written about"))
        rows = [[line.label, line.questions, line.feedback] for line in lines]
        made.table([_("Notice"), _("Questions"), _("Feedback")], rows, [110, 26, 26])


def _waiting(made: Document, subject: Subject) -> None:
    waiting = owed.unanswered(subject.scope)
    made.heading(_("Waiting for an answer"))
    oldest = list(waiting[:OLDEST])
    if not oldest:
        made.paragraph(_("Nothing. Every question has its answer."))
        return
    rows = [
        [
            question.reference,
            question.notice.title,
            (subject.day - times.in_zone(question.received_at).date()).days,
        ]
        for question in oldest
    ]
    made.table([_("Question"), _("Notice"), _("Days")], rows, [28, 112, 22])


def _promises(made: Document, subject: Subject) -> None:
    found = owed.promises(subject.scope, subject.day)
    if not (found.kept or found.open or found.broken):
        return
    made.heading(_("Promises made"))
    facts = {"kept": found.kept, "open": found.open, "late": found.broken}
    made.paragraph(_("%(kept)s kept, %(open)s still to come, %(late)s late.") % facts)
    rows = [
        [each.question.reference, each.promise, times.words(each.promised_on) if each.promised_on else ""]
        for each in found.next
    ]
    if rows:
        made.table([_("Question"), _("Promise"), _("By")], rows, [28, 104, 30])


def _quote(made: Document, voices: Iterable[Voice]) -> None:
    for voice in voices:
        said = times.words(voice.received_at, "date")
        made.quotation(
            f"“{shown_words(voice)}”", f"{voice.reference}, {voice.ward or _('ward not given')}, {said}"
        )


def _how(subject: Subject) -> str:
    return _(
        "Made on %(day)s from what moderators have shown. Names, addresses and names on platforms are left "
        "out; so is what looks like them in people’s words."
    ) % {"day": times.words(subject.day, "long")}
