"""Checking while writing: what was found stands under its field, and nothing is saved."""

import pytest
from lxml import html

from audit.models import Event
from tests import factories
from tests.factories import Cast
from updates.models import Edition

TYPED = {
    "version": "1",
    "title": "Ring Dave on 07700 900123",
    "summary": "Soon.",
    "body": "Card 4111 1111 1111 1111",
}


def test_button_shows_what_was_found_under_its_field_and_keeps_what_was_typed(
    cast: Cast, signed_in, address, seen
):
    edition = factories.draft(cast, "general")

    page = seen(signed_in(cast.author).post(address(edition, "check"), TYPED))

    under = page.tree.xpath("//*[@data-findings-for='id_title']//mark/text()")
    assert under == ["07700 900123"]
    assert page.tree.xpath("//input[@name='title']/@value") == [TYPED["title"]]
    assert page.tree.xpath("//input[@name='title']/@aria-describedby")[0].split()[-1] == "id_title_findings"
    assert page.tree.xpath("//*[@data-findings-for='id_body']//a/@href") == ["#id_body"]
    assert page.says("The checks found 2 things to look at: Title, Full text.")


def test_checking_changes_nothing(cast: Cast, signed_in, address):
    edition = factories.draft(cast, "general")
    before, events = Edition.objects.filter(pk=edition.pk).values().get(), Event.objects.count()

    for more in ({}, {"part": "1"}):
        signed_in(cast.author).post(address(edition, "check"), TYPED | more)

    assert (Edition.objects.filter(pk=edition.pk).values().get(), Event.objects.count()) == (before, events)


def test_script_gets_the_parts_with_places_it_can_select(cast: Cast, signed_in, address):
    edition = factories.draft(cast, "general")

    answer = signed_in(cast.author).post(address(edition, "check"), TYPED | {"part": "1"})

    tree = html.fromstring(f"<main>{answer.content.decode()}</main>")
    links = tree.xpath("//div[@data-found-for='id_body']//a")
    assert [(link.get("data-start"), link.get("data-length")) for link in links] == [("5", "19")]
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize(
    "typed", [{}, {"part": "1"}, {"part": "1", "title": "\x00" * 50, "expires_at_0": "99"}]
)
def test_checking_nothing_or_nonsense_is_answered(cast: Cast, signed_in, address, typed):
    edition = factories.draft(cast, "event")

    assert signed_in(cast.author).post(address(edition, "check"), typed).status_code == 200


def test_editor_shows_what_was_found_in_the_saved_words(cast: Cast, signed_in, address, seen):
    edition = factories.draft(cast, "outage", body="Write to dave@mail.example.org")

    page = seen(signed_in(cast.author).get(address(edition, "edit")))

    assert page.tree.xpath("//*[@data-findings-for='id_body']//mark/text()") == ["dave@mail.example.org"]
    assert page.tree.xpath("//*[@data-findings-for='id_title']/node()[normalize-space()]") == []


def test_approver_sees_the_mark_and_the_field(cast: Cast, signed_in, address, seen):
    edition = factories.submitted(cast, "general", body="Write to dave@mail.example.org")

    page = seen(signed_in(cast.approver).get(address(edition, "approve")))

    [check] = page.tree.xpath("//section[@aria-labelledby='checks']//*[contains(@class, 'cp-check ')]")
    assert check.xpath(".//mark/text()") == ["dave@mail.example.org"]
    assert "Full text:" in check.text_content()


def test_others_may_not_check(cast: Cast, signed_in, address):
    edition = factories.draft(cast, "general")

    assert signed_in(cast.outsider).post(address(edition, "check"), TYPED).status_code == 403
    assert signed_in(cast.author).get(address(edition, "check")).status_code == 405
