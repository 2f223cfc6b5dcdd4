"""How a notice's reference looks in an address: anything else is not found, without a query."""

from django.urls import register_converter


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

    def to_python(self, value: str) -> str:
        """Return it as it was typed; the page decides whether there is such a month."""
        return value

    def to_url(self, value: str) -> str:
        """Return it as it is."""
        return value


register_converter(MonthKey, "month")
register_converter(Reference, "reference")
