"""The page of one thing a resident sent, and how a button on it is answered; decides nothing itself."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import Team, User

from .. import answering, bulk_rows, handling, listing, moderation, objecting, turning
from ..enums import Objected, Status
from ..masking import mask
from ..models import Letter, Question, Voice
from ..objection_forms import DecisionForm
from ..permissions import may_answer, may_moderate, moderated_teams
from ..piece_forms import PiecesForm
from ..staff_forms import HideForm, PublishForm
from .item_answering import parts
from .queue import kept_fields, list_query

CONFLICT = 409


def find(request: HttpRequest, reference: str) -> Voice:
    """Return what stands under a reference, if the person may read it; 404 otherwise."""
    voice: Voice | None = listing.find(reference)
    if voice is None or not handling.may_read(request.user, voice):
        raise Http404
    return voice


def act(
    request: HttpRequest,
    voice: Voice,
    form: forms.Form,
    name: str,
    what: Callable[[], object],
    done: str | Promise,
    *,
    again: Callable[[Voice], forms.Form] | None = None,
) -> HttpResponse:
    """Do what a valid form asks; show the page again, with what was typed, when it is refused.

    `again` makes the form anew over what has changed since, so that it can be sent once more on purpose.
    """
    if not form.is_valid():
        return page(request, voice, {name: form}, status=400)
    try:
        what()
    except moderation.Refused as refusal:
        fresh = find(request, voice.reference)
        shown = again(fresh) if again else form
        if not again:
            form.add_error(None, str(refusal))
            _take_newer(form, fresh)
        return page(request, fresh, {name: shown, "refusal": str(refusal)}, status=CONFLICT)
    messages.success(request, str(done) % {"reference": voice.reference})
    return redirect(after(request, voice))


def _take_newer(form: forms.Form, fresh: Voice) -> None:
    """Let the next press be about what is there now: the person was told, and their words stay."""
    now = {"version": fresh.version, "seen": fresh.assigned_to_id or ""}
    form.data = form.data.copy()  # type: ignore[attr-defined]
    for name, value in now.items():
        if name in form.data:
            form.data[name] = str(value)  # type: ignore[index]


def after(request: HttpRequest, voice: Voice) -> str:
    """Return where the person goes next: back to the list they came from, or to the page itself."""
    to_queue = request.POST.get("back") == "queue"
    path = reverse("inbox:queue") if to_queue else reverse("inbox:item", args=[voice.reference])
    return f"{path}{list_query(request)}"


def page(
    request: HttpRequest, voice: Voice, bound: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
    """Return the whole page; `bound` are the forms that were sent and not accepted."""
    team = voice.team
    given = voice.current_answer
    is_waiting, decides = voice.status == Status.WAITING, may_moderate(request.user, team)
    back = list_query(request)
    context = {
        "voice": voice,
        "notice": voice.notice,
        "given": given,
        "mail": _mail_of(voice),
        "may_moderate": decides,
        "moderators": _moderators(team) if is_waiting and not decides else "",
        "is_decided": not is_waiting,
        "next_reference": listing.next_to_do(request.user, voice),
        "list_query": back,
        "may_answer": isinstance(voice, Question) and may_answer(request.user, team),
        "can_answer": isinstance(voice, Question) and _can_answer(voice),
        "same_words": bulk_rows.times([voice], moderated_teams(request.user)) if decides else {},
        "can_turn": decides and turning.is_possible(voice),
        "crumbs": [(_("My desk"), "/staff/"), (_("Inbox"), f"/staff/inbox/{back}"), (voice.reference, None)],
        **_forms(voice, request.GET),
        "kept_fields": kept_fields(request),
        **_objection(request, voice),
        **parts(request, voice),
        "refused_forms": [] if not bound or "refusal" in bound else _with_errors(bound),
        **(bound or {}),
    }
    return render(request, "feedback/item.html", context, status=status)


def _objection(request: HttpRequest, voice: Voice) -> dict[str, Any]:
    """Return the open objection, who may decide it, and the form if it is this person."""
    made = list(voice.objections.select_related("hidden_by", "decided_by"))
    open_one = next((each for each in made if each.outcome == Objected.OPEN), None)
    if open_one is None:
        return {"objections": made, "objection": None}
    deciders = list(objecting.deciders(open_one))
    words = {"version": voice.version, "public_text": mask(voice.text, voice.handle)}
    may = request.user in deciders
    return {
        "objections": [each for each in made if each != open_one],
        "objection": open_one,
        "deciders": get_text_list([str(person) for person in deciders], _("and")),
        "decision_form": DecisionForm(initial=words, auto_id="decide_%s") if may else None,
    }


def _with_errors(bound: dict[str, Any]) -> list[forms.Form]:
    return [form for form in bound.values() if form.errors]


def _moderators(team: Team) -> str:
    """Return the names of those who decide for a team: "Molly Reed and Tom Field"."""
    people = User.objects.filter(
        memberships__team=team, memberships__role=Role.MODERATOR, is_active=True
    ).distinct()
    return get_text_list([str(person) for person in people], _("and"))


def _can_answer(voice: Question) -> bool:
    if voice.asked_with_id is not None:
        return False
    return voice.status == Status.PUBLISHED or (voice.status == Status.WAITING and voice.wants_mail)


def _forms(voice: Voice, asked: QueryDict) -> dict[str, forms.Form]:
    version = {"version": voice.version}
    # Before it is shown everything found is ticked; of what residents read already, nothing.
    is_shown = voice.status == Status.PUBLISHED
    text = voice.public_text if is_shown else voice.text
    pieces = PiecesForm(text, voice.handle, asked, is_all=not is_shown)
    initial = {**version, "public_text": pieces.words()}
    return {
        "pieces_form": pieces,
        "publish_form": PublishForm(initial=initial, auto_id="publish_%s"),
        "redact_form": PublishForm(initial=initial, auto_id="redact_%s"),
        "hide_form": HideForm(initial=version, auto_id="hide_%s"),
    }


def _mail_of(voice: Voice) -> Letter | None:
    return answering.asker_letter(voice) if isinstance(voice, Question) else None
