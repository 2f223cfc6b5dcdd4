"""Answering a consultation: write, save, come back, check, send; no session, the address is the key."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import public, sent
from audit.context import client_address
from visitors.limits import Limit, seconds_to_wait

from .. import identity, retention
from ..consultations import access, answering, confirming, showing
from ..consultations.answering import NotTaken, Said, TooLate
from ..enums import Access, ResponseState
from ..models import Consultation, Response
from ..response_forms import AnswerForm, CodeForm, ComeBackForm

TOO_MANY, CONFLICT, GONE = 429, 409, 410
# Mails to one address, whoever asks for them: nobody's letterbox is filled through us.
MAILS = (Limit(5, 3600), Limit(15, 86400))
View = Callable[..., HttpResponseBase]


def answer_page(view: View) -> View:
    """Mark a page that is one person's own: kept by nobody, and its address named to nobody outside."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        # "no-referrer" would make browsers send the forms with "Origin: null", which is refused.
        response["Referrer-Policy"] = "same-origin"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return public(never_cache(require_http_methods(["GET", "HEAD", "POST"])(wrapper)))


@answer_page
def begin(request: HttpRequest, reference: str) -> HttpResponse:
    """Take a new answer; with a code from a letter, ask for the code first."""
    consultation = _found(reference)
    if request.method != "POST" and not consultation.takes_answers(timezone.now()):
        return _closed(request, consultation)
    if access.has_answered(request, consultation):
        return _page(request, "answered.html", consultation, status=CONFLICT)
    if consultation.access == Access.CODE:
        return _with_code(request, consultation)
    return _form_page(request, consultation, Response(consultation=consultation))


@answer_page
def go_on(request: HttpRequest, reference: str, token: str) -> HttpResponse:
    """Go on with a saved answer; one that was sent shows its receipt."""
    row = _own(reference, token)
    if row.state not in answering.CHANGEABLE:
        return redirect(_path("received", row))
    if request.method != "POST" and not row.consultation.takes_answers(timezone.now()):
        return _closed(request, row.consultation, row)
    return _form_page(request, row.consultation, row)


def _form_page(request: HttpRequest, consultation: Consultation, row: Response) -> HttpResponse:
    items = showing.items_of(consultation)
    given = answering.said(row) if row.pk else {}
    form = AnswerForm(
        sent(request), consultation=consultation, items=items, given=given, response=row if row.pk else None
    )
    status = 200
    if form.is_bound:
        taken, status = _take(request, form, row)
        if taken:
            return redirect(_path("check" if form.is_sending else "saved", taken))
    context = {"form": form, "items": items, "row": row if row.pk else None}
    return _page(request, "answer.html", consultation, status=status, **context)


def _take(request: HttpRequest, form: AnswerForm, row: Response) -> tuple[Response | None, int]:
    """Save what a form says; return the answer, or None and the status of the page that says why not."""
    consultation = form.consultation
    is_valid = form.is_valid()
    if not consultation.takes_answers(timezone.now()):
        form.add_error(None, _too_late(consultation))
        return None, GONE
    if not is_valid:
        return None, 200
    row = row if row.pk else _new(form)
    wait = 0 if row.pk else seconds_to_wait("consultation-start", access.STARTS, client_address(request))
    if wait:
        form.add_error(None, _slow_down(wait))
        return None, TOO_MANY
    try:
        return answering.save(form.fill(row), form.said()), 200
    except NotTaken as refusal:
        form.add_error(None, str(refusal))
        return None, CONFLICT


def _new(form: AnswerForm) -> Response:
    """Return the answer this very form began, if its button was pressed twice, or a new one."""
    token = salted_hmac("feedback.response", str(form.key), algorithm="sha256").hexdigest()[:40]
    made = Response.objects.filter(token=token, consultation=form.consultation).first()
    return made or Response(consultation=form.consultation, token=token, person=identity.nobody())


