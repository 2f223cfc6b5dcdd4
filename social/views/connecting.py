"""Connecting accounts: by signing in on the platform, or with what the platform gave somebody."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import person_of, second_factor_age, second_factor_recent, sent
from accounts.models import Team
from outbox.errors import SendError

from .. import connecting
from ..connect import apps, journey
from ..connect.forms import AppForm, ChooseForm, ConnectForm, SignInForm
from ..connect.journey import JourneyBroken
from ..credentials import unseal
from ..enums import Channel
from ..models import Account
from ..publishers.base import SignsInByRedirect
from ..publishers.registry import publisher_for
from .accounts import CONFLICT, lead_only

_SAID: dict[Channel, str | Promise] = {
    Channel.FACEBOOK: gettext_lazy("A Page of the council. You sign in on Facebook and choose which one."),
    Channel.X: gettext_lazy("You sign in on X. Each post costs the council a little; a cap can be set."),
    Channel.MASTODON: gettext_lazy(
        "Any Mastodon server. You sign in there; it tells us how long a post may be."
    ),
    Channel.BLUESKY: gettext_lazy("With an app password, never the main one. Posts of up to 300 characters."),
    Channel.WEBHOOK: gettext_lazy("Any other program: it is told of each post by a signed call."),
    Channel.SANDBOX: gettext_lazy(
        "Looks like a platform, but nobody outside the portal sees it. For trying things out."
    ),
}


@require_safe
@lead_only
@second_factor_recent
def connect(request: HttpRequest) -> HttpResponse:
    """Ask which platform."""
    channels = [(one, _SAID[one], _signs_in(one)) for one in _offered()]
    return render(request, "social/connect.html", {"channels": channels})


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
    chosen = _find(channel)
    if apps.only_server(chosen):
        return redirect("social:sign_in", channel=channel)
    if request.method != "POST":
        return _page(request, chosen, ConnectForm(channel=chosen, initial=_known(request)))
    form = ConnectForm(request.POST, channel=chosen)
    account = _try_to_connect(request, chosen, form) if form.is_valid() else None
    if account is None:
        refused_by_platform = bool(form.non_field_errors())
        return _page(request, chosen, form, CONFLICT if refused_by_platform else 200)
    if chosen == Channel.WEBHOOK and not form.cleaned_data["secret"]:
        made = unseal(account.sealed_secrets)["secret"]
        return render(request, "social/connect_secret.html", {"account": account, "secret": made})
    return _connected(request, account)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@lead_only
@second_factor_recent
def sign_in(request: HttpRequest, channel: str) -> HttpResponseBase:
    """Send the person to the platform to sign in and agree."""
    chosen = _find(channel)
    if not _signs_in(chosen):
        return redirect("social:connect_to", channel=channel)
    server = apps.only_server(chosen)
    form = SignInForm(sent(request), server=server, initial=_known(request))
    if form.is_valid():
        try:
            return _leave(request, chosen, server or form.cleaned_data["base_url"], form)
        except SendError as refusal:
            form.refuse(refusal.message)
    context = {"form": form, "channel": chosen, "needs_app": server and not apps.app_for(chosen, server)}
    return render(request, "social/sign_in.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("secret")
@never_cache
@lead_only
@_without_secret_when_stale
@second_factor_recent
def app(request: HttpRequest, channel: str) -> HttpResponseBase:
    """Take what the platform gave the council's own program; it is sealed and never shown again."""
    chosen = _find(channel)
    server = apps.only_server(chosen)
    if not server:
        raise Http404
    form = AppForm(sent(request))
    if form.is_valid():
        said = form.cleaned_data
        apps.enter(chosen, server, said["client_id"], said["secret"], by=person_of(request))
        messages.success(
            request, _("The app is kept. Now sign in on %(channel)s.") % {"channel": chosen.label}
        )
        return redirect("social:sign_in", channel=channel)
    context = {"form": form, "channel": chosen, "redirect_uri": apps.redirect_uri()}
    return render(request, "social/connect_app.html", context)


