"""The corrections of everything the council published, newest first."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from look import months, times
from look.months import Month
from updates import cards, corrections
from updates.corrections import Correction
from updates.filters import KINDS
from updates.models import Edition
from updates.narrowed import NarrowingForm, query_of

from .page import residents_page, respond
from .paging import page_of, path_of


class CorrectionsForm(NarrowingForm):
    """The filter above the corrections."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=KINDS,
        required=False,
        error_messages={
            "invalid_choice": gettext_lazy("There is no such kind of notice, so all kinds are shown.")
        },
    )
    month = forms.ChoiceField(
        label=gettext_lazy("Month"),
        required=False,
        error_messages={
            "invalid_choice": gettext_lazy("Nothing was corrected in that month, so all months are shown.")
        },
    )

    def __init__(self, data: QueryDict, found: list[Month]) -> None:
        """Offer the months `found`."""
        super().__init__(data)
        self.offer("month", [("", _("All months")), *((month.key, month.name) for month in found)])


@residents_page
def corrected(request: HttpRequest) -> HttpResponse:
    """Show what stood wrong, what is right, and for how long. Eleven queries, however many there are."""
    form = CorrectionsForm(request.GET, _months())
    form.is_valid()
    asked = {name: value for name, value in form.cleaned_data.items() if value}
    page, problems = page_of(request, _narrowed(asked))
    query = query_of(asked)
    context = {
        "form": form,
        "page": page,
        "corrections": [_shown(correction) for correction in corrections.tell(list(page))],
        "problems": problems,
        "query": query,
    }
    return respond("updates/corrections.html", context, path=path_of("updates:corrections", query, page))


def _months() -> list[Month]:
    """Return the months in which something was corrected, newest first. One query."""
    found = corrections.published().order_by()
    return [
        Month.of(first) for first in found.datetimes("published_at", "month", "DESC", tzinfo=times.zone())
    ]


def _narrowed(asked: dict[str, str]) -> QuerySet[Edition]:
    found = corrections.published()
    if "kind" in asked:
        found = found.filter(notice__kind=asked["kind"])
    if "month" in asked:
        month = months.read(asked["month"])
        found = found.filter(published_at__gte=month.starts_at, published_at__lt=month.ends_at)
    return found


def _shown(correction: Correction) -> dict[str, Any]:
    edition = correction.edition
    return {
        "edition": edition,
        "notice": edition.notice,
        "kind": edition.notice.get_kind_display(),
        "tone": cards.tone_of(edition),
        "changes": correction.changes,
        "stood": correction.stood,
        "stood_since": correction.stood_since,
    }
