"""The list of all notices: filters, words, order, and filters that make no sense."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.factories import Cast


def titles(response, seen) -> list[str]:
    return seen(response).texts("//tbody//th/a")


@pytest.fixture
def three(cast: Cast):
    factories.draft(cast, "event", title="Food festival")
    factories.submitted(cast, "general", title="Bin days")
    factories.published(cast, "outage", title="Burst main")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Burst main", "Bin days", "Food festival"]),
        ("?order=oldest", ["Food festival", "Bin days", "Burst main"]),
        ("?order=title", ["Bin days", "Burst main", "Food festival"]),
        ("?kind=event", ["Food festival"]),
        ("?status=published", ["Burst main"]),
        ("?q=BURST", ["Burst main"]),
        ("?q=nothing+like+it", []),
        ("?page=999999999999999999999", ["Burst main", "Bin days", "Food festival"]),
        ("?page=abc", ["Burst main", "Bin days", "Food festival"]),
    ],
)
def test_list_shows_what_was_asked_for(cast: Cast, three, signed_in, seen, query, expected):
    assert titles(signed_in(cast.author).get(f"/staff/notices/{query}"), seen) == expected


def test_words_find_a_reference(cast: Cast, signed_in, seen):
    edition = factories.draft(cast, title="Fair")

    found = signed_in(cast.author).get(f"/staff/notices/?q={edition.notice.reference.lower()}")

    assert titles(found, seen) == ["Fair"]


@pytest.mark.parametrize("query", ["?kind=nonsense", "?status=x", "?team=none", "?q=%00", "?q=" + "x" * 101])
def test_filter_that_makes_no_sense_says_so(cast: Cast, three, signed_in, seen, query):
    page = seen(signed_in(cast.author).get(f"/staff/notices/{query}"))

    assert (page.status, len(page.problems), page.texts("//tbody//th/a")) == (200, 1, [])


def test_list_asks_the_same_number_of_queries_at_one_and_at_many(cast: Cast, signed_in):
    client = signed_in(cast.author)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get("/staff/notices/")
        return len(captured)

    factories.draft(cast)
    few = queries()
    for _more in range(10):
        factories.draft(cast)

    assert queries() == few
