"""The weekly digest: to councillors about their own wards, once a week, and not when there is nothing."""

import datetime as dt

import pytest
from django.utils import timezone

from feedback import summaries, summarising, weekly
from feedback.digesting.scope import monday
from feedback.models import Letter, Reading, Voice
from feedback.working_days import today
from places.models import Seat
from tests import factories
from tests.feedback.conftest import shown, told

pytestmark = pytest.mark.django_db
BUS = "Keep the evening bus, shift workers need it to get home"


@pytest.fixture
def ward(cast):
    """The ward the councillor sits for."""
    found = factories.ward("Quayside")
    Seat.objects.get_or_create(ward=found, councillor=cast.councillor)
    return found


@pytest.fixture
def said(cast, notice, ward):
    """Six comments of last week in the councillor's ward, and their summary."""
    last_week = timezone.now() - dt.timedelta(weeks=1)
    for number in range(6):
        shown(told(notice, f"{BUS} {number}.", ward=ward, email="eva@mail.example"), cast.moderator)
    Voice.objects.update(received_at=last_week)
    return summarising.make(summaries.about_week(monday(today()) - dt.timedelta(weeks=1), ward.pk))


def test_digest_tells_what_the_ward_said(cast, said):
    assert weekly.write_digests() == 1
    letter = Letter.objects.get(purpose="digest")
    assert letter.payload["to"] == cast.councillor.email
    assert letter.payload["subject"] == "What Quayside said last week"
    assert "6 questions and comments came in." in letter.payload["text"]
    assert BUS in letter.payload["text"]
    assert "eva@mail.example" not in str(letter.payload)


def test_digest_is_written_once_a_week(said):
    assert (weekly.write_digests(), weekly.write_digests()) == (1, 0)


def test_nothing_said_is_no_mail(ward):
    assert weekly.write_digests() == 0


def test_somebody_who_wants_none_gets_none(cast, said, as_):
    as_(cast.councillor).post("/staff/summary/digest/", {"wants": "no"})
    assert Reading.objects.get().wants_digest is False
    assert weekly.write_digests() == 0


def test_page_offers_to_stop_it_to_those_who_get_it(cast, ward, as_):
    assert "Stop the weekly e-mail" in as_(cast.councillor).get("/staff/summary/").content.decode()
    assert "weekly e-mail" not in as_(cast.lead).get("/staff/summary/").content.decode()
