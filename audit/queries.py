"""Reads the trail for the page that shows it; must not write."""

from datetime import datetime

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.text import capfirst

from .models import Event


def search(
    *,
    actor: int | None = None,
    action: str = "",
    target: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
    text: str = "",
) -> QuerySet[Event]:
    """Return matching events, newest first.

    `action` matches whole or as a prefix up to a dot ("notice" finds "notice.approved"); `target` is
    `type:id` or part of what it was called; `since` and `until` are aware, until exclusive; `text` looks in
    names, labels and details.
    """
    events = Event.objects.order_by("-sequence")
    if actor is not None:
        events = events.filter(actor_id=actor)
    if action:
        events = events.filter(Q(action=action) | Q(action__startswith=f"{action}."))
    if target:
        events = events.filter(_about(target))
    if since:
        events = events.filter(at__gte=since)
    if until:
        events = events.filter(at__lt=until)
    return _containing(events, text) if text else events


def actions() -> list[str]:
    """Return every action the trail has seen, in alphabetical order, for a choice list."""
    return list(Event.objects.order_by("action").values_list("action", flat=True).distinct())


def about(kind: str, pk: object) -> QuerySet[Event]:
    """Return the events about one thing, oldest first; `kind` is its model's label ("updates.notice")."""
    return Event.objects.filter(target_type=kind, target_id=str(pk))


def _about(target: str) -> Q:
    named = Q(target_label__icontains=target)
    kind, colon, pk = target.partition(":")
    return named | Q(target_type=kind.strip(), target_id=pk.strip()) if colon else named


def _containing(events: QuerySet[Event], text: str) -> QuerySet[Event]:
    return events.annotate(detail_text=Cast("detail", TextField())).filter(
        Q(actor_name__icontains=text)
        | Q(target_label__icontains=text)
        | Q(action__icontains=text)
        | Q(ip__icontains=text)
        | Q(detail_text__icontains=text)
    )


def in_words(action: str) -> str:
    """Return an action as people read it: "sign_in.done" → "Sign in: done"."""
    return capfirst(action.replace("_", " ").replace(".", ": "))
