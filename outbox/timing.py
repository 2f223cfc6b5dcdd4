"""How long the engine waits for things; read from settings.OUTBOX_TIMING (seconds), owns no state."""

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True)
class Timing:
    """Every wait of the engine. All times in seconds."""

    claim_limit: float = 250
    """A claim older than this belongs to a dead worker. Must exceed the task time limit (240)."""
    late_after: float = 600
    """What should have left longer ago than this is held for a person, never sent in a burst."""
    settle_after: float = 20
    """How long the other side gets to show a message before we look for it, each time."""
    first_backoff: float = 30
    longest_backoff: float = 3600
    longest_platform_wait: float = 86400
    """A platform that asks us to wait longer than this is not believed."""
    longest_rest: float = 600
    """How long a destination that could not be reached is left alone before the next try."""
    order_wait: float = 60
    """A row on its way keeps the next one of the same destination waiting for so long at most."""
    requeue_after: float = 60
    """The sweep hands over an id again when nothing has happened to it for this long."""
    max_attempts: int = 12
    max_unended_claims: int = 3
    """A row that killed this many workers is parked."""
    max_checks: int = 30
    """Read-backs that failed before a person is asked."""


def timing() -> Timing:
    """Return the waits in force; settings.OUTBOX_TIMING may override single ones."""
    return Timing(**getattr(settings, "OUTBOX_TIMING", {}))
