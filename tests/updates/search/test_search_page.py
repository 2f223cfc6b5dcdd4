"""The search's page: one box, what it found with the words marked, and what to do when it found nothing."""

import pytest
from django.test import Client
from lxml import html

from accounts.enums import Kind
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> factories.Cast:
    return factories.Cast.make()


def page(address: str):
    answer = Client().get(address)
    assert answer.status_code == 200
    return html.fromstring(answer.content.decode())


def titles(tree) -> list[str]:
    return [" ".join(link.text_content().split()) for link in tree.xpath("//ol[@class='cp-hits']//h2/a")]


def words(tree) -> str:
    return " ".join(tree.xpath("//main")[0].text_content().split())


def test_box_finds_and_keeps_what_was_typed(cast):
    factories.published(cast, title="Library closed on Monday")

    tree = page("/notices/?q=closed+library")

    assert titles(tree) == ["Library closed on Monday"]
    assert [mark.text for mark in tree.xpath("//h2//mark")] == ["Library", "closed"]
    assert tree.xpath("//input[@name='q']/@value") == ["closed library"]


def test_page_says_what_it_searched_for_instead(cast):
    factories.published(cast, title="Library closed on Monday")

    tree = page("/notices/?q=libary")

    assert "Nothing says “libary”. Here is what says library." in words(tree)


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("/notices/?q=zeppelin", "/notices/?state=all&q=zeppelin"),
        ("/notices/?q=zeppelin+%26+co&kind=event", "/notices/?state=all&q=zeppelin+%26+co"),
    ],
)
def test_nothing_found_says_what_to_do(db, address, link):
    tree = page(address)

    assert "No notice says “zeppelin" in words(tree)
    assert link in tree.xpath("//main//a/@href")


def test_place_is_offered_as_a_place(cast):
    quayside = factories.ward("Quayside")
    factories.street(quayside, "Bell Yard")

    tree = page("/notices/?q=bell+yard")

    assert f"/notices/?ward={quayside.slug}" in tree.xpath("//main//a/@href")


def test_what_is_no_place_is_searched_for(cast):
    factories.published(cast, title="Bin collection over Christmas", kind=Kind.GENERAL)

    tree = page("/notices/?place=bin+collection")

    assert titles(tree) == ["Bin collection over Christmas"]


def test_days_narrow_the_list_and_a_wrong_day_is_explained(cast):
    factories.published(cast, title="Library closed on Monday")

    nothing = page("/notices/?until=01/01/2020")
    wrong = page("/notices/?since=yesterday")

    assert "No notice fits" in words(nothing)
    assert "Write the day like 22/11/2026; it was left out." in words(wrong)
    assert "Library closed on Monday" in words(wrong)


def test_pages_of_a_search_keep_the_words(cast):
    for number in range(21):
        factories.published(cast, title=f"Library notice {number}")

    first, second = page("/notices/?q=library"), page("/notices/?q=library&page=2")

    assert (len(titles(first)), len(titles(second))) == (20, 1)
    assert any(link.endswith("?q=library&page=2") for link in first.xpath("//main//a/@href"))


def test_search_asks_the_same_queries_at_1_and_30_notices(cast, django_assert_max_num_queries):
    for number in range(3):
        factories.published(cast, title=f"Library notice {number}")
    with django_assert_max_num_queries(9) as few:
        page("/notices/?q=library")
    for number in range(27):
        factories.published(cast, title=f"Library notice again {number}")
    with django_assert_max_num_queries(9) as many:
        page("/notices/?q=library")

    assert len(many) == len(few)
