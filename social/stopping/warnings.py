"""Tells residents on the portal that an account is not under our control; in a drill, nobody but staff."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from audit.recorder import record
from outbox.storable import storable

from ..models import Account, Drill

LONGEST_WARNING = 300


def standard_words(account: Account) -> str:
    """Return what residents are told when nobody has the time to write."""
    return _("Our %(platform)s account (%(name)s) may not be under our control. Please do not trust it.") % {
        "platform": account.get_channel_display(),
        "name": account.handle,
    }


def tell(account: Account, text: str, *, by: User) -> bool:
    """Warn residents on every page; returns False when it was only rehearsed: the account is in a drill."""
    words = storable(text, LONGEST_WARNING)
    with transaction.atomic():
        # The same row that starting a drill locks: a warning is either rehearsed or real, never between.
        Account.objects.select_for_update(no_key=True).get(pk=account.pk)
        drill = Drill.objects.filter(account=account, ended_at__isnull=True).first()
        if drill:
            _rehearse(drill, words)
            record("account.warning_rehearsed", actor=by, target=account, words=words)
        else:
            Account.objects.filter(pk=account.pk).update(public_warning=words)
            record("account.warned_about", actor=by, target=account, words=words)
    return drill is None


def tell_of_all(*, by: User) -> None:
    """Warn residents about every connected account that they are not warned about yet."""
    for account in Account.objects.official().filter(public_warning="").order_by("pk"):
        tell(account, standard_words(account), by=by)


def end(account: Account, *, by: User) -> bool:
    """Stop warning residents; returns False when nobody was warned."""
    with transaction.atomic():
        warned = Account.objects.filter(pk=account.pk).exclude(public_warning="")
        ended = bool(warned.update(public_warning=""))
        if ended:
            record("account.warning_ended", actor=by, target=account)
    return ended


def standing() -> QuerySet[Account]:
    """Return the accounts residents are warned about; disconnecting one does not end its warning."""
    return Account.objects.exclude(public_warning="").order_by("channel", "handle", "pk")


def _rehearse(drill: Drill, words: str) -> None:
    drill.warning = words
    drill.informed_at = drill.informed_at or timezone.now()
    drill.save(update_fields=["warning", "informed_at"])
