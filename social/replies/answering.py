"""Writes the row of an answer to somebody on a platform, with its post frozen; sends nothing itself."""

import secrets
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.recorder import record
from outbox.enums import ErrorKind, HoldReason, Status

from .. import spending
from ..health import why_stopped
from ..models import Account, AnswerPost, Reply
from ..planning import limits_of
from ..publishers.base import AddressesByName, Facet, Post
from ..publishers.registry import publisher_for
from ..text import bytes_before, urls
from . import telling
from .handing import pk_of, reply_of


class Platforms:
    """What social does for the room that answers people (updates.conversation.Speaker)."""

    def most_characters(self, key: str) -> int:
        """Return the account's own limit, or its platform's."""
        return limits_of(reply_of(key).account).characters

    def usual_words(self, key: str, answer: str, *, url: str, is_correction: bool) -> str:
        """Return the answer itself where it fits, else a sentence with the link to it."""
        reply = reply_of(key)
        words = _("Correction: %(answer)s") % {"answer": answer} if is_correction else answer
        if not _too_long(reply, words):
            return words
        if is_correction:
            return _("We have corrected our answer. Please read it here: %(url)s") % {"url": url}
        return _("Thank you for your question. Our answer is here: %(url)s") % {"url": url}

    def problems(self, key: str, words: str) -> list[str]:
        """Return why the platform, or the state of the account for good, does not allow `words`."""
        reply = reply_of(key)
        if reply.account.disconnected_at:
            return [_("The account is not connected any more. Answer here without a post there.")]
        if reply.notice and not reply.account.teams.filter(pk=reply.notice.team_id).exists():
            team = {"team": reply.notice.team}
            return [_("%(team)s does not use this account. Answer here without a post there.") % team]
        price = publisher_for(reply.account.channel).price(post_of(reply, words))
        return _too_long(reply, words) + spending.problems(reply.account, price)

    def answer(self, key: str, words: str, *, by: Any, number: int) -> None:
        """Write the row once per `number`; where nothing may be sent now, it is held for a person."""
        reply = reply_of(key)
        row, is_new = AnswerPost.objects.get_or_create(
            reply=reply, number=number, defaults=_row(reply, words, by)
        )
        if not is_new:
            return
        account = str(reply.account)
        record("reply.answered", actor=by, target=reply, account=account, voice=reply.voice, number=number)
        if row.status == Status.QUEUED:
            telling.answer_on_commit([row.pk])

    def renamed(self, key: str, reference: str) -> None:
        """Keep the new reference, so that the way between the two rooms stays open."""
        Reply.objects.filter(pk=pk_of(key)).update(voice=reference)


def post_of(reply: Reply, words: str) -> Post:
    """Return the post that says `words` to whoever wrote `reply`; every link in it can be followed."""
    publisher = publisher_for(reply.account.channel)
    text = words.strip().replace("\r\n", "\n")
    if isinstance(publisher, AddressesByName):
        text = publisher.addressed(text, reply.author_handle)
    facets = tuple(
        Facet(bytes_before(text, start), bytes_before(text, end), text[start:end])
        for start, end in urls(text)
    )
    return Post(text=text, link="", language=settings.COUNCIL.language.partition("-")[0], facets=facets)


def _too_long(reply: Reply, words: str) -> list[str]:
    limits = limits_of(reply.account)
    return publisher_for(reply.account.channel).problems(post_of(reply, words), limits)


def _row(reply: Reply, words: str, by: Any) -> dict[str, Any]:
    now = timezone.now()
    post = post_of(reply, words)
    dated = now.isoformat(timespec="microseconds").replace("+00:00", "Z")
    return {
        "account": reply.account,
        "answered_by": by,
        "payload": post.to_json() | {"created_at": dated},
        "key": f"answer-{reply.pk}-{secrets.token_hex(8)}",
        "price": publisher_for(reply.account.channel).price(post),
        "created_at": now,
        "next_attempt_at": now,
        **_held(reply.account),
    }


def _held(account: Account) -> dict[str, Any]:
    """Hold at once what could not be sent now: it would only become late."""
    if account.may_send:
        return {}
    return {
        "status": Status.HELD,
        "hold_reason": HoldReason.ACCOUNT,
        "error_kind": ErrorKind.ACCOUNT_BROKEN,
        "last_error": why_stopped(account) or _("Nothing can be sent to this account at the moment."),
    }
