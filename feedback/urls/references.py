"""How the reference of a question or of feedback looks in an address: anything else is not found."""

from django.urls import register_converter


class VoiceReference:
    """Q or F, a dash, five letters or figures."""

    regex = "[QF]-[0-9A-Z]{5}"

    def to_python(self, value: str) -> str:
        """Return the reference as it is."""
        return value

    def to_url(self, value: str) -> str:
        """Return the reference as it is."""
        return value


register_converter(VoiceReference, "voice")
