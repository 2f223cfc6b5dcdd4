"""What a person may decide about one answer on a platform, with its event; refusals are sentences."""

from collections.abc import Callable

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit.recorder import record
from outbox import decisions

from ..decisions import DecisionRefused, refuse_what_is_not_ours
from ..models import AnswerPost
from ..publishers.registry import publisher_for
from . import telling


def retry(row: AnswerPost, *, by: User) -> None:
    """Send a held or failed answer now."""
    if not row.account.may_send:
        raise DecisionRefused(_("Nothing can be sent to this account at the moment."))
    _decide("reply.answer_retried", row, by, decisions.release, was=row.last_error)
    telling.answer_on_commit([row.pk])


def give_up(row: AnswerPost, *, by: User) -> None:
    """Decide that an answer that has not gone out never will; on the portal it stands."""
    sentence = _("Given up by %(name)s.") % {"name": by.get_full_name()}
    _decide("reply.answer_given_up", row, by, lambda row: decisions.give_up(row, sentence))


def settle_as_sent(row: AnswerPost, link: str, *, by: User) -> None:
    """A person has seen the answer there and gives its link."""
    account = row.account
    receipt = publisher_for(account.channel).receipt_from_link(
        link.strip(), account.base_url, account.remote_account_id
    )
    if receipt is None:
        raise DecisionRefused(_("This is not a link to a post of this account."))
    refuse_what_is_not_ours(account, receipt)
    _decide(
        "reply.answer_settled_as_sent",
        row,
        by,
        lambda row: decisions.settle_as_sent(row, receipt),
        link=link,
    )


def settle_as_not_sent(row: AnswerPost, *, by: User) -> None:
    """A person has looked and the answer is not there: it is sent again."""
    _decide("reply.answer_settled_as_not_sent", row, by, decisions.settle_as_not_sent)
    telling.answer_on_commit([row.pk])


def _decide(
    action: str, row: AnswerPost, by: User, apply: Callable[[AnswerPost], bool], **detail: object
) -> None:
    """Apply a decision and record it, both or neither."""
    with transaction.atomic():
        record(action, actor=by, target=row.reply, account=str(row.account), voice=row.reply.voice, **detail)
        if not apply(row):
            fresh = AnswerPost.objects.get(pk=row.pk)
            sentence = _("This is not possible any more: the post is now “%(status)s”.")
            raise DecisionRefused(sentence % {"status": fresh.get_status_display()})
