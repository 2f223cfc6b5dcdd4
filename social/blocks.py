"""What social adds to the pages of notices; the public block is a pure function of the database."""

from itertools import groupby
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from accounts import permissions
from outbox.enums import Status
from updates.models import Edition, Notice

from . import board
from .advice import what_to_do
from .cards import Card, left_out_card, planned_card, sent_card
from .copies import Copy, copies, count_published
from .health import STATE_WORDS, state_of, why_stopped
from .models import Account, Delivery
from .permissions import manages_accounts, sees_accounts
from .planning import accounts_for, planned_posts
from .stopping import warnings

DESK_SHOWN = 8


def edit_main(_context: dict[str, Any], edition: Edition) -> str:
    """Return what each account will say, for the editor. Two queries."""
    return render_to_string("social/block_edit.html", _planned(edition) | {"edition": edition})


def approve_main(_context: dict[str, Any], edition: Edition) -> str:
    """Return every post that approval covers; after publishing, the posts as they were frozen."""
    if edition.published_at:
        return _frozen_posts(edition)
    return render_to_string("social/block_approve.html", _planned(edition) | {"edition": edition})


def staff_notice(context: dict[str, Any], notice: Notice) -> str:
    """Return what became of every post of a notice, per edition; the way to the words while it is written."""
    told = copies(board.deliveries_about(notice))
    editions = [
        {"edition": edition, "rows": _rows(list(each))}
        for edition, each in groupby(told, key=lambda copy: copy.row.edition)
    ]
    shown = context.get("edition")
    may_write = permissions.may_write(context.get("user"), notice.team, notice.kind)
    words_for = shown if isinstance(shown, Edition) and shown.is_editable and may_write else None
    if not editions and words_for is None:
        return ""
    return render_to_string("social/block_staff_notice.html", {"editions": editions, "words_for": words_for})


def desk(context: dict[str, Any], _about: Any) -> str:
    """Return the posts and accounts that need the person; nothing when none does. Three queries."""
    user = context["user"]
    if not sees_accounts(user):
        return ""
    rows = list(board.needs_person(user)[: DESK_SHOWN + 1])
    accounts = board.stopped_accounts(user)
    if not rows and not accounts:
        return ""
    shown = {
        "rows": [(row, what_to_do(row)) for row in rows[:DESK_SHOWN]],
        "has_more": len(rows) > DESK_SHOWN,
        "accounts": [
            (account, state_of(account), _state_words(account), why_stopped(account)) for account in accounts
        ],
        "may_manage": manages_accounts(user),
    }
    return render_to_string("social/block_desk.html", shown)


def notice_aside(_context: dict[str, Any], notice: Notice) -> str:
    """Return "Is it genuine?" for residents: the only posts we made about this notice. One query."""
    outside = [row for row in board.deliveries_about(notice) if row.status in _OUTSIDE]
    standing = [row for row in outside if row.status == Status.SENT]
    context = {
        "notice": notice,
        "council": settings.COUNCIL,
        "posts": _latest_of_each_account(standing),
        "is_replaced": bool(outside) and not standing and not notice.withdrawn_at,
        "is_removed": bool(outside) and not standing,
        "is_being_removed": any(row.status == Status.REMOVING for row in outside),
    }
    return render_to_string("social/block_notice_aside.html", context)


def every_page(_context: dict[str, Any], _about: Any) -> str:
    """Return the warnings about our accounts, for every residents' page. One query."""
    return render_to_string("social/block_warning.html", {"warned": list(warnings.standing())})


def count_to_do(user: Any) -> int:
    """Return how many posts need the person, for the navigation. One query."""
    return board.needs_person(user).count()


_OUTSIDE = (Status.SENT, Status.REMOVING, Status.REMOVED)


def _planned(edition: Edition) -> dict[str, Any]:
    """Return the cards of every account the edition goes to, and how many of them will post."""
    planned = {post.account.pk: post for post in planned_posts(edition)}
    accounts = accounts_for(edition)
    cards: list[Card] = [
        planned_card(planned[account.pk]) if account.pk in planned else left_out_card(account)
        for account in accounts
        if not edition.is_minor
    ]
    return {
        "cards": cards,
        "will_post": sum(card.state == "will" for card in cards),
        "is_minor": edition.is_minor,
        "has_accounts": bool(accounts),
    }


def _frozen_posts(edition: Edition) -> str:
    rows = [row for row in board.deliveries_about(edition.notice) if row.edition_id == edition.pk]
    return render_to_string("social/block_frozen.html", {"rows": [(row, sent_card(row)) for row in rows]})


def _rows(listed: list[Copy]) -> dict[str, Any]:
    published, total = count_published(copy.row for copy in listed)
    return {"listed": listed, "published": published, "total": total}


def _latest_of_each_account(rows: list[Delivery]) -> list[Delivery]:
    """The rows come newest edition first, so the first of each account is its latest."""
    latest: dict[int, Delivery] = {}
    for row in rows:
        latest.setdefault(row.account_id, row)
    return list(latest.values())


def _state_words(account: Account) -> str:
    return str(STATE_WORDS[state_of(account)])
