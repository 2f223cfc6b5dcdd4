"""Settings with which no alerting system could read an alert keep the portal from starting."""

import pytest

from council_portal.checks import alerts_name_sender_and_status


def faults() -> list[str]:
    return [str(message.id) for message in alerts_name_sender_and_status(None)]


def test_usual_settings_are_fine() -> None:
    assert faults() == []


@pytest.mark.parametrize("sender", ["", "Riverbank alerts", "a@b.example,c@d.example", "a&b"])
def test_sender_that_cap_cannot_hold_is_refused(settings, sender: str) -> None:
    settings.CAP_SENDER = sender

    assert faults() == ["portal.E003"]


@pytest.mark.parametrize("status", ["", "actual", "Real"])
def test_status_that_cap_does_not_know_is_refused(settings, status: str) -> None:
    settings.CAP_STATUS = status

    assert faults() == ["portal.E002"]
