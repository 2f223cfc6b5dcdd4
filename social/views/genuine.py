"""Pages with which anybody finds out whether a post is the council's: the question, the accounts, the log."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.access import public
from audit.context import client_address
from updates.views.public.page import residents_page, respond
from visitors.limits import Limit, seconds_to_wait

from ..models import LogEntry
from ..register import log, official, signing
from ..register.canonical import GENESIS
from ..register.form import VerifyForm
from ..register.telling import told
from ..register.verifying import verify as look_up

TOO_MANY = 429
# Somebody checks a few posts; a machine that wants many has the log.
LIMITS = (Limit(20, 60), Limit(200, 3600))
ON_A_PAGE = 50
LINES_AT_ONCE = 500


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Take a link, a text or a screenshot's words, and say whether the council published it."""
    given = request.POST if request.method == "POST" else request.GET if "q" in request.GET else None
    form, status, answer = VerifyForm(given), 200, None
    if form.is_bound and form.is_valid():
        wait = seconds_to_wait("verify", LIMITS, client_address(request))
        if wait:
            form.add_error("q", _slow_down(wait))
            status = TOO_MANY
        else:
            answer = told(look_up(form.cleaned_data["q"]))
    context = {"form": form, "answer": answer}
    return render(request, "social/genuine/verify.html", context, status=status)


@residents_page
def accounts(request: HttpRequest) -> HttpResponse:
    """List the council's own accounts and the state each is in. One query."""
    context = {"listed": official.listed()}
    return respond("social/genuine/accounts.html", context, path=reverse("genuine:accounts"))


@residents_page
def accounts_json(request: HttpRequest) -> HttpResponse:
    """Give the list to machines, of any site."""
    return _for_everybody(official.as_json())


@residents_page
def public_log(request: HttpRequest) -> HttpResponse:
    """Show the log to people, newest line first, and how to check it."""
    page = Paginator(LogEntry.objects.order_by("-number"), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "head": log.head(), "key": signing.public_key(), "key_id": signing.key_id()}
    return respond("social/genuine/log.html", context, path=reverse("genuine:log"))


@residents_page
def log_lines(request: HttpRequest) -> HttpResponse:
    """Give the log to machines as JSON lines, oldest first, from line `?from=`; 500 at a time."""
    asked = request.GET.get("from", "1")
    start = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 18 else 1  # noqa: PLR2004
    lines = LogEntry.objects.filter(number__gte=start).order_by("number")[:LINES_AT_ONCE]
    answer = HttpResponse(log.as_lines(lines), content_type="application/jsonl; charset=utf-8")
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


@residents_page
def log_head(request: HttpRequest) -> HttpResponse:
    """Give the newest line's number and hash, to be noted and compared later."""
    head = log.head()
    return _for_everybody({"number": head.number if head else 0, "hash": head.hash if head else GENESIS})


@residents_page
def log_key(request: HttpRequest) -> HttpResponse:
    """Give the public half of the key that signs the log."""
    return _for_everybody(
        {"algorithm": "Ed25519", "key_id": signing.key_id(), "public_key": signing.public_key()}
    )


def _for_everybody(data: dict[str, Any]) -> JsonResponse:
    answer = JsonResponse(data, json_dumps_params={"indent": 2, "ensure_ascii": False})
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


def _slow_down(seconds: int) -> str:
    sentence = ngettext(
        "You have asked many times. What you pasted is still here: ask again in %(seconds)d second.",
        "You have asked many times. What you pasted is still here: ask again in %(seconds)d seconds.",
        seconds,
    )
    return sentence % {"seconds": seconds}
