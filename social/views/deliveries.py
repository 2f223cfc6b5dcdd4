"""One delivery: the exact post, what became of it, and what a person may decide; the rules are elsewhere."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import View, person_of, role_required
from accounts.models import User
from updates.desk import OFFICERS

from .. import advice, board, copies, decisions
from ..cards import sent_card
from ..decisions import DecisionRefused
from ..forms import ConfirmForm, GiveUpForm, LinkForm
from ..models import Delivery
from ..permissions import may_decide
from .accounts import account_people

CONFLICT = 409
Act = Callable[[Delivery, dict[str, Any], User], None]


@require_safe
@role_required(*OFFICERS)
def delivery(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one delivery with everything that is known of it."""
    return _page(request, _find(pk))


def _decision(name: str, form_class: type[forms.Form], act: Act) -> View:
    """Return the view that carries out one decision, by POST, for the people it is given to."""

    @require_POST
    @account_people
    def view(request: HttpRequest, pk: int) -> HttpResponseBase:
        found = _find(pk)
        if not may_decide(request.user, found.edition.notice.team):
            raise PermissionDenied
        form = form_class(request.POST, auto_id=f"{name}_%s")
        if not form.is_valid():
            return _page(request, found, {name: form}, status=400)
        try:
            act(found, form.cleaned_data, person_of(request))
        except DecisionRefused as refusal:
            form.add_error(None, str(refusal))
            return _page(request, _find(pk), {name: form}, status=CONFLICT)
        messages.success(request, _("Done. What becomes of it stands here."))
        return redirect("social:delivery", pk=pk)

    view.__name__ = name
    view.__doc__ = f"Carry out “{name}” for one delivery."
    return view


retry = _decision("retry", ConfirmForm, lambda row, data, by: decisions.retry_one(row, by=by))
give_up = _decision(
    "give_up", GiveUpForm, lambda row, data, by: decisions.give_up(row, by=by, note=data["note"])
)
it_is_there = _decision(
    "it_is_there", LinkForm, lambda row, data, by: decisions.settle_as_sent(row, data["link"], by=by)
)
not_there = _decision(
    "not_there", ConfirmForm, lambda row, data, by: decisions.settle_as_not_sent(row, by=by)
)
remove_again = _decision("remove_again", ConfirmForm, lambda row, data, by: decisions.remove_now(row, by=by))
removed_by_hand = _decision(
    "removed_by_hand", ConfirmForm, lambda row, data, by: decisions.removed_by_hand(row, by=by)
)


def _find(pk: int) -> Delivery:
    found = board.find_delivery(pk)
    if found is None:
        raise Http404
    return found


def _page(
    request: HttpRequest, shown: Delivery, bound: dict[str, forms.Form] | None = None, *, status: int = 200
) -> HttpResponse:
    may = may_decide(request.user, shown.edition.notice.team)
    asked = {
        "give_up": GiveUpForm(auto_id="give_up_%s"),
        "it_is_there": LinkForm(auto_id="it_is_there_%s"),
        **(bound or {}),
    }
    context = {
        "delivery": shown,
        "account": shown.account,
        "edition": shown.edition,
        "notice": shown.edition.notice,
        "card": sent_card(shown),
        "manner": copies.manner_of(shown),
        "what_to_do": advice.what_to_do(shown),
        "allowed": advice.allowed(shown) if may else set(),
        "may_decide": may,
        "give_up_form": asked["give_up"],
        "link_form": asked["it_is_there"],
        "form": next(iter(bound.values())) if bound else None,
    }
    return render(request, "social/delivery.html", context, status=status)
