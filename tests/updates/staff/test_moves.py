"""The confirmation pages: GET changes nothing, POST once, twice is harmless, the audience is kept."""

import pytest
from django.utils import timezone

from audit.models import Event
from tests import factories
from tests.factories import Cast
from updates.content import content_hash
from updates.enums import Status
from updates.models import Edition, Notice
from updates.transitions import Action
from updates.workflow import perform

MOVES = [
    "submit", "take-back", "publish", "schedule", "unschedule", "publish-urgently",
    "withdraw", "end", "discard", "approve", "second-check", "edit", "preview", "",
]  # fmt: skip


def fresh(edition: Edition) -> Edition:
    return Edition.objects.select_related("notice").get(pk=edition.pk)


def in_a_week() -> dict[str, str]:
    day = timezone.now() + timezone.timedelta(days=7)
    return {f"publish_at_{place}": text for place, text in enumerate([day.day, day.month, day.year, "9am"])}


@pytest.mark.parametrize("stage", ["draft", "submitted", "approved", "published"])
def test_looking_changes_nothing(cast: Cast, both, signed_in, address, stage):
    edition = getattr(factories, stage)(cast)
    client = signed_in(both)
    before, events = fresh(edition).__dict__, Event.objects.count()

    statuses = {client.get(address(edition, page)).status_code for page in MOVES}

    after = fresh(edition).__dict__
    assert statuses <= {200, 302}
    assert ({**before, "_state": 0}, events) == ({**after, "_state": 0}, Event.objects.count())


@pytest.mark.parametrize(
    ("stage", "page", "who", "data", "landed"),
    [
        ("draft", "submit", "author", {}, Status.SUBMITTED),
        ("submitted", "take-back", "author", {}, Status.DRAFT),
        ("approved", "publish", "author", {}, Status.PUBLISHED),
        ("published", "withdraw", "author", {"note": "Wrong street."}, Status.WITHDRAWN),
        ("published", "end", "approver", {}, Status.EXPIRED),
        ("draft", "discard", "author", {}, Status.DISCARDED),
    ],
)
def test_confirmed_move_is_made(cast: Cast, signed_in, address, stage, page, who, data, landed):
    edition = getattr(factories, stage)(cast)

    response = signed_in(getattr(cast, who)).post(address(edition, page), data)

    assert (response.status_code, fresh(edition).status) == (302, landed)


@pytest.mark.parametrize("page", [page for page in MOVES[:9] if page not in {"take-back", "unschedule"}])
def test_outsider_makes_no_move(cast: Cast, signed_in, address, page):
    edition = factories.draft(cast)
    data = {"note": "x", "seen": content_hash(edition), "knows": "on", **in_a_week()}

    signed_in(cast.outsider).post(address(edition, page), data)

    assert fresh(edition).status == Status.DRAFT


def test_double_click_on_publish_is_harmless_and_friendly(cast: Cast, signed_in, address, seen):
    edition = factories.approved(cast)
    client = signed_in(cast.author)
    client.post(address(edition, "publish"))

    page = seen(client.post(address(edition, "publish"), follow=True))

    assert (page.status, page.says("This is already live, published by Amira Shah.")) == (200, True)
    assert Event.objects.filter(action="edition.publish").count() == 1


def test_schedule_is_kept_in_the_councils_time_and_cancelled(cast: Cast, signed_in, address, seen):
    edition = factories.approved(cast)
    client = signed_in(cast.author)
    client.post(address(edition, "schedule"), in_a_week())
    scheduled = fresh(edition)

    client.post(address(edition, "unschedule"))

    assert (scheduled.status, scheduled.publish_at.minute, fresh(edition).status) == (
        Status.SCHEDULED,
        0,
        Status.APPROVED,
    )


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        (["22", "11", "2020", "9am"], "Choose a time that is still ahead."),
        (["28", "3", "2027", "1:30am"], "The clocks go forward then"),
        (["31", "2", "2027", "9am"], "There is no such day"),
        (["", "", "", ""], "Choose when it goes live."),
    ],
)
def test_impossible_schedule_is_explained_and_kept_typed(cast, signed_in, address, seen, typed, problem):
    edition = factories.approved(cast)
    data = {f"publish_at_{place}": text for place, text in enumerate(typed)}

    page = seen(signed_in(cast.author).post(address(edition, "schedule"), data))

    assert ([problem in sentence for sentence in page.problems], page.value("publish_at_2")) == (
        [True],
        typed[2],
    )
    assert fresh(edition).status == Status.APPROVED


