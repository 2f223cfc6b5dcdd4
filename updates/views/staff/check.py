"""Checking what somebody is writing; answers and changes nothing."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts import permissions
from accounts.access import person_of
from updates import desk
from updates.forms.edition import EditionForm

from .edit import seen_version, show
from .start import authors_only


@require_POST
@authors_only
@never_cache
def check(request: HttpRequest, reference: str, number: int) -> HttpResponseBase:
    """Say what the checks find in the words that were sent: the whole editor, or its parts for a script."""
    edition, person = desk.find_edition(reference, number), person_of(request)
    if not permissions.may_write(person, edition.notice.team, edition.notice.kind):
        raise PermissionDenied
    form = EditionForm(request.POST, request.FILES, edition=edition, by=person)
    if "part" in request.POST:
        return _parts(request, form)
    form.ask_for_nothing()
    form.show_findings()
    return show(request, edition, form, seen_version(request), checked=_said(form))


def _parts(request: HttpRequest, form: EditionForm) -> HttpResponse:
    form.show_findings()
    return render(request, "desk/parts/found.html", {"checked": _said(form)})


def _said(form: EditionForm) -> dict[str, Any]:
    fields = [
        {"id": form[name].id_for_label, "label": field.label, "findings": findings}
        for name, field in form.fields.items()
        if (findings := getattr(field, "findings", None))
    ]
    found = sum(len(field["findings"]) for field in fields)
    return {"found": found, "summary": _summary(found, fields), "fields": fields}


def _summary(found: int, fields: list[dict[str, Any]]) -> str:
    if not found:
        return _("The checks found nothing to look at.")
    sentence = ngettext(
        "The checks found %(count)s thing to look at: %(fields)s.",
        "The checks found %(count)s things to look at: %(fields)s.",
        found,
    )
    return sentence % {"count": found, "fields": ", ".join(str(field["label"]) for field in fields)}
