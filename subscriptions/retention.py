"""How long what is known about subscribers is kept, and its removal; the one place that says so."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from updates import keeping
from updates.keeping import Held, Rule, Term

from .models import Copy, Mailing, Subscriber, Wish

ROOM = "subscriptions"


def _wishes(before: datetime) -> dict[str, QuerySet[Any]]:
    return {"wishes": Wish.objects.filter(created_at__lt=before)}


def _ended(before: datetime) -> dict[str, QuerySet[Any]]:
    return {
        "copies": Copy.objects.filter(at__lt=before),
        "subscribers": Subscriber.objects.filter(ended_at__lt=before),
        # Mailings go once nobody's newer record hangs on them; batches go with them.
        "mailings": Mailing.objects.filter(created_at__lt=before).exclude(batches__copies__at__gte=before),
    }


def _delete(_what: str, rows: QuerySet[Any]) -> None:
    rows.model.objects.filter(pk__in=list(rows.values_list("pk", flat=True))).delete()


def register_rules() -> None:
    """Make the rules known to the privacy page and to the nightly job."""
    keeping.register(
        Rule(
            "wishes",
            20,
            _("An e-mail address left for notices and never confirmed"),
            _("you left it"),
            _("it is deleted"),
            lambda: Term(settings.SUBSCRIPTIONS_CONFIRM_DAYS),
            _wishes,
            _delete,
        )
    )
    keeping.register(
        Rule(
            "subscriptions",
            21,
            _("Your e-mail address for notices, what you followed, and the list of what we sent you"),
            _("you left, or your mailbox took no more e-mail; for the list, each e-mail"),
            _("they are deleted"),
            lambda: Term(settings.SUBSCRIPTIONS_ENDED_DAYS),
            _ended,
            _delete,
        )
    )


class Subscribers:
    """What subscriptions does for whoever asks about a person (updates.keeping.Holder)."""

    def find(self, address: str) -> Iterable[Held]:
        """Return what they follow, what they were sent, and what they left unconfirmed."""
        for subscriber in Subscriber.objects.filter(address__iexact=address.strip()):
            follows = [str(each.target) for each in subscriber.subscriptions.all()]
            content: dict[str, Any] = {
                "address": subscriber.address,
                "follows": follows,
                "was sent": [
                    {
                        "notice": copy.edition.notice.reference,
                        "at": copy.at.isoformat(),
                        "result": copy.result,
                    }
                    for copy in subscriber.copies.select_related("edition__notice")
                ],
            }
            yield Held(ROOM, "subscription", str(subscriber), subscriber.confirmed_at, content)
        for wish in Wish.objects.filter(address__iexact=address.strip()):
            yield Held(ROOM, "unconfirmed wish", str(wish.pk), wish.created_at, {"address": wish.address})

    def erase(self, address: str, *, words: bool) -> dict[str, int]:
        """Delete the subscriber with all they follow and were sent, and their wishes."""
        mine = {"address__iexact": address.strip()}
        subscribers, wishes = Subscriber.objects.filter(**mine), Wish.objects.filter(**mine)
        counts = {"subscribers": subscribers.count(), "wishes": wishes.count()}
        subscribers.delete()
        wishes.delete()
        return counts
