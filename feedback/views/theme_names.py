"""The form with which a theme gets a name; the rule lives in theme_names."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.access import role_required
from accounts.enums import Role

from .. import theme_names
from ..models import Theme


class NameForm(forms.Form):
    """What a theme is called."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("Leave it empty to go back to the words that were found."),
    )


@role_required(Role.COMMUNICATIONS_LEAD)
@require_http_methods(["GET", "HEAD", "POST"])
def name(request: HttpRequest, pk: int) -> HttpResponse:
    """Show and change what a theme is called."""
    theme = get_object_or_404(Theme, pk=pk)
    form = NameForm(request.POST or None, initial={"name": theme.given_label})
    if form.is_bound and form.is_valid():
        theme_names.rename(theme, form.cleaned_data["name"], by=request.user)
        messages.success(request, _("The theme is called “%(name)s”.") % {"name": theme})
        return redirect("inbox:summary")
    crumbs = [(_("Summary"), reverse("inbox:summary")), (str(theme), None)]
    context = {"form": form, "theme": theme, "crumbs": crumbs}
    return render(request, "feedback/theme.html", context, status=400 if form.errors else 200)
