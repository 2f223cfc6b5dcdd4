"""“Still off here?”: counted by place and never by person, the same answer to everybody."""

import re
import threading
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client

from places.lookup import find
from tests import factories
from tests.factories import Cast
from tests.updates.outages.conftest import START, live_at, then
from tests.updates.public.conftest import read, words  # noqa: F401 the fixture
from updates.models import Notice, StillOff
from updates.outages import staying_off
from visitors import stamps

HOUR = timedelta(hours=1)


@pytest.fixture
def quayside(db):
    ward = factories.ward("Quayside")
    factories.street(ward, "Quay Street", "RB11AA")
    factories.street(ward, "Fish Street", "RB11AB")
    return ward


@pytest.fixture
def live(cast: Cast, quayside):
    return live_at(cast, wards=[quayside])


def press(client: Client, live, place: str, network: str = "203.0.113.1", after: float = 5):
    """Open the form, wait a little, and send it from a network."""
    path = f"/notices/{live.notice.reference}/still-off/"
    page = client.get(path, REMOTE_ADDR=network).content.decode()
    stamp = re.search(r'name="stamp" value="([^"]+)"', page)[1]
    with time_machine.travel(timedelta(seconds=after)):
        return client.post(path, {"place": place, "stamp": stamp, "website": ""}, REMOTE_ADDR=network)


def counted() -> list[tuple[str, int, bool]]:
    rows = StillOff.objects.order_by("place_label", "is_after_restoration")
    return [(row.place_label, row.count, row.is_after_restoration) for row in rows]


def test_press_counts_the_street_of_a_postcode(client: Client, live):
    answer = press(client, live, "rb1 1aa")

    assert (answer.status_code, answer.url) == (302, f"/notices/{live.notice.reference}/still-off/thanks/")
    assert counted() == [("Quay Street, Quayside", 1, False)]


def test_same_network_counts_once_an_hour_for_one_place_and_gets_the_same_answer(client: Client, live):
    first = press(client, live, "Quay Street")
    second = press(client, live, "RB1 1AA")

    assert second.url == first.url
    assert counted() == [("Quay Street, Quayside", 1, False)]


def test_same_network_may_name_another_place(client: Client, live):
    press(client, live, "Quay Street")
    press(client, live, "Fish Street")

    assert counted() == [("Fish Street, Quayside", 1, False), ("Quay Street, Quayside", 1, False)]


def test_many_networks_count_together(client: Client, live):
    for number in range(3):
        press(client, live, "Quay Street", f"203.0.113.{number}")

    assert counted() == [("Quay Street, Quayside", 3, False)]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Type your postcode or the name of your street."),
        ("RB9 9ZZ", "We do not know the postcode “RB9 9ZZ”."),
        ("Nowhere Lane", "We do not know the place “Nowhere Lane”."),
        ("Far Road", "This notice is not about Far Road, Elsewhere."),
    ],
)
def test_place_that_cannot_be_counted_is_explained_and_kept(client: Client, live, typed, sentence):
    factories.street(factories.ward("Elsewhere"), "Far Road")

    answer = press(client, live, typed)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert sentence in page
    assert f'value="{typed}"' in page or not typed
    assert counted() == []


def test_nothing_about_the_person_is_kept(client: Client, live):
    press(client, live, "12 Quay Street", "203.0.113.77")

    row = StillOff.objects.get()
    kept = {field.name: str(getattr(row, field.name)) for field in row._meta.fields}
    assert kept["place_label"] == "Quay Street, Quayside"
    assert [name for name, value in kept.items() if "203.0" in value or value.startswith("12 ")] == []


def test_single_answer_is_shown_for_its_ward_alone(cast: Cast, live, read):  # noqa: F811
    for place, times in (("Quay Street", 7), ("Fish Street", 1)):
        for _time in range(times):
            staying_off.count(notice_of(live), find(place), START)

    page = read(live.notice.get_absolute_url())

    assert words(page, "//section[@aria-labelledby='still-off']//li") == [
        "7 people in Quay Street, Quayside",
        "1 person elsewhere in Quayside",
    ]


