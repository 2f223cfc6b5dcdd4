"""What people said, what was decided and what changed; and what the council still owes. Reads only."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from places.models import Ward
from updates import queries
from updates.models import Notice
from updates.narrowed import WardForm, query_of
from updates.views.public.page import residents_page, respond
from updates.views.public.paging import page_of, path_of

from ..consultations import showing
from ..enums import Stage
from ..listing import UNANSWERED
from ..models import Consultation, Outcome, Question

# Debts are few, or something is very wrong; the oldest come first.
DEBTS_SHOWN = 100


class YouSaidForm(WardForm):
    """What the outcomes are narrowed by."""

    project = forms.ChoiceField(
        label=gettext_lazy("About"),
        required=False,
        error_messages={
            "invalid_choice": gettext_lazy("Nothing was decided about that, so everything is shown.")
        },
    )

    def __init__(self, data: QueryDict) -> None:
        """Offer the notices of which there is an outcome. Two queries."""
        super().__init__(data)
        known = Notice.objects.filter(outcomes__published_at__isnull=False).select_related("live_edition")
        named = sorted({(notice.reference, notice.title) for notice in known}, key=lambda each: each[1])
        self.offer("project", [("", _("Everything")), *named])


@residents_page
def page(request: HttpRequest) -> HttpResponse:
    """Show the outcomes, newest first, and what is owed for more than the weeks allowed. Eleven queries."""
    form = YouSaidForm(request.GET)
    form.is_valid()
    ward, project = form.chosen_ward(), form.cleaned_data.get("project") or ""
    found, problems = page_of(request, _outcomes(ward, project))
    owed, questions = _owed(), _questions()
    query = query_of({"ward": ward.slug if ward else "", "project": project})
    context: dict[str, Any] = {
        "form": form,
        "page": found,
        "problems": problems,
        "query": query,
        "owed": owed,
        "questions": questions,
        "debts": len(owed) + len(questions),
        "nav": "say",
    }
    return respond(
        "feedback/consultations/you_said.html", context, path=path_of("consultations:you_said", query, found)
    )


def _outcomes(ward: Ward | None, project: str) -> QuerySet[Outcome]:
    rows = Outcome.objects.filter(published_at__isnull=False)
    if project:
        rows = rows.filter(notice__reference=project)
    if ward:
        rows = rows.filter(notice__in=queries.in_ward(Notice.objects.published(), ward))
    return rows.select_related("notice__live_edition", "consultation").order_by("-published_at", "-pk")


def _owed() -> list[Consultation]:
    rows = showing.public().filter(stage=Stage.CLOSED, owed_in_public_at__isnull=False)
    return list(rows.order_by("closed_at", "pk")[:DEBTS_SHOWN])


def _questions() -> list[Question]:
    rows = Question.objects.filter(UNANSWERED, owed_in_public_at__isnull=False)
    return list(rows.select_related("notice__live_edition", "team").order_by("due_on", "pk")[:DEBTS_SHOWN])
