"""Compares what an account shows with our ledger; an unknown post that is a row's answer settles that row.

Every write here is one statement of its own: nothing is held while an incident is opened.
"""

import random
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from outbox.enums import Status
from outbox.moves import Move
from outbox.receipt import Receipt
from outbox.rows import move, proven_sent, same_claim

from ..enums import Act, IncidentKind
from ..models import Account, AnswerPost, Delivery, PostRow, Watch
from ..publishers.base import SeenPost
from . import ledger
from .incidents import FLOOD, Clue, Finding, open_count, subjects_of

PATIENCE = timedelta(minutes=2)
"""How long a platform may take to show a new post, or to stop showing one that was taken down."""
ROUNDING = timedelta(seconds=1)
"""Platforms that count in whole seconds may give us a post a little older than we asked for."""
MANY = 3
"""So many posts of ours gone at one look stop the account; one or two may be somebody tidying up."""
MOST_INCIDENTS = 20
"""So many posts we do not know have an incident of their own; the rest of a flood is told in one more."""
MOST_LOOKED_FOR = 50
"""So many posts missing from a timeline are looked for at one look, each with a call of its own."""


def compare(watch: Watch, posts: Sequence[SeenPost], since: datetime) -> Iterator[Finding]:
    """Yield what stands there, of what was read from `since` on, that nobody here posted or somebody changed.

    Notes on our rows that they were seen, each after its finding was dealt with. Four queries, five more when
    there are posts we do not know, and one or two for each post of ours that was not seen before.
    """
    account = watch.account
    ids = [post.remote_id for post in posts]
    ours, accepted = ledger.known(account, ids), ledger.accepted(account, ids)
    reported = subjects_of(account, IncidentKind.UNKNOWN_POST, ids)
    strange = [
        post
        for post in posts
        if post.remote_id not in {*ours, *accepted, *reported} and not _stood_before(watch, post, since)
    ]
    # What nobody here made comes first: it stops the account.
    yield from _about_strange(account, strange)
    for post in posts:
        if row := ours.get(post.remote_id):
            yield from about_known(account, row, post)


def to_look_for(watch: Watch, posts: Collection[SeenPost], since: datetime) -> list[PostRow]:
    """Return our rows made since then that the timeline lacks: each has to be looked for by itself.

    Not those that were found gone before. Of very many, a choice that differs at every look.
    """
    seen = {post.remote_id for post in posts}
    until = timezone.now() - PATIENCE
    rows = [row for row in ledger.standing(watch.account, since, until) if row.remote_id not in seen]
    gone = subjects_of(watch.account, IncidentKind.REMOVED_POST, [row.remote_id for row in rows])
    left = [row for row in rows if row.remote_id not in gone]
    return random.sample(left, min(len(left), MOST_LOOKED_FOR))


def compare_looked_for(account: Account, looked: Mapping[PostRow, SeenPost | None]) -> Iterator[Finding]:
    """Yield what is gone or changed among posts that were looked for one by one."""
    gone = [row for row, post in looked.items() if post is None and _is_still_meant(row)]
    yield from (_removed(row, stops=len(gone) >= MANY) for row in gone)
    for row, post in looked.items():
        if post is not None:
            yield from about_known(account, row, post)


def about_known(account: Account, row: PostRow, seen: SeenPost) -> Iterator[Finding]:
    """Yield a finding when one of our posts does not say what we posted, or stands there again."""
    now = timezone.now()
    if row.status == Status.REMOVED:
        if row.removed_at and row.removed_at < now - PATIENCE and not _reported(account, seen):
            yield _came_back(seen)
        return
    if row.fingerprint == seen.fingerprint or _is_not_edited_yet(account, row, seen, now):
        return
    is_as_posted = ledger.that_says([row], account, seen) is not None
    if (row.fingerprint or not is_as_posted) and not _is_our_edit(account, seen):
        yield _edited(row, seen)
    _note(row, seen, now, is_proof=is_as_posted)


def _note(row: PostRow, seen: SeenPost, now: datetime, *, is_proof: bool) -> None:
    """Remember what was seen: the next look is compared with this one, so nothing is reported twice.

    That a new post is there, as we wrote it, proves that the account is alive.
    """
    if row.seen_at is None and is_proof:
        Account.objects.filter(pk=row.account_id).update(proven_at=now)
    rows = type(row)._base_manager.filter(pk=row.pk)
    rows.update(fingerprint=seen.fingerprint[:200], seen_at=row.seen_at or now)


