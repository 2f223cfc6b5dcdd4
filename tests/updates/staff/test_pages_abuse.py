"""A careless click, a strange text: the desk's pages neither hide what changed nor fall over."""

import time

import pytest
from django.urls import reverse

from tests import factories
from tests.factories import Cast
from updates import drafting
from updates.checks import personal_data
from updates.content import content_hash
from updates.models import Edition

LONGEST = 20_000


def test_urgent_publish_of_changed_words_asks_for_the_tick_again(cast: Cast, signed_in):
    edition = factories.draft(cast)
    read = content_hash(edition)
    drafting.save_draft(edition, seen_version=edition.version, by=cast.author, fields={"title": "Other"})
    page = reverse("desk:publish_urgently", args=[edition.notice.reference, edition.number])

    answer = signed_in(cast.urgent_author).post(page, {"seen": read, "knows": "on"})

    assert (answer.status_code, answer.context["form"]["knows"].value()) == (409, False)


def test_public_feed_stands_whatever_was_pasted_into_a_title(cast: Cast, client):
    factories.published(cast, title="Burst main\x0bQuay Street", summary="Off\x1f until\x0c six.")

    answer = client.get(reverse("updates:atom"))

    assert (answer.status_code, b"Burst main Quay Street" in answer.content) == (200, True)


@pytest.mark.parametrize("piece", ["a.", "a-", "a+", "a@", "0 ", "+44 (0)", "AB 12 "])
def test_search_for_personal_data_takes_no_longer_for_a_hostile_text(piece: str):
    began = time.perf_counter()

    personal_data.find((piece * LONGEST)[:LONGEST])

    assert time.perf_counter() - began < 1


def test_page_of_an_article_in_the_box_for_streets_answers_soon(cast: Cast, signed_in):
    ward = factories.ward()
    for number in range(400):
        factories.street(ward, f"Street of the number {number}")
    edition = factories.draft(cast)
    page = reverse("desk:edit", args=[edition.notice.reference, edition.number])
    article = "\n".join(f"Street of numbers {number}x" for number in range(200))
    began = time.perf_counter()

    answer = signed_in(cast.author).post(page, {"title": "A", "streets": article, "is_borough_wide": "on"})

    assert (answer.status_code, time.perf_counter() - began < 4) == (200, True)


def test_officer_of_another_team_cannot_move_an_edition(cast: Cast, signed_in):
    edition = factories.submitted(cast)
    client = signed_in(cast.outsider)
    for name in ["take_back", "discard", "withdraw", "publish"]:
        client.post(reverse(f"desk:{name}", args=[edition.notice.reference, edition.number]), {"note": "x"})

    assert Edition.objects.get(pk=edition.pk).status == "submitted"
