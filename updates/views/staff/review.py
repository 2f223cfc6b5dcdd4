"""Reading a live notice again: “still right”, or a new edition; and who is reminded of it."""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.access import person_of, role_required, sent
from accounts.enums import Role
from accounts.models import User
from look import times
from look.fields import DayField
from updates import desk
from updates.enums import Status
from updates.models import Edition, Notice
from updates.writing import review

from . import page

CONFLICT = 409
USUALLY = timedelta(days=91)
writers_only = role_required(Role.AUTHOR, Role.APPROVER)


class StillRightForm(forms.Form):
    """When it is read again."""

    next_on = DayField(
        label=gettext_lazy("Read it again on"),
        help_text=gettext_lazy("Whoever owns the notice is reminded a week before, and on the day."),
        error_messages={"required": gettext_lazy("Choose the day on which it is read again.")},
    )


class OwnerForm(forms.Form):
    """Whose the notice is from now on."""

    owner = forms.ModelChoiceField(
        label=gettext_lazy("Who looks after it?"),
        queryset=User.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": gettext_lazy("Choose who looks after it.")},
    )

    def __init__(self, *args: object, notice: Notice, **kwargs: object) -> None:
        """Offer the people who write for the notice's team."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["owner"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = User.objects.filter(pk__in=[person.pk for person in review.candidates(notice)])


@require_http_methods(["GET", "HEAD", "POST"])
@writers_only
def still_right(request: HttpRequest, reference: str, number: int) -> HttpResponseBase:
    """Show the live words and take that they still hold, or lead to a new edition."""
    edition, person = desk.find_edition(reference, number), person_of(request)
    if not review.may_look(person, edition.notice):
        raise PermissionDenied
    usual = times.in_zone(timezone.now()).date() + USUALLY
    form = StillRightForm(sent(request), initial={"next_on": usual})
    if request.method != "POST" or not form.is_valid():
        return _page(request, edition, form)
    try:
        review.still_right(edition, by=person, next_on=form.cleaned_data["next_on"])
    except review.ReviewRefused as refusal:
        form.add_error("next_on", str(refusal))
        return _page(request, desk.find_edition(reference, number), form, CONFLICT)
    messages.success(request, _("Thank you. It is kept that you read it and that it still holds."))
    return redirect("desk:edition", reference=edition.notice.reference, number=edition.number)


def _page(request: HttpRequest, edition: Edition, form: forms.Form, status: int = 200) -> HttpResponse:
    context = {
        "edition": edition,
        "notice": edition.notice,
        "form": form,
        "residents": page.residents_see(edition),
        "is_live": edition.status == Status.PUBLISHED,
    }
    return render(request, "desk/still_right.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@writers_only
def owner(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Ask who looks after a notice, and keep it."""
    notice, person = desk.find_notice(reference), person_of(request)
    if not review.may_look(person, notice):
        raise PermissionDenied
    form = OwnerForm(sent(request), notice=notice, initial={"owner": notice.owner_id})
    if request.method == "POST" and form.is_valid():
        try:
            review.change_owner(notice, by=person, owner=form.cleaned_data["owner"])
        except review.ReviewRefused as refusal:
            form.add_error("owner", str(refusal))
        else:
            messages.success(
                request, _("%(name)s looks after it now.") % {"name": form.cleaned_data["owner"]}
            )
            return redirect("desk:notice", reference=notice.reference)
    context = {"notice": notice, "form": form, "edition": desk.edition_to_show(notice)}
    return render(request, "desk/owner.html", context)
