"""The accounts' pages: the board, connecting one, and how one is; the rules live in connecting and locks."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import person_of, role_required, second_factor_age, second_factor_recent
from accounts.enums import Role
from outbox.errors import SendError

from .. import account_care, board
from ..connecting import connect as connect_account
from ..enums import Channel
from ..forms import ConnectForm, DeliveryFilter
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
    gone = board.accounts_of(request.user).filter(disconnected_at__isnull=False)
    context = {
        "rows": board.board_of(request.user),
        "gone": gone,
        "may_manage": manages_accounts(request.user),
    }
    return render(request, "social/accounts.html", context)


@require_safe
@lead_only
@second_factor_recent
def connect(request: HttpRequest) -> HttpResponse:
    """Ask which platform."""
    return render(request, "social/connect.html", {"channels": _offered()})


def _without_secret_when_stale(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Drop the secret from a POST that waits in the session for the second factor: it must not lie there."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and second_factor_age(request) > settings.SECOND_FACTOR_FRESH_SECONDS:
            kept = request.POST.copy()
            kept.pop("secret", None)
            request.POST = kept  # type: ignore[assignment]
        return view(request, *args, **kwargs)

    return wrapper


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("secret")
@never_cache
@lead_only
@_without_secret_when_stale
@second_factor_recent
def connect_to(request: HttpRequest, channel: str) -> HttpResponseBase:
    """Ask for what the platform needs and try it; nothing is kept of an account that does not let us in."""
    if channel not in {offered.value for offered, _said in _offered()}:
        raise Http404
    if request.method != "POST":
        return _connect_page(request, channel, ConnectForm(channel=Channel(channel), initial=_known(request)))
    form = ConnectForm(request.POST, channel=Channel(channel))
    account = _try_to_connect(request, channel, form) if form.is_valid() else None
    if account is None:
        refused_by_platform = bool(form.non_field_errors())
        return _connect_page(request, channel, form, CONFLICT if refused_by_platform else 200)
    messages.success(request, _("%(account)s is connected.") % {"account": account})
    return redirect("social:account", pk=account.pk)


@sensitive_variables("data")
def _try_to_connect(request: HttpRequest, channel: str, form: ConnectForm) -> Account | None:
    data = form.cleaned_data
    try:
        return connect_account(
            channel,
            base_url=data.get("base_url", ""),
            handle=data["handle"],
            secret=data.get("secret", ""),
            teams=data["teams"],
            by=person_of(request),
        )
    except SendError as refusal:
        form.refuse(refusal.message)
        return None


def _connect_page(request: HttpRequest, channel: str, form: ConnectForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "channel": Channel(channel)}
    return render(request, "social/connect_to.html", context, status=status)


def _known(request: HttpRequest) -> dict[str, Any]:
    """Return what is known of an account that is connected again; nothing for a new one."""
    wanted = request.GET.get("account", "")
    account = Account.objects.filter(pk=wanted).first() if wanted.isascii() and wanted.isdigit() else None
    if account is None:
        return {}
    return {"base_url": account.base_url, "handle": account.handle, "teams": account.teams.all()}


def _offered() -> list[tuple[Channel, str]]:
    """Return the platforms one can connect to, each with a sentence; the practice one where it is on."""
    said = {
        Channel.BLUESKY: _("Posts of up to 300 characters, with the picture or a card for the notice."),
        Channel.MASTODON: _("Any Mastodon server; it tells us how long a post may be."),
        Channel.SANDBOX: _(
            "Looks like a platform, but nobody outside the portal sees it. For trying things out."
        ),
    }
    return [(ch, words) for ch, words in said.items() if ch != Channel.SANDBOX or settings.SANDBOX_NETWORK]


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
