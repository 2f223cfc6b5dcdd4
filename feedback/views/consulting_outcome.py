"""The outcome of a consultation: written, read by a second person, published; outcomes has the rules."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import person_of, role_required, second_factor_recent, sent

from .. import permissions
from ..consultations import outcomes, telling
from ..consultations.stages import Refused
from ..consulting_forms import MoveForm, OutcomeForm
from ..enums import Stage
from ..models import Consultation, Outcome
from ..permissions import CONSULTATION_WRITERS
from .consulting import crumbs, find

CONFLICT = 409


@role_required(*CONSULTATION_WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def outcome(request: HttpRequest, reference: str) -> HttpResponse:
    """Write the outcome, or read what waits for a second person."""
    shown = find(request, reference)
    form = OutcomeForm(sent(request), kept=_kept(getattr(shown, "outcome", None)))
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            _write(request, shown, dict(form.cleaned_data))
            return redirect("consulting:outcome", shown.reference)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            status = CONFLICT
            shown = find(request, reference)
            _take_newer(form, getattr(shown, "outcome", None))
    context = _context(request, shown, getattr(shown, "outcome", None), form)
    return render(request, "feedback/consulting/outcome.html", context, status=status)


def _write(request: HttpRequest, shown: Consultation, words: dict[str, Any]) -> None:
    """Keep the words, and offer them if that is what was pressed; what is kept stays kept when that fails."""
    written = outcomes.write(shown, by=person_of(request), seen_version=words.pop("version"), fields=words)
    if "offer" not in request.POST:
        messages.success(request, _("Saved as a draft."))
        return
    try:
        outcomes.offer(written, by=person_of(request))
    except Refused as refusal:
        raise Refused(_("It is saved as a draft. %(why)s") % {"why": refusal}) from refusal
    messages.success(request, _("It waits for a second person."))


def _take_newer(form: OutcomeForm, known: Outcome | None) -> None:
    """Let the next press save over what is kept now: the person was told."""
    form.data = form.data.copy()  # type: ignore[attr-defined]
    form.data["version"] = str(known.version if known else 0)  # type: ignore[index]


@role_required(*CONSULTATION_WRITERS)
@second_factor_recent
@require_POST
def decide(request: HttpRequest, reference: str) -> HttpResponse:
    """Publish the outcome as a second person, or return it with a reason."""
    shown = find(request, reference)
    known = getattr(shown, "outcome", None)
    form = MoveForm(request.POST)
    if known is None or not form.is_valid():
        raise Http404
    try:
        if request.POST.get("decision") == "publish":
            outcomes.publish(known, by=person_of(request), seen_version=form.cleaned_data["version"])
            messages.success(request, _("The outcome is public, and everybody who wanted to know is told."))
            return redirect("consulting:page", shown.reference)
        outcomes.return_(known, by=person_of(request), note=form.cleaned_data["note"])
        messages.success(request, _("It was returned."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("consulting:outcome", shown.reference)


def _kept(known: Outcome | None) -> dict[str, object]:
    if known is None:
        return {"version": 0}
    return {"version": known.version, **{name: getattr(known, name) for name in outcomes.WORDS}}


def _context(
    request: HttpRequest, shown: Consultation, known: Outcome | None, form: OutcomeForm
) -> dict[str, object]:
    is_waiting = known is not None and known.offered_at is not None and known.published_at is None
    return {
        "consultation": shown,
        "outcome": known,
        "form": form,
        "is_waiting": is_waiting,
        "is_newer": known is not None and form.is_bound and _differs(form, known),
        "is_public": known is not None and known.published_at is not None,
        "is_closed": shown.stage == Stage.CLOSED,
        "may_write": shown.stage == Stage.CLOSED and permissions.may_consult(request.user, shown.team),
        "why_not_publish": outcomes.why_not_publish(known, request.user) if known and is_waiting else "",
        "decide_form": _decide_form(known) if known and is_waiting else None,
        "number_told": telling.to_tell(known).count() if known and is_waiting else 0,
        "crumbs": crumbs(shown, _("Outcome")),
    }


def _differs(form: OutcomeForm, known: Outcome) -> bool:
    """Say whether what is kept says something else than what was typed: then it is shown beside it."""
    typed = form.cleaned_data if form.non_field_errors() else {}
    return any(name in typed and typed[name] != getattr(known, name) for name in outcomes.WORDS)


def _decide_form(known: Outcome) -> MoveForm:
    form = MoveForm(initial={"version": known.version})
    form.fields["note"].label = _("Reason, if you return it")
    return form
