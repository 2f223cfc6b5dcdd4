"""What the page of one question shows about answering and looking after it; changes nothing."""

from typing import Any

from django.http import HttpRequest

from .. import answer_templates, answering, asked_together, drafts, handling, me_too
from ..answer_forms import AnswerForm, AssignForm, HandOverForm, NoteForm, SendBackForm, initial_answer
from ..enums import DraftState, Status
from ..models import AnswerDraft, Question, Voice
from ..permissions import may_answer


def parts(request: HttpRequest, voice: Voice) -> dict[str, Any]:
    """Return the context of the parts: who looks after it, notes, and for a question its answer."""
    handles = may_answer(request.user, voice.team)
    found: dict[str, Any] = {
        "notes": list(voice.notes.select_related("by", "from_team", "to_team")),
        "note_form": NoteForm(auto_id="note_%s"),
        "may_handle": handles,
        "is_mine": voice.assigned_to_id == request.user.pk,
    }
    if handles:
        found |= _handling(voice)
    if isinstance(voice, Question):
        found |= _answering(request, voice)
    return found


def answer_form(question: Question, data: Any = None, *, is_draft: bool = False) -> AnswerForm:
    """Return the form of the answer, with what is known, or with what was sent."""
    return AnswerForm(
        data,
        question=question,
        templates=answer_templates.usable_for(question.team_id),
        is_draft=is_draft,
        initial=initial_answer(question, drafts.of(question)),
        auto_id="answer_%s",
    )


def _handling(voice: Voice) -> dict[str, Any]:
    seen = {"seen": voice.assigned_to_id, "to": voice.assigned_to_id}
    return {
        "assign_form": AssignForm(
            initial=seen, colleagues=handling.colleagues(voice.team), auto_id="assign_%s"
        ),
        "can_hand_over": voice.current_answer_id is None,
        "hand_over_form": HandOverForm(
            initial={"version": voice.version}, team=voice.team, auto_id="hand_over_%s"
        ),
    }


def _answering(request: HttpRequest, question: Question) -> dict[str, Any]:
    draft = drafts.of(question)
    is_open = question.status == Status.PUBLISHED and question.current_answer_id is None
    return {
        "answer_form": answer_form(question),
        "draft": draft,
        "is_offered": draft is not None and draft.state == DraftState.OFFERED,
        "is_writer": draft is not None and _wrote(draft, request.user),
        "send_back_form": SendBackForm(
            initial={"draft_version": draft.version if draft else 0}, auto_id="send_back_%s"
        ),
        "needs_second": answering.needs_second_person(question.team),
        "joined": list(asked_together.joined(question).order_by("received_at", "pk")),
        "may_join": is_open and question.asked_with_id is None and may_answer(request.user, question.team),
        "others": me_too.count([question])[question.pk],
    }


def _wrote(draft: AnswerDraft, user: Any) -> bool:
    return draft.written_by_id == user.pk or draft.writers.filter(pk=user.pk).exists()
