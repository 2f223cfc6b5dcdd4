"""An answer that keeps itself while it is written: the draft, saved by the page's script; answers in JSON."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.access import role_required
from look import times

from .. import drafts
from ..enums import DraftState
from ..models import Question
from ..moderation import Refused
from ..permissions import INBOX_ROLES
from .answering import question_of
from .item_answering import answer_form

CONFLICT = 409


@role_required(*INBOX_ROLES)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Keep what stands in the form; a GET hands a page its token after signing in again elsewhere."""
    question = question_of(request, reference)
    draft = drafts.of(question)
    if request.method != "POST":
        return JsonResponse({"token": get_token(request), "version": draft.version if draft else 0})
    data = request.POST.copy()
    said = request.POST.get("version", "")
    seen = int(said) if said.isdecimal() else 0
    data["version"] = str(question.version)
    form = answer_form(question, data, is_draft=True)
    if not form.is_valid():
        return _said("too_long", _("Not kept yet: %(why)s") % {"why": _why(form)}, seen)
    if draft is not None and draft.state == DraftState.OFFERED:
        return _said("closed", _("It waits for a second person now. Copy what you typed."), seen, CONFLICT)
    words = form.words(is_private=data.get("how") == "privately")
    if draft is None and not (words.text or words.promise or words.change_note):
        return _said("saved", "", seen)
    return _keep(question, words, by=request.user, seen=seen)


def _keep(question: Question, words: Any, *, by: Any, seen: int) -> JsonResponse:
    try:
        kept = drafts.save(question, words, by=by, seen=seen)
    except Refused as refusal:
        sentence = _("%(why)s Your words stand here: press “Keep as a draft” to keep them over it.")
        return _said("clash", sentence % {"why": refusal}, seen, CONFLICT)
    sentence = _("Kept as a draft at %(time)s. Nobody outside reads it.")
    return _said("saved", sentence % {"time": times.words(timezone.now(), "time")}, kept.version)


def _why(form: Any) -> str:
    return " ".join(str(message) for messages in form.errors.values() for message in messages)


def _said(state: str, sentence: str, version: int, status: int = 200) -> JsonResponse:
    return JsonResponse({"state": state, "sentence": sentence, "version": version}, status=status)
