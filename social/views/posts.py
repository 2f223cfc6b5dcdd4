"""How an account's posts look and what they may cost: the council's template, the link, the monthly cap."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import person_of, second_factor_recent
from updates.models import Notice

from .. import wording_template
from ..cards import Card, planned_card
from ..forms import PostSettingsForm
from ..models import Account
from ..planning import preview
from ..post_settings import PostSettings, change, settings_of
from .accounts import find_account, lead_only


@require_http_methods(["GET", "HEAD", "POST"])
@lead_only
@second_factor_recent
def posts(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show and save how an account's posts look, with a sample; nothing typed is lost."""
    account = find_account(request, pk)
    now = settings_of(account)
    if request.method != "POST":
        return _page(request, account, PostSettingsForm(account=account, now=now), now)
    form = PostSettingsForm(request.POST, account=account, now=now)
    if not form.is_valid():
        return _page(request, account, form, now)
    if "preview" in request.POST:
        return _page(request, account, form, form.wanted())
    if change(account, form.wanted(), by=person_of(request)):
        messages.success(
            request, _("Saved. What is approved already and named other posts has to be approved again.")
        )
    else:
        messages.info(request, _("Nothing was changed."))
    return redirect("social:account", pk=pk)


def _page(
    request: HttpRequest, account: Account, form: PostSettingsForm, shown: PostSettings
) -> HttpResponse:
    context: dict[str, Any] = {
        "account": account,
        "form": form,
        "sample": _sample(account, shown),
        "placeholders": [(f"{{{name}}}", words) for name, words in wording_template.PLACEHOLDERS.items()],
    }
    return render(request, "social/posts.html", context)


def _sample(account: Account, shown: PostSettings) -> Card | None:
    """Return the newest notice of the account's teams as it would look; None when there is none yet."""
    standing = Notice.objects.live().filter(team__in=account.teams.all()).with_live_edition()
    newest = standing.order_by("-live_edition__published_at").first()
    if newest is None or newest.live_edition is None:
        return None
    # An account that is never saved: as it would be with these settings.
    pretended = Account.objects.get(pk=account.pk)
    pretended.template, pretended.includes_link = shown.template, shown.includes_link
    pretended.monthly_cap = shown.monthly_cap
    return planned_card(preview(newest.live_edition, pretended, ""))
