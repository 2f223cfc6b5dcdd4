"""Writes what an option would cost; must not reckon."""

from decimal import Decimal


def pounds(amount: Decimal) -> str:
    """Return an amount as people read it: "£1,250,000", with pence only where there are any."""
    is_whole = amount == amount.to_integral_value()
    return f"£{amount:,.0f}" if is_whole else f"£{amount:,.2f}"
