"""Gives the demo town residents who follow their ward by e-mail; they join last, so no old news is mailed."""

from subscriptions import joining
from subscriptions.enums import Cadence
from subscriptions.models import Wish

from .notices import Town

PER_WARD = 4
_CADENCES = (Cadence.IMMEDIATE, Cadence.IMMEDIATE, Cadence.DAILY, Cadence.WEEKLY)


def join(town: Town) -> None:
    """Let a few people of each ward ask for mail and confirm it, as residents do."""
    for key, ward in sorted(town.wards.items()):
        for number in range(PER_WARD):
            address = f"{key}.{number + 1}@homes.example"
            cadence = _CADENCES[number]
            wish = joining.wish(address, ward=ward, place_label=ward.name, cadence=cadence)
            joining.confirm(address, [wish])
    # Their mails to confirm were never sent, and are not to be now.
    Wish.objects.filter(address__endswith="@homes.example").delete()
