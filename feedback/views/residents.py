"""The forms residents fill in and the receipt they get; uses no session, and signs nobody in."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import public
from audit.context import client_address
from updates.models import Notice
from visitors.limits import Limit, seconds_to_wait

from .. import listing, receiving, retention
from ..enums import HiddenReason, Sort
from ..forms import AskForm, FeedbackForm, ResidentsForm
from ..models import Feedback, Question, Voice, is_urgent
from ..working_days import days_to_answer

TOO_MANY = 429
# A household or an office asks a few questions about an outage; a machine asks hundreds.
LIMITS = (Limit(5, 600), Limit(30, 86400))


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, reference: str) -> HttpResponse:
    """Take a question about a notice."""
    return _form_page(request, reference, AskForm, Question)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def give_feedback(request: HttpRequest, reference: str) -> HttpResponse:
    """Take feedback about a notice."""
    return _form_page(request, reference, FeedbackForm, Feedback)


def _form_page(
    request: HttpRequest,
    reference: str,
    form_class: type[ResidentsForm],
    model: type[Voice],
) -> HttpResponse:
    notice = get_object_or_404(
        Notice.objects.published().select_related("live_edition", "team"), reference=reference
    )
    if notice.withdrawn_at:
        return render(request, "feedback/closed.html", _about(notice), status=410)
    form = form_class(request.POST if request.method == "POST" else None, reference=reference)
    status = 200
    if form.is_bound:
        twice = receiving.already_received(model, form.key) if form.key else None
        if twice:
            return redirect(twice.receipt_path)
        if form.is_valid():
            wait = seconds_to_wait("feedback", LIMITS, client_address(request))
            if not wait:
                return redirect(_keep(notice, form).receipt_path)
            form.add_error(None, _slow_down(wait))
            status = TOO_MANY
    return render(request, "feedback/form.html", {**_about(notice), "form": form}, status=status)


def _keep(notice: Notice, form: ResidentsForm) -> Voice:
    assert form.key is not None  # a valid form has a good stamp
    if form.sort == Sort.QUESTION:
        wants = form.cleaned_data["wants_reply"]
        return receiving.receive_question(notice, form.words(), key=form.key, wants_reply=wants)
    helpful = form.cleaned_data["helpful"]
    return receiving.receive_feedback(notice, form.words(), key=form.key, helpful=helpful)


def _slow_down(seconds: int) -> str:
    minutes = -(-seconds // 60)
    if minutes > 90:  # noqa: PLR2004 from here on, hours are easier to read
        return _(
            "A lot was sent from your network today. Your words are still here: please send them again "
            "tomorrow, or call us."
        )
    return ngettext(
        "A lot was sent from your network just now. Your words are still here: please send them again in "
        "%(minutes)s minute, or call us.",
        "A lot was sent from your network just now. Your words are still here: please send them again in "
        "%(minutes)s minutes, or call us.",
        minutes,
    ) % {"minutes": minutes}


def _about(notice: Notice) -> dict[str, Any]:
    crumbs = [(_("Home"), "/"), (notice.title, notice.get_absolute_url())]
    urgent = is_urgent(notice, timezone.now())
    return {
        "notice": notice,
        "crumbs": crumbs,
        "months_kept": retention.months_kept(),
        "answer_days": days_to_answer(urgent=urgent),
        "is_urgent": urgent,
    }


@public
@never_cache
@require_GET
def received(request: HttpRequest, reference: str, token: str) -> HttpResponse:
    """Show the receipt to whoever has its address: what was sent, what happens next, where it stands."""
    voice = listing.find(reference)
    if voice is None or not constant_time_compare(voice.token, token):
        raise Http404
    context = {
        **_about(voice.notice),
        "voice": voice,
        "ahead": receiving.ahead_in_queue(voice),
        "hidden_because": HiddenReason(voice.hidden_reason).label if voice.hidden_reason else "",
    }
    response = render(request, "feedback/received.html", context)
    # The address is the key: it must not travel on in a referrer or an index.
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
