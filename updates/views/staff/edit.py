"""The editor: writing a draft, and what happens when somebody else saved first."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import permissions
from accounts.models import User
from updates import desk, drafting, link_watch
from updates.forms.edition import EditionForm
from updates.models import DraftScratch, Edition
from updates.writing import scratch

from .start import authors_only

CONFLICT = 409


@require_http_methods(["GET", "HEAD", "POST"])
@authors_only
def edit(request: HttpRequest, reference: str, number: int) -> HttpResponseBase:
    """Show and save the words of a draft; nothing typed is lost, whatever is refused."""
    edition = desk.find_edition(reference, number)
    assert isinstance(request.user, User)
    if not permissions.may_write(request.user, edition.notice.team, edition.notice.kind):
        raise PermissionDenied
    if request.method == "POST":
        return _save(request, edition, request.user)
    if kept := scratch.of(edition, request.user):
        return _resumed(request, edition, kept)
    if not edition.is_editable:
        return _closed(request, edition, _("Only a draft can be changed. Its status is shown here."))
    return show(request, edition, EditionForm(edition=edition, by=request.user), edition.version)


def _resumed(request: HttpRequest, edition: Edition, kept: DraftScratch) -> HttpResponseBase:
    """Show what the person typed last time and could not save, as if they had just pressed the button."""
    form = EditionForm(scratch.as_form(kept), edition=edition, by=kept.person)
    form.is_valid()
    if not edition.is_editable:
        sentence = _("This edition is “%(status)s” now.") % {"status": edition.get_status_display()}
        return _closed(request, edition, sentence, form)
    if kept.seen_version != edition.version:
        return _clash(request, edition, form, kept)
    return show(request, edition, form, edition.version, kept=kept)


def _save(request: HttpRequest, edition: Edition, by: User) -> HttpResponseBase:
    form = EditionForm(request.POST, request.FILES, edition=edition, by=by)
    seen = seen_version(request)
    if "add" in request.POST:
        form.ask_for_nothing()
        return show(request, edition, form, seen)
    if not form.is_valid():
        return show(request, edition, form, seen)
    try:
        saved = keep(form, edition, seen, by)
    except drafting.DraftChanged as clash:
        return _clash(request, clash.current, form)
    except drafting.DraftClosed as closed:
        return _closed(request, edition, str(closed), form)
    messages.success(request, _saved(form))
    page = "desk:edit" if "stay" in request.POST else "desk:edition"
    return redirect(page, reference=saved.notice.reference, number=saved.number)


def _saved(form: EditionForm) -> str:
    if not form.taken_out:
        return _("Saved.")
    told = ", ".join(form.taken_out)
    return _("Saved. What the picture told besides was taken out of it: %(told)s.") % {"told": told}


def keep(form: EditionForm, edition: Edition, seen: int, by: User) -> Edition:
    """Save a valid form over a draft at version `seen`; raises DraftChanged and DraftClosed."""
    saved = drafting.save_draft(
        edition,
        seen_version=seen,
        by=by,
        fields=form.words,
        wards=form.cleaned_data["wards"],
        streets=form.chosen_streets,
        detail=form.detail,
        rows=form.lists,
    )
    scratch.forget(edition, by)
    link_watch.want(saved)
    return saved


def seen_version(request: HttpRequest) -> int:
    """Return the version of the draft that was on the screen."""
    # Anything but a number counts as "never seen", which can only lead to being told of newer words.
    typed = request.POST.get("version", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0  # noqa: PLR2004


def _clash(
    request: HttpRequest, current: Edition, form: EditionForm, kept: DraftScratch | None = None
) -> HttpResponse:
    """Show what the other person saved beside what was typed; saving again is then on purpose."""
    last = current.contributions.select_related("person").exclude(person=form.by).order_by("-last_at").first()
    clash = {"who": last.person if last else None, "at": current.saved_at, "rows": form.against(current)}
    return show(request, current, form, current.version, clash=clash, kept=kept, status=CONFLICT)


def _closed(
    request: HttpRequest, edition: Edition, sentence: str, form: EditionForm | None = None
) -> HttpResponseBase:
    """Say why it cannot be written any more; what was typed stays on the page to be copied."""
    if form is None:
        messages.info(request, sentence)
        return redirect("desk:edition", reference=edition.notice.reference, number=edition.number)
    context = {"edition": edition, "notice": edition.notice, "sentence": sentence, "form": form}
    return render(request, "desk/closed.html", context, status=CONFLICT)


def show(
    request: HttpRequest,
    edition: Edition,
    form: EditionForm,
    version: int,
    *,
    clash: dict[str, Any] | None = None,
    kept: DraftScratch | None = None,
    checked: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Return the editor with `form` in it, and under each text what the checks find there."""
    form.show_findings()
    context = {
        "edition": edition,
        "notice": edition.notice,
        "form": form,
        "version": version,
        "clash": clash,
        "kept": kept,
        "checked": checked,
    }
    return render(request, "desk/edit.html", context, status=status)
