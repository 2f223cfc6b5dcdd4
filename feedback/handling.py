"""Who looks after what residents sent: assigned, handed over with a reason, noted; decides nothing else."""

from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from accounts.models import Team, User
from audit.recorder import record

from .enums import DraftState, Status
from .models import AnswerDraft, Note, Voice
from .moderation import Refused, locked, told
from .permissions import ANSWER_ROLES, inbox_teams, may_answer


def may_read(user: Any, voice: Voice) -> bool:
    """Return whether `user` may open `voice`: for their team, about its notice, or handed over by it.

    Nobody but the team it lies with may decide about it. At most one query more than the person's roles.
    """
    teams = inbox_teams(user)
    if voice.team_id in teams or voice.notice.team_id in teams:
        return True
    return bool(teams) and voice.notes.filter(from_team__in=teams).exists()


def colleagues(team: Any) -> QuerySet[User]:
    """Return who may look after what lies with `team`, by name."""
    found = User.objects.active().filter(memberships__team=team, memberships__role__in=ANSWER_ROLES)
    return found.distinct().order_by("name", "pk")


@transaction.atomic
def assign(voice: Voice, to: Any, *, by: Any, seen: int | None) -> None:
    """Say who of the team looks after it (None: nobody). Raises Refused.

    `seen` is the key of whom the person saw there: two who take it at once are told of each other.
    """
    _refuse_others(voice, by)
    row = locked(voice)
    if row.assigned_to_id != seen:
        who = row.assigned_to or _("nobody")
        raise Refused(_("It was assigned to %(who)s while you had it open.") % {"who": who})
    if to is not None and not may_answer(to, row.team):
        raise Refused(_("%(who)s does not answer for %(team)s.") % {"who": to, "team": row.team})
    row.assigned_to = to
    row.save(update_fields=["assigned_to"])
    record("voice.assigned", actor=by, target=row, notice=row.notice.reference, to=str(to or ""))


@transaction.atomic
def hand_over(voice: Voice, to: Team, *, by: Any, seen_version: int, why: str) -> Note:
    """Give it to another team, which reads why; what is asked together goes with it. Raises Refused."""
    _refuse_others(voice, by)
    if not why.strip():
        raise Refused(_("Say why: the other team reads it."))
    row = locked(voice)
    if row.version != seen_version:
        raise Refused(told(row))
    if row.team_id == to.pk:
        raise Refused(_("It lies with %(team)s already.") % {"team": to})
    if row.status == Status.ANSWERED_PRIVATELY or row.current_answer_id:
        raise Refused(_("It is answered, so there is nothing to hand over."))
    note = Note.objects.create(voice=row, by=by, text=why.strip(), from_team=row.team, to_team=to)
    Voice.objects.filter(asked_with=row).update(team=to, assigned_to=None, version=F("version") + 1)
    AnswerDraft.objects.filter(question=row).update(state=DraftState.WRITING)
    row.team, row.assigned_to, row.asked_with = to, None, None
    row.version += 1
    row.save(update_fields=["team", "assigned_to", "asked_with", "version"])
    about = {"notice": row.notice.reference, "from_team": str(note.from_team), "to_team": str(to)}
    record("voice.handed_over", actor=by, target=row, **about)
    return note


def add_note(voice: Voice, *, by: Any, text: str) -> Note:
    """Leave a line for colleagues; whoever may read the words may. Raises Refused."""
    if not may_read(by, voice):
        raise Refused(_("Only colleagues who may open it can leave a note."))
    if not text.strip():
        raise Refused(_("Write the note."))
    return Note.objects.create(voice=voice, by=by, text=text.strip())


def _refuse_others(voice: Voice, by: Any) -> None:
    if not may_answer(by, voice.team):
        raise Refused(_("Only somebody of %(team)s can do this.") % {"team": voice.team})
