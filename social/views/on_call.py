"""The list of people and services that are called when something is wrong with an account."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import person_of, role_required, second_factor_recent, sent
from accounts.enums import Role

from ..alarms import calling, contacts
from ..alarms.forms import ContactForm

leads_and_administrators = role_required(Role.COMMUNICATIONS_LEAD, Role.ADMINISTRATOR)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@leads_and_administrators
@second_factor_recent
def on_call(request: HttpRequest) -> HttpResponse:
    """Show who is called, and put somebody on the list; a webhook's secret is shown once."""
    form, secret = ContactForm(sent(request)), ""
    if form.is_valid():
        contact, secret = contacts.add(**form.cleaned_data, by=person_of(request))
        messages.success(request, _("%(name)s is on the list.") % {"name": contact.name})
        if not secret:
            return redirect("social:on_call")
        form = ContactForm()
    return render(
        request, "social/on_call.html", {"form": form, "listed": contacts.listed(), "secret": secret}
    )


@require_POST
@leads_and_administrators
@second_factor_recent
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take somebody off the list."""
    contact = get_object_or_404(contacts.listed(), pk=pk)
    contacts.remove(contact, by=person_of(request))
    messages.success(request, _("%(name)s is not called any more.") % {"name": contact.name})
    return redirect("social:on_call")


@require_POST
@leads_and_administrators
def try_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a test call."""
    contact = get_object_or_404(contacts.listed(), pk=pk)
    calling.try_out(contact)
    messages.success(request, _("%(name)s is being called, to try it out.") % {"name": contact.name})
    return redirect("social:on_call")
