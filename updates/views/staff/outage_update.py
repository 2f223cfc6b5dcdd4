"""The update from a phone: one short form, one button; drafting and workflow do the rest."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import permissions
from accounts.access import role_required, second_factor_recent
from accounts.enums import Kind, Role
from accounts.models import User
from updates import desk
from updates.forms.outage_update import OutageUpdateForm
from updates.models import Notice
from updates.outages import quick, staying_off
from updates.workflow import TransitionRefused

CONFLICT = 409
# More figures than any edition's number has.
_MAX_DIGITS = 6


@require_http_methods(["GET", "HEAD", "POST"])
@role_required(Role.AUTHOR)
def outage_update(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Show the short form, or take it; publishing at once asks for a fresh second factor."""
    if request.method == "POST" and "publish" in request.POST:
        return _take_in_fresh(request, reference)
    return _take(request, reference)


def _take(request: HttpRequest, reference: str) -> HttpResponseBase:
    notice, by = _found(request, reference)
    form = OutageUpdateForm(
        request.POST if request.method == "POST" else None, live=_live(notice), now=timezone.now()
    )
    if request.method != "POST":
        return _page(request, notice, form)
    if not form.is_valid():
        return _page(request, notice, form)
    return _written(request, notice, by, form)


_take_in_fresh = second_factor_recent(_take)


def _found(request: HttpRequest, reference: str) -> tuple[Notice, User]:
    notice = desk.find_notice(reference)
    assert isinstance(request.user, User)
    if not permissions.may_write(request.user, notice.team, notice.kind):
        raise PermissionDenied
    if notice.kind != Kind.OUTAGE or notice.live_edition is None or notice.withdrawn_at:
        raise Http404
    return notice, request.user


def _live(notice: Notice) -> Any:
    assert notice.live_edition is not None  # _found refuses the others
    return notice.live_edition.outage


def _written(request: HttpRequest, notice: Notice, by: User, form: OutageUpdateForm) -> HttpResponseBase:
    publish = "publish" in request.POST and quick.may_publish_at_once(by, notice)
    try:
        made = quick.update(notice, form.said, by=by, seen_edition=_seen(request), publish=publish)
    except quick.AnotherIsOpen as refusal:
        form.add_error(None, str(refusal))
    except quick.LiveHasChanged:
        form.add_error(None, _("Somebody published a newer edition. Read what holds now, then send again."))
    except TransitionRefused as refusal:
        form.add_error(None, str(refusal))
    else:
        messages.success(request, _said_about(publish))
        return redirect("desk:edition", reference=notice.reference, number=made.number)
    return _page(request, desk.find_notice(notice.reference), form, status=CONFLICT)


def _said_about(publish: bool) -> str:
    if publish:
        return _("It is live. A second person has to check it now.")
    return _("Sent for approval. Residents see it once somebody else has approved and published it.")


def _seen(request: HttpRequest) -> int:
    # Anything but a number counts as "never seen", which can only lead to being told of newer words.
    typed = request.POST.get("seen", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= _MAX_DIGITS else 0


def _page(request: HttpRequest, notice: Notice, form: OutageUpdateForm, status: int = 200) -> HttpResponse:
    assert notice.live_edition is not None and isinstance(request.user, User)
    notice.live_edition.notice = notice
    context = {
        "notice": notice,
        "live": notice.live_edition,
        "outage": notice.live_edition.outage,
        "form": form,
        "open_edition": quick.open_edition(notice),
        "may_publish": quick.may_publish_at_once(request.user, notice),
        "still_off": staying_off.told(notice),
    }
    return render(request, "desk/outage_update.html", context, status=status)
