"""Who looks after one question or piece of feedback: assign, hand over, note; rules live in handling."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import role_required

from .. import handling
from ..answer_forms import AssignForm, HandOverForm, NoteForm
from ..permissions import INBOX_ROLES
from .item_page import act, find


@role_required(*INBOX_ROLES)
@require_POST
def assign(request: HttpRequest, reference: str) -> HttpResponse:
    """Say who looks after it; the button "I take it" names the person who presses it."""
    voice = find(request, reference)
    data = request.POST.copy()
    if data.get("act") == "mine":
        data["to"] = str(request.user.pk)
    form = AssignForm(data, colleagues=handling.colleagues(voice.team), auto_id="assign_%s")
    return act(
        request,
        voice,
        form,
        "assign_form",
        lambda: handling.assign(
            voice, form.cleaned_data["to"], by=request.user, seen=form.cleaned_data["seen"]
        ),
        _("It is written down who looks after %(reference)s."),
    )


@role_required(*INBOX_ROLES)
@require_POST
def hand_over(request: HttpRequest, reference: str) -> HttpResponse:
    """Give it to another team with a note."""
    voice = find(request, reference)
    form = HandOverForm(request.POST, team=voice.team, auto_id="hand_over_%s")
    return act(
        request,
        voice,
        form,
        "hand_over_form",
        lambda: handling.hand_over(
            voice,
            form.cleaned_data["to"],
            by=request.user,
            seen_version=form.cleaned_data["version"],
            why=form.cleaned_data["why"],
        ),
        _("%(reference)s is handed over. You can still read it here."),
    )


@role_required(*INBOX_ROLES)
@require_POST
def note(request: HttpRequest, reference: str) -> HttpResponse:
    """Leave a line for colleagues."""
    voice = find(request, reference)
    form = NoteForm(request.POST, auto_id="note_%s")
    return act(
        request,
        voice,
        form,
        "note_form",
        lambda: handling.add_note(voice, by=request.user, text=form.cleaned_data["text"]),
        _("Your note on %(reference)s is kept."),
    )
