"""Reading again in time: who is reminded and when, what "still right" keeps, and owners who left."""

import datetime as dt
from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from accounts.models import Membership
from accounts.services import deactivate
from audit.models import Event
from tests import factories
from tests.factories import Cast
from updates import desk, drafting
from updates.content import content_hash
from updates.enums import Nudge
from updates.models import Edition, Reminder
from updates.transitions import Action
from updates.workflow import perform
from updates.writing import review

REVIEW_ON = date(2026, 11, 30)


def _at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


@pytest.fixture
def live(cast: Cast) -> Edition:
    """A live general notice to be read again on 30 November 2026, owned by the cast's author."""
    return factories.published(cast, "general", review_on=REVIEW_ON)


def _reminded() -> set[tuple[str, str]]:
    return {
        (row.recipient.get_full_name(), row.reason) for row in Reminder.objects.select_related("recipient")
    }


AMIRA_SOON, AMIRA_NOW = ("Amira Shah", Nudge.REVIEW_SOON), ("Amira Shah", Nudge.REVIEW)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-22T12:00:00+00:00", set()),
        ("2026-11-23T07:59:00+00:00", set()),
        ("2026-11-23T08:00:00+00:00", {AMIRA_SOON}),
        ("2026-11-29T23:59:00+00:00", {AMIRA_SOON}),
        ("2026-11-30T08:00:00+00:00", {AMIRA_NOW}),
        ("2027-02-01T12:00:00+00:00", {AMIRA_NOW}),
    ],
)
def test_owner_is_reminded_a_week_before_and_on_the_day(live, moment, expected):
    review.remind_due(_at(moment))

    assert _reminded() == expected


def test_each_reminder_is_written_once(live):
    for moment in ("2026-11-23T09:00:00+00:00", "2026-11-24T09:00:00+00:00", "2026-11-30T09:00:00+00:00") * 2:
        review.remind_due(_at(moment))

    assert (_reminded(), Reminder.objects.count()) == ({AMIRA_SOON, AMIRA_NOW}, 2)


def test_reminder_says_what_and_leads_to_the_page(live):
    review.remind_due(_at("2026-11-30T09:00:00+00:00"))

    mail = Reminder.objects.get().payload
    assert mail["subject"] == "Please read again: Burst main in Quay Street"
    assert f"/staff/notices/{live.notice.reference}/{live.number}/still-right/" in mail["text"]


def test_nobody_is_reminded_of_what_is_not_live_any_more(cast: Cast, live):
    perform(Action.END, live, by=cast.author)
    review.remind_due(_at("2026-12-01T09:00:00+00:00"))

    assert _reminded() == set()


def test_approvers_are_reminded_once_the_owner_has_left(cast: Cast, live):
    deactivate(cast.author, by=cast.administrator, reason="Left.")
    review.remind_due(_at("2026-11-30T09:00:00+00:00"))

    assert _reminded() == {("Ben Achterberg", Nudge.REVIEW)}


def test_still_right_keeps_who_read_it_and_reminds_again_next_time(cast: Cast, live):
    before = content_hash(live)
    review.remind_due(_at("2026-11-30T09:00:00+00:00"))
    with time_machine.travel("2026-11-30T10:00:00+00:00", tick=False):
        review.still_right(live, by=cast.second_author, next_on=date(2027, 3, 1))

    live.refresh_from_db()
    event = Event.objects.order_by("-sequence").first()
    assert (live.review_on, live.notice.editions.count(), content_hash(live)) == (date(2027, 3, 1), 1, before)
    assert (event.action, event.actor_id, event.detail["before"], event.detail["after"]) == (
        "edition.still_right",
        cast.second_author.pk,
        "2026-11-30",
        "2027-03-01",
    )
    review.remind_due(_at("2027-03-01T09:00:00+00:00"))
    assert _reminded() == {AMIRA_NOW}


@pytest.mark.parametrize("next_on", [date(2026, 11, 29), date(2026, 11, 30), date(2030, 1, 1)])
def test_next_time_lies_ahead_within_three_years(cast: Cast, live, next_on):
    with (
        time_machine.travel("2026-11-30T10:00:00+00:00", tick=False),
        pytest.raises(review.ReviewRefused, match="still ahead"),
    ):
        review.still_right(live, by=cast.author, next_on=next_on)


def test_ended_notice_cannot_be_confirmed(cast: Cast, live):
    perform(Action.END, live, by=cast.author)

    with pytest.raises(review.ReviewRefused, match="not live any more"):
        review.still_right(live, by=cast.author, next_on=date.today() + timedelta(days=9))


