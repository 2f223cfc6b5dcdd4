"""The signature on what receivers outside get."""

from datetime import UTC, datetime, timedelta

import pytest

from social.signing import SIGNATURE, TIMESTAMP, sign, verify

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
BODY = b'{"id": "1"}'


def test_signature_is_the_documented_one():
    assert sign("secret", AT, BODY) == {
        "Council-Portal-Timestamp": "1795399200",
        "Council-Portal-Signature": "v1=44c702673f2ec38c01fa34848e22e477083f3003a63d7c189d29895c6ae77441",
    }


def test_what_was_signed_is_genuine():
    assert verify("secret", sign("secret", AT, BODY), BODY, AT)


def test_names_of_headers_are_read_in_any_case():
    headers = {name.upper(): value for name, value in sign("secret", AT, BODY).items()}

    assert verify("secret", headers, BODY, AT)


@pytest.mark.parametrize("minutes", [-6, 6])
def test_an_old_or_future_signature_is_refused(minutes):
    assert not verify("secret", sign("secret", AT, BODY), BODY, AT + timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("secret", "body", "changed"),
    [
        ("other", BODY, {}),
        ("secret", BODY + b" ", {}),
        ("secret", BODY, {TIMESTAMP: "1795399201"}),
        ("secret", BODY, {TIMESTAMP: "soon"}),
        ("secret", BODY, {TIMESTAMP: "²"}),
        ("secret", BODY, {SIGNATURE: ""}),
        ("secret", BODY, {SIGNATURE: "v1=ü"}),
    ],
)
def test_anything_else_is_refused(secret, body, changed):
    assert not verify(secret, sign("secret", AT, BODY) | changed, body, AT)


def test_without_headers_nothing_is_genuine():
    assert not verify("secret", {}, BODY, AT)


def test_an_empty_secret_signs_nothing():
    with pytest.raises(ValueError, match="secret"):
        sign("", AT, BODY)
