"""The editor saving by itself: what can be saved is, the rest is kept as typed; answers a script, in JSON."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts import permissions
from accounts.access import person_of
from accounts.models import User
from look import times
from updates import desk, drafting
from updates.forms.edition import EditionForm
from updates.models import Edition
from updates.writing import scratch

from .edit import keep, seen_version
from .start import authors_only

CONFLICT, TOO_LARGE = 409, 413
NAMED = 3


@require_http_methods(["GET", "HEAD", "POST"])
@authors_only
@never_cache
def autosave(request: HttpRequest, reference: str, number: int) -> HttpResponseBase:
    """Take what stands in the editor; a GET hands a page its token after signing in again elsewhere."""
    edition, person = desk.find_edition(reference, number), person_of(request)
    if not permissions.may_write(person, edition.notice.team, edition.notice.kind):
        raise PermissionDenied
    if request.method != "POST":
        return JsonResponse({"token": get_token(request), "version": edition.version})
    try:
        return _take(request, edition, person)
    except scratch.TooLong:
        sentence = _("This is too long to be kept. Shorten it; until then only this page has it.")
        return _answer("too_long", sentence, edition.version, TOO_LARGE)


def _take(request: HttpRequest, edition: Edition, by: User) -> JsonResponse:
    form = EditionForm(request.POST, edition=edition, by=by)
    seen = seen_version(request)
    if not form.is_valid():
        scratch.keep(edition, by, request.POST, seen)
        return _answer("kept", _kept_sentence(form), seen)
    if edition.is_editable and not form.against(edition):
        scratch.forget(edition, by)
        return _saved(edition)
    try:
        saved = keep(form, edition, seen, by)
    except drafting.DraftChanged:
        scratch.keep(edition, by, request.POST, seen)
        return _answer("clash", _clash_sentence(edition, by), seen, CONFLICT)
    except drafting.DraftClosed as closed:
        scratch.keep(edition, by, request.POST, seen)
        sentence = _("%(why)s What you typed is kept for you: press “Save and check” to see it.")
        return _answer("closed", sentence % {"why": closed}, seen, CONFLICT)
    return _saved(saved)


def _saved(edition: Edition) -> JsonResponse:
    sentence = _("Saved at %(time)s.") % {"time": _clock()}
    return _answer("saved", sentence, edition.version)


def _kept_sentence(form: EditionForm) -> str:
    labels = [str(form.fields[name].label) for name in form.errors if name in form.fields]
    sentence = ngettext(
        "Kept for you at %(time)s, not yet saved: one thing has to be put right (%(what)s).",
        "Kept for you at %(time)s, not yet saved: %(count)s things have to be put right (%(what)s).",
        len(labels),
    )
    more = "…" if len(labels) > NAMED else ""
    what = ", ".join(labels[:NAMED]) + more
    return sentence % {"time": _clock(), "count": len(labels), "what": what}


def _clash_sentence(edition: Edition, by: User) -> str:
    others = edition.contributions.select_related("person").exclude(person=by)
    last = others.order_by("-last_at").first()
    start = (
        _("%(name)s saved this while you were writing, or you did in another window.") % {"name": last.person}
        if last
        else _("You saved this in another window.")
    )
    return _("%(start)s What you typed is kept: press “Save and check” to see both.") % {"start": start}


def _clock() -> str:
    return times.words(timezone.now(), "time")


def _answer(state: str, sentence: str, version: int, status: int = 200) -> JsonResponse:
    return JsonResponse({"state": state, "sentence": sentence, "version": version}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@authors_only
def forget(request: HttpRequest, reference: str, number: int) -> HttpResponseBase:
    """Throw away what was kept for the person and show the draft as it is saved."""
    edition = desk.find_edition(reference, number)
    if request.method == "POST":
        scratch.forget(edition, person_of(request))
    return redirect("desk:edit", reference=edition.notice.reference, number=edition.number)
