"""The desk of consultations: their list, the start of one, its page and its preview; changes no stage."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import person_of, role_required, sent
from accounts.enums import Kind
from accounts.permissions import team_ids
from look.paging import kept_query
from updates.models import Notice

from .. import permissions
from ..consultations import checklist, entering, showing, stages, waiting, writing
from ..consultations.stages import Refused
from ..consultations.transitions import Act
from ..consulting_forms import ConsultationFilter, StartForm
from ..enums import Access, ResponseState, Stage
from ..models import Consultation
from ..permissions import CONSULTING_ROLES, consulting_teams

PAGE_SIZE = 20
IS_COUNTED = Q(responses__state=ResponseState.COUNTED)


@role_required(*CONSULTING_ROLES)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """List the consultations of the person's teams, those that close last first."""
    teams = consulting_teams(request.user)
    form = ConsultationFilter(request.GET, team_ids=teams)
    chosen = form.chosen()
    rows = Consultation.objects.filter(team__in=teams)
    rows = rows.filter(stage=chosen["stage"]) if chosen["stage"] else rows
    rows = rows.filter(team=chosen["team"]) if chosen["team"] else rows
    shown = rows.select_related("team", "owner", "notice").annotate(
        answers=Count("responses", filter=IS_COUNTED)
    )
    context = {
        "form": form,
        "page": Paginator(shown.order_by("-closes_at", "-pk"), PAGE_SIZE).get_page(request.GET.get("page")),
        "query": kept_query(request),
        "is_filtered": bool(chosen["stage"] or chosen["team"]),
        "may_start": _projects(request.user).exists(),
        "waiting": waiting.for_second_person(request.user).order_by("closes_at", "pk")[:PAGE_SIZE],
        "crumbs": crumbs(),
    }
    return render(request, "feedback/consulting/list.html", context)


@role_required(*CONSULTING_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Begin a consultation about a project; `?notice=` chooses it."""
    notices = _projects(request.user)
    chosen = {"notice": request.GET.get("notice", ""), "sort": "consultation"}
    form = StartForm(sent(request), notices=notices, initial=chosen)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = writing.start(
                data["notice"], by=person_of(request), title=data["title"], is_poll=data["sort"] == "poll"
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("consulting:words", made.reference)
    context = {"form": form, "has_projects": notices.exists(), "crumbs": crumbs(here=_("Start"))}
    return render(request, "feedback/consulting/start.html", context)


@role_required(*CONSULTING_ROLES)
@require_safe
def page(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one consultation: where it stands, what is missing, what can be done about it."""
    shown = find(request, reference)
    is_draft = shown.stage in (Stage.DRAFT, Stage.SUBMITTED)
    may_write = permissions.may_consult(request.user, shown.team)
    context = {
        "consultation": shown,
        "items": showing.items_of(shown),
        "gaps": checklist.gaps(shown) if is_draft else [],
        "moves": [each for each in stages.available(shown, request.user) if each.act != Act.CLOSE],
        "why_not_publish": stages.why_not_publish(shown, request.user)
        if shown.stage == Stage.SUBMITTED
        else "",
        "may_write": may_write and shown.stage == Stage.DRAFT,
        "may_consult": may_write,
        "may_enter": permissions.may_enter_answers(request.user, shown.team)
        and not entering.why_not(shown, timezone.now()),
        "uses_codes": shown.access == Access.CODE,
        "extension": waiting.open_extension(shown),
        "may_agree": permissions.may_let_out(request.user, shown.team),
        "contributors": shown.contributors.order_by("name"),
        "answers": shown.responses.filter(state=ResponseState.COUNTED).count(),
        "crumbs": crumbs(shown),
    }
    return render(request, "feedback/consulting/page.html", context)


@role_required(*CONSULTING_ROLES)
@require_safe
def preview(request: HttpRequest, reference: str) -> HttpResponse:
    """Show exactly what residents will read, from their own template."""
    shown = find(request, reference)
    return render(request, "feedback/consulting/preview.html", showing.page(shown))


def find(request: HttpRequest, reference: str) -> Consultation:
    """Return the consultation of one of the person's teams; 404 otherwise. One query."""
    related = ("notice__live_edition", "team", "owner", "written_by", "published_by", "outcome")
    rows = Consultation.objects.select_related(*related)
    found = rows.filter(reference=reference, team__in=consulting_teams(request.user)).first()
    if found is None:
        raise Http404
    return found


def crumbs(consultation: Consultation | None = None, here: str = "") -> list[tuple[str, str | None]]:
    """Return the way to a page of this desk; the last part has no address."""
    way: list[tuple[str, str | None]] = [
        (_("My desk"), "/staff/"),
        (_("Consultations"), reverse("consulting:list")),
    ]
    if consultation:
        way.append((consultation.title, reverse("consulting:page", args=[consultation.reference])))
    if here:
        way.append((here, None))
    return [*way[:-1], (way[-1][0], None)]


def _projects(user: Any) -> QuerySet[Notice]:
    """Return the projects of the teams for which `user` may ask something, public ones, newest first."""
    may = team_ids(user, *permissions.CONSULTATION_WRITERS)
    return (
        Notice.objects.current()
        .filter(team__in=may, kind=Kind.PROJECT)
        .select_related("live_edition")
        .order_by("-first_published_at", "-pk")
    )
