"""One question or piece of feedback: decisions, answers; the rules live in moderation and answering."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.access import role_required
from accounts.enums import Role
from accounts.models import Team, User

from .. import answering, listing, moderation, tasks, turning
from ..enums import Status
from ..masking import mask
from ..models import Letter, Question, Voice
from ..permissions import INBOX_ROLES, inbox_teams, may_answer, may_moderate
from ..staff_forms import AnswerForm, HideForm, PublishForm
from .queue import list_query

CONFLICT = 409


@role_required(*INBOX_ROLES)
@require_GET
def item(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one question or piece of feedback with everything that can be done about it."""
    return _item_page(request, _find(request, reference))


@role_required(*INBOX_ROLES)
@require_POST
def publish(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the words to residents."""
    voice = _find(request, reference)
    form = PublishForm(request.POST)
    return _act(
        request,
        voice,
        form,
        "publish_form",
        lambda: moderation.publish(
            voice,
            by=request.user,
            seen_version=form.cleaned_data["version"],
            public_text=form.cleaned_data["public_text"],
        ),
        _("%(reference)s is shown on the notice's page."),
    )


@role_required(*INBOX_ROLES)
@require_POST
def hide(request: HttpRequest, reference: str) -> HttpResponse:
    """Hide the words and say why."""
    voice = _find(request, reference)
    form = HideForm(request.POST)
    return _act(
        request,
        voice,
        form,
        "hide_form",
        lambda: moderation.hide(
            voice,
            by=request.user,
            seen_version=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"],
        ),
        _("%(reference)s is hidden. You can undo this."),
    )


class _VersionForm(forms.Form):
    version = forms.IntegerField()


@role_required(*INBOX_ROLES)
@require_POST
def undo(request: HttpRequest, reference: str) -> HttpResponse:
    """Put it back in the queue."""
    voice = _find(request, reference)
    form = _VersionForm(request.POST)
    return _act(
        request,
        voice,
        form,
        "undo_form",
        lambda: moderation.undo(voice, by=request.user, seen_version=form.cleaned_data["version"]),
        _("%(reference)s is back in the queue."),
    )


@role_required(*INBOX_ROLES)
@require_POST
def turn(request: HttpRequest, reference: str) -> HttpResponse:
    """Make a question of feedback from a platform, or the other way round."""
    voice = _find(request, reference)
    form = _VersionForm(request.POST)
    if not form.is_valid():
        return redirect(_next(request, voice))
    try:
        voice = turning.turn(voice, by=request.user, seen_version=form.cleaned_data["version"])
        messages.success(
            request,
            _("This is %(reference)s now: %(sort)s.")
            % {"reference": voice.reference, "sort": voice.get_sort_display().lower()},
        )
    except moderation.Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect(_next(request, voice))


@role_required(*INBOX_ROLES)
@require_POST
def answer(request: HttpRequest, reference: str) -> HttpResponse:
    """Answer a question, publicly or by mail alone, or correct an answer."""
    voice = _find(request, reference)
    if not isinstance(voice, Question):
        raise Http404
    correcting = voice.current_answer_id is not None
    form = AnswerForm(request.POST, question=voice, auto_id="answer_%s")
    return _act(
        request,
        voice,
        form,
        "answer_form",
        lambda: _give_answer(request, voice, form, correcting=correcting),
        _("%(reference)s is answered."),
    )


def _give_answer(request: HttpRequest, voice: Question, form: AnswerForm, *, correcting: bool) -> None:
    data = form.cleaned_data
    said = {"by": request.user, "seen_version": data["version"], "text": data["text"]}
    if correcting:
        answering.correct(voice, change_note=data["change_note"], post=data["post"], **said)
    elif request.POST.get("how") == "privately":
        answering.answer_privately(voice, **said)
    else:
        answering.answer_publicly(voice, post=data["post"], **said)


@role_required(*INBOX_ROLES)
@require_POST
def mail_again(request: HttpRequest, reference: str) -> HttpResponse:
    """Let a mail that failed, or waits for a person, go again."""
    voice = _find(request, reference)
    if not isinstance(voice, Question):
        raise Http404
    try:
        tasks.hand_over(answering.send_again(voice, by=request.user))
        messages.success(request, _("The mail is on its way again."))
    except moderation.Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect(_next(request, voice))


def _find(request: HttpRequest, reference: str) -> Voice:
    """Return what stands under a reference, if it is for one of the person's teams; 404 otherwise."""
    voice = listing.find(reference)
    if voice is None or voice.team_id not in inbox_teams(request.user):
        raise Http404
    return voice


def _act(
    request: HttpRequest,
    voice: Voice,
    form: forms.Form,
    name: str,
    act: Callable[[], object],
    done: str,
) -> HttpResponse:
    """Do what a valid form asks; show the page again, with what was typed, when it is refused."""
    if not form.is_valid():
        return _item_page(request, voice, {name: form}, status=400)
    try:
        act()
    except moderation.Refused as refusal:
        fresh = _find(request, voice.reference)
        form.add_error(None, str(refusal))
        return _item_page(request, fresh, {name: form, "refusal": str(refusal)}, status=CONFLICT)
    messages.success(request, done % {"reference": voice.reference})
    return redirect(_next(request, voice))


def _next(request: HttpRequest, voice: Voice) -> str:
    to_queue = request.POST.get("back") == "queue"
    path = reverse("inbox:queue") if to_queue else reverse("inbox:item", args=[voice.reference])
    return f"{path}{list_query(request)}"


def _moderators(team: Team) -> str:
    """Return the names of those who decide for a team: "Molly Reed and Tom Field"."""
    people = User.objects.filter(
        memberships__team=team, memberships__role=Role.MODERATOR, is_active=True
    ).distinct()
    return get_text_list([str(person) for person in people], _("and"))


def _item_page(
    request: HttpRequest, voice: Voice, bound: dict[str, Any] | None = None, *, status: int = 200
) -> HttpResponse:
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
        "next_reference": "" if is_waiting else listing.next_to_do(request.user, voice),
        "list_query": back,
        "may_answer": isinstance(voice, Question) and may_answer(request.user, team),
        "can_answer": isinstance(voice, Question) and _can_answer(voice),
        "can_turn": decides and turning.is_possible(voice),
        "crumbs": [(_("My desk"), "/staff/"), (_("Inbox"), f"/staff/inbox/{back}"), (voice.reference, None)],
        **_forms(voice),
        "refused_forms": [] if not bound or "refusal" in bound else list(bound.values()),
        **(bound or {}),
    }
    return render(request, "feedback/item.html", context, status=status)


def _can_answer(voice: Question) -> bool:
    return voice.status == Status.PUBLISHED or (voice.status == Status.WAITING and voice.wants_mail)


def _forms(voice: Voice) -> dict[str, forms.Form]:
    version = {"version": voice.version}
    found: dict[str, forms.Form] = {
        "publish_form": PublishForm(
            initial={**version, "public_text": mask(voice.text, voice.handle)}, auto_id="publish_%s"
        ),
        "hide_form": HideForm(initial=version, auto_id="hide_%s"),
    }
    if isinstance(voice, Question):
        said = voice.current_answer.text if voice.current_answer else ""
        found["answer_form"] = AnswerForm(
            initial={**version, "text": said}, question=voice, auto_id="answer_%s"
        )
    return found


def _mail_of(voice: Voice) -> Letter | None:
    return answering.asker_letter(voice) if isinstance(voice, Question) else None
