"""The five ways a sender may fail; every sender raises one of these and nothing else on purpose."""

from datetime import datetime

from .enums import ErrorKind


class SendError(Exception):
    """A failure with a sentence fit for staff; never raised itself, only its five kinds."""

    kind: ErrorKind

    def __init__(self, message: str) -> None:
        """Keep the sentence."""
        super().__init__(message)
        self.message = message


class NotSent(SendError):
    """Nothing left the building or it was turned away unread; safe to repeat, not before `retry_at` (UTC).

    `is_away` says that it was not about this message: the other side takes none at the moment.
    """

    kind = ErrorKind.NOT_SENT

    def __init__(self, message: str, retry_at: datetime | None = None, *, is_away: bool = False) -> None:
        """Keep the sentence, the platform's own time, and whether it turns everything away."""
        super().__init__(message)
        self.retry_at = retry_at
        self.is_away = is_away or retry_at is not None


class Rejected(SendError):
    """This message was refused for good; repeating it cannot help."""

    kind = ErrorKind.REJECTED


class AccountBroken(SendError):
    """The account cannot send until a person has looked at it; nothing was sent."""

    kind = ErrorKind.ACCOUNT_BROKEN


class Blocked(SendError):
    """The platform itself blocked the account; nothing was sent and an incident is raised."""

    kind = ErrorKind.BLOCKED


class OutcomeUnknown(SendError):
    """The message may have been sent; it must be looked for before anything is repeated."""

    kind = ErrorKind.OUTCOME_UNKNOWN
