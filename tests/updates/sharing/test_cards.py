"""The preview cards: a picture for every edition residents have seen, whatever its words."""

import io

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st
from PIL import Image

from accounts.enums import Kind
from tests import factories
from tests.factories import Cast
from tests.updates.public.conftest import update
from updates import card_image
from updates.card_image import Card
from updates.enums import Urgency
from updates.models import Edition
from updates.transitions import Action
from updates.workflow import perform


def address(edition: Edition) -> str:
    return card_image.address_of(edition).removeprefix("https://riverbank.example")


def card(title: str, *tags: tuple[str, str], council: str = "Riverbank Borough Council") -> Card:
    return Card(title, tags or (("outage", "Water · repairing"),), council, "riverbank.example · N7K3Q")


@pytest.mark.django_db
def test_card_is_a_picture_of_the_size_that_platforms_show_whole(client: Client, cast: Cast) -> None:
    response = client.get(address(factories.published(cast)))

    with Image.open(io.BytesIO(response.content)) as image:
        assert (image.format, image.size) == ("PNG", (1200, 630))
    assert response["Content-Type"] == "image/png"
    assert len(response.content) < 100_000


@pytest.mark.django_db
def test_card_may_be_kept_for_good_and_is_not_sent_twice(client: Client, cast: Cast) -> None:
    path = address(factories.published(cast))
    response = client.get(path)

    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert client.get(path, headers={"if-none-match": response["ETag"]}).status_code == 304


@pytest.mark.django_db
def test_old_card_stays_as_it_was(client: Client, cast: Cast) -> None:
    live = factories.published(cast)
    before = client.get(address(live)).content
    newer = update(cast, live, title="Another title")

    assert client.get(address(live)).content == before
    assert client.get(address(newer)).content != before


@pytest.mark.django_db
def test_draft_and_withdrawn_notices_have_no_card(client: Client, cast: Cast) -> None:
    draft, live = factories.draft(cast), factories.published(cast)
    perform(Action.WITHDRAW, live, by=cast.author, note="It was the other street.")
    paths = [address(draft), address(live), "/cards/ZZZZZ-1.png", f"/cards/ZZZZZ-{'9' * 30}.png"]

    assert [client.get(path).status_code for path in paths] == [404] * 4


@pytest.mark.django_db
def test_card_says_kind_state_and_emergency(cast: Cast) -> None:
    live = factories.published(cast, urgency=Urgency.EMERGENCY)

    found = card_image.card_of(live)

    assert found.title == "Burst main in Quay Street"
    assert found.tags == (("outage", "Emergency"), ("outage", "Water · investigating"))
    assert found.council == "Riverbank Borough Council"
    assert card_image.alt_of(live) == (
        "Riverbank Borough Council. Emergency · Water · investigating. Burst main in Quay Street"
    )


@pytest.mark.django_db
@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_a_card(client: Client, cast: Cast, kind: str) -> None:
    assert client.get(address(factories.published(cast, kind))).status_code == 200


def test_what_the_font_cannot_draw_is_left_out() -> None:
    assert card_image.drawable("Łódź 🎉 market\u202e مرحبا – “now”") == "Łódź market – “now”"


@pytest.mark.parametrize(
    "title",
    ["", "x" * 120, "Wide words " * 11, "مرحبا بالعالم", "🎉🎉🎉", "\x00\u202e\ufeff", "a\u0301" * 60],
    ids=["empty", "one long word", "many words", "right to left", "emoji", "control", "combining"],
)
def test_difficult_title_is_still_a_card(title: str) -> None:
    assert card_image.png(card(title)).startswith(b"\x89PNG")


@given(title=st.text(max_size=120), tag=st.text(max_size=60), council=st.text(max_size=80))
@limits(max_examples=15, deadline=None)
def test_whatever_is_typed_there_is_a_card(title: str, tag: str, council: str) -> None:
    assert card_image.png(card(title, ("event", tag), council=council)).startswith(b"\x89PNG")
