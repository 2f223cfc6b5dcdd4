"""Answers the machines that ask whether the portal is alive and whether it can work."""

from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from accounts.access import public
from social.watch import silence


@public
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that the web process answers; touches nothing else."""
    return HttpResponse("ok", content_type="text/plain")


@public
def readyz(request: HttpRequest) -> JsonResponse:
    """Say whether database and broker answer (200) or which does not (503).

    Publishing works without the broker, so its absence is named but does not make the portal unready.
    """
    parts = {"database": _database(), "broker": _broker()}
    return JsonResponse(parts, status=200 if parts["database"] == "ok" else 503)


@public
def watchz(request: HttpRequest) -> JsonResponse:
    """Say when the watch last saw an account; 503 when it has seen none for a quarter of an hour.

    For a monitor outside: who looks after the accounts cannot say itself that it is dead. No part of
    readiness, for pages are served all the same.
    """
    last = silence.last_look()
    is_standing_still = silence.is_standing_still()
    said = {
        "watch": "standing still" if is_standing_still else "ok",
        "last_look_at": last.isoformat(timespec="seconds") if last else None,
    }
    return JsonResponse(said, status=503 if is_standing_still else 200)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Exception:  # whatever the driver raises, the answer is the same
        return "unreachable"
    return "ok"


def _broker() -> str:
    try:
        cache.set("readyz", 1, timeout=5)
    except Exception:  # whatever the client raises, the answer is the same
        return "unreachable"
    return "ok"