def _is_our_edit(account: Account, seen: SeenPost) -> bool:
    """An edit of ours may be seen before its row says that it was made."""
    edits = [row for row in ledger.in_flight(account) if _edited_id(row) == seen.remote_id]
    return ledger.that_says(edits, account, seen) is not None


def _is_not_edited_yet(account: Account, row: PostRow, seen: SeenPost, now: datetime) -> bool:
    """Our edit may be written down, and what was read a moment before still says the words it replaced."""
    if not (_edited_id(row) and row.sent_at and row.sent_at > now - PATIENCE):
        return False
    before = Delivery.objects.filter(account=account, remote_id=seen.remote_id).exclude(pk=row.pk)
    return ledger.that_says(before, account, seen) is not None


def _edited_id(row: PostRow) -> str:
    is_edit = isinstance(row, Delivery) and row.act == Act.EDIT and row.about
    return row.about.remote_id if is_edit else ""  # type: ignore[attr-defined]


def _stood_before(watch: Watch, post: SeenPost, since: datetime) -> bool:
    """Say whether it was posted before we watched; one older than we asked for is dated back, and recent."""
    return since - ROUNDING <= post.posted_at < watch.since_at


def _about_strange(account: Account, posts: Sequence[SeenPost]) -> Iterator[Finding]:
    if not posts:
        return
    left = _settle_all(account, posts)
    # Its worker may have written it down since we read the ledger.
    written = ledger.known(account, [post.remote_id for post in left])
    unknown = [post for post in left if post.remote_id not in written]
    room = max(0, MOST_INCIDENTS - open_count(account, IncidentKind.UNKNOWN_POST)) if unknown else 0
    yield from (_unknown(account, post) for post in unknown[:room])
    if unknown[room:]:
        yield _flood(account, unknown[room:])


def _settle_all(account: Account, posts: Sequence[SeenPost]) -> list[SeenPost]:
    """Record each post that is the answer to a row in flight, and return the others."""
    # An edit makes no post: one with its words is another post, and its row stays unsettled.
    on_their_way = [row for row in ledger.in_flight(account) if not _edited_id(row)]
    left = []
    for post in posts:
        if row := ledger.that_says(on_their_way, account, post):
            on_their_way.remove(row)
            _settle(row, post)
        else:
            left.append(post)
    return left


def _settle(row: PostRow, seen: SeenPost) -> None:
    """The post is the answer to a row in flight: its worker or the watch, whichever is first, records it."""
    changes = proven_sent(Receipt(seen.remote_id, seen.url), timezone.now())
    mine = same_claim(row)
    if not move(mine, Move.RECORD_SENT, **changes):
        move(mine, Move.SETTLE_SENT, **changes)


def _reported(account: Account, seen: SeenPost) -> bool:
    return bool(subjects_of(account, IncidentKind.UNKNOWN_POST, [seen.remote_id]))


def _is_still_meant(row: PostRow) -> bool:
    """It may have been taken down by us while it was looked for."""
    return type(row)._base_manager.filter(pk=row.pk, status=Status.SENT).exists()


def _unknown(account: Account, seen: SeenPost) -> Finding:
    return Finding(
        IncidentKind.UNKNOWN_POST,
        _("A post on %(account)s was not made by the portal.") % {"account": account},
        subject=seen.remote_id,
        url=seen.url,
        happened_at=seen.posted_at,
        stops=True,
        clues=[Clue(_("The post as it was seen"), seen.text, seen.raw)],
    )


def _flood(account: Account, posts: Sequence[SeenPost]) -> Finding:
    listed = [{"id": post.remote_id, "text": post.text, "at": post.posted_at.isoformat()} for post in posts]
    said = {"count": len(posts), "account": account}
    return Finding(
        IncidentKind.UNKNOWN_POST,
        _("%(count)d more posts on %(account)s were not made by the portal.") % said,
        subject=FLOOD,
        stops=True,
        clues=[Clue(_("The posts as they were seen"), "", {"posts": listed})],
    )


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
