"""Answers at the desk: typing in paper, what came of each question, single answers set aside or not."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import person_of, role_required, sent
from look.paging import kept_query

from .. import permissions
from ..consultations import answering, entering, results, setting_aside, showing
from ..consultations.stages import Refused
from ..consulting_forms import ResultsFilter
from ..entering_forms import AsideForm, EnterForm
from ..enums import ItemKind, ResponseState, Via
from ..models import Consultation, Item, Response
from ..permissions import CONSULTING_ROLES
from .consulting import crumbs, find

PAGE_SIZE = 50
_SEEN = (ResponseState.COUNTED, ResponseState.SET_ASIDE)


@role_required(*CONSULTING_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, reference: str) -> HttpResponse:
    """Type in one answer from paper or the telephone, and go on with the next."""
    shown = find(request, reference)
    first = {"via": request.GET.get("via", Via.PAPER)}
    form = EnterForm(sent(request), consultation=shown, items=showing.items_of(shown), initial=first)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            entering.enter(
                shown,
                form.said(),
                by=person_of(request),
                via=data["via"],
                paper_number=data["paper_number"],
                person=form.person(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _kept_sentence(data["paper_number"]))
            return redirect(f"{request.path}?via={data['via']}")
    context = {
        "form": form,
        "consultation": shown,
        "why_not": entering.why_not(shown, timezone.now()),
        "may_enter": permissions.may_enter_answers(request.user, shown.team),
        "last_day": entering.last_day(shown),
        "entered": shown.responses.exclude(via=Via.WEB).count(),
        "crumbs": crumbs(shown, _("Type in an answer")),
    }
    return render(request, "feedback/consulting/enter.html", context)


def _kept_sentence(paper_number: str) -> str:
    if paper_number:
        return _("Paper number %(number)s is counted. Here is the next.") % {"number": paper_number}
    return _("The answer is counted. Here is the next.")


@role_required(*CONSULTING_ROLES)
@require_safe
def results_page(request: HttpRequest, reference: str) -> HttpResponse:
    """Show what came of each question, of all counted answers or of one way or ward only."""
    shown = find(request, reference)
    form = ResultsFilter(request.GET)
    chosen = form.chosen()
    ward = chosen["ward"].pk if chosen["ward"] else None
    context = {
        "consultation": shown,
        "form": form,
        "is_narrowed": bool(chosen["via"] or ward),
        "taken": results.taken_part(shown),
        "results": results.of_items(shown, via=chosen["via"], ward=ward),
        "crumbs": crumbs(shown, _("Results")),
    }
    return render(request, "feedback/consulting/results.html", context)


@role_required(*CONSULTING_ROLES)
@require_safe
def answers(request: HttpRequest, reference: str) -> HttpResponse:
    """List the answers that came in, those in bursts marked; addresses are not shown."""
    shown = find(request, reference)
    rows = shown.responses.filter(state__in=_SEEN).select_related("ward", "entered_by")
    if request.GET.get("only") == "burst":
        rows = rows.filter(is_in_burst=True)
    context = {
        "consultation": shown,
        "page": Paginator(rows.order_by("-sent_at", "-pk"), PAGE_SIZE).get_page(request.GET.get("page")),
        "query": kept_query(request),
        "only": request.GET.get("only", ""),
        "crumbs": crumbs(shown, _("Answers one by one")),
    }
    return render(request, "feedback/consulting/answers.html", context)


@role_required(*CONSULTING_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Show one answer without its person; set it aside with a reason, or count it again."""
    shown = find(request, reference)
    row = _response(shown, pk)
    form = AsideForm(sent(request) if "because" in request.POST else None)
    if request.method == "POST" and ("again" in request.POST or form.is_valid()):
        try:
            if "again" in request.POST:
                setting_aside.count_again(row, by=person_of(request))
            else:
                setting_aside.set_aside(row, because=form.cleaned_data["because"], by=person_of(request))
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect("consulting:answer", shown.reference, row.pk)
    given = answering.said(row)
    context = {
        "consultation": shown,
        "response": row,
        "said": [(item, _words(item, given.get(item.pk))) for item in showing.items_of(shown)],
        "form": form,
        "may_set_aside": permissions.may_enter_answers(request.user, shown.team),
        "crumbs": crumbs(shown, _("One answer")),
    }
    return render(request, "feedback/consulting/answer.html", context)


def _words(item: Item, given: answering.Said | None) -> list[str]:
    """Return what was answered to one question as lines; words stay with the moderators."""
    if not given:
        return []
    if item.kind == ItemKind.TEXT:
        return [_("In their own words: read them in the inbox.")]
    if item.kind == ItemKind.RATING:
        return [str(given.number)]
    options = {option.pk: option.words for option in item.options.all()}
    return [options[pk] for pk in given.options if pk in options]


def _response(shown: Consultation, pk: int) -> Response:
    found = shown.responses.select_related("ward", "entered_by").filter(pk=pk, state__in=_SEEN).first()
    if found is None:
        raise Http404
    return found