def _with_code(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    form = CodeForm(sent(request), about=consultation.reference)
    status = 200
    if form.is_bound and form.is_valid():
        row, problem, status = _open_with(request, consultation, form.cleaned_data["code"])
        if row:
            return redirect(_path("go_on", row))
        form.add_error("code", problem)
    return _page(request, "code.html", consultation, status=status, form=form)


def _open_with(
    request: HttpRequest, consultation: Consultation, typed: str
) -> tuple[Response | None, str, int]:
    """Return the answer a code opens, or None, why not, and the page's status."""
    wait = seconds_to_wait("consultation-code", access.GUESSES, client_address(request))
    if wait:
        return None, _slow_down(wait), TOO_MANY
    if not consultation.takes_answers(timezone.now()):
        return None, _too_late(consultation), GONE
    code = access.find_code(consultation, typed)
    if code is None:
        problem = _("We do not know this code. Look at the letter once more, or call us: we help you.")
        return None, problem, 200
    if access.is_used(code):
        problem = _("An answer was sent with this code already. If it was not yours, please call us.")
        return None, problem, CONFLICT
    return access.answer_of(code), "", 200


@answer_page
def check(request: HttpRequest, reference: str, token: str) -> HttpResponse:
    """Show what would be sent, and send it at the press of the button."""
    row = _own(reference, token)
    if row.state not in answering.CHANGEABLE:
        return redirect(_path("received", row))
    problem, status = "", 200
    if request.method == "POST":
        problem, status = _send(request, row)
        if not problem:
            answer = redirect(_path("received", row))
            access.mark(answer, row.consultation)
            return answer
    elif not row.consultation.takes_answers(timezone.now()):
        return _closed(request, row.consultation, row)
    items, given = showing.items_of(row.consultation), answering.said(row)
    context = {
        "row": row,
        "answers": in_words(items, given),
        "missing": answering.missing(items, given),
        "problem": problem,
    }
    return _page(request, "check.html", row.consultation, status=status, **context)


def _send(request: HttpRequest, row: Response) -> tuple[str, int]:
    """Send an answer that arrived now; return the sentence why not, and the page's status."""
    at = timezone.now()
    if access.has_answered(request, row.consultation):
        return _("An answer was sent from this browser already."), CONFLICT
    if row.email and (wait := seconds_to_wait("consultation-mail", MAILS, row.email)):
        return _slow_down(wait), TOO_MANY
    burst = access.is_in_burst(row.consultation, client_address(request))
    try:
        confirming.hand_in(row, at=at, is_in_burst=burst)
    except TooLate:
        return _too_late(row.consultation), GONE
    except NotTaken as refusal:
        return str(refusal), CONFLICT
    return "", 200


@answer_page
def saved(request: HttpRequest, reference: str, token: str) -> HttpResponse:
    """Show the address of a saved answer, and mail it to whoever asks."""
    row = _own(reference, token)
    form = ComeBackForm(sent(request), about=row.token)
    status, mailed_to = 200, ""
    if form.is_bound and form.is_valid():
        email = form.cleaned_data["email"]
        wait = seconds_to_wait("consultation-mail", MAILS, email) or seconds_to_wait(
            "consultation-start", access.STARTS, client_address(request)
        )
        if wait:
            form.add_error(None, _slow_down(wait))
            status = TOO_MANY
        else:
            confirming.mail_address(row, email)
            mailed_to = email
    context = {
        "form": form,
        "row": row,
        "mailed_to": mailed_to,
        "own_url": request.build_absolute_uri(_path("go_on", row)),
    }
    return _page(request, "saved.html", row.consultation, status=status, **context)


@public
@never_cache
@require_GET
def received(request: HttpRequest, reference: str, token: str) -> HttpResponse:
    """Show the receipt: what was sent, when, whether it counts, and what happens next."""
    row = _own(reference, token)
    if row.state == ResponseState.STARTED:
        return redirect(_path("go_on", row))
    answers = in_words(showing.items_of(row.consultation), answering.said(row))
    to_confirm = confirming.needs_confirming(row)
    response = _page(
        request, "received.html", row.consultation, row=row, answers=answers, is_to_confirm=to_confirm
    )
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def in_words(items: list[Any], given: dict[int, Said]) -> list[tuple[Any, list[str], str]]:
    """Return each question with what was chosen (in order) and what was written, as people read it."""
    return [
        (item, _chosen(item, given.get(item.pk, Said())), given.get(item.pk, Said()).text) for item in items
    ]


def _chosen(item: Any, said: Said) -> list[str]:
    names = {option.pk: option.words for option in item.options.all()}
    if said.number is not None:
        return [_("%(number)s of 5") % {"number": said.number}]
    return [names[pk] for pk in said.options if pk in names]


def _found(reference: str) -> Consultation:
    found: Consultation = get_object_or_404(showing.public(), reference=reference)
    return found


def _own(reference: str, token: str) -> Response:
    rows = Response.objects.select_related("consultation__notice__live_edition", "consultation__team", "ward")
    row: Response = get_object_or_404(rows, consultation__reference=reference, token=token)
    return row


def _path(name: str, row: Response) -> str:
    return reverse(f"consultations:{name}", args=[row.consultation.reference, row.token])


def _closed(request: HttpRequest, consultation: Consultation, row: Response | None = None) -> HttpResponse:
    is_early = consultation.stage == "open" and timezone.now() < consultation.opens_at
    answers = in_words(showing.items_of(consultation), answering.said(row)) if row else []
    context = {"is_early": is_early, "answers": answers}
    return _page(request, "not_now.html", consultation, status=200 if is_early else GONE, **context)


def _page(
    request: HttpRequest, template: str, consultation: Consultation, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "consultation": consultation,
        "notice": consultation.notice,
        "nav": "say",
        "months_kept": retention.months_kept(),
        "crumbs": [(_("Home"), "/"), (consultation.title, consultation.get_absolute_url())],
        **more,
    }
    return render(request, f"feedback/consultations/{template}", context, status=status)


def _too_late(consultation: Consultation) -> str:
    if timezone.now() < consultation.opens_at:
        return _("This consultation is not open yet. What you wrote is still here.")
    return _(
        "This consultation has closed, so your answer was not taken. What you wrote is still here: copy it "
        "if you want to send it to us in another way."
    )


def _slow_down(seconds: int) -> str:
    minutes = -(-seconds // 60)
    return ngettext(
        "A lot came from your network just now. Nothing is lost: please try again in %(minutes)s minute.",
        "A lot came from your network just now. Nothing is lost: please try again in %(minutes)s minutes.",
        minutes,
    ) % {"minutes": minutes}
