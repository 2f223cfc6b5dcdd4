"""The pages of objections: the writer's own, the decider's, and what we hide and why."""

from contextlib import suppress

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import public, role_required
from audit.context import client_address
from updates.views.public.page import residents_page, respond
from visitors.limits import Limit, seconds_to_wait

from .. import listing, objecting
from ..enums import HiddenReason, Objected
from ..models import Objection, Voice
from ..moderation import Refused
from ..objection_forms import DecisionForm, ObjectionForm
from ..permissions import INBOX_ROLES
from .item_page import act, find
from .receipt import own_page
from .residents import TOO_MANY, about, slow_down

LIMITS = (Limit(5, 3600),)


@residents_page
def moderation(request: HttpRequest) -> HttpResponse:
    """Say what is hidden and why, who decides, and how one objects."""
    context = {
        "reasons": HiddenReason,
        "trust_after": settings.FEEDBACK_TRUST_AFTER,
        "objection_within": settings.OBJECTION_WITHIN_WORKING_DAYS,
        "crumbs": [(_("Home"), "/"), (_("What we hide and why"), None)],
    }
    return respond("feedback/moderation.html", context, path=reverse("feedback:moderation"))


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def make(request: HttpRequest, reference: str, token: str) -> HttpResponse:
    """Take the objection of whoever has the receipt's address."""
    voice: Voice | None = listing.find(reference)
    if voice is None or not constant_time_compare(voice.token, token):
        raise Http404
    if objecting.why_not(voice):
        return own_page(redirect(voice.receipt_path))
    form = ObjectionForm(request.POST if request.method == "POST" else None, reference=reference)
    status = 200
    if form.is_bound and form.is_valid():
        wait = seconds_to_wait("objection", LIMITS, client_address(request))
        if not wait:
            return own_page(_kept(voice, form))
        form.add_error(None, slow_down(wait))
        status = TOO_MANY
    within = settings.OBJECTION_WITHIN_WORKING_DAYS
    context = {**about(voice.notice), "voice": voice, "form": form, "within": within}
    return own_page(render(request, "feedback/object.html", context, status=status))


def _kept(voice: Voice, form: ObjectionForm) -> HttpResponse:
    # Somebody may have decided in the meantime: the receipt tells what.
    with suppress(Refused):
        objecting.make(voice, form.cleaned_data["text"])
    return redirect(voice.receipt_path)


@role_required(*INBOX_ROLES)
@require_POST
def decide(request: HttpRequest, reference: str) -> HttpResponse:
    """Decide the open objection about what has this reference."""
    voice = find(request, reference)
    objection = Objection.objects.filter(voice=voice, outcome=Objected.OPEN).first()
    if objection is None:
        raise Http404
    form = DecisionForm(request.POST, auto_id="decide_%s")
    return act(
        request,
        voice,
        form,
        "decision_form",
        lambda: objecting.decide(
            objection,
            by=request.user,
            outcome=form.cleaned_data["outcome"],
            because=form.cleaned_data["because"],
            public_text=form.cleaned_data["public_text"],
            seen_version=form.cleaned_data["version"],
        ),
        gettext_lazy("The objection about %(reference)s is decided, and its writer is told."),
    )
