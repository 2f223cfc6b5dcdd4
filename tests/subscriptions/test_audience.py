"""Who is told: by place, kind and urgency; the database's first sieve never loses anybody."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.enums import Kind
from subscriptions import audience
from subscriptions.audience import Matcher
from subscriptions.enums import Cadence
from subscriptions.models import Subscription
from tests import factories
from updates.enums import Urgency
from updates.models import Edition

from .conftest import at, subscriber

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(db):
    """Two wards next to each other, a street with two postcodes, one of them with a point."""
    quayside, millgate = factories.ward("Quayside"), factories.ward("Millgate")
    street = factories.street(quayside, "Quay Street", "RB11AA")
    other = factories.street(quayside, "Tannery Row", "RB11AB")
    street.postcodes.update(longitude=0.05, latitude=51.05)
    other.postcodes.update(longitude=0.09, latitude=51.09)
    for place in ("borough", "Quayside", "Millgate", "RB1 1AA", "RB1 1AB", "Quay Street"):
        subscriber(
            f"{place.replace(' ', '').lower()}@mail.example", **({} if place == "borough" else at(place))
        )
    return quayside, millgate, street


def told(edition) -> set[str]:
    ids = [reader.subscriber_id for reader in audience.readers(edition)]
    assert len(ids) == len(set(ids))
    rows = Subscription.objects.filter(subscriber__in=ids).values_list("subscriber__address", flat=True)
    return {address.partition("@")[0] for address in rows}


EVERYBODY = {"borough", "quayside", "millgate", "rb11aa", "rb11ab", "quaystreet"}


def test_whole_borough_tells_everybody(cast, town):
    assert told(factories.draft(cast)) == EVERYBODY


def test_ward_tells_whoever_is_in_it(cast, town):
    assert told(factories.draft(cast, wards=[town[0]])) == EVERYBODY - {"millgate"}


def test_named_street_leaves_out_the_other_streets_of_the_ward(cast, town):
    edition = factories.draft(cast, wards=[town[0]])
    edition.streets.set([town[2]])

    assert told(edition) == {"borough", "quayside", "rb11aa", "quaystreet"}


def test_drawn_area_tells_the_postcodes_inside_it(cast, town):
    edition = factories.draft(cast, wards=[town[0]])
    edition.area = {"type": "Circle", "centre": [0.05, 51.05], "radius_m": 300}
    edition.save()

    assert told(edition) == {"borough", "quayside", "rb11aa", "quaystreet"}


def test_place_nobody_knows_any_more_counts_as_its_ward(cast, town):
    edition = factories.draft(cast, wards=[town[0]])
    edition.streets.set([town[2]])
    Subscription.objects.filter(place_key="RB11AB").update(place_key="RB99ZZ")

    assert "rb11ab" in told(edition)


@pytest.mark.parametrize("kind", Kind.values)
def test_kind_that_is_not_wanted_is_not_told(cast, kind):
    subscriber("without@mail.example", **{f"wants_{kind}": False})
    subscriber("only@mail.example", **{f"wants_{other}": False for other in Kind.values if other != kind})

    assert told(factories.draft(cast, kind)) == {"only"}


@pytest.mark.parametrize(
    ("urgency", "who"),
    [
        (Urgency.NORMAL, {"all"}),
        (Urgency.IMPORTANT, {"all", "important"}),
        (Urgency.EMERGENCY, {"all", "important", "emergency"}),
    ],
)
def test_urgency_below_what_is_wanted_is_not_told(cast, urgency, who):
    subscriber("all@mail.example")
    subscriber("important@mail.example", lowest_urgency=Urgency.IMPORTANT)
    subscriber("emergency@mail.example", lowest_urgency=Urgency.EMERGENCY)

    assert told(factories.draft(cast, urgency=urgency)) == who


@pytest.mark.parametrize("cadence", [Cadence.DAILY, Cadence.WEEKLY])
def test_readers_of_digests_are_not_told_at_once(cast, cadence):
    subscriber(cadence=cadence)

    assert told(factories.draft(cast)) == set()


@pytest.mark.parametrize("shape", ["borough", "ward", "street", "area"])
def test_sieve_of_the_database_loses_nobody(cast, town, shape):
    edition = factories.draft(cast, wards=None if shape == "borough" else [town[0]])
    if shape == "street":
        edition.streets.set([town[2]])
    if shape == "area":
        edition.area = {"type": "Circle", "centre": [0.05, 51.05], "radius_m": 300}
    matcher = Matcher(edition)
    everybody = audience.following(Cadence.IMMEDIATE)
    without = [row.pk for row in matcher.matching(audience.rows_of(everybody))]
    sieved = everybody.filter(matcher.candidates())

    assert [row.pk for row in matcher.matching(audience.rows_of(sieved))] == without


def test_many_subscribers_cost_as_many_queries_as_few(cast):
    edition = factories.draft(cast)
    counts = []
    for number in range(30):
        subscriber(f"r{number}@mail.example")
        if number in (1, 29):
            with CaptureQueriesContext(connection) as asked:
                audience.size(Edition.objects.select_related("notice").get(pk=edition.pk))
            counts.append(len(asked))

    assert counts[0] == counts[1]
