"""The forms residents fill in about a notice; uses no session, and signs nobody in."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.access import public
from audit.context import client_address
from updates.models import Notice
from visitors.limits import Limit, seconds_to_wait

from .. import likely, receipts, receiving, retention
from ..enums import Helpful
from ..forms import AskForm, FeedbackForm, ResidentsForm
from ..models import FEEDBACK_MAX, Feedback, Question, Voice, is_urgent
from ..pressing_forms import UsefulForm
from ..working_days import days_to_answer

TOO_MANY = 429
GONE = 410
# A household or an office asks a few questions about an outage; a machine asks hundreds.
LIMITS = (Limit(5, 600), Limit(30, 86400))


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, reference: str) -> HttpResponse:
    """Take a question about a notice; what may answer it already is shown before it is sent."""
    return _form_page(request, reference, AskForm, Question)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def give_feedback(request: HttpRequest, reference: str) -> HttpResponse:
    """Take feedback about a notice."""
    return _form_page(request, reference, FeedbackForm, Feedback)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def say_useful(request: HttpRequest, reference: str) -> HttpResponse:
    """Take whether a notice was of use (`?said=yes` has it chosen already)."""
    said = request.GET.get("said", "")
    chosen = {"helpful": said} if said in Helpful.values else {}
    return _form_page(request, reference, UsefulForm, Feedback, initial=chosen)


def _form_page(
    request: HttpRequest,
    reference: str,
    form_class: type[ResidentsForm],
    model: type[Voice],
    **more: Any,
) -> HttpResponse:
    notice = get_object_or_404(
        Notice.objects.published().select_related("live_edition", "team"), reference=reference
    )
    if notice.withdrawn_at:
        # What was typed while the notice went is given back, to be copied.
        words = request.POST.get("text", "")[:FEEDBACK_MAX]
        return render(request, "feedback/closed.html", {**about(notice), "words": words}, status=GONE)
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = form_class(data, files, reference=reference, **more)
    if not form.is_bound:
        return _shown(request, notice, form)
    if form.key and (twice := receiving.already_received(model, form.key)):
        return redirect(twice.receipt_path)
    return _taken(request, notice, form)


def _taken(request: HttpRequest, notice: Notice, form: ResidentsForm) -> HttpResponse:
    if not form.is_valid():
        return _shown(request, notice, form)
    if isinstance(form, AskForm) and (page := _looked_first(request, notice, form)):
        return page
    if wait := seconds_to_wait("feedback", LIMITS, client_address(request)):
        form.add_error(None, slow_down(wait))
        return _shown(request, notice, form, status=TOO_MANY)
    return redirect(_keep(notice, form).receipt_path)


def _shown(request: HttpRequest, notice: Notice, form: ResidentsForm, status: int = 200) -> HttpResponse:
    return render(request, "feedback/form.html", {**about(notice), "form": form}, status=status)


def _looked_first(request: HttpRequest, notice: Notice, form: AskForm) -> HttpResponse | None:
    """Return the page with what may answer the question already, or None: nothing does, or it was seen.

    The page carries every answer of the form on, so that one more press sends it.
    """
    if "change" in request.POST:
        form.replace("looked", "")
        return _shown(request, notice, form)
    if form.cleaned_data["looked"]:
        return None
    found = likely.answers_to(form.cleaned_data["text"], notice)
    if not found:
        return None
    form.replace("looked", "on")
    return render(request, "feedback/likely.html", {**about(notice), "form": form, "found": found})


def _keep(notice: Notice, form: ResidentsForm) -> Voice:
    assert form.key is not None  # a valid form has a good stamp
    words = form.words()
    more = {name: form.cleaned_data[name] for name in _KEPT if name in form.cleaned_data}
    receive = receiving.receive_question if isinstance(form, AskForm) else receiving.receive_feedback
    return receive(notice, words, key=form.key, is_mailed=receipts.may_go_to(words.email), **more)


# What a form has beside the words, the writer and the place, by the names the row has for it.
_KEPT = ("wants_reply", "is_information_request", "helpful", "went_wrong", "photo")


def slow_down(seconds: int) -> str:
    """Return the sentence for somebody whose network sent too much; their words are kept in the form."""
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


def about(notice: Notice) -> dict[str, Any]:
    """Return what every form and receipt says about a notice and about our promise. Reads the clock."""
    crumbs = [(_("Home"), "/"), (notice.title, notice.get_absolute_url())]
    urgent = is_urgent(notice, timezone.now())
    return {
        "notice": notice,
        "crumbs": crumbs,
        "months_kept": retention.months_kept(),
        "answer_days": days_to_answer(urgent=urgent),
        "information_days": days_to_answer(urgent=False, for_information=True),
        "is_urgent": urgent,
    }
