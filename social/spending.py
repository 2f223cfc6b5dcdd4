"""Adds up what posts cost, by account and calendar month, in US dollars; keeps nothing itself."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from outbox.enums import Status

from .models import Account, AnswerPost, Delivery

_A_WEEK = timedelta(days=7)
_PAID = [Status.SENT, Status.REMOVING, Status.REMOVED]
_PERHAPS_PAID = [Status.SENDING, Status.UNKNOWN]
_TO_BE_PAID = [Status.QUEUED, Status.RETRY, Status.HELD]


def month_of(moment: datetime) -> datetime:
    """Return when the calendar month of `moment` began, in the council's own time."""
    local = timezone.localtime(moment)
    return local.replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def spent(account: Account, month: datetime | None = None) -> Decimal:
    """Return what the account's posts and answers cost in the month of `month` (None: this one).

    A post that may have been made counts, and one taken down again too: nobody pays us back. One query.
    """
    return _sum(account, _charged_in(month or timezone.now()))


def spent_by_account() -> dict[int, Decimal]:
    """Return what was spent this month by account id, for lists of accounts. One query."""
    found: dict[int, Decimal] = {}
    for account_id, price in _prices(_charged_in(timezone.now())):
        found[account_id] = found.get(account_id, Decimal(0)) + price
    return found


def left(account: Account) -> Decimal | None:
    """Return what is left of this month's cap, less what already waits to leave; None: there is no cap."""
    if account.monthly_cap is None:
        return None
    return account.monthly_cap - _sum(account, _charged_in(timezone.now()) | Q(status__in=_TO_BE_PAID))


def passes_cap(account: Account, price: Decimal) -> bool:
    """Say whether a row that is about to leave for `price` would pass the cap. No query where it is free."""
    if not price or account.monthly_cap is None:
        return False
    return spent(account) + price > account.monthly_cap


def problems(account: Account, price: Decimal) -> list[str]:
    """Return the sentence why `price` cannot be promised; no query where posts are free or uncapped."""
    if not price or account.monthly_cap is None:
        return []
    rest = left(account) or Decimal(0)
    if price <= rest:
        return []
    figures = {
        "price": dollars(price),
        "rest": dollars(max(rest, Decimal(0))),
        "cap": dollars(account.monthly_cap),
    }
    return [
        _(
            "It would cost %(price)s, and %(rest)s is left of this month’s %(cap)s. "
            "Leave the account out, or ask a communications lead to raise the cap."
        )
        % figures
    ]


def sentence(account: Account, price: Decimal) -> str:
    """Return what `price` means for the account this month; empty and without a query where it is free."""
    if not price:
        return ""
    figures = {
        "platform": account.get_channel_display(),
        "price": dollars(price),
        "spent": dollars(spent(account)),
    }
    if account.monthly_cap is None:
        return _("%(platform)s will charge about %(price)s. Spent this month: %(spent)s.") % figures
    figures["cap"] = dollars(account.monthly_cap)
    return _("%(platform)s will charge about %(price)s. Spent this month: %(spent)s of %(cap)s.") % figures


def dollars(amount: Decimal) -> str:
    """Return an amount as people write it: whole cents, or tenths of a cent where it has them."""
    cents = amount.quantize(Decimal("0.01"))
    return f"${cents if cents == amount else amount.quantize(Decimal('0.001'))}"


def _charged_in(moment: datetime) -> Q:
    start = month_of(moment)
    end = month_of(start.replace(day=28) + _A_WEEK)
    sent = Q(status__in=_PAID, sent_at__gte=start, sent_at__lt=end)
    return sent | Q(status__in=_PERHAPS_PAID, claimed_at__gte=start, claimed_at__lt=end)


def _sum(account: Account, which: Q) -> Decimal:
    return sum((price for _account, price in _prices(which & Q(account=account))), Decimal(0))


def _prices(which: Q) -> Iterable[tuple[int, Decimal]]:
    """Return account and price of every post and every answer, in one query; what is free is left out."""
    posts, answers = (
        model._default_manager.filter(which, price__gt=0).order_by().values_list("account_id", "price")
        for model in (Delivery, AnswerPost)
    )
    return posts.union(answers, all=True)
