"""The reading side of social's pages: accounts with their queues, and deliveries; must not write."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Team
from look import times
from outbox.enums import WAITING, Status
from updates.models import Notice

from . import spending, standing
from .health import STATE_WORDS, state_of, why_stopped
from .models import Account, AccountQuerySet, Delivery, Drill, Incident
from .permissions import account_teams
from .publishers.registry import publisher_for
from .standing import Standing

NEEDS_PERSON = Q(status__in=[Status.FAILED, Status.HELD, Status.UNKNOWN]) | (
    Q(status=Status.REMOVING) & ~Q(last_error="")
)


@dataclass(frozen=True)
class Row:
    """One account on the board: its state as a word, and how many deliveries stand where."""

    account: Account
    counts: Counter[str] = field(default_factory=Counter)
    posts_today: int = 0
    # US dollars, this calendar month.
    spent: Decimal = Decimal(0)
    incidents: int = 0
    last_drill: Drill | None = None

    @property
    def state(self) -> str:
        """Return the account's state as the look knows it."""
        return state_of(self.account)

    @property
    def state_words(self) -> str | Promise:
        """Return the state as people read it."""
        is_stopped = self.state == "locked"
        return self.account.get_stop_level_display() if is_stopped else STATE_WORDS[self.state]

    @property
    def access(self) -> Standing:
        """Return when our access ends."""
        return standing.access(self.account, timezone.now())

    @property
    def watched(self) -> Standing:
        """Return when the watch saw the account last."""
        is_readable = bool(publisher_for(self.account.channel).watch_every)
        return standing.watched(getattr(self.account, "watch", None), is_readable, timezone.now())

    @property
    def proof_of_life(self) -> Standing:
        """Return when a post of ours was last seen on the platform itself."""
        return standing.proof_of_life(self.account, timezone.now())

    @property
    def spending(self) -> str:
        """Return what was spent this month, of the cap where there is one; empty where posts are free."""
        cap, spent = self.account.monthly_cap, spending.dollars(self.spent)
        if cap is not None:
            return gettext("%(spent)s of %(cap)s") % {"spent": spent, "cap": spending.dollars(cap)}
        return spent if self.spent else ""

    @property
    def needs_look(self) -> bool:
        """Say whether somebody should look at the account: it is stopped, or something stands open."""
        open_posts = self.counts[Status.HELD] + self.counts[Status.FAILED] + self.counts[Status.UNKNOWN]
        warned = [self.access.tone, self.watched.tone, self.proof_of_life.tone]
        return self.state != "connected" or bool(open_posts or self.incidents or any(warned))

    @property
    def why_stopped(self) -> str:
        """Return why nothing can be sent to it now; empty when something can."""
        return why_stopped(self.account)

    @property
    def waiting(self) -> int:
        """Return how many posts wait for their turn or are on their way."""
        return sum(self.counts[status] for status in (*WAITING, Status.SENDING))

    @property
    def queue(self) -> list[tuple[int, str | Promise, str]]:
        """Return every count with its word and the filter that shows these deliveries."""
        return [
            (self.waiting, _("waiting"), "waiting"),
            (self.counts[Status.HELD], _("held"), Status.HELD.value),
            (self.counts[Status.UNKNOWN], _("being checked"), Status.UNKNOWN.value),
            (self.counts[Status.FAILED], _("failed"), Status.FAILED.value),
        ]


def accounts_of(user: Any) -> AccountQuerySet:
    """Return the accounts that concern `user`, with the people and teams that are shown beside them."""
    accounts = Account.objects.select_related(
        "connected_by", "confirmed_by", "locked_by", "watch"
    ).prefetch_related("teams")
    teams = account_teams(user)
    # A subquery, not a join: an account of two of the person's teams is still one account.
    return accounts if teams is None else accounts.filter(pk__in=_used_by(teams))


def board_of(user: Any) -> list[Row]:
    """Return the connected accounts that concern `user`. The same queries, however many there are."""
    return rows_of(list(accounts_of(user).connected()))


def rows_of(accounts: list[Account]) -> list[Row]:
    """Return these accounts with their figures. Five queries."""
    mine = Delivery.objects.filter(account__in=accounts).order_by()
    counts: dict[int, Counter[str]] = {account.pk: Counter() for account in accounts}
    for account_id, status, number in _counted(mine.filter(status__in=_SHOWN), "account_id", "status"):
        counts[account_id][status] = number
    today = dict(_counted(mine.filter(sent_at__gte=_start_of_today()), "account_id"))
    spent = spending.spent_by_account()
    incidents = dict(_counted(Incident.objects.filter(closed_at=None).order_by(), "account_id"))
    drills = {drill.account_id: drill for drill in Drill.objects.order_by("started_at", "pk")}
    return [
        Row(
            account,
            counts[account.pk],
            today.get(account.pk, 0),
            spent.get(account.pk, Decimal(0)),
            incidents.get(account.pk, 0),
            drills.get(account.pk),
        )
        for account in accounts
    ]


def deliveries_of(account: Account, state: str = "") -> QuerySet[Delivery]:
    """Return an account's deliveries, newest first; `state` is a status, or "waiting": not out yet."""
    rows = _with_notice(Delivery.objects.filter(account=account)).order_by("-created_at", "-pk")
    if state == "waiting":
        return rows.filter(status__in=[*WAITING, Status.SENDING])
    return rows.filter(status=state) if state else rows


def deliveries_about(notice: Notice) -> list[Delivery]:
    """Return every delivery of a notice, the newest edition first. One query."""
    rows = _with_notice(Delivery.objects.filter(edition__notice=notice))
    return list(rows.order_by("-edition__number", "account__channel", "account__handle", "part"))


def needs_person(user: Any) -> QuerySet[Delivery]:
    """Return the deliveries of the person's teams that do not move on without somebody, oldest first."""
    rows = _with_notice(Delivery.objects.filter(NEEDS_PERSON)).order_by("created_at", "pk")
    teams = account_teams(user)
    return rows if teams is None else rows.filter(edition__notice__team__in=teams)


def stopped_accounts(user: Any) -> list[Account]:
    """Return the person's accounts to which nothing can be sent now."""
    unwell = accounts_of(user).connected().exclude(pk__in=Account.objects.may_send().values("pk"))
    return list(unwell.order_by("channel", "handle"))


def find_delivery(pk: int) -> Delivery | None:
    """Return one delivery with everything its page shows, or None."""
    return _with_notice(Delivery.objects.filter(pk=pk)).select_related("account__locked_by").first()


def _with_notice(rows: QuerySet[Delivery]) -> QuerySet[Delivery]:
    return rows.select_related("account", "edition__notice__team")


def _used_by(teams: frozenset[int]) -> QuerySet[Any]:
    return Team.social_accounts.through.objects.filter(team_id__in=teams).values("account_id")


def _counted(rows: QuerySet[Any], *names: str) -> QuerySet[Any, Any]:
    return rows.values(*names).annotate(number=Count("pk")).values_list(*names, "number")


_SHOWN = [*WAITING, Status.SENDING, Status.HELD, Status.UNKNOWN, Status.FAILED]


def _start_of_today() -> datetime:
    """Midnight where the council is."""
    now = times.in_zone(timezone.now())
    return now.replace(hour=0, minute=0, second=0, microsecond=0)
