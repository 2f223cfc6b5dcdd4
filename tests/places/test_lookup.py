"""What a person types for a place, and the ward it leads to."""

import pytest

from places.lookup import normalise_postcode, ward_for
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("typed", ["RB1 1AA", "rb11aa", " rb1  1aa ", "RB1-1AA", "ＲＢ１ １ＡＡ"])
def test_postcode_is_found_however_it_is_typed(typed: str) -> None:
    ward = factories.ward("Quayside")
    factories.street(ward, postcode="RB11AA")

    assert ward_for(typed) == ward


@pytest.mark.parametrize(
    "typed",
    [
        "quayside",
        "Quayside ward",
        "QUAY STREET",
        "Quay Street\x00",
        "quay st",
        "Quay St.",
        " quay  street, ",
        "12a Quay Street",
    ],
)
def test_names_are_found_however_they_are_typed(typed: str) -> None:
    ward = factories.ward("Quayside")
    factories.street(ward, "Quay Street")

    assert ward_for(typed) == ward


@pytest.mark.parametrize("typed", ["", "   ", "\x00", "Atlantis", "🦢", "شارع", "x" * 10_000, "%", "_"])
def test_what_nobody_knows_leads_nowhere(typed: str) -> None:
    factories.street(factories.ward("Quayside"), "Quay Street", "RB11AA")

    assert ward_for(typed) is None


def test_postcode_is_stored_without_its_space() -> None:
    assert normalise_postcode("rb1 1aa") == "RB11AA"
