"""Works out which accounts an edition goes to and the exact post for each; the preview is what is sent."""

from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext as _

from updates.models import Edition

from . import spending
from .content import content_of
from .following import manner
from .models import Account, Wording
from .publishers.base import Limits, Post, Publisher, Style
from .publishers.registry import publisher_for
from .text import graphemes

_HARD_TO_COUNT = "水 é 👨‍👩‍👧‍👦"


@dataclass(frozen=True)
class PlannedPost:
    """What one account will show: its posts (several: a thread), how long the platform counts each of them,
    what they cost together in US dollars, and why they would be refused.
    """

    account: Account
    wording: str
    posts: list[Post]
    counts: list[int]
    limits: Limits
    price: Decimal
    # What the platform would refuse, and what the month's money does not reach for.
    problems: list[str]
    over_cap: list[str]
    # How it is meant to appear beside earlier posts, in words; empty for a first edition.
    manner: str = ""


def planned_posts(edition: Edition) -> list[PlannedPost]:
    """Return the post of every account the edition goes to; a minor edition goes to none."""
    if edition.is_minor:
        return []
    wordings = wordings_of(edition)
    decided = [(account, wordings.get(account.pk) or Wording()) for account in accounts_for(edition)]
    return [
        preview(edition, account, wording.text, is_thread=wording.is_thread)
        for account, wording in decided
        if wording.is_included
    ]


def accounts_for(edition: Edition) -> list[Account]:
    """Return the connected accounts the edition's team may post to."""
    return list(Account.objects.open_to(edition.notice.team))


def wordings_of(edition: Edition) -> dict[int, Wording]:
    """Return staff's decisions for the edition, by account id."""
    return {wording.account_id: wording for wording in edition.wordings.all()}


def preview(edition: Edition, account: Account, wording: str, *, is_thread: bool = False) -> PlannedPost:
    """Return what `account` would show with this wording (empty: the generated text); writes nothing.

    One query more for an account whose spending is capped and whose platform charges for the posts.
    """
    publisher = publisher_for(account.channel)
    limits = limits_of(account)
    posts = publisher.compose(content_of(edition, style_of(account, is_thread=is_thread)), wording, limits)
    price = sum((publisher.price(post) for post in posts), Decimal(0))
    counts = [publisher.count(post.text, limits) for post in posts]
    problems = _problems(publisher, posts, limits)
    if counts[0] > limits.characters and limits.parts > 1 and not is_thread:
        problems[0] += " " + _("Shorten it, or tick “Say it whole, in several posts”.")
    over_cap = spending.problems(account, price)
    return PlannedPost(
        account=account,
        wording=wording,
        posts=posts,
        counts=counts,
        limits=limits,
        price=price,
        problems=problems + over_cap,
        over_cap=over_cap,
        manner=manner(edition, account, len(posts)),
    )


def style_of(account: Account, *, is_thread: bool = False) -> Style:
    """Return how the council wants this account to say things."""
    return Style(account.template, account.includes_link, is_thread)


def _problems(publisher: Publisher, posts: list[Post], limits: Limits) -> list[str]:
    if len(posts) == 1:
        return list(publisher.problems(posts[0], limits))
    return [
        _("Post %(number)d: %(problem)s") % {"number": number, "problem": problem}
        for number, post in enumerate(posts, start=1)
        for problem in publisher.problems(post, limits)
    ]


def charges(account: Account) -> bool:
    """Say whether the platform takes money for posts."""
    return publisher_for(account.channel).price(Post(settings.PORTAL_URL, settings.PORTAL_URL)) > 0


def counts_as_read(account: Account) -> bool:
    """Say whether the platform counts characters as readers see them, so that a browser can count along."""
    return publisher_for(account.channel).count(_HARD_TO_COUNT, limits_of(account)) == graphemes(
        _HARD_TO_COUNT
    )


def limits_of(account: Account) -> Limits:
    """Return the account's own limits where its server named them, else its platform's."""
    usual = publisher_for(account.channel).limits
    return Limits(
        characters=account.max_characters or usual.characters,
        bytes=account.max_bytes or usual.bytes,
        url_weight=account.url_weight or usual.url_weight,
        alt_characters=account.max_alt_characters or usual.alt_characters,
        image_bytes=usual.image_bytes,
        parts=usual.parts,
    )
