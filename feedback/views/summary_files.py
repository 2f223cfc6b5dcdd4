"""The councillors' page as files: a document for a meeting, and the words as a workbook; never a name."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.access import role_required
from look import workbook
from look.workbook import Sheet

from .. import export
from ..digesting import numbers, report
from ..digesting.report import Subject
from ..digesting.scope import shown
from ..permissions import SUMMARY_ROLES
from .summary_filter import Looking, read
from .summary_words import every

_WORDS_WIDTHS = (12, 12, 17, 10, 40, 16, 80, 60, 14)


@role_required(*SUMMARY_ROLES)
@require_GET
def as_pdf(request: HttpRequest) -> HttpResponse:
    """Give the page as a PDF."""
    looking = read(request)
    return report.document(subject_of(looking)).response(f"residents-said-{looking.day.isoformat()}.pdf")


def subject_of(looking: Looking) -> Subject:
    """Return what a report is about when somebody looks at that."""
    return Subject(looking.where, looking.week_words, looking.scope, looking.span, looking.day, looking.wards)


@role_required(*SUMMARY_ROLES)
@require_GET
def as_workbook(request: HttpRequest) -> HttpResponse:
    """Give the words and the numbers as a workbook."""
    looking = read(request)
    words = export.rows(every(shown(looking.scope, looking.span)))
    sheets = [
        Sheet(_("Words"), words, _WORDS_WIDTHS),
        Sheet(_("Notices"), _by_notice(looking), (50, 12, 12)),
    ]
    return workbook.whole(sheets, f"residents-words-{looking.day.isoformat()}.xlsx")


def _by_notice(looking: Looking) -> list[list[object]]:
    lines = numbers.by_notice(numbers.about_notices(looking.scope, looking.span))
    heading: list[object] = [_("Notice"), _("Questions"), _("Feedback")]
    return [heading, *([line.label, line.questions, line.feedback] for line in lines)]