def test_counting_begins_anew_once_it_is_called_restored(cast: Cast, live):
    staying_off.count(notice_of(live), find("Quay Street"), START)
    then(cast, live, START + HOUR, state="restored", restored_at=START + HOUR)
    staying_off.count(notice_of(live), find("Quay Street"), START + HOUR)

    told = staying_off.told(notice_of(live))

    assert (told.total, told.is_after_restoration) == (1, True)
    assert counted() == [("Quay Street, Quayside", 1, False), ("Quay Street, Quayside", 1, True)]


def test_outage_restored_a_second_time_forgets_what_was_said_after_the_first(cast: Cast, live):
    then(cast, live, START + HOUR, state="restored", restored_at=START + HOUR)
    staying_off.count(notice_of(live), find("Quay Street"), START + HOUR)
    then(cast, live, START + 2 * HOUR, state="repairing", restored_at=None)
    then(cast, live, START + 3 * HOUR, state="restored", restored_at=START + 3 * HOUR)

    assert staying_off.told(notice_of(live)).total == 0


@pytest.mark.parametrize(("number", "asks"), [(2, False), (3, True)])
def test_three_after_restoration_ask_staff_to_look_again(cast: Cast, live, signed_in, number, asks):
    then(cast, live, START + HOUR, state="restored", restored_at=START + HOUR)
    for _time in range(number):
        staying_off.count(notice_of(live), find("Quay Street"), START + HOUR)

    page = signed_in(cast.urgent_author).get("/staff/").content.decode()

    assert ("Is it really restored?" in page) == asks


@pytest.mark.parametrize("state", ["planned", "restored"])
def test_question_is_not_asked_before_it_begins_nor_once_the_notice_has_ended(
    cast: Cast, client: Client, quayside, due_at, state
):
    live = live_at(cast, wards=[quayside], state=state, restored_at=START if state == "restored" else None)
    due_at(START + 48 * HOUR)

    answer = client.get(f"/notices/{live.notice.reference}/still-off/")

    assert answer.status_code == 410
    assert "It is still off here" not in client.get(live.notice.get_absolute_url()).content.decode()


@pytest.mark.parametrize("kind", ["event", "general"])
def test_nothing_but_an_outage_can_be_off(cast: Cast, client: Client, kind):
    live = factories.published(cast, kind)

    assert client.get(f"/notices/{live.notice.reference}/still-off/").status_code == 404


def test_stamp_of_another_notice_is_no_good(client: Client, live):
    path = f"/notices/{live.notice.reference}/still-off/"
    stamp = stamps.issue("still-off", "OTHER")

    client.post(path, {"place": "Quay Street", "stamp": stamp, "website": ""})

    assert counted() == []


def notice_of(live) -> Notice:
    return Notice.objects.select_related("live_edition__outage").get(pk=live.notice_id)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_presses_at_the_same_moment_are_all_counted(cast: Cast, live):
    place, notice = find("Quay Street"), notice_of(live)
    ready = threading.Barrier(8)

    def presses() -> None:
        ready.wait()
        try:
            for _time in range(5):
                staying_off.count(notice, place, START)
        finally:
            connection.close()

    threads = [threading.Thread(target=presses) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert counted() == [("Quay Street, Quayside", 40, False)]


def test_closed_road_is_a_problem_and_not_off(cast: Cast, client: Client, quayside):
    live = live_at(cast, wards=[quayside], service="roads")
    notice = client.get(live.notice.get_absolute_url()).content.decode()
    asked = client.get(f"/notices/{live.notice.reference}/still-off/").content.decode()

    assert ("Still off?" in notice, "Still a problem?" in notice) == (False, True)
    assert ("still off where" in asked, "It is still a problem here" in asked) == (False, True)
