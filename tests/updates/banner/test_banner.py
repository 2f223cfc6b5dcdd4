"""The site's banner: what stands in it, where, in which order and until when."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html

from accounts.enums import Kind
from places.lookup import Place
from tests import factories
from tests.factories import Cast
from tests.updates.public.conftest import update, words
from updates import banner
from updates.due import run_due
from updates.enums import Severity, Urgency
from updates.models import Edition, Notice
from updates.transitions import Action
from updates.workflow import perform

pytestmark = pytest.mark.django_db
TITLES = "//section[@class='cp-emergency']//p[@class='cp-emergency__title']"
KINDS = "//section[@class='cp-emergency']//p[@class='cp-emergency__kind']"


@pytest.fixture
def read(client):
    def opened(path: str) -> html.HtmlElement:
        response = client.get(path)
        assert response.status_code == 200, response
        return html.fromstring(response.content.decode())

    return opened


def emergency(cast: Cast, title: str = "Boil your water", **fields: object) -> Edition:
    return factories.published(cast, Kind.GENERAL, title=title, urgency=Urgency.EMERGENCY, **fields)


def test_banner_stands_on_every_page_with_forms_and_voices_too(read, cast: Cast) -> None:
    emergency(cast)
    other = factories.published(cast, title="A market")
    ask = f"/notices/{other.notice.reference}/ask/"
    paths = ["/", "/notices/", "/outages/", "/events/", "/projects/", "/places/", "/accessibility/", ask]

    assert {path: words(read(path), TITLES) for path in paths} == {
        path: ["Boil your water"] for path in paths
    }


def test_banner_puts_the_worst_first_and_then_the_newest(cast: Cast) -> None:
    for title, severity in (("Mild", 1), ("Older", 3), ("Worst", 4), ("Newer", 3)):
        emergency(cast, title, severity=severity)

    stands = banner.standing()

    assert ([message.title for message in stands.messages], stands.more) == (["Worst", "Newer", "Older"], 1)


def test_more_than_three_are_counted_and_lead_to_the_list(read, cast: Cast) -> None:
    for number in range(5):
        emergency(cast, f"Emergency {number}")

    page = read("/events/")

    assert len(words(page, TITLES)) == 3
    assert words(page, "//section[@class='cp-emergency']//a[@href='/notices/']") == ["And 2 more emergencies"]


@pytest.mark.parametrize(
    ("severity", "said"),
    [
        (Severity.MINOR, "Emergency"),
        (Severity.MODERATE, "Emergency"),
        (Severity.SEVERE, "Severe emergency: danger to life or property"),
        (Severity.EXTREME, "Extreme emergency: great danger to life or property"),
    ],
)
def test_banner_says_how_bad_it_is(read, cast: Cast, severity: int, said: str) -> None:
    emergency(cast, severity=severity)

    assert words(read("/"), KINDS) == [said]


def test_banner_says_where_it_holds_when_it_is_limited(read, cast: Cast) -> None:
    emergency(cast, wards=[factories.ward("Quayside"), factories.ward("Millgate")])

    assert words(read("/"), KINDS) == ["Emergency · Millgate and Quayside only"]


def test_banner_names_few_wards(cast: Cast) -> None:
    emergency(cast, wards=[factories.ward(name) for name in "ABCDEF"])

    assert banner.standing().messages[0].where == "A, B, C and 3 more wards only"


def test_banner_says_which_drawn_area(cast: Cast) -> None:
    area = {"type": "Circle", "centre": [0.05, 51.05], "radius_m": 300, "of": "Quay Street"}
    emergency(cast, wards=[factories.ward()], area=area)

    assert banner.standing().messages[0].where == "Only within 300 m of Quay Street"


def test_page_about_a_ward_shows_what_concerns_it(read, cast: Cast) -> None:
    here, there = factories.ward("Quayside"), factories.ward("Abbey")
    emergency(cast, "Here", wards=[here])
    emergency(cast, "There", wards=[there])
    emergency(cast, "Everywhere")

    assert words(read(f"/notices/?ward={here.slug}"), TITLES) == ["Everywhere", "Here"]
    assert words(read(f"/places/?place={here.slug}"), TITLES) == ["Everywhere", "Here"]
    assert words(read("/notices/"), TITLES) == ["Everywhere", "There", "Here"]


def test_banner_ends_by_itself_with_the_beat(read, cast: Cast) -> None:
    emergency(cast)
    Notice.objects.update(banner_until_at=timezone.now() - timedelta(seconds=1))
    before = words(read("/"), TITLES)

    done = run_due()

    assert (before, done["banners"], words(read("/"), TITLES)) == (["Boil your water"], 1, [])


def test_banner_goes_when_the_emergency_is_over(read, cast: Cast) -> None:
    perform(Action.END, emergency(cast, "Ended"), by=cast.author)
    perform(Action.WITHDRAW, emergency(cast, "Wrong"), by=cast.author, note="It was a drill.")
    update(cast, emergency(cast, "Calm again"), urgency=Urgency.NORMAL)

    assert words(read("/"), TITLES) == []


def test_own_page_does_not_say_it_twice(read, cast: Cast) -> None:
    live = emergency(cast, "Here")
    emergency(cast, "Elsewhere")

    assert words(read(live.notice.get_absolute_url()), TITLES) == ["Elsewhere"]


def test_changed_words_have_another_mark(cast: Cast) -> None:
    live = emergency(cast)
    before = banner.standing().messages[0].digest
    update(cast, live, body="More about it.")
    same = banner.standing().messages[0].digest
    update(cast, live, summary="Boil it for a minute.")

    assert same == before
    assert banner.standing().messages[0].digest != before


def test_hostile_words_stay_words(client, cast: Cast) -> None:
    emergency(cast, '"><script>alert(1)</script>')

    assert b"<script>alert" not in client.get("/").content


def test_banner_costs_the_same_for_one_and_for_many(cast: Cast) -> None:
    place = [Place(factories.ward())]
    counts = []
    for many in (1, 8):
        for number in range(many):
            emergency(cast, f"Emergency {number}", wards=[place[0].ward])
        with CaptureQueriesContext(connection) as asked:
            banner.standing(places=place)
        counts.append(len(asked))

    assert counts == [3, 3]
