"""The documents of a draft: listed, added, taken off."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts import permissions
from accounts.access import person_of
from updates import desk, drafting
from updates.documents import keeping
from updates.documents.pdf import Cleaned, DocumentRefused
from updates.forms.document import DocumentForm
from updates.models import Edition

from .edit import seen_version
from .start import authors_only

CONFLICT = 409


@require_http_methods(["GET", "HEAD", "POST"])
@authors_only
def documents(request: HttpRequest, reference: str, number: int) -> HttpResponseBase:
    """List an edition's documents and, while it is a draft, take in another."""
    edition = _edition(request, reference, number)
    if request.method != "POST":
        return _page(request, edition, DocumentForm())
    form = DocumentForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, edition, form)
    try:
        clean = _add(request, edition, form.cleaned_data)
    except DocumentRefused as refusal:
        form.add_error("file", str(refusal))
        return _page(request, edition, form)
    except (drafting.DraftChanged, drafting.DraftClosed) as late:
        form.add_error(None, str(late))
        return _page(request, desk.find_edition(reference, number), form, CONFLICT)
    messages.success(request, _added(clean))
    return redirect("desk:documents", reference=edition.notice.reference, number=edition.number)


@require_POST
@authors_only
def remove(request: HttpRequest, reference: str, number: int) -> HttpResponseBase:
    """Take one document off a draft."""
    edition = _edition(request, reference, number)
    person, seen = person_of(request), seen_version(request)
    try:
        keeping.remove(edition, request.POST.get("sha256", ""), seen_version=seen, by=person)
    except (drafting.DraftChanged, drafting.DraftClosed) as late:
        messages.error(request, str(late))
    else:
        messages.success(request, _("The document is off the notice."))
    return redirect("desk:documents", reference=edition.notice.reference, number=edition.number)


def _edition(request: HttpRequest, reference: str, number: int) -> Edition:
    edition = desk.find_edition(reference, number)
    if not permissions.may_write(person_of(request), edition.notice.team, edition.notice.kind):
        raise PermissionDenied
    return edition


def _add(request: HttpRequest, edition: Edition, data: dict[str, Any]) -> Cleaned:
    upload = data["file"]
    seen, by = seen_version(request), person_of(request)
    return keeping.add(edition, upload, upload.size, data["title"], seen_version=seen, by=by)


def _added(clean: Cleaned) -> str:
    said = [_("The document is on the notice. Who made it, when and with what was taken out.")]
    if clean.had_comments:
        said.append(_("Comments in it were taken out too."))
    if clean.covered_pages:
        said.append(_("Look at it again: words lie under boxes, and anybody can copy them."))
    return " ".join(said)


def _page(request: HttpRequest, edition: Edition, form: DocumentForm, status: int = 200) -> HttpResponse:
    context = {
        "edition": edition,
        "notice": edition.notice,
        "form": form,
        "documents": list(edition.documents.all()),
        "is_full": edition.documents.count() >= keeping.MOST_DOCUMENTS,
    }
    return render(request, "desk/documents.html", context, status=status)
