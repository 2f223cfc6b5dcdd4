"""The small interface every platform implements and the plain data that crosses it; no models, no calls."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, ClassVar, Protocol, runtime_checkable

from outbox.receipt import Receipt
from social.enums import Channel

__all__ = [
    "AddressesByName",
    "AppRegistration",
    "Credentials",
    "Facet",
    "Health",
    "Identity",
    "Limits",
    "NoticeContent",
    "Post",
    "PostImage",
    "Profile",
    "Publisher",
    "Receipt",
    "Secrets",
    "SeenPost",
    "SeenReply",
    "SignsInByRedirect",
    "Style",
    "Thread",
]

Secrets = Mapping[str, str]


@dataclass(frozen=True)
class PostImage:
    """A picture in our storage: its name there, what it shows in words, and the hash of its bytes."""

    name: str
    alt: str
    sha256: str


@dataclass(frozen=True)
class Style:
    """How an account says things: the council's template (empty: the portal's own), and the author's choice.

    `includes_link` is whether the link stands in the words; `is_thread` whether several posts may be made.
    """

    template: str = ""
    includes_link: bool = True
    is_thread: bool = False


@dataclass(frozen=True)
class NoticeContent:
    """What a notice's edition says, and in which style; `kind_words` is the kind as people read it."""

    reference: str
    kind: str
    title: str
    summary: str
    url: str
    change_note: str = ""
    language: str = "en"
    image: PostImage | None = None
    is_correction: bool = False
    kind_words: str = ""
    style: Style = Style()


@dataclass(frozen=True)
class Facet:
    """A part of the text that is a link (`uri`) or a hashtag (`tag`, without #); offsets in UTF-8 bytes."""

    start: int
    end: int
    uri: str = ""
    tag: str = ""


@dataclass(frozen=True)
class Post:
    """One post, complete: what the preview shows, what is approved, and what is frozen and sent.

    `link` is the notice's, also where the words leave it out; empty in the later posts of a thread.
    """

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
    """What one account's platform accepts. `url_weight` None: a link counts as it is written.

    `parts` is how many posts a thread may have; 1: the platform has no threads, or they are not safe there.
    """

    characters: int
    bytes: int | None = None
    url_weight: int | None = None
    alt_characters: int = 1500
    image_bytes: int = 1_000_000
    parts: int = 1


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
    """That an account can post, under which name, within which limits, and for how long."""

    handle: str
    display_name: str
    limits: Limits
    # When our access ends if nobody renews it by hand; None: it has no set end, or renews by itself.
    access_ends_at: datetime | None = None
    # Everything else that may act for the account, by name, where the platform lists it.
    app_passwords: tuple[str, ...] = ()


@dataclass(frozen=True)
class Thread:
    """Where a post belongs: the post it answers, and the first one of the whole conversation."""

    parent: Receipt
    root: Receipt


@dataclass(frozen=True)
class SeenPost:
    """A post of an account as the platform shows it to everybody.

    `text` in plain words, links written out; `fingerprint` changes whenever what people see is changed;
    `raw` is the platform's own answer, kept as evidence.
    """

    remote_id: str
    url: str
    text: str
    posted_at: datetime
    fingerprint: str
    links: tuple[str, ...] = ()
    # The program that posted it, where the platform says so; a hint, never proof.
    made_with: str = ""
    raw: Mapping[str, Any] = field(repr=False, default_factory=dict)


@dataclass(frozen=True)
class Profile:
    """How an account presents itself to everybody; a change nobody here made is a sign of a hijack."""

    handle: str
    name: str = ""
    about: str = ""
    link: str = ""
    picture: str = ""


@dataclass(frozen=True)
class SeenReply:
    """Something a person wrote to an account: under one of its posts (`root_id`), or a mention (empty)."""

    remote_id: str
    url: str
    text: str
    posted_at: datetime
    author_handle: str
    author_name: str = ""
    parent_id: str = ""
    root_id: str = ""
    raw: Mapping[str, Any] = field(repr=False, default_factory=dict)


@dataclass(frozen=True)
class AppRegistration:
    """What a platform gave the council's own program: needed to send people there to sign in."""

    base_url: str
    client_id: str
    client_secret: str = field(repr=False, default="")


