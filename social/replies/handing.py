"""Hands what was collected to the room that keeps what people say; must not moderate or answer."""

import regex
from django.db import transaction

from updates.conversation import Heard, listener

from ..enums import Channel
from ..models import Account, Reply
from .asking import is_question

BATCH = 200
_LEADING_MENTION = regex.compile(r"\s*@([\w.-]+)(?:@[\w.-]+)?[,:]?\s+")


def hand_over(account: Account) -> int:
    """Hand over everything of an account that is joined to a notice and was not yet; return how many."""
    done = 0
    while batch := _hand_over_some(account):
        done += batch
    return done


@transaction.atomic
def _hand_over_some(account: Account) -> int:
    """Hand over one batch: taken in there and noted here together, or neither."""
    rows = Reply.objects.filter(account=account, voice="", notice__isnull=False, set_aside_at__isnull=True)
    locked = rows.select_for_update(skip_locked=True, of=("self",)).order_by("pk")
    replies = list(locked.select_related("notice")[:BATCH])
    references = listener().receive([_heard(account, reply) for reply in replies])
    for reply in replies:
        reply.voice = references[key_of(reply)]
    Reply.objects.bulk_update(replies, ["voice"])
    return len(replies)


def key_of(reply: Reply) -> str:
    """Return the name under which the other room knows a reply."""
    return f"reply-{reply.pk}"


def reply_of(key: str) -> Reply:
    """Return the reply a key stands for, with its account. Raises Reply.DoesNotExist. One query."""
    return Reply.objects.select_related("account", "notice").get(pk=pk_of(key))


def pk_of(key: str) -> int:
    """Return the row's number a key stands for."""
    return int(key.removeprefix("reply-"))


def _heard(account: Account, reply: Reply) -> Heard:
    assert reply.notice is not None  # the query asks for it
    words = without_our_name(reply.text, account.handle)
    return Heard(
        key=key_of(reply),
        source=str(Channel(account.channel).label),
        notice=reply.notice,
        text=words,
        is_question=is_question(words),
        url=reply.url,
        handle=reply.author_handle,
        name=reply.author_name,
    )


def without_our_name(text: str, handle: str) -> str:
    """Return `text` without the account's own name at its beginning, which some platforms put there."""
    ours = handle.lstrip("@").partition("@")[0].casefold()
    match = _LEADING_MENTION.match(text)
    if match and match.group(1).casefold() in (ours, handle.lstrip("@").casefold()):
        return text[match.end() :]
    return text
