"""Warning residents about an account, and ending the warning."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import person_of, second_factor_recent, sent

from ..models import Account
from ..stopping import warnings
from ..stopping.forms import WarningForm
from .accounts import account_people, find_account, lead_only


@require_POST
@account_people
def warn(request: HttpRequest, pk: int) -> HttpResponse:
    """Warn residents with the ready-made sentence: one press, by anybody who may stop the account."""
    account = find_account(request, pk)
    _tell(request, account, warnings.standard_words(account))
    return redirect("social:care", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@lead_only
@second_factor_recent
def warn_in_own_words(request: HttpRequest, pk: int) -> HttpResponse:
    """Warn residents in words of one's own, or change what they read."""
    account = find_account(request, pk)
    words = account.public_warning or warnings.standard_words(account)
    form = WarningForm(sent(request), initial={"text": words})
    if form.is_valid():
        _tell(request, account, form.cleaned_data["text"])
        return redirect("social:care", pk=pk)
    drill = account.drills.filter(ended_at__isnull=True).first()
    return render(request, "social/warning.html", {"account": account, "form": form, "drill": drill})


@require_POST
@lead_only
@second_factor_recent
def end_warning(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop warning residents."""
    if warnings.end(find_account(request, pk), by=person_of(request)):
        messages.success(request, _("Residents are no longer warned about this account."))
    return redirect("social:care", pk=pk)


def _tell(request: HttpRequest, account: Account, text: str) -> None:
    if warnings.tell(account, text, by=person_of(request)):
        messages.success(request, _("Every page for residents says so now."))
    else:
        messages.success(request, _("Drill: the words are kept, and no resident sees them."))
