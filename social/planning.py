"""Works out which accounts an edition goes to and the exact post for each; the preview is what is sent."""

from dataclasses import dataclass

from updates.models import Edition

from .content import content_of
from .models import Account, Wording
from .publishers.base import Limits, Post
from .publishers.registry import publisher_for


@dataclass(frozen=True)
class PlannedPost:
    """What one account will show: the post, how long the platform counts it, and why it would be refused."""

    account: Account
    wording: str
    post: Post
    count: int
    limits: Limits
    problems: list[str]


def planned_posts(edition: Edition) -> list[PlannedPost]:
    """Return the post of every account the edition goes to; a minor edition goes to none."""
    if edition.is_minor:
        return []
    wordings = wordings_of(edition)
    return [
        preview(edition, account, wordings[account.pk].text if account.pk in wordings else "")
        for account in accounts_for(edition)
        if account.pk not in wordings or wordings[account.pk].is_included
    ]


def accounts_for(edition: Edition) -> list[Account]:
    """Return the connected accounts the edition's team may post to."""
    return list(Account.objects.open_to(edition.notice.team))


def wordings_of(edition: Edition) -> dict[int, Wording]:
    """Return staff's decisions for the edition, by account id."""
    return {wording.account_id: wording for wording in edition.wordings.all()}


def preview(edition: Edition, account: Account, wording: str) -> PlannedPost:
    """Return what `account` would show with this wording (empty: the generated text); writes nothing."""
    publisher = publisher_for(account.channel)
    limits = limits_of(account)
    [post] = publisher.compose(content_of(edition), wording, limits)
    return PlannedPost(
        account=account,
        wording=wording,
        post=post,
        count=publisher.count(post.text, limits),
        limits=limits,
        problems=publisher.problems(post, limits),
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
    )
