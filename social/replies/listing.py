"""Reads mentions without a notice, and what became of answers; changes nothing."""

from typing import Any

from django.db.models import QuerySet

from ..models import Account, AnswerPost, Reply, Watch
from ..permissions import mention_teams
from .handing import pk_of


def mentions_for(user: Any) -> QuerySet[Reply]:
    """Return what mentions an account of the person's teams and belongs to no notice yet, oldest first."""
    return replies_for(user).filter(notice__isnull=True, set_aside_at__isnull=True)


def replies_for(user: Any) -> QuerySet[Reply]:
    """Return everything that came in for accounts of the person's teams, oldest first."""
    rows = Reply.objects.all()
    teams = mention_teams(user)
    if teams is not None:
        # A subquery, not a join: an account of two of the person's teams is still one account.
        used = Account.teams.through.objects.filter(team_id__in=teams).values("account_id")
        rows = rows.filter(account__in=used)
    return rows.select_related("account").order_by("collected_at", "pk")


def not_listened_to() -> list[Watch]:
    """Return the accounts whose replies could not be collected lately, with the reason. One query."""
    watches = Watch.objects.exclude(replies_error="").filter(account__disconnected_at__isnull=True)
    return list(watches.select_related("account").order_by("account__channel", "account__handle"))


def answers_to(key: str) -> tuple[Reply | None, list[AnswerPost]]:
    """Return what was written on the platform, and our answers there, the newest first. Two queries."""
    reply = Reply.objects.select_related("account").filter(pk=pk_of(key)).first()
    if reply is None:
        return None, []
    rows = reply.answers.select_related("account", "answered_by").order_by("-number")
    return reply, list(rows)


def find_answer(pk: int) -> AnswerPost | None:
    """Return one answer with what deciding about it needs, or None."""
    rows = AnswerPost.objects.select_related("account", "reply__notice__team")
    return rows.filter(pk=pk).first()
