"""Me too: a press counted once for each browser, without a mark by which anybody could be told apart."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.access import public
from audit.context import client_address
from visitors.limits import Limit, network, seconds_to_wait

from .. import me_too as counting
from ..models import MeToo, Question
from ..pressing_forms import MeTooForm
from .receipt import own_page
from .residents import GONE, TOO_MANY, about, slow_down

# The cookie says "pressed" and nothing else, and goes to the address of this one question's form only.
COOKIE = "me_too"
COOKIE_DAYS = 180
# A household or an office; whoever is behind a larger network counts with a confirmed address.
PER_QUESTION = (Limit(5, 86400),)
PER_NETWORK = (Limit(20, 3600),)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def press(request: HttpRequest, reference: str) -> HttpResponse:
    """Count somebody who asks the same."""
    question = _question(reference)
    context = _about(question)
    if COOKIE in request.COOKIES:
        return render(request, "feedback/me_too_done.html", context)
    if not counting.is_open(question):
        return render(request, "feedback/me_too_over.html", context, status=GONE)
    form = MeTooForm(request.POST if request.method == "POST" else None, reference=reference)
    status = 200
    if form.is_bound and form.is_valid():
        refused = _refused(request, question, form.cleaned_data["email"])
        if not refused:
            return _counted(request, question, form, context)
        form.add_error(None, refused)
        status = TOO_MANY
    return render(request, "feedback/me_too.html", {**context, "form": form}, status=status)


def _counted(
    request: HttpRequest, question: Question, form: MeTooForm, context: dict[str, Any]
) -> HttpResponse:
    assert form.key is not None  # a valid form has a good stamp
    row = counting.add(question, key=form.key, email=form.cleaned_data["email"])
    response = render(request, "feedback/me_too_done.html", {**context, "email": row.email})
    response.set_cookie(
        COOKIE,
        "1",
        max_age=COOKIE_DAYS * 86400,
        path=reverse("feedback:me_too", args=[question.reference]),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def _refused(request: HttpRequest, question: Question, email: str) -> str:
    """Return why one network cannot be counted again now, or ""."""
    who = network(client_address(request))
    if wait := seconds_to_wait("me-too", PER_NETWORK, who):
        return slow_down(wait)
    if not email and seconds_to_wait("me-too-question", PER_QUESTION, f"{who} {question.reference}"):
        return _(
            "Several people on your network were counted today. Leave an e-mail address, confirm it, and you "
            "are counted too."
        )
    if email and seconds_to_wait("me-too-mail", PER_QUESTION, email.casefold()):
        return _("We have written to this address several times today. Please use the link in those e-mails.")
    return ""


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, reference: str, token: str) -> HttpResponse:
    """Count a confirmed address: by a button, because machines follow links in mails."""
    question = _question(reference)
    rows = MeToo.objects.filter(question=question).exclude(email="")
    row = next((each for each in rows if constant_time_compare(each.token, token)), None)
    if row is None:
        return own_page(render(request, "feedback/confirm_over.html", {}, status=GONE))
    if request.method == "POST":
        counting.confirm(row)
        return own_page(redirect("feedback:me_too_confirm", reference=reference, token=token))
    context = {**_about(question), "row": row}
    return own_page(render(request, "feedback/me_too_confirm.html", context))


def _question(reference: str) -> Question:
    rows = counting.counted(Question.objects.told())
    related = rows.select_related(
        "notice__live_edition", "notice__team", "current_answer__team", "asked_with__current_answer"
    )
    found: Question = get_object_or_404(related, reference=reference)
    if found.hidden_reason:
        raise Http404
    return found


def _about(question: Question) -> dict[str, Any]:
    return {**about(question.notice), "voice": question}