class Publisher(Protocol):
    """One platform. All calls raise the five errors of `outbox.errors` and nothing else on purpose."""

    channel: ClassVar[Channel]
    limits: ClassVar[Limits]
    needs_server: ClassVar[bool]
    needs_secret: ClassVar[bool]
    # Whether an account's id means the same account on every server, or only on its own.
    has_worldwide_ids: ClassVar[bool]
    # Whether a post of ours can be given other words in its place.
    can_edit: ClassVar[bool]
    # Whether a post may answer another: ours (an update) or a resident's (an answer).
    can_reply: ClassVar[bool]
    # Seconds between two looks of the watch; 0: the platform cannot be read back.
    watch_every: ClassVar[int]

    def compose(self, content: NoticeContent, wording: str, limits: Limits) -> list[Post]:
        """Return what would be posted, several for a thread; `wording` is staff's own text, empty for the
        generated one. Pure.
        """

    def count(self, text: str, limits: Limits) -> int:
        """Return how many characters the platform counts in `text`. Pure."""

    def problems(self, post: Post, limits: Limits) -> list[str]:
        """Return in sentences why the platform would refuse `post`; empty when it would not. Pure."""

    def sign_in(self, base_url: str, handle: str, secret: str) -> Identity:
        """Prove that these details work and return whom they belong to."""

    def page(self, base_url: str, handle: str, remote_account_id: str) -> str:
        """Return where anybody can look at the account, or an empty text. Pure."""

    def check(self, credentials: Credentials) -> Health:
        """Ask the platform whether the account can post."""

    def publish(
        self, post: Post, credentials: Credentials, *, key: str, thread: Thread | None = None
    ) -> Receipt:
        """Post it, in `thread` if one is given; the same `key` with the same post never makes a second one
        where the platform allows.
        """

    def find(self, post: Post, credentials: Credentials, *, key: str) -> Receipt | None:
        """Look on the platform for exactly this post; None when it is not there."""

    def receipt_from_link(self, link: str, base_url: str, remote_account_id: str) -> Receipt | None:
        """Return the receipt of the post at `link`; None when it cannot be this account's."""

    def repeat_is_safe(self, age: timedelta) -> bool:
        """Say whether the platform itself would refuse a double, `age` after the first try."""

    def edit(self, receipt: Receipt, post: Post, credentials: Credentials) -> None:
        """Put `post` in the place of one of ours; doing it twice does no harm. Only where `can_edit`."""

    def remove(self, receipt: Receipt, credentials: Credentials) -> None:
        """Take the post down; a post already gone is no error."""

    def price(self, post: Post) -> Decimal:
        """Return what making this post costs, in US dollars; zero nearly everywhere. Pure."""

    def matches(self, seen: SeenPost, post: Post) -> bool:
        """Say whether `seen` says exactly what `post` says, as the platform shows it. Pure."""

    def timeline(self, credentials: Credentials, since: datetime) -> list[SeenPost]:
        """Return the account's own posts made since then, newest first, answers among them.

        Read without our token where the platform allows: who takes the token away must not blind us.
        Only where `watch_every`.
        """

    def look(self, receipt: Receipt, credentials: Credentials) -> SeenPost | None:
        """Return one post as it stands now; None when it is gone. Only where `watch_every`."""

    def profile(self, credentials: Credentials) -> Profile:
        """Return how the account presents itself now. Only where `watch_every`."""

    def replies(self, credentials: Credentials, since: datetime) -> list[SeenReply]:
        """Return what others wrote to the account since then: answers, comments, mentions; newest first.

        Only where `can_reply`.
        """

    def revoke(self, credentials: Credentials) -> None:
        """Give back our own access on the platform, so that a stolen copy of it is worth nothing."""


@runtime_checkable
class AddressesByName(Protocol):
    """A publisher on whose platform people hear of an answer only when it names them."""

    def addressed(self, text: str, handle: str) -> str:
        """Return the words of an answer to `handle` so that they are told of it. Pure."""


@runtime_checkable
class SignsInByRedirect(Protocol):
    """A publisher whose accounts are connected by sending the person to the platform (OAuth 2)."""

    def authorise_url(self, app: AppRegistration, redirect_uri: str, state: str, challenge: str) -> str:
        """Return where to send the person; `challenge` is PKCE's S256 of a verifier we keep. Pure."""

    def identities(self, app: AppRegistration, redirect_uri: str, code: str, verifier: str) -> list[Identity]:
        """Exchange the code that came back for access, and return every account it lets us act for."""
