"""What administrators decide about wards, each with its event; must not know pages or requests."""

from collections.abc import Iterable

from django.db import transaction

from accounts.models import User
from audit.recorder import record

from .models import Seat, Ward


@transaction.atomic
def save_ward(ward: Ward, councillors: Iterable[User], *, by: User) -> None:
    """Keep `ward` and say who sits for it."""
    ward.save()
    sitting = list(councillors)
    Seat.objects.filter(ward=ward).exclude(councillor__in=sitting).delete()
    for councillor in sitting:
        Seat.objects.get_or_create(ward=ward, councillor=councillor)
    names = [councillor.get_full_name() for councillor in sitting]
    record("ward.saved", actor=by, target=ward, code=ward.code, councillors=names)
