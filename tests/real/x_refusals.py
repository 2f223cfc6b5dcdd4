"""How X refuses, and what may go wrong on the way; used by the stand-in for X and by its tests."""

from dataclasses import dataclass, field
from typing import Any

Said = dict[str, Any]
TYPES = "https://api.twitter.com/2/problems/"


@dataclass
class Refusal(Exception):
    """An error as X says it, as problem+json."""

    status: int
    title: str
    detail: str
    kind: str = "about:blank"
    more: Said = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)

    def body(self) -> Said:
        """Return the problem."""
        return {
            "title": self.title,
            "type": self.kind,
            "status": self.status,
            "detail": self.detail,
            **self.more,
        }


@dataclass
class Fault:
    """What goes wrong with the next call whose method and end of path fit.

    `does_it`: the call is carried out all the same. `refusal` None: `raw` is answered with `status`; `raw`
    None: the connection breaks. `delay` is in seconds.
    """

    path: str
    method: str = "POST"
    does_it: bool = False
    refusal: Refusal | None = None
    raw: bytes | None = None
    status: int = 200
    delay: float = 0


def unauthorised() -> Refusal:
    """What X says to access that has lapsed."""
    return Refusal(401, "Unauthorized", "Unauthorized")


def forbidden(detail: str, **more: Any) -> Refusal:
    """What X says when it will not."""
    return Refusal(403, "Forbidden", detail, **more)


def duplicate() -> Refusal:
    """What X says to words it has already; it does not say where."""
    return forbidden("You are not allowed to create a Tweet with duplicate content.")


def suspended() -> Refusal:
    """What X says to an account it has blocked."""
    return forbidden("Your account is suspended and is not permitted to access this feature.")


def usage_capped() -> Refusal:
    """What X says when what was paid for is used up."""
    more = {"period": "Monthly", "scope": "Product"}
    return Refusal(429, "UsageCapExceeded", "Usage cap exceeded", f"{TYPES}usage-capped", more)


def client_forbidden() -> Refusal:
    """What X says to a program that was not given the right."""
    more = {"reason": "client-not-enrolled"}
    return forbidden("Your client is not enrolled.", kind=f"{TYPES}client-forbidden", more=more)


def too_many(reset: int, name: str = "x-rate-limit") -> Refusal:
    """What X says when an allowance is used up until `reset`, in seconds since 1970."""
    headers = {f"{name}-limit": "100", f"{name}-remaining": "0", f"{name}-reset": str(reset)}
    return Refusal(429, "Too Many Requests", "Too Many Requests", headers=headers)


def invalid_grant(detail: str) -> Refusal:
    """OAuth's own way of refusing."""
    said = {"error": "invalid_request", "error_description": detail}
    return Refusal(400, "invalid_request", detail, more=said)


def not_found(post_id: str) -> Said:
    """The error inside a success for a post that is not there."""
    return {
        "value": post_id,
        "detail": f"Could not find tweet with id: [{post_id}].",
        "title": "Not Found Error",
        "resource_type": "tweet",
        "parameter": "id",
        "resource_id": post_id,
        "type": f"{TYPES}resource-not-found",
    }
