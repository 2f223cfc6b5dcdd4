"""Ready-made answers of a team or of all: who may change them, what is filled in; gives no answer itself."""

from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import permissions as roles
from audit.recorder import record
from look import times

from .models import AnswerTemplate, Question
from .moderation import Refused
from .permissions import answering_teams, inbox_teams, may_answer

# What may stand in a template in braces, and is filled in with what it is used for.
PLACEHOLDERS = ("reference", "notice", "due")


def usable_for(team: Any) -> QuerySet[AnswerTemplate]:
    """Return the templates somebody answering for `team` can insert: its own and those of all."""
    return AnswerTemplate.objects.filter(Q(team=team) | Q(team=None))


def readable_by(user: Any) -> QuerySet[AnswerTemplate]:
    """Return the templates of a person's teams and those of all. No query of its own."""
    rows = AnswerTemplate.objects.filter(Q(team__in=inbox_teams(user)) | Q(team=None))
    return rows.select_related("team", "changed_by")


def may_change(user: Any, team: Any) -> bool:
    """Return whether `user` may write templates of `team`; those of all (None) are communications leads'."""
    return roles.leads_communications(user) if team is None else may_answer(user, team)


def may_write_any(user: Any) -> bool:
    """Return whether there is any template the person may write."""
    return bool(answering_teams(user)) or roles.leads_communications(user)


def insert(template: AnswerTemplate, question: Question, typed: str) -> str:
    """Return what was typed with the template's words after it, filled in, and count the use."""
    AnswerTemplate.objects.filter(pk=template.pk).update(used=F("used") + 1)
    return "\n\n".join(part for part in (typed.strip(), filled(template.text, question)) if part)


def filled(text: str, question: Question) -> str:
    """Return `text` with {reference}, {notice} and {due} filled in; other braces stay as they are."""
    values = {
        "reference": question.reference,
        "notice": question.notice.title,
        "due": times.words(question.due_on, "date") if question.due_on else "",
    }
    for name in PLACEHOLDERS:
        text = text.replace(f"{{{name}}}", values[name])
    return text


def save(template: AnswerTemplate | None, *, by: Any, team: Any, name: str, text: str) -> AnswerTemplate:
    """Write a template, or the next wording of one. Raises Refused."""
    row = template or AnswerTemplate()
    if not may_change(by, team) or (template and not may_change(by, template.team)):
        raise Refused(_("You can write templates of your own teams only."))
    row.team, row.name, row.text = team, name, text
    row.changed_by, row.changed_at = by, timezone.now()
    row.save()
    record("answer_template.saved", actor=by, target=row)
    return row


def remove(template: AnswerTemplate, *, by: Any) -> None:
    """Delete a template; answers written with it stay. Raises Refused."""
    if not may_change(by, template.team):
        raise Refused(_("You can delete templates of your own teams only."))
    record("answer_template.removed", actor=by, target=template)
    template.delete()