def test_urgent_publish_needs_the_right_and_the_promise(cast: Cast, signed_in, address, seen):
    edition = factories.draft(cast)
    seen_hash = content_hash(edition)

    without = seen(
        signed_in(cast.urgent_author).post(address(edition, "publish-urgently"), {"seen": seen_hash})
    )
    response = signed_in(cast.urgent_author).post(
        address(edition, "publish-urgently"), {"seen": seen_hash, "knows": "on"}
    )

    live = fresh(edition)
    assert (len(without.problems), response.status_code, live.status, live.is_urgent) == (
        1,
        302,
        Status.PUBLISHED,
        True,
    )


def test_urgent_publish_shows_the_words_and_what_will_be_owed(cast: Cast, signed_in, address, seen):
    edition = factories.draft(cast, summary="No water in Quayside.")

    page = seen(signed_in(cast.urgent_author).get(address(edition, "publish-urgently")))

    assert (page.says("No water in Quayside."), page.says("within 2 hours"), page.value("seen")) == (
        True,
        True,
        content_hash(edition),
    )


def test_author_without_the_right_is_offered_no_urgent_publish(cast: Cast, signed_in, address, seen):
    edition = factories.draft(cast)

    page = seen(signed_in(cast.author).get(address(edition, "publish-urgently")))

    assert (page.buttons, page.says("This is not possible for you now")) == (["Go back"], True)


def test_withdrawal_needs_a_public_reason(cast: Cast, signed_in, address, seen):
    edition = factories.published(cast)

    page = seen(signed_in(cast.author).post(address(edition, "withdraw"), {"note": " "}))

    assert (page.problems, fresh(edition).status) == (
        ["Why is it withdrawn?: Say why: residents read it."],
        Status.PUBLISHED,
    )


def test_withdrawal_puts_the_reason_on_the_notice(cast: Cast, signed_in, address):
    edition = factories.published(cast)
    signed_in(cast.author).post(address(edition, "withdraw"), {"note": "It was the wrong street."})

    assert Notice.objects.get(pk=edition.notice_id).withdrawn_reason == "It was the wrong street."


@pytest.mark.parametrize("page", ["publish", "schedule", "publish-urgently", "withdraw", "second-check"])
def test_what_residents_see_asks_for_an_old_second_factor_again(cast: Cast, signed_in, address, page):
    edition = factories.published(cast) if page in {"withdraw", "second-check"} else factories.approved(cast)
    before = fresh(edition).status
    client = signed_in(cast.author, factor_age=16 * 60)

    response = client.post(address(edition, page), {"note": "x", **in_a_week()})

    assert ("reauthenticate" in response["Location"], fresh(edition).status) == (True, before)


def test_new_edition_starts_from_the_live_one(cast: Cast, signed_in, address):
    live = factories.published(cast)

    response = signed_in(cast.author).post(f"/staff/notices/{live.notice.reference}/new-edition/")

    assert response["Location"] == f"/staff/notices/{live.notice.reference}/2/edit/"


def test_address_of_a_new_edition_only_opened_leads_to_the_notice(cast: Cast, signed_in):
    live = factories.published(cast)

    response = signed_in(cast.author).get(f"/staff/notices/{live.notice.reference}/new-edition/")

    assert (response["Location"], live.notice.editions.count()) == (
        f"/staff/notices/{live.notice.reference}/",
        1,
    )


def test_new_edition_of_a_withdrawn_notice_is_refused_in_words(cast: Cast, signed_in, seen):
    live = factories.published(cast)
    perform(Action.WITHDRAW, live, by=cast.author, note="Wrong.")

    page = seen(
        signed_in(cast.author).post(f"/staff/notices/{live.notice.reference}/new-edition/", follow=True)
    )

    assert page.says("This notice was withdrawn. Start a new notice instead.")


def test_notice_address_leads_to_what_is_being_worked_on(cast: Cast, signed_in, address):
    newer = factories.next_edition(cast, factories.published(cast))

    response = signed_in(cast.author).get(f"/staff/notices/{newer.notice.reference.lower()}/")

    assert response["Location"] == address(newer)


def test_preview_is_the_residents_page_with_a_banner(cast: Cast, signed_in, address, seen):
    newer = factories.next_edition(cast, factories.published(cast), title="Burst main mended")

    page = seen(signed_in(cast.author).get(address(newer, "preview")))

    assert (page.texts("//h1"), bool(page.texts("//*[contains(text(), 'A preview')]"))) == (
        ["Burst main mended"],
        True,
    )


def test_edition_page_tells_who_did_what(cast: Cast, signed_in, address, seen):
    edition = factories.published(cast)

    page = seen(signed_in(cast.author).get(address(edition)))

    told = [text.partition(",")[0] for text in page.texts("//section[@aria-labelledby='history']//li")]
    assert told == [
        "Published by Amira Shah",
        "Approved by Ben Achterberg",
        "Sent for approval by Amira Shah",
        "Started by Amira Shah",
    ]


def test_unknown_notice_is_not_found(cast: Cast, signed_in):
    assert signed_in(cast.author).get("/staff/notices/ZZZZZ/1/").status_code == 404
