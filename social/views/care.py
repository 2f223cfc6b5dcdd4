"""Stopping accounts, giving them to teams, letting them go: one page a step, and the ladder of them all."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import View, person_of, second_factor_recent, sent
from accounts.models import User

from .. import connecting, locks
from ..enums import StopLevel
from ..forms import ConfirmForm, TeamsForm
from ..models import Account
from ..permissions import manages_accounts
from ..stopping import ladder, warnings
from ..stopping.forms import StopAllForm, StopForm
from .accounts import account_people, find_account, lead_only

Text = str | Promise


@dataclass(frozen=True)
class Step:
    """How one step with an account is asked about and carried out, and which page comes then."""

    heading: Text
    button: Text
    done: Text
    consequences: tuple[Text, ...]
    form: type[forms.Form]
    carry_out: Callable[[Account, dict[str, Any], User], object]
    is_grave: bool = False
    then: str = "social:account"


def _view_of(step: Step) -> View:
    """Return the page of `step`, without its audience."""

    @require_http_methods(["GET", "HEAD", "POST"])
    def view(request: HttpRequest, pk: int) -> HttpResponseBase:
        account = find_account(request, pk)
        form = step.form(sent(request), initial=_initial(step, account))
        if form.is_valid():
            step.carry_out(account, form.cleaned_data, person_of(request))
            messages.success(request, str(step.done))
            return redirect(step.then, pk=pk)
        context = {"step": step, "account": account, "form": form, "about": str(account)}
        return render(request, "social/confirm.html", context)

    return view


def _initial(step: Step, account: Account) -> dict[str, Any]:
    return {"teams": account.teams.all()} if step.form is TeamsForm else {}


def _reason(data: dict[str, Any]) -> str:
    return data["reason"] or _("Stopped in a hurry; no reason was given.")


_hold = Step(
    gettext_lazy("Put this account on hold?"),
    gettext_lazy("Put it on hold"),
    gettext_lazy("The account is on hold. Nothing is sent to it."),
    (
        gettext_lazy("From this moment nothing is sent to it, not even what is waiting already."),
        gettext_lazy("Posts of withdrawn notices are still taken down."),
        gettext_lazy("Two people let it send again."),
    ),
    StopForm,
    lambda account, data, by: locks.hold(account, by=by, reason=_reason(data)),
    is_grave=True,
    then="social:care",
)
_lock = Step(
    gettext_lazy("Lock this account?"),
    gettext_lazy("Lock it"),
    gettext_lazy("The account is locked. Nothing is sent to it."),
    (
        gettext_lazy("From this moment nothing is sent to it, not even what is waiting already."),
        gettext_lazy("Your colleagues see that something is wrong with it."),
        gettext_lazy("Two people let it send again."),
    ),
    StopForm,
    lambda account, data, by: locks.lock(account, by=by, reason=_reason(data)),
    is_grave=True,
    then="social:care",
)
_teams = Step(
    gettext_lazy("Which teams post to this account?"),
    gettext_lazy("Save"),
    gettext_lazy("The teams are saved."),
    (gettext_lazy("What is approved already and names other posts has to be approved again."),),
    TeamsForm,
    lambda account, data, by: connecting.set_teams(account, data["teams"], by=by),
)
_disconnect = Step(
    gettext_lazy("Disconnect this account?"),
    gettext_lazy("Disconnect it"),
    gettext_lazy("The account is disconnected and its credentials are forgotten."),
    (
        gettext_lazy("The portal forgets how to sign in to it. You can connect it again later."),
        gettext_lazy("What waits for it is held and does not go out."),
        gettext_lazy("Posts already made stay where they are, and can no longer be taken down from here."),
    ),
    ConfirmForm,
    lambda account, data, by: connecting.disconnect(account, by=by),
    is_grave=True,
)

stop = account_people(_view_of(_hold))
lock = account_people(_view_of(_lock))
teams = lead_only(second_factor_recent(_view_of(_teams)))
disconnect = lead_only(second_factor_recent(_view_of(_disconnect)))


@require_safe
@account_people
def care(request: HttpRequest, pk: int) -> HttpResponse:
    """Show every rung of the ladder for an account something is wrong with, and which are taken."""
    account = find_account(request, pk)
    context = ladder.of(account) | {
        "account": account,
        "may_manage": manages_accounts(request.user),
        "is_locked": account.stop_level == StopLevel.LOCK,
        "standard_words": warnings.standard_words(account),
    }
    return render(request, "social/care.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@account_people
def stop_all(request: HttpRequest) -> HttpResponse:
    """Stop every account of the council: one page, one press, no second factor, no broker needed."""
    form = StopAllForm(sent(request))
    if form.is_valid():
        stopped = _stop_them(form.cleaned_data, person_of(request))
        messages.warning(request, _what_stopped(stopped))
        return redirect("social:accounts")
    running = Account.objects.connected().filter(locked_at__isnull=True).order_by("channel", "handle")
    return render(request, "social/stop_all.html", {"form": form, "running": running})


def _stop_them(data: dict[str, Any], by: User) -> int:
    """Stop first, warn afterwards: nothing that goes wrong with the words may delay the stop."""
    reason = data["reason"] or _("All posting was stopped.")
    if not data["warns_residents"]:
        return locks.hold_all(by=by, reason=reason)
    stopped = locks.lock_all(by=by, reason=reason)
    warnings.tell_of_all(by=by)
    return stopped


def _what_stopped(number: int) -> str:
    if not number:
        return _("Every account was stopped already.")
    sentence = ngettext(
        "%(number)d account is stopped. Nothing is posted until two people let it go on.",
        "%(number)d accounts are stopped. Nothing is posted until two people let them go on.",
        number,
    )
    return sentence % {"number": number}
