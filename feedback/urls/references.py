"""How references of residents' words and of consultations look in an address; others are not found."""

from django.urls import register_converter


class VoiceReference:
    """Q, F or R, a dash, five letters or figures."""

    regex = "[QFR]-[0-9A-Z]{5}"

    def to_python(self, value: str) -> str:
        """Return the reference as it is."""
        return value

    def to_url(self, value: str) -> str:
        """Return the reference as it is."""
        return value


class ConsultationReference(VoiceReference):
    """C, a dash, five letters or figures."""

    regex = "C-[0-9A-Z]{5}"


register_converter(VoiceReference, "voice")
register_converter(ConsultationReference, "consultation")
