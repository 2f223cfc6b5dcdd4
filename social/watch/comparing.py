"""Compares what an account shows with our ledger; an unknown post that is a row's answer settles that row.

Every write here is one statement of its own: nothing is held while an incident is opened.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from outbox.enums import Status
from outbox.moves import Move
from outbox.receipt import Receipt
from outbox.rows import move, proven_sent, same_claim

from ..enums import IncidentKind
from ..models import Account, AnswerPost, Delivery, PostRow, Watch
from ..publishers.base import Post, SeenPost
from ..publishers.registry import publisher_for
from . import ledger
from .incidents import Clue, Finding, has_been

PATIENCE = timedelta(minutes=2)
"""How long a platform may take to show a new post, or to stop showing one that was taken down."""
MANY = 3
"""So many posts of ours gone at one look stop the account; one or two may be somebody tidying up."""


def compare(watch: Watch, posts: Sequence[SeenPost]) -> list[Finding]:
    """Return what stands there that nobody here posted or that somebody else changed.

    Notes on our rows that they were seen. Four queries, and two more for each post we do not know.
    """
    account = watch.account
    ids = [post.remote_id for post in posts]
    ours, accepted = ledger.known(account, ids), ledger.accepted(account, ids)
    found: list[Finding] = []
    for post in posts:
        if row := ours.get(post.remote_id):
            found += about_known(account, row, post)
        elif post.posted_at >= watch.since_at and post.remote_id not in accepted:
            found += _about_unknown(account, post)
    return found


def to_look_for(watch: Watch, posts: Collection[SeenPost], since: datetime) -> list[PostRow]:
    """Return our rows made since then that the timeline lacks: each has to be looked for by itself."""
    seen = {post.remote_id for post in posts}
    until = timezone.now() - PATIENCE
    return [row for row in ledger.standing(watch.account, since, until) if row.remote_id not in seen]


def compare_looked_for(account: Account, looked: Mapping[PostRow, SeenPost | None]) -> list[Finding]:
    """Return what is gone or changed among posts that were looked for one by one."""
    gone = [row for row, post in looked.items() if post is None and _is_news(account, row)]
    found = [_removed(row, stops=len(gone) >= MANY) for row in gone]
    for row, post in looked.items():
        if post is not None:
            found += about_known(account, row, post)
    return found


def about_known(account: Account, row: PostRow, seen: SeenPost) -> Iterator[Finding]:
    """Yield a finding when one of our posts does not say what we posted, or stands there again."""
    now = timezone.now()
    if row.status == Status.REMOVED:
        if row.removed_at and row.removed_at < now - PATIENCE and not _reported(account, seen):
            yield _came_back(seen)
        return
    publisher = publisher_for(account.channel)
    is_as_posted = publisher.matches(seen, Post.from_json(row.payload))
    is_changed = row.fingerprint not in ("", seen.fingerprint) or not is_as_posted
    if is_changed and row.fingerprint != seen.fingerprint and not _is_our_edit(account, row, seen):
        yield _edited(row, seen)
    _note(row, seen, now)
    if is_as_posted:
        Account.objects.filter(pk=account.pk).update(proven_at=now)


def _note(row: PostRow, seen: SeenPost, now: datetime) -> None:
    """Remember what was seen: the next look is compared with this one, so nothing is reported twice."""
    if row.fingerprint != seen.fingerprint or row.seen_at is None:
        rows = type(row)._base_manager.filter(pk=row.pk)
        rows.update(fingerprint=seen.fingerprint[:200], seen_at=row.seen_at or now)


def _is_our_edit(account: Account, row: PostRow, seen: SeenPost) -> bool:
    """An edit of ours may be seen before its row says that it was made."""
    on_its_way = ledger.in_flight(account, seen)
    return isinstance(on_its_way, Delivery) and on_its_way.about_id == row.pk


def _about_unknown(account: Account, seen: SeenPost) -> Iterator[Finding]:
    row = ledger.in_flight(account, seen)
    if row is not None:
        _settle(row, seen)
    elif not _reported(account, seen) and seen.remote_id not in ledger.known(account, [seen.remote_id]):
        yield Finding(
            IncidentKind.UNKNOWN_POST,
            _("A post on %(account)s was not made by the portal.") % {"account": account},
            subject=seen.remote_id,
            url=seen.url,
            happened_at=seen.posted_at,
            stops=True,
            clues=[Clue(_("The post as it was seen"), seen.text, seen.raw)],
        )


def _settle(row: PostRow, seen: SeenPost) -> None:
    """The post is the answer to a row in flight: its worker or the watch, whichever is first, records it."""
    changes = proven_sent(Receipt(seen.remote_id, seen.url), timezone.now())
    mine = same_claim(row)
    if not move(mine, Move.RECORD_SENT, **changes):
        move(mine, Move.SETTLE_SENT, **changes)


def _reported(account: Account, seen: SeenPost) -> bool:
    return has_been(account, IncidentKind.UNKNOWN_POST, seen.remote_id)


def _is_news(account: Account, row: PostRow) -> bool:
    """Gone, still meant to be there, and not said before."""
    still_sent = type(row)._base_manager.filter(pk=row.pk, status=Status.SENT).exists()
    return still_sent and not has_been(account, IncidentKind.REMOVED_POST, row.remote_id)


def _removed(row: PostRow, *, stops: bool) -> Finding:
    text = str(row.payload.get("text", ""))
    return Finding(
        IncidentKind.REMOVED_POST,
        _("A post of ours is gone, and the portal did not take it down: %(about)s") % {"about": _about(row)},
        subject=row.remote_id,
        url=row.remote_url,
        stops=stops,
        clues=[Clue(_("What we had posted"), text, row.payload)],
    )


def _edited(row: PostRow, seen: SeenPost) -> Finding:
    text = str(row.payload.get("text", ""))
    return Finding(
        IncidentKind.EDITED_POST,
        _("A post of ours was changed, and not by the portal: %(about)s") % {"about": _about(row)},
        subject=row.remote_id,
        url=seen.url or row.remote_url,
        stops=True,
        clues=[
            Clue(_("The post as it is now"), seen.text, seen.raw),
            Clue(_("What we had posted"), text, row.payload),
        ],
    )


def _came_back(seen: SeenPost) -> Finding:
    return Finding(
        IncidentKind.UNKNOWN_POST,
        _("A post that we had taken down stands there again."),
        subject=seen.remote_id,
        url=seen.url,
        happened_at=seen.posted_at,
        stops=True,
        clues=[Clue(_("The post as it was seen"), seen.text, seen.raw)],
    )


def _about(row: PostRow) -> str:
    if isinstance(row, Delivery):
        return f"{row.edition.notice.reference}, {row.edition.title}"
    assert isinstance(row, AnswerPost)
    return _("an answer to %(handle)s") % {"handle": row.reply.author_handle}
