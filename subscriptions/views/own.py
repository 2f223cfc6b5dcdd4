"""A subscriber's own pages, opened by the links in our mails; no account, no session, nothing done by GET."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.access import public

from .. import joining, leaving, links, reasons
from ..forms import ChangeForm
from ..models import Subscriber, Subscription

GONE = 410
PAUSES = (7, 14, 28)
View = Callable[..., HttpResponseBase]


def _own_page(view: View) -> View:
    """Mark a page whose address is a secret: it is kept by nobody and named to nobody."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        # The site's own "same-origin" names it to nobody outside; "no-referrer" would make browsers send the
        # buttons' POST with "Origin: null", which is refused as another site's.
        response["Referrer-Policy"] = "same-origin"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return public(never_cache(require_http_methods(["GET", "HEAD", "POST"])(wrapper)))


@_own_page
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether what was asked for is meant; only the button makes it so, never the opened link."""
    wish = links.confirming(token)
    if wish is None:
        return render(request, "subscriptions/confirm_over.html", status=GONE)
    asked = joining.waiting(wish.address)
    if request.method == "POST" and asked:
        ticked = request.POST.getlist("wish")
        chosen = [each for each in asked if str(each.pk) in ticked]
        if chosen:
            joined = joining.confirm(wish.address, chosen)
            return redirect(f"{links.manage_path(joined)}?done=joined")
    subscriber = None if asked else Subscriber.objects.active().filter(address=wish.address).first()
    context = {
        "wishes": [(each, reasons.details(each)) for each in asked],
        "address": wish.address,
        "manage": links.manage_path(subscriber) if subscriber else "",
        "nothing_ticked": request.method == "POST" and bool(asked),
    }
    return render(request, "subscriptions/confirm.html", context)


@_own_page
def manage(request: HttpRequest, token: str) -> HttpResponse:
    """Show what a subscriber follows; each button changes one thing."""
    subscriber = _subscriber(token)
    if request.method == "POST":
        done = _act(subscriber, request.POST)
        return redirect(f"{links.manage_path(subscriber)}?done={done}")
    followed = list(subscriber.subscriptions.select_related("notice__live_edition", "ward"))
    paused = subscriber.paused_until_at
    context = {
        "subscriber": subscriber,
        "followed": [(each, reasons.details(each)) for each in followed],
        "token": token,
        "done": _sentence(request.GET.get("done", "")),
        "paused_until": paused if paused and paused > timezone.now() else None,
        "pauses": PAUSES,
    }
    return render(request, "subscriptions/manage.html", context)


@_own_page
def change(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    """Change what one subscription tells, and when."""
    subscriber = _subscriber(token)
    subscription = get_object_or_404(Subscription, subscriber=subscriber, pk=pk)
    form = ChangeForm(request.POST if request.method == "POST" else None, subscription=subscription)
    if form.is_bound and form.is_valid():
        Subscription.objects.filter(pk=pk).update(**form.wanted())
        return redirect(f"{links.manage_path(subscriber)}?done=changed")
    context = {"form": form, "subscription": subscription, "token": token}
    return render(request, "subscriptions/change.html", context)


@csrf_exempt
@_own_page
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """End what a mail came from, or everything; POST alone does it, without cookie or redirect (RFC 8058).

    The signed address is the whole right to do so. Pressing twice is answered like once.
    """
    found = links.leaving(token)
    if found is None:
        raise Http404
    subscriber, subscription_ids = found
    has_left = request.method == "POST"
    if has_left and subscriber:
        leaving.leave(subscriber, [] if request.POST.get("scope") == "all" else subscription_ids)
    context = {
        "has_left": has_left or subscriber is None or not subscriber.is_active,
        "ending": _followed(subscriber, subscription_ids) if subscription_ids else [],
        "staying": _staying(subscriber, subscription_ids),
        "manage": links.manage_path(subscriber) if subscriber else "",
    }
    return render(request, "subscriptions/leave.html", context)


def _followed(subscriber: Subscriber | None, subscription_ids: list[int]) -> list[Subscription]:
    if subscriber is None:
        return []
    rows = subscriber.subscriptions.filter(pk__in=subscription_ids)
    return list(rows.select_related("notice__live_edition", "ward"))


def _staying(subscriber: Subscriber | None, subscription_ids: list[int]) -> list[Subscription]:
    """Return what a subscriber still follows when these have ended."""
    if subscriber is None or not subscriber.is_active or not subscription_ids:
        return []
    rows = subscriber.subscriptions.exclude(pk__in=subscription_ids)
    return list(rows.select_related("notice__live_edition", "ward"))


def _subscriber(token: str) -> Subscriber:
    subscriber = links.managed(token)
    if subscriber is None:
        raise Http404
    return subscriber


def _act(subscriber: Subscriber, data: Any) -> str:
    """Do what a button on the subscriber's page says; return the word for what was done."""
    action, value = data.get("action", ""), str(data.get("value", ""))
    number = int(value) if value.isascii() and value.isdigit() and len(value) < 19 else 0  # noqa: PLR2004
    if action == "leave" and number:
        leaving.leave(subscriber, [number])
        return "left"
    if action == "leave_all":
        leaving.leave(subscriber, [])
        return "left_all"
    if action == "pause" and number in PAUSES:
        leaving.pause(subscriber, number)
        return "paused"
    if action == "resume":
        leaving.pause(subscriber, 0)
        return "resumed"
    if action == "come_back":
        joining.come_back(subscriber)
        return "back"
    return ""


def _sentence(done: str) -> str:
    """Return what is said after a button was pressed; nothing for a word nobody gave."""
    return {
        "joined": _("Done. From now on you hear from us."),
        "changed": _("Saved."),
        "left": _("You no longer follow that."),
        "left_all": _("You get no more e-mails from us."),
        "paused": _("Paused. You get nothing until then."),
        "resumed": _("You get e-mails again."),
        "back": _("You get e-mails again, as before."),
    }.get(done, "")
