"""The small interface every platform implements and the plain data that crosses it; no models, no calls."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from typing import Any, ClassVar, Protocol

from outbox.receipt import Receipt
from social.enums import Channel

__all__ = [
    "Credentials",
    "Facet",
    "Health",
    "Identity",
    "Limits",
    "NoticeContent",
    "Post",
    "PostImage",
    "Publisher",
    "Receipt",
    "Secrets",
]

Secrets = Mapping[str, str]


@dataclass(frozen=True)
class PostImage:
    """A picture in our storage: its name there, what it shows in words, and the hash of its bytes."""

    name: str
    alt: str
    sha256: str


@dataclass(frozen=True)
class NoticeContent:
    """What a notice's edition says, for composing posts."""

    reference: str
    kind: str
    title: str
    summary: str
    url: str
    change_note: str = ""
    language: str = "en"
    image: PostImage | None = None
    is_correction: bool = False


@dataclass(frozen=True)
class Facet:
    """A part of the text that is a link; offsets in UTF-8 bytes."""

    start: int
    end: int
    uri: str


@dataclass(frozen=True)
class Post:
    """One post, complete: what the preview shows, what is approved, and what is frozen and sent."""

    text: str
    link: str
    language: str = "en"
    link_title: str = ""
    link_summary: str = ""
    images: tuple[PostImage, ...] = ()
    facets: tuple[Facet, ...] = ()
    # Set when the delivery is made, so that a repeated call sends the same bytes (ISO 8601, UTC).
    created_at: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the post as JSON-able data."""
        data = asdict(self)
        return data | {"images": list(data["images"]), "facets": list(data["facets"])}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Post":
        """Return the post that `to_json` stored."""
        images = tuple(PostImage(**image) for image in data["images"])
        facets = tuple(Facet(**facet) for facet in data["facets"])
        return cls(**{**data, "images": images, "facets": facets})


@dataclass(frozen=True)
class Limits:
    """What one account's platform accepts. `url_weight` None: a link counts as it is written."""

    characters: int
    bytes: int | None = None
    url_weight: int | None = None
    alt_characters: int = 1500
    image_bytes: int = 1_000_000


def _cannot_renew(stale: Secrets, fetch: Callable[[Secrets], Secrets]) -> Secrets:
    return fetch(stale)


@dataclass(frozen=True)
class Credentials:
    """What a publisher needs to act for one account. Never logged: `secrets` stays out of repr."""

    base_url: str
    handle: str
    remote_account_id: str
    secrets: Secrets = field(repr=False, default_factory=dict)
    # renew(stale, fetch): one worker at a time runs fetch(current) and keeps what it returns;
    # the others get what that one fetched.
    renew: Callable[[Secrets, Callable[[Secrets], Secrets]], Secrets] = field(
        repr=False, default=_cannot_renew
    )


@dataclass(frozen=True)
class Identity:
    """Who we turned out to be when an account was connected, and what to keep for next time."""

    remote_account_id: str
    handle: str
    display_name: str
    secrets: Secrets = field(repr=False)
    limits: Limits


@dataclass(frozen=True)
class Health:
    """That an account can post, under which name, and within which limits."""

    handle: str
    display_name: str
    limits: Limits


class Publisher(Protocol):
    """One platform. All calls raise the five errors of `outbox.errors` and nothing else on purpose."""

    channel: ClassVar[Channel]
    limits: ClassVar[Limits]
    needs_server: ClassVar[bool]
    needs_secret: ClassVar[bool]
    # Whether an account's id means the same account on every server, or only on its own.
    has_worldwide_ids: ClassVar[bool]

    def compose(self, content: NoticeContent, wording: str, limits: Limits) -> list[Post]:
        """Return what would be posted; `wording` is staff's own text, empty for the generated one. Pure."""

    def count(self, text: str, limits: Limits) -> int:
        """Return how many characters the platform counts in `text`. Pure."""

    def problems(self, post: Post, limits: Limits) -> list[str]:
        """Return in sentences why the platform would refuse `post`; empty when it would not. Pure."""

    def sign_in(self, base_url: str, handle: str, secret: str) -> Identity:
        """Prove that these details work and return whom they belong to."""

    def check(self, credentials: Credentials) -> Health:
        """Ask the platform whether the account can post."""

    def publish(self, post: Post, credentials: Credentials, *, key: str) -> Receipt:
        """Post it; the same `key` with the same post never makes a second one where the platform allows."""

    def find(self, post: Post, credentials: Credentials, *, key: str) -> Receipt | None:
        """Look on the platform for exactly this post; None when it is not there."""

    def receipt_from_link(self, link: str, base_url: str, remote_account_id: str) -> Receipt | None:
        """Return the receipt of the post at `link`; None when it cannot be this account's."""

    def repeat_is_safe(self, age: timedelta) -> bool:
        """Say whether the platform itself would refuse a double, `age` after the first try."""

    def remove(self, receipt: Receipt, credentials: Credentials) -> None:
        """Take the post down; a post already gone is no error."""
