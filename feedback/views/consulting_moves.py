"""Decisions about a consultation: each on a page that says what will happen; the rules live in stages."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import person_of, role_required, second_factor_recent, sent

from ..consultations import checklist, closing, showing, stages
from ..consultations.stages import Refused
from ..consultations.transitions import TRANSITIONS, Act
from ..consultations.waiting import open_extension
from ..consulting_forms import LongerForm, MoveForm
from ..models import Consultation
from ..permissions import CONSULTATION_WRITERS
from .consulting import crumbs, find

CONFLICT = 409


@dataclass(frozen=True)
class Errand:
    """What a page of decision asks and says will happen."""

    heading: str | Promise
    consequences: tuple[str | Promise, ...]
    done: str | Promise
    is_grave: bool = False
    shows_words: bool = False


ERRANDS: dict[Act, Errand] = {
    Act.SUBMIT: Errand(
        gettext_lazy("Send it to a second person?"),
        (
            gettext_lazy("Nobody can change it until it is returned or taken back."),
            gettext_lazy("An approver who wrote no part of it reads it and publishes it."),
        ),
        gettext_lazy("It waits for a second person."),
    ),
    Act.TAKE_BACK: Errand(
        gettext_lazy("Take it back?"),
        (gettext_lazy("It is a draft again and can be changed."),),
        gettext_lazy("It is a draft again."),
    ),
    Act.RETURN: Errand(
        gettext_lazy("Return it with a reason?"),
        (gettext_lazy("It is a draft again, and its writers read your reason."),),
        gettext_lazy("It was returned."),
    ),
    Act.PUBLISH: Errand(
        gettext_lazy("Publish it?"),
        (
            gettext_lazy("Everybody can read it at once, and answer from the moment it opens."),
            gettext_lazy("No word of it can be changed afterwards; only its closing can be put off."),
        ),
        gettext_lazy("It is public."),
        shows_words=True,
    ),
    Act.DISCARD: Errand(
        gettext_lazy("Discard it?"),
        (gettext_lazy("It was never public. It stays in the list as called off."),),
        gettext_lazy("It is discarded."),
        is_grave=True,
    ),
    Act.CALL_OFF: Errand(
        gettext_lazy("Call it off?"),
        (
            gettext_lazy("It takes no more answers from this moment, and cannot be opened again."),
            gettext_lazy("The page stays, with your reason for everybody to read."),
        ),
        gettext_lazy("It is called off."),
        is_grave=True,
    ),
    Act.ARCHIVE: Errand(
        gettext_lazy("Archive it?"),
        (gettext_lazy("It leaves the lists of what is to be done. Its page and its outcome stay public."),),
        gettext_lazy("It is archived."),
    ),
}


@role_required(*CONSULTATION_WRITERS)
@second_factor_recent
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, reference: str, act: str) -> HttpResponse:
    """Ask about one move, and make it."""
    if act not in ERRANDS:
        raise Http404
    shown, wanted = find(request, reference), Act(act)
    form = MoveForm(sent(request), initial={"version": shown.version})
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            stages.perform(
                wanted,
                shown,
                by=person_of(request),
                note=form.cleaned_data["note"],
                seen_version=form.cleaned_data["version"],
            )
        except Refused as refusal:
            form.add_error("note" if _lacks_note(wanted, form) else None, str(refusal))
            status = CONFLICT
        else:
            messages.success(request, str(ERRANDS[wanted].done))
            return redirect("consulting:page", shown.reference)
    return render(request, "feedback/consulting/move.html", _move_context(shown, wanted, form), status=status)


def _lacks_note(act: Act, form: MoveForm) -> bool:
    return TRANSITIONS[act].needs_note and not form.cleaned_data["note"]


def _move_context(shown: Consultation, act: Act, form: MoveForm) -> dict[str, object]:
    transition, errand = TRANSITIONS[act], ERRANDS[act]
    if not transition.needs_note:
        del form.fields["note"]
    return {
        "consultation": shown,
        "errand": errand,
        "label": transition.label,
        "form": form,
        "items": showing.items_of(shown) if errand.shows_words else [],
        "gaps": checklist.gaps(shown) if errand.shows_words else [],
        "crumbs": crumbs(shown, str(transition.label)),
    }


@role_required(*CONSULTATION_WRITERS)
@require_http_methods(["GET", "HEAD", "POST"])
def longer(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask a second person to let it stay open longer."""
    shown = find(request, reference)
    form = LongerForm(sent(request), initial={"closes_at": shown.closes_at})
    if request.method == "POST" and form.is_valid():
        try:
            closing.ask_longer(shown, by=person_of(request), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("A second person is asked to agree."))
            return redirect("consulting:page", shown.reference)
    context = {"form": form, "consultation": shown, "crumbs": crumbs(shown, _("Close later"))}
    return render(request, "feedback/consulting/longer.html", context)


@role_required(*CONSULTATION_WRITERS)
@second_factor_recent
@require_POST
def decide_longer(request: HttpRequest, reference: str) -> HttpResponse:
    """Agree to a later closing time, or leave it as it is."""
    shown = find(request, reference)
    extension = open_extension(shown)
    try:
        if extension is None:
            raise Refused(_("This was decided already."))
        if request.POST.get("decision") == "agree":
            closing.agree(extension, by=person_of(request))
            messages.success(request, _("It stays open longer, and its page says so."))
        else:
            closing.refuse(extension, by=person_of(request))
            messages.success(request, _("It closes as it was going to."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("consulting:page", shown.reference)
