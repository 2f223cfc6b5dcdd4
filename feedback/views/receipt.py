"""The receipt only its sender can open, and the link that confirms an address; a GET changes nothing."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import public

from .. import listing, objecting, receipts, receiving
from ..enums import HiddenReason, Sort, Status
from .residents import GONE, about


@public
@never_cache
@require_GET
def received(request: HttpRequest, reference: str, token: str) -> HttpResponse:
    """Show the receipt to whoever has its address: what was sent, what happens next, where it stands."""
    voice = listing.find(reference)
    if voice is None or not constant_time_compare(voice.token, token):
        raise Http404
    is_question = voice.sort == Sort.QUESTION
    context = {
        **about(voice.notice),
        "voice": voice,
        "is_question": is_question,
        "is_counted": voice.status == Status.COUNTED,
        "ahead": receiving.ahead_in_queue(voice),
        "ahead_for_answer": receiving.ahead_for_answer(voice) if is_question else 0,
        "happened": receipts.happened(voice),
        "is_mailed": receipts.is_mailed(voice),
        "photo": getattr(voice, "photo", None),
        "trust_after": settings.FEEDBACK_TRUST_AFTER,
        "may_object": not objecting.why_not(voice),
        "hidden_because": HiddenReason(voice.hidden_reason).label if voice.hidden_reason else "",
    }
    return own_page(render(request, "feedback/received.html", context))


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_address(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm the address left with words: by a button, because machines follow links in mails."""
    voice = receipts.by_token(token)
    if voice is None:
        return own_page(render(request, "feedback/confirm_over.html", {}, status=GONE))
    if request.method == "POST":
        receipts.confirm(voice)
        return own_page(redirect(voice.receipt_path))
    return own_page(render(request, "feedback/confirm_address.html", {**about(voice.notice), "voice": voice}))


def own_page(response: HttpResponse) -> HttpResponse:
    """Return a response whose address is a secret, marked so that it is named to nobody and indexed nowhere.

    Not "no-referrer": browsers would then send the page's own forms with "Origin: null", which is refused.
    """
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
