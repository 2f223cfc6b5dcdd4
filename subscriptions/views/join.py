"""The forms with which a resident joins or asks for their link; tells nobody whether an address is known."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.access import public
from audit.context import client_address
from places.lookup import find
from updates.models import Notice
from updates.views.public.page import residents_page, respond
from visitors.limits import Limit, seconds_to_wait

from .. import fanout, joining
from ..enums import Purpose
from ..forms import FollowForm, JoinForm, LinkForm
from ..links import CONFIRM_DAYS

TOO_MANY = 429
# A household joins once or twice; a machine hundreds of times.
LIMITS = (Limit(10, 600), Limit(40, 86400))


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """Take what somebody wants to follow: a place (`?place=`), or one notice (`?notice=`)."""
    asked = request.GET.get("notice", "")[:20]
    notice = Notice.objects.current().filter(reference=asked.upper()).first() if asked else None
    form = _form(request, notice)
    status = 200
    if form.is_bound and form.is_valid():
        wait = seconds_to_wait("subscribe", LIMITS, client_address(request))
        if not wait:
            _keep(form.cleaned_data["email"], Purpose.JOIN, **form.choice(), notice=notice)
            return redirect("subscriptions:sent")
        form.add_error(None, _slow_down(wait))
        status = TOO_MANY
    context = {
        "form": form,
        "notice": notice,
        "is_over": bool(asked) and notice is None,
        "crumbs": _crumbs(notice),
    }
    return render(request, "subscriptions/join.html", context, status=status)


def _form(request: HttpRequest, notice: Notice | None) -> JoinForm | FollowForm:
    data = request.POST if request.method == "POST" else None
    if notice:
        return FollowForm(data, about=notice.reference)
    typed = request.GET.get("place", "")[:200].replace("\x00", "")
    place = find(typed) if typed and data is None else None
    return JoinForm(data, initial={"place": place.label if place else typed})


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_link(request: HttpRequest) -> HttpResponse:
    """Send somebody the link to their own page; the answer is the same for an address nobody knows."""
    form = LinkForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound and form.is_valid():
        wait = seconds_to_wait("subscribe", LIMITS, client_address(request))
        if not wait:
            _keep(form.cleaned_data["email"], Purpose.LINK)
            return redirect("subscriptions:link_sent")
        form.add_error(None, _slow_down(wait))
        status = TOO_MANY
    return render(
        request, "subscriptions/my_link.html", {"form": form, "crumbs": _crumbs(None)}, status=status
    )


@residents_page
def sent(request: HttpRequest) -> HttpResponse:
    """Say what happens next; it is the same for everybody."""
    context = {"days": CONFIRM_DAYS, "is_link": False}
    return respond("subscriptions/sent.html", context, path=request.path)


@residents_page
def link_sent(request: HttpRequest) -> HttpResponse:
    """Say what happens next; it is the same for everybody."""
    return respond("subscriptions/sent.html", {"is_link": True}, path=request.path)


@transaction.atomic
def _keep(address: str, purpose: str, **choice: Any) -> None:
    fanout.answer_on_commit(joining.wish(address, purpose, **choice))


def _crumbs(notice: Notice | None) -> list[tuple[str, str]]:
    return [(_("Home"), "/"), *([(notice.title, notice.get_absolute_url())] if notice else [])]


def _slow_down(seconds: int) -> str:
    minutes = -(-seconds // 60)
    return ngettext(
        "This form was sent a lot from your network. Please send it again in %(minutes)s minute.",
        "This form was sent a lot from your network. Please send it again in %(minutes)s minutes.",
        minutes,
    ) % {"minutes": minutes}