@require_safe
@never_cache
@lead_only
@second_factor_recent
def connected(request: HttpRequest) -> HttpResponseBase:
    """Take the person back from the platform; nothing is stored before they press the last button."""
    if request.GET.get("error"):
        journey.forget(request.session)
        return _broken(request, _("You did not agree on the platform, so nothing was connected."))
    state, code = request.GET.get("state", ""), request.GET.get("code", "")
    try:
        journey.come_back(request.session, state, code, person_of(request).pk)
    except (JourneyBroken, SendError) as refusal:
        return _broken(request, str(refusal))
    return redirect("social:choose")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@lead_only
@second_factor_recent
def choose(request: HttpRequest) -> HttpResponseBase:
    """Let the person choose among the accounts that came home, and keep the one."""
    try:
        arrival = journey.arrived(request.session, person_of(request).pk)
    except JourneyBroken as refusal:
        return _broken(request, str(refusal))
    form = ChooseForm(sent(request), identities=arrival.identities)
    if not form.is_valid():
        context = {"form": form, "channel": Channel(arrival.channel)}
        return render(request, "social/connect_choose.html", context)
    wanted = form.cleaned_data["identity"]
    identity = next(one for one in arrival.identities if one.remote_account_id == wanted)
    account = connecting.keep(
        arrival.channel, arrival.base_url, identity, teams=_teams(arrival.teams), by=person_of(request)
    )
    journey.forget(request.session)
    return _connected(request, account)


def _leave(request: HttpRequest, channel: Channel, server: str, form: SignInForm) -> HttpResponseBase:
    found = apps.app_for(channel, server)
    if found is None:
        return redirect("social:app", channel=channel.value)
    teams = [team.pk for team in form.cleaned_data["teams"]]
    return HttpResponseRedirect(journey.leave(request.session, found, teams, person_of(request).pk))


@sensitive_variables("data")
def _try_to_connect(request: HttpRequest, channel: Channel, form: ConnectForm) -> Account | None:
    data = form.cleaned_data
    try:
        return connecting.connect(
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


def _connected(request: HttpRequest, account: Account) -> HttpResponseBase:
    said = {"account": account}
    if account.confirmed_at:
        messages.success(request, _("%(account)s is connected again.") % said)
    else:
        messages.success(
            request, _("%(account)s is connected. It is used once a second person has confirmed it.") % said
        )
    return redirect("social:account", pk=account.pk)


def _broken(request: HttpRequest, sentence: str) -> HttpResponseBase:
    messages.error(request, sentence)
    return redirect("social:connect")


def _page(request: HttpRequest, channel: Channel, form: Form, status: int = 200) -> HttpResponse:
    context = {"form": form, "channel": channel, "signs_in": _signs_in(channel)}
    return render(request, "social/connect_to.html", context, status=status)


def _find(channel: str) -> Channel:
    if channel not in {one.value for one in _offered()}:
        raise Http404
    return Channel(channel)


def _teams(ids: list[int]) -> QuerySet[Team]:
    return Team.objects.filter(pk__in=ids)


def _signs_in(channel: Channel) -> bool:
    return isinstance(publisher_for(channel), SignsInByRedirect)


def _known(request: HttpRequest) -> dict[str, Any]:
    """Return what is known of an account that is connected again; nothing for a new one."""
    wanted = request.GET.get("account", "")
    account = Account.objects.filter(pk=wanted).first() if wanted.isascii() and wanted.isdigit() else None
    if account is None:
        return {}
    return {"base_url": account.base_url, "handle": account.handle, "teams": account.teams.all()}


def _offered() -> list[Channel]:
    """Return the platforms one can connect to; the practice one where it is on."""
    return [one for one in _SAID if one != Channel.SANDBOX or settings.SANDBOX_NETWORK]
