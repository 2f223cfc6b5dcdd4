"""Answering one question: drafts, the second person, ready-made words; the rules live in the services."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accounts.access import role_required

from .. import answer_templates, answering, drafts, tasks
from ..answer_forms import SeenForm, SendBackForm
from ..models import AnswerTemplate, Question
from ..moderation import Refused
from ..permissions import INBOX_ROLES, may_answer
from .item_answering import answer_form
from .item_page import act, after, find, page

_DONE = {
    "save": gettext_lazy("The draft of %(reference)s is kept."),
    "offer": gettext_lazy("The answer to %(reference)s waits for a second person."),
    "give": gettext_lazy("%(reference)s is answered."),
}


@role_required(*INBOX_ROLES)
@require_POST
def answer(request: HttpRequest, reference: str) -> HttpResponse:
    """Answer, correct, keep a draft, offer it, or insert ready-made words, as the button pressed says."""
    question = question_of(request, reference)
    wanted = request.POST.get("act", "give")
    if wanted == "insert":
        return _insert(request, question)
    form = answer_form(question, request.POST, is_draft=wanted == "save")
    acts: dict[str, Callable[..., Any]] = {"save": _save, "offer": _offer}
    return act(
        request,
        question,
        form,
        "answer_form",
        lambda: acts.get(wanted, _give)(request, question, form),
        _DONE.get(wanted, _DONE["give"]),
        again=lambda fresh: _again(request, fresh),
    )


def _give(request: HttpRequest, question: Question, form: Any) -> None:
    answering.give(
        question, _words(request, form), by=request.user, seen_version=form.cleaned_data["version"]
    )


def _save(request: HttpRequest, question: Question, form: Any) -> None:
    drafts.save(question, _words(request, form), by=request.user, seen=_seen(form))


def _offer(request: HttpRequest, question: Question, form: Any) -> None:
    drafts.offer(question, _words(request, form), by=request.user, seen=_seen(form))


def _seen(form: Any) -> int:
    return form.cleaned_data["draft_version"] or 0


def _words(request: HttpRequest, form: Any) -> answering.Words:
    words: answering.Words = form.words(is_private=request.POST.get("how") == "privately")
    return words


def _again(request: HttpRequest, fresh: Any) -> Any:
    """Return the form with what was typed, ready to be sent once more over what has changed since."""
    if not isinstance(fresh, Question):
        raise Http404
    draft = drafts.of(fresh)
    data = request.POST.copy()
    data["version"], data["draft_version"] = str(fresh.version), str(draft.version if draft else 0)
    return answer_form(fresh, data)


def _insert(request: HttpRequest, question: Question) -> HttpResponse:
    """Show the page again with the chosen template's words after what was typed."""
    if not may_answer(request.user, question.team):
        raise Http404
    chosen = request.POST.get("template", "")
    usable = answer_templates.usable_for(question.team_id)
    template: AnswerTemplate | None = usable.filter(pk=chosen).first() if chosen.isdecimal() else None
    data = request.POST.copy()
    if template:
        data["text"] = answer_templates.insert(template, question, data.get("text", ""))
        data["template"] = ""
        messages.info(request, _("“%(name)s” is inserted. Nothing is sent yet.") % {"name": template.name})
    else:
        messages.warning(request, _("Choose a ready-made answer first."))
    form = answer_form(question, data, is_draft=True)
    return page(request, question, {"answer_form": form})


@role_required(*INBOX_ROLES)
@require_POST
def approve(request: HttpRequest, reference: str) -> HttpResponse:
    """Give exactly the offered answer, as its second person."""
    question = question_of(request, reference)
    form = SeenForm(request.POST)
    return act(
        request,
        question,
        form,
        "approve_form",
        lambda: drafts.approve(
            question,
            by=request.user,
            seen=form.cleaned_data["draft_version"],
            seen_version=form.cleaned_data["version"],
        ),
        _DONE["give"],
    )


@role_required(*INBOX_ROLES)
@require_POST
def send_back(request: HttpRequest, reference: str) -> HttpResponse:
    """Give an offered answer back to its writer."""
    question = question_of(request, reference)
    form = SendBackForm(request.POST, auto_id="send_back_%s")
    return act(
        request,
        question,
        form,
        "send_back_form",
        lambda: drafts.send_back(
            question,
            by=request.user,
            seen=form.cleaned_data["draft_version"],
            note=form.cleaned_data["note"],
        ),
        _("The answer to %(reference)s went back to its writer."),
    )


@role_required(*INBOX_ROLES)
@require_POST
def mail_again(request: HttpRequest, reference: str) -> HttpResponse:
    """Let a mail that failed, or waits for a person, go again."""
    question = question_of(request, reference)
    try:
        tasks.hand_over(answering.send_again(question, by=request.user))
        messages.success(request, _("The mail is on its way again."))
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect(after(request, question))


def question_of(request: HttpRequest, reference: str) -> Question:
    """Return the question of that reference, if the person may read it; 404 otherwise."""
    voice = find(request, reference)
    if not isinstance(voice, Question):
        raise Http404
    return voice
