"""How long a session lasts and how it is ended; must not know pages."""

import time
from datetime import timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.utils import timezone

SIGNED_IN_AT = "accounts_signed_in_at"
SEEN_AT = "accounts_seen_at"
# Activity is noted this often, not at every request (seconds).
NOTE_EVERY = 60


def reason_it_is_over(session: SessionBase) -> str:
    """Return "longest" or "idle" when a session has outlived its limits, else ""."""
    now = time.time()
    if now - session.get(SIGNED_IN_AT, 0) > settings.SESSION_LONGEST_SECONDS:
        return "longest"
    if now - session.get(SEEN_AT, 0) > settings.SESSION_IDLE_SECONDS:
        return "idle"
    return ""


def note_activity(request: HttpRequest) -> None:
    """Remember that the person is still there, at most once a minute."""
    now = int(time.time())
    if now - request.session.get(SEEN_AT, 0) < NOTE_EVERY:
        return
    request.session[SEEN_AT] = now
    UserSession.objects.filter(session_key=request.session.session_key).update(last_seen_at=timezone.now())


def open_sessions(user: Any) -> list[UserSession]:
    """Return the sessions `user` has open, the newest first; forgets those that are over."""
    sessions = UserSession.objects.purge_and_list(user)
    freshest = timezone.now() - timedelta(seconds=settings.SESSION_IDLE_SECONDS)
    live = [session for session in sessions if session.last_seen_at >= freshest]
    return sorted(live, key=lambda session: session.created_at, reverse=True)


def end_sessions(user: Any, *, but: str = "") -> int:
    """End every session of `user`, except the one with key `but`; return how many."""
    sessions = UserSession.objects.filter(user_id=user.pk).exclude(session_key=but)
    ended = 0
    for session in sessions:
        session.end()
        ended += 1
    return ended
