"""Publishers and moves for the tests of follow-up editions, threads and order."""

from typing import Any

from outbox.errors import NotSent, Rejected
from outbox.receipt import Receipt
from social import delivery
from social.models import Delivery
from social.publishers.sandbox import Sandbox
from tests.factories import Cast, next_edition
from updates.content import content_hash
from updates.models import Edition
from updates.transitions import Action
from updates.workflow import perform


class NoAnswers(Sandbox):
    """Refuses whatever answers something, as X does where nobody asked."""

    def publish(self, post: Any, credentials: Any, *, key: str, thread: Any = None) -> Receipt:
        """Refuse answers for good."""
        if thread:
            raise Rejected("Answers are not allowed.")
        return super().publish(post, credentials, key=key)


class NoEdits(Sandbox):
    """Refuses every edit for good."""

    def edit(self, receipt: Any, post: Any, credentials: Any) -> None:
        """Refuse."""
        raise Rejected("Too old to edit.")


class Switched(Sandbox):
    """A platform that can be taken away and brought back, all of it or for one account."""

    def __init__(self) -> None:
        """Begin away, for everybody."""
        self.error: Exception | None = NotSent("The server could not be reached.", is_away=True)
        self.away_for = ""
        self.tries = 0

    def publish(self, post: Any, credentials: Any, *, key: str, thread: Any = None) -> Receipt:
        """Post, or turn it away."""
        self.tries += 1
        if self.error and self.away_for in ("", credentials.remote_account_id):
            raise self.error
        return super().publish(post, credentials, key=key, thread=thread)


def publish(cast: Cast, edition: Edition) -> Edition:
    """Take a draft all the way."""
    edition = perform(Action.SUBMIT, edition, by=edition.author)
    edition = perform(
        Action.APPROVE, edition, by=cast.approver, seen_hash=content_hash(edition), note="Read it."
    )
    return perform(Action.PUBLISH, edition, by=cast.author)


def publish_next(cast: Cast, live: Edition, **fields: Any) -> Edition:
    """Publish the next edition of a live notice."""
    return publish(cast, next_edition(cast, live, **fields))


def deliver_all() -> None:
    """Work off whatever is due, as the workers do: any row first, its account's line after it."""
    for pk in list(Delivery.objects.order_by("-pk").values_list("pk", flat=True)):
        after: int | None = pk
        while after and delivery.deliver_one(after):
            after = delivery.next_in_line(after)