@pytest.mark.parametrize("who", ["outsider", "moderator", "lead", "councillor", "administrator"])
def test_others_neither_confirm_nor_change_the_owner(cast: Cast, live, who):
    with pytest.raises(PermissionDenied):
        review.still_right(live, by=getattr(cast, who), next_on=date.today() + timedelta(days=9))
    with pytest.raises(PermissionDenied):
        review.change_owner(live.notice, by=getattr(cast, who), owner=cast.second_author)


def test_owner_is_changed_once_and_in_the_trail(cast: Cast, live):
    for _twice in range(2):
        review.change_owner(live.notice, by=cast.approver, owner=cast.second_author)

    live.notice.refresh_from_db()
    events = Event.objects.filter(action="notice.owner")
    assert live.notice.owner == cast.second_author
    assert [(event.detail["before"], event.detail["after"]) for event in events] == [
        ("Amira Shah", "Tom Field")
    ]


def test_owner_can_only_be_somebody_who_writes_for_the_team(cast: Cast, live):
    deactivate(cast.second_author, by=cast.administrator, reason="Left.")

    for person in (cast.outsider, cast.moderator, cast.second_author):
        with pytest.raises(review.ReviewRefused):
            review.change_owner(live.notice, by=cast.approver, owner=person)


def test_due_notice_stands_on_its_owners_desk_and_nobody_elses(cast: Cast, live):
    with time_machine.travel("2026-11-23T06:00:00+00:00", tick=False):
        people = (cast.author, cast.second_author, cast.approver, cast.outsider, cast.lead)
        asked = [person for person in people if desk.desk_of(person).to_read_again]
    with time_machine.travel("2026-11-22T12:00:00+00:00", tick=False):
        before = desk.desk_of(cast.author).to_read_again

    assert (asked, before) == ([cast.author], [])


def _left(cast: Cast) -> None:
    deactivate(cast.author, by=cast.administrator, reason="Left.")


def _moved(cast: Cast) -> None:
    Membership.objects.filter(user=cast.author).update(team=cast.outsider.memberships.get().team)


@pytest.mark.parametrize("go", [_left, _moved])
def test_notice_of_somebody_who_left_stands_on_the_approvers_desks(cast: Cast, live, go):
    go(cast)

    with time_machine.travel("2026-11-30T12:00:00+00:00", tick=False):
        asked = [
            person
            for person in (cast.author, cast.second_author, cast.approver, cast.outsider)
            if desk.desk_of(type(person).objects.get(pk=person.pk)).to_read_again
        ]

    assert asked == [cast.approver]


def test_next_edition_carries_its_review_and_takes_the_place(cast: Cast, live):
    newer = factories.next_edition(cast, live)

    assert newer.review_on == REVIEW_ON


def test_page_takes_still_right_with_one_button(cast: Cast, live, signed_in):
    client = signed_in(cast.author)
    page = f"/staff/notices/{live.notice.reference}/{live.number}/still-right/"
    day = date.today() + timedelta(days=91)
    shown = client.get(page)

    assert shown.context["form"].initial["next_on"] == day
    answer = client.post(page, {"next_on_0": day.day, "next_on_1": day.month, "next_on_2": day.year})
    live.refresh_from_db()
    assert (answer.status_code, live.review_on) == (302, day)


@pytest.mark.parametrize(("day", "status"), [("", 200), ("31 2 2026", 200), ("1 1 2001", 409)])
def test_page_explains_a_day_that_cannot_be(cast: Cast, live, signed_in, day, status):
    typed = [*day.split(), "", "", ""]
    page = f"/staff/notices/{live.notice.reference}/{live.number}/still-right/"

    answer = signed_in(cast.author).post(page, {f"next_on_{number}": typed[number] for number in range(3)})

    assert (answer.status_code, "There is a problem" in answer.content.decode()) == (status, True)


def test_page_changes_the_owner(cast: Cast, live, signed_in):
    page = f"/staff/notices/{live.notice.reference}/owner/"
    client = signed_in(cast.approver)

    refused = client.post(page, {"owner": cast.outsider.pk})
    taken = client.post(page, {"owner": cast.second_author.pk})

    live.notice.refresh_from_db()
    assert (refused.status_code, taken.status_code, live.notice.owner) == (200, 302, cast.second_author)


def test_editing_the_words_is_what_the_other_button_leads_to(cast: Cast, live, signed_in):
    signed_in(cast.author).post(f"/staff/notices/{live.notice.reference}/new-edition/")

    assert drafting.start_edition(live.notice, by=cast.author).number == 2
