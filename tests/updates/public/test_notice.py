"""The notice page: the answer first, the timeline, and honesty about what became of it."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.enums import Kind
from look import times
from tests import factories
from tests.factories import Cast
from tests.updates.public.conftest import hours, update, words
from updates import slots
from updates.due import run_due
from updates.models import Edition, Notice
from updates.transitions import Action
from updates.workflow import perform

pytestmark = pytest.mark.django_db
ENTRIES = "//ol[@class='cp-timeline']/li"


def address(edition: Edition) -> str:
    return Notice.objects.get(pk=edition.notice_id).get_absolute_url()


def urgent(cast: Cast) -> Edition:
    return perform(
        Action.PUBLISH_URGENTLY, factories.draft(cast, by=cast.urgent_author), by=cast.urgent_author
    )


def test_outage_page_answers_three_questions_first(read, cast: Cast) -> None:
    live = factories.published(cast)
    vars(live.outage).update(since_at=hours(0), next_update_by_at=hours(4))
    vars(live.outage).update(estimate_from_at=hours(5), estimate_to_at=hours(7), estimate_stage="local")
    live.outage.save()

    page = read(address(live))

    assert words(page, "//dl[@class='cp-answers']/div") == [
        "Water back by 5pm to 7pm Sunday 22 November. Local estimate.",
        "Off since midday Sunday 22 November",
        "Next update by 4pm Sunday 22 November",
    ]
    assert words(page, "//ol[contains(@class,'cp-steps')]/li[@aria-current]") == ["Investigating"]


def test_estimate_still_being_assessed_is_no_time(read, cast: Cast) -> None:
    page = read(address(factories.published(cast)))

    assert words(page, "//dl[@class='cp-answers']/div[1]") == [
        "Water back by We do not know yet Still assessing"
    ]


def test_event_page_says_when_where_and_how_to_book(read, cast: Cast) -> None:
    live = factories.published(cast, Kind.EVENT)
    vars(live.event).update(starts_at=hours(5), ends_at=hours(8), cost="free")
    vars(live.event).update(booking_url="https://tickets.example/lights")
    live.event.save()
    Notice.objects.update(starts_at=hours(5))

    page = read(address(live))

    assert words(page, "//dl[@class='cp-answers']/div") == [
        "When 5pm to 8pm Sunday 22 November",
        "Where Corn Hall",
        "Cost free",
    ]
    assert page.xpath("//a[@rel='external']/@href") == ["https://tickets.example/lights"]
    (data,) = page.xpath("//script[@type='application/ld+json']/text()")
    assert json.loads(data)["startDate"] == "2026-11-22T17:00:00+00:00"


def test_cancelled_event_cannot_be_booked(read, cast: Cast) -> None:
    live = factories.published(cast, Kind.EVENT)
    vars(live.event).update(event_status="cancelled", booking_url="https://tickets.example/lights")
    live.event.save()

    page = read(address(live))

    assert words(page, "//h2[@id='panel-heading']") == ["Cancelled"]
    assert page.xpath("//a[@rel='external']") == []


def test_project_page_says_what_is_decided_and_what_can_change(read, cast: Cast) -> None:
    live = factories.published(cast, Kind.PROJECT)
    vars(live.project).update(decided="The wall.", can_change="The benches.", budget="£3 million")
    live.project.save()

    page = read(address(live))

    assert words(page, "//div[@class='cp-decided']/section | //p[@class='cp-budget']") == [
        "What is decided The wall.",
        "What can still change The benches. You can still change this",
        "What it costs: £3 million",
    ]


def test_timeline_is_the_editions_newest_first_with_the_old_estimate_struck(read, cast: Cast) -> None:
    first = factories.published(cast, summary="A crew is on the way.")
    first.outage.estimate_to_at = hours(2)
    first.outage.estimate_stage = "area"
    first.outage.save()
    second = update(
        cast,
        first,
        {"state": "repairing", "estimate_to_at": hours(6), "estimate_stage": "revised", "service": "water"},
        change_note="It takes longer.",
    )

    page = read(address(second))

    assert words(page, f"{ENTRIES}//p[1]") == ["It takes longer.", "A crew is on the way."]
    assert words(page, f"{ENTRIES}[1]//del") == ["was Sun 22 Nov, 2pm"]
    assert words(page, f"{ENTRIES}[1]//ins") == ["now Sun 22 Nov, 6pm"]
    assert words(page, f"{ENTRIES}[2]//del") == []


def test_minor_edition_is_marked_as_wording_only(read, cast: Cast) -> None:
    live = factories.published(cast, Kind.GENERAL)
    update(cast, live, is_minor=True, change_note="A typing error.")

    assert words(read(address(live)), f"{ENTRIES}[1]//h3/span")[1:] == ["Small change", "wording only"]


def test_drafts_and_discarded_editions_stay_off_the_timeline(read, cast: Cast) -> None:
    live = factories.published(cast)
    draft = factories.next_edition(cast, live, title="Not yet")
    assert len(words(read(address(live)), ENTRIES)) == 1

    perform(Action.DISCARD, draft, by=cast.author)

    page = read(address(live))
    assert len(words(page, ENTRIES)) == 1
    assert words(page, "//h1") == ["Burst main in Quay Street"]


def test_withdrawn_notice_stays_readable_with_its_reason_and_out_of_search_engines(read, cast: Cast) -> None:
    live = factories.published(cast, body="The words.")
    perform(Action.WITHDRAW, live, by=cast.author, note="The street was wrong.")

    page = read(address(live))

    assert words(page, "//h2[@id='withdrawn']/following-sibling::p[1]") == ["The street was wrong."]
    assert words(page, "//del//div[@class='cp-prose']") == ["The words."]
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]


def test_withdrawal_on_the_timeline_tells_the_time_as_its_neighbours_do(read, cast: Cast) -> None:
    live = factories.published(cast)
    gone = perform(Action.WITHDRAW, live, by=cast.author, note="The street was wrong.")

    page = read(address(live))

    shown = words(page, "//ol[@class='cp-timeline']//time")
    assert shown == [times.words(gone.notice.withdrawn_at, "short"), times.words(live.published_at, "short")]


def test_place_stands_after_what_to_do_and_before_the_timeline(read, cast: Cast) -> None:
    live = factories.published(cast, body="The words.")

    shown = read(address(live)).xpath(
        "//article//section/@*[name()='aria-label' or name()='aria-labelledby']"
    )

    assert shown[:5] == ["The notice", "panel-heading", "where", "Full text", "timeline"]


def test_ended_notice_says_so(read, cast: Cast) -> None:
    live = factories.published(cast)
    perform(Action.END, live, by=cast.author)

    assert words(read(address(live)), "//p[@class='cp-message__heading']") == ["This notice has ended"]


def test_urgent_notice_says_that_its_second_check_is_owed_then_late_then_done(read, cast: Cast) -> None:
    live = urgent(cast)
    heading = "//p[@class='cp-message__heading']"
    assert words(read(address(live)), heading) == ["Published before the second check"]

    run_due(timezone.now() + timedelta(hours=3))
    assert words(read(address(live)), heading) == ["The second check is late"]

    Edition.objects.filter(pk=live.pk).update(second_check_by=cast.approver, second_check_at=hours(1))
    assert words(read(address(live)), heading) == []


def test_where_is_told_in_words_and_on_the_map(read, cast: Cast) -> None:
    live = factories.published(cast)
    here, _there = factories.ward("Quayside"), factories.ward("Abbey")
    Edition.objects.filter(pk=live.pk).update(is_borough_wide=False)
    live.wards.add(here)
    live.streets.add(factories.street(here, "Quay Street"), factories.street(here, "Anchor Street"))

    page = read(address(live))

    assert words(page, "//section[@aria-labelledby='where']/p") == ["Quayside", "Anchor Street, Quay Street"]
    assert page.xpath("//svg/@aria-label") == ["Map of the wards. Marked: Quayside."]
    assert len(page.xpath("//svg//path[contains(@class,'cp-map__ward--here')]")) == 1


def test_many_streets_fold_away(read, cast: Cast) -> None:
    live = factories.published(cast)
    ward = factories.ward("Quayside")
    live.streets.add(*(factories.street(ward, f"Street {letter}") for letter in "ABCDEFGHIJ"))

    page = read(address(live))

    assert words(page, "//section[@aria-labelledby='where']//summary") == ["All 10 streets"]
    assert len(page.xpath("//section[@aria-labelledby='where']//details//li")) == 10


@pytest.mark.parametrize(
    "wrong", ["/notices/{ref}/another-title/", "/notices/{low}/{slug}/", "/notices/{low}/another-title/"]
)
def test_another_spelling_of_the_address_leads_to_the_right_one(
    client: Client, cast: Cast, wrong: str
) -> None:
    notice = factories.published(cast).notice
    path = wrong.format(ref=notice.reference, low=notice.reference.lower(), slug=notice.slug)

    response = client.get(path)

    assert (response.status_code, response["Location"]) == (301, notice.get_absolute_url())


def test_short_link_leads_to_the_notice_in_any_case(client: Client, cast: Cast) -> None:
    notice = factories.published(cast).notice

    answers = [client.get(f"/n/{text}/") for text in (notice.reference, notice.reference.lower())]

    assert [(a.status_code, a["Location"]) for a in answers] == [(302, notice.get_absolute_url())] * 2


def test_address_without_its_words_leads_to_the_notice(client: Client, cast: Cast) -> None:
    notice = factories.published(cast).notice

    answer = client.get(f"/notices/{notice.reference}/")

    assert (answer.status_code, answer["Location"]) == (302, notice.get_absolute_url())


@pytest.mark.parametrize(
    "path", ["/notices/ZZZZZ/x/", "/n/ZZZZZ/", "/n/%00/", "/notices/%00/x/", "/n/" + "A" * 3000]
)
def test_unknown_reference_is_not_found(client: Client, path: str) -> None:
    assert client.get(path, follow=True).status_code == 404


def test_draft_has_no_page(client: Client, cast: Cast) -> None:
    notice = factories.draft(cast).notice

    assert client.get(notice.get_absolute_url()).status_code == 404
    assert client.get(f"/n/{notice.reference}/").status_code == 404


def test_words_of_a_notice_cannot_bring_script(client: Client, cast: Cast) -> None:
    live = factories.published(
        cast, title="<script>1</script>", summary="<img src=x onerror=1>", body="<b>x</b>"
    )

    content = client.get(address(live)).content.decode()

    assert "<script>1" not in content
    assert "<img src=x" not in content
    assert "<b>x" not in content


def test_head_carries_what_other_sites_need(read, cast: Cast) -> None:
    live = factories.published(cast)
    url = f"https://riverbank.example{address(live)}"

    page = read(address(live))

    assert page.xpath("//link[@rel='canonical']/@href") == [url]
    assert page.xpath("//meta[@property='og:url']/@content") == [url]
    assert page.xpath("//meta[@property='og:title']/@content") == ["Burst main in Quay Street"]
    assert page.xpath("//meta[@property='og:type']/@content") == ["article"]
    assert page.xpath("//meta[@property='og:description']/@content") == [live.summary]


def test_notice_page_asks_at_most_eleven_queries_however_long_its_history(
    client: Client, cast: Cast, django_assert_max_num_queries
) -> None:
    # Nine, one of an outage alone (where residents say that it is still off), and one about our accounts.
    live = factories.published(cast)
    with django_assert_max_num_queries(11) as few:
        client.get(address(live))
    for _number in range(5):
        live = update(cast, live)
    with django_assert_max_num_queries(11) as more:
        client.get(address(live))

    assert len(more) == len(few)


def test_slots_show_what_rooms_registered_in_order_and_escape_plain_text(
    read, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(slots._parts, "notice_aside", {})
    slots.register("notice_aside", "test-b", lambda context, notice: f"<i>{notice.reference}", order=99)
    slots.register("notice_aside", "test-a", lambda context, notice: "first", order=98)
    live = factories.published(cast)
    aside = words(read(address(live)), "//aside")[0]

    assert f"first <i>{live.notice.reference}" in aside


def test_a_slot_no_page_has_is_refused() -> None:
    with pytest.raises(KeyError):
        slots.register("nowhere", "test", lambda context, about: "")
