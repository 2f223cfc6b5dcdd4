"""Writes what an option would cost; must not reckon."""

from decimal import Decimal

from django.utils.translation import gettext as _

from ..models import Option


def pounds(amount: Decimal) -> str:
    """Return an amount as people read it: "£1,250,000", with pence only where there are any."""
    is_whole = amount == amount.to_integral_value()
    return f"£{amount:,.0f}" if is_whole else f"£{amount:,.2f}"


def cost(option: Option) -> str:
    """Return what is known of an option's cost, the same on screen and paper; "" where nothing is.

    A note says itself whether money is spent or saved: "£210,000, saved a year".
    """
    if option.cost is None:
        return option.cost_note
    if option.cost_note:
        return f"{pounds(option.cost)}, {option.cost_note}"
    return _("Cost: %(cost)s") % {"cost": pounds(option.cost)}
