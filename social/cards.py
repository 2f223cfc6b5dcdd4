"""Turns posts into what the preview component draws; draws nothing itself and asks no platform."""

from dataclasses import dataclass
from typing import Any

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from outbox.enums import Status

from . import spending
from .advice import what_to_do
from .copies import manner_of
from .health import why_stopped
from .models import Account, Delivery
from .planning import PlannedPost, limits_of
from .publishers.base import Limits, Post
from .publishers.registry import publisher_for


@dataclass(frozen=True)
class LaterPost:
    """A later post of a thread: its words and how long the platform counts them."""

    text: str
    used: int


@dataclass(frozen=True)
class Card:
    """The arguments of components/post_preview.html, and the account they are about."""

    account: Account
    state: str
    note: str = ""
    problem: str = ""
    text: str = ""
    link: str = ""
    used: int = 0
    limit: int = 0
    picture_url: str = ""
    picture_alt: str = ""
    later: tuple[LaterPost, ...] = ()
    # What the platform will charge, in a sentence; empty where posts are free.
    price: str = ""


def planned_card(planned: PlannedPost) -> Card:
    """Return the card of what would be posted: every post, its picture, its price, what is in its way.

    One query where the platform charges, none elsewhere.
    """
    stopped = why_stopped(planned.account)
    state = "held" if stopped else "problem" if planned.problems else "will"
    return Card(
        planned.account,
        state,
        problem=" ".join([*([stopped] if stopped else []), *planned.problems]),
        later=tuple(
            LaterPost(post.text, used)
            for post, used in zip(planned.posts[1:], planned.counts[1:], strict=True)
        ),
        price=spending.sentence(planned.account, planned.price),
        **_shown(planned.posts[0], planned.account, planned.limits, planned.manner),
    )


def left_out_card(account: Account) -> Card:
    """Return the card of an account that gets nothing, because somebody said so."""
    return Card(account, "off", problem=_("Left out: nothing is posted here."))


def sent_card(delivery: Delivery) -> Card:
    """Return the card of a delivery: the frozen post, whatever became of it."""
    post = Post.from_json(delivery.payload)
    troubled = delivery.status in (Status.FAILED, Status.HELD)
    problem = " ".join(part for part in (delivery.last_error, what_to_do(delivery)) if part)
    return Card(
        delivery.account,
        "problem" if troubled else "off" if delivery.status == Status.CANCELLED else "will",
        problem=problem if troubled else "",
        **_shown(post, delivery.account, limits_of(delivery.account), manner_of(delivery)),
    )


def _shown(post: Post, account: Account, limits: Limits, manner: str) -> dict[str, Any]:
    image = post.images[0] if post.images else None
    picture = _("Picture: %(alt)s") % {"alt": image.alt} if image else ""
    return {
        "text": post.text,
        "link": _link_card(post),
        "used": publisher_for(account.channel).count(post.text, limits),
        "limit": limits.characters,
        "picture_url": default_storage.url(image.name) if image else "",
        "picture_alt": image.alt if image else "",
        "note": " ".join(part for part in (manner, picture) if part),
    }


def _link_card(post: Post) -> str:
    """The card a platform draws under a post without a picture, where the post itself says what is on it."""
    if post.images or not post.link_title:
        return ""
    return _("Card: %(title)s. %(summary)s") % {"title": post.link_title, "summary": post.link_summary}
