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


register_converter(Reference, "reference")
