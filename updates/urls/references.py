"""How a notice's reference and a month look in an address: anything else is not found, without a query."""

from django.urls import register_converter

from look import months
from look.months import Month


class Reference:
    """Five letters or figures, in any case."""

    regex = "[0-9A-Za-z]{5}"

    def to_python(self, value: str) -> str:
        """Return the reference as it was typed; the page leads to the right spelling."""
        return value

    def to_url(self, value: str) -> str:
        """Return the reference as it is."""
        return value


class MonthKey:
    """A month in figures: "2026-11"."""

    regex = "[0-9]{4}-[0-9]{2}"

    def to_python(self, value: str) -> Month:
        """Return the month; the page decides whether it has it. Raises ValueError for a thirteenth one."""
        return months.read(value)

    def to_url(self, value: Month | str) -> str:
        """Return its key."""
        return str(value)


register_converter(MonthKey, "month")
register_converter(Reference, "reference")
