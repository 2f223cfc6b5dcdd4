"""Starts, ends and breaks off drills; the steps between are the real ones and write their own times."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit.recorder import record

from .. import account_care, locks
from ..enums import Channel, Outcome, Step
from ..models import Account, Drill, Incident, Proposal
from ..sandbox import network
from ..watch import incidents


class DrillRefused(Exception):
    """The drill cannot be started or ended now; the text is fit for the person."""


def rogue_words() -> str:
    """Return what the rogue post says: nobody who comes across it may believe it."""
    return _(
        "DRILL, please ignore. Somebody has taken over this account. This is an exercise of the council."
    )


def why_not(account: Account) -> str:
    """Return why no drill can be held on the account; empty when one can."""
    if account.channel != Channel.SANDBOX:
        return _("Drills are held on the practice network only, so that nothing leaves the building.")
    if not account.may_send:
        return _("A drill starts from an account that may send. This one is stopped or not in use.")
    return ""


def start(account: Account, *, by: User) -> Drill:
    """Put a rogue post on the practice network; from here on everything is real. Raises DrillRefused."""
    with transaction.atomic():
        fresh = Account.objects.select_for_update(no_key=True).get(pk=account.pk)
        if sentence := why_not(fresh):
            raise DrillRefused(sentence)
        if open_drill(fresh):
            raise DrillRefused(_("A drill is going on with this account already."))
        # The post and the drill are committed together: the watch never meets one without the other.
        receipt = network.say(fresh.remote_account_id, rogue_words())
        drill = Drill.objects.create(account=fresh, started_by=by, remote_id=receipt.remote_id)
        record("drill.started", actor=by, target=fresh, post=receipt.remote_id)
    return drill


def open_drill(account: Account) -> Drill | None:
    """Return the drill that goes on with an account. One query."""
    return Drill.objects.filter(account=account, ended_at__isnull=True).first()


def end(drill: Drill, *, by: User, note: str) -> None:
    """End a drill whose account two people have let go. Raises DrillRefused."""
    with transaction.atomic():
        account = Account.objects.select_for_update(no_key=True).get(pk=drill.account_id)
        if account.locked_at or not Drill.objects.filter(pk=drill.pk, released_at__isnull=False).exists():
            raise DrillRefused(_("The account is not let go yet. Rehearse that too, or break the drill off."))
        _close(drill, note)
        _clean_up(drill, by)
        record("drill.ended", actor=by, target=account, note=note)


def break_off(drill: Drill, *, by: User, note: str) -> None:
    """End a drill at once and let its account go, by one person: the practice network alone allows that.

    Raises DrillRefused.
    """
    with transaction.atomic():
        account = Account.objects.select_for_update(no_key=True).get(pk=drill.account_id)
        if account.channel != Channel.SANDBOX:
            raise DrillRefused(why_not(account))
        _close(drill, note, was_broken_off=True)
        _clean_up(drill, by)
        locks.let_go(account)
        record("drill.broken_off", actor=by, target=account, note=note)
        account_care.hold_waiting(account, _("A drill was held meanwhile. Send it, or give it up."))


def _close(drill: Drill, note: str, *, was_broken_off: bool = False) -> None:
    going_on = Drill.objects.filter(pk=drill.pk, ended_at__isnull=True)
    if not going_on.update(ended_at=timezone.now(), note=note, was_broken_off=was_broken_off):
        raise DrillRefused(_("The drill is over already."))


def _clean_up(drill: Drill, by: User) -> None:
    """Take the rogue post off the practice network, and close what the drill itself opened."""
    now, account = timezone.now(), drill.account
    network.remove(account.remote_account_id, drill.remote_id)
    for incident in Incident.objects.filter(account=account, is_drill=True, closed_at__isnull=True):
        incidents.close(incident, by=by, outcome=Outcome.OURS, note=_("It was a drill."))
    asked = Proposal.objects.filter(account=account, decided_at__isnull=True, asked_at__gte=drill.started_at)
    asked.filter(step__in=[Step.RELEASE, Step.REMOVE_POST]).update(
        decided_at=now, decided_by=by, result=_("The drill is over.")
    )
