"""Preview links of an edition: made, shown once, listed, revoked."""

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.access import person_of, role_required, sent
from accounts.enums import Role
from updates import desk
from updates.enums import OPEN_STATUSES
from updates.forms.texts import no_hidden_direction
from updates.models import Edition, PreviewLink
from updates.writing import previews

writers_only = role_required(Role.AUTHOR, Role.APPROVER)


class LinkForm(forms.Form):
    """What a link is for and how long it works."""

    purpose = forms.CharField(
        label=gettext_lazy("What is it for?"),
        max_length=80,
        help_text=gettext_lazy(
            "For your colleagues, such as “the contractor’s site office”. Name no person."
        ),
        validators=[no_hidden_direction],
    )
    days = forms.IntegerField(
        label=gettext_lazy("For how many days?"),
        min_value=1,
        max_value=previews.LONGEST_DAYS,
        initial=3,
        help_text=gettext_lazy("1 to 14. It ends sooner when the edition is published or discarded."),
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-2"}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@writers_only
@never_cache
def links(request: HttpRequest, reference: str, number: int) -> HttpResponseBase:
    """List an edition's links and make one; its address is shown once, on the answer itself."""
    edition = desk.find_edition(reference, number)
    person = person_of(request)
    if not previews.may_share(person, edition):
        raise PermissionDenied
    form = LinkForm(sent(request))
    if request.method != "POST" or not form.is_valid():
        return _page(request, edition, form)
    try:
        link, token = previews.make_link(edition, by=person, **form.cleaned_data)
    except previews.LinkRefused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, edition, form)
    # No redirect: the address would have to be kept somewhere for it. A reload asks first, and makes another.
    address = f"{settings.PORTAL_URL}{reverse('updates:preview_link', args=[token])}"
    return _page(request, edition, LinkForm(), made=link, address=address)


def _page(
    request: HttpRequest,
    edition: Edition,
    form: LinkForm,
    made: PreviewLink | None = None,
    address: str = "",
) -> HttpResponse:
    now = timezone.now()
    context = {
        "edition": edition,
        "notice": edition.notice,
        "form": form,
        "made": made,
        "address": address,
        "is_open": edition.status in OPEN_STATUSES,
        "rows": [(link, previews.is_alive(link, now)) for link in previews.links_of(edition)],
    }
    return render(request, "desk/preview_links.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@writers_only
def revoke(request: HttpRequest, reference: str, number: int, pk: int) -> HttpResponseBase:
    """End one link; an address typed or kept (GET) changes nothing."""
    edition = desk.find_edition(reference, number)
    if request.method == "POST":
        link = get_object_or_404(PreviewLink.objects.filter(edition=edition), pk=pk)
        link.edition = edition
        previews.revoke(link, by=person_of(request))
        messages.success(request, _("The link does not work any more."))
    return redirect("desk:preview_links", reference=edition.notice.reference, number=edition.number)
