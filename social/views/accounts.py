"""The accounts' pages: the board, and how one is."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import role_required
from accounts.enums import Role

from .. import account_care, board
from ..board_filter import BoardFilter
from ..forms import DeliveryFilter
from ..models import Account
from ..permissions import ACCOUNT_ROLES, manages_accounts
from ..planning import limits_of
from ..publishers.registry import publisher_for

ON_A_PAGE = 25
CONFLICT = 409

account_people = role_required(*ACCOUNT_ROLES)
lead_only = role_required(Role.COMMUNICATIONS_LEAD)


@require_safe
@account_people
def accounts(request: HttpRequest) -> HttpResponse:
    """Show every account that concerns the person: how it is and what waits for it."""
    form, rows = BoardFilter(request.GET), board.board_of(request.user)
    gone = board.accounts_of(request.user).filter(disconnected_at__isnull=False)
    context = {
        "rows": form.narrow(rows),
        "form": form,
        "has_accounts": bool(rows),
        "gone": gone,
        "may_manage": manages_accounts(request.user),
    }
    return render(request, "social/accounts.html", context)


@require_safe
@account_people
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one account: its health and limits, what can be done, and what was sent to it."""
    shown = find_account(request, pk)
    form = DeliveryFilter(request.GET)
    state = form.chosen()
    page = Paginator(board.deliveries_of(shown, state), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "row": board.rows_of([shown])[0],
        "account": shown,
        "limits": limits_of(shown),
        "needs_secret": publisher_for(shown.channel).needs_secret,
        "may_manage": manages_accounts(request.user),
        "form": form,
        "page": page,
        "query": f"state={state}&" if state else "",
    }
    return render(request, "social/account.html", context)


@require_POST
@lead_only
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the platform now whether the account can post."""
    shown = find_account(request, pk)
    error = account_care.check(shown.pk)
    if shown.disconnected_at:
        messages.info(request, _("The account is not connected, so there is nothing to ask."))
    elif error is None:
        messages.success(request, _("The platform answered: the account can post."))
    else:
        messages.error(request, error.message)
    return redirect("social:account", pk=pk)


def find_account(request: HttpRequest, pk: int) -> Account:
    """Return an account that concerns the person; 404 otherwise."""
    return get_object_or_404(board.accounts_of(request.user), pk=pk)
