"""A ward that no longer exists: what was said in it stays, and what still names it says so."""

import datetime as dt

import pytest
from django.db.models import ProtectedError
from django.test import Client
from django.utils import timezone

from feedback import sharing, summaries, summarising, weekly
from feedback.digesting.scope import monday
from feedback.models import Letter, Voice
from feedback.working_days import today
from places.models import Seat, Ward
from tests import factories
from tests.feedback.conftest import shown, told

pytestmark = pytest.mark.django_db
BUS = "Keep the evening bus, shift workers need it to get home"


@pytest.fixture
def abbey() -> Ward:
    return factories.ward("Abbey")


def query(ward: Ward) -> str:
    return f"ward={ward.slug}&week={monday(today())}"


def test_ward_in_which_something_was_said_cannot_be_deleted(cast, notice, abbey):
    shown(told(notice, ward=abbey), cast.moderator)
    with pytest.raises(ProtectedError):
        abbey.delete()
    assert Voice.objects.get().ward == abbey


def test_bookmark_of_a_ward_that_is_gone_shows_the_borough_and_says_so(cast, as_, abbey):
    client, bookmark = as_(cast.councillor), query(abbey)
    abbey.delete()
    said = client.get(f"/staff/summary/?{bookmark}").content.decode()
    assert "We do not know that ward, so this is the whole borough." in said
    assert "What Abbey said" not in said


@pytest.mark.parametrize("path", ["words/", "words.csv", "words.xlsx", "report.pdf", "share/", "compare/"])
def test_every_page_and_file_of_a_ward_that_is_gone_is_answered(cast, notice, as_, abbey, path):
    shown(told(notice), cast.moderator)
    client, bookmark = as_(cast.councillor), query(abbey)
    abbey.delete()
    assert client.get(f"/staff/summary/{path}?{bookmark}").status_code == 200


@pytest.mark.parametrize("path", ["", "report.pdf"])
def test_link_to_a_ward_that_is_gone_does_not_show_the_borough_in_its_place(cast, notice, abbey, path):
    shown(told(notice, "Words of the borough."), cast.moderator)
    link = sharing.make(by=cast.councillor, name="Abbey forum", query=query(abbey), days=9)
    before = Client().get(f"/shared/{link.token}/{path}")
    abbey.delete()
    after = Client().get(f"/shared/{link.token}/{path}")
    assert (before.status_code, after.status_code) == (200, 410)
    assert "what it showed is not there any more" in after.content.decode()


def test_link_to_a_week_no_longer_told_of_does_not_show_all_weeks(cast):
    long_ago = monday(today()) - dt.timedelta(weeks=12)
    link = sharing.make(by=cast.councillor, name="Forum", query=f"ward=&week={long_ago}", days=9)
    assert Client().get(f"/shared/{link.token}/").status_code == 410


def test_councillor_whose_ward_is_gone_gets_no_digest_and_reads_the_borough(cast, notice, as_, abbey):
    Seat.objects.create(ward=abbey, councillor=cast.councillor)
    Seat.objects.all().delete()
    abbey.delete()
    shown(told(notice, "Words of the borough."), cast.moderator)
    assert weekly.write_digests(timezone.now() + dt.timedelta(weeks=1)) == 0
    assert not Letter.objects.exists()
    assert "Words of the borough." in as_(cast.councillor).get("/staff/summary/").content.decode()


def test_renamed_ward_keeps_what_was_said_in_it(cast, notice, as_, abbey):
    for number in range(6):
        shown(told(notice, f"{BUS} {number}.", ward=abbey), cast.moderator)
    summarising.make(summaries.about_week(monday(today()), abbey.pk))
    link = sharing.make(by=cast.councillor, name="Abbey forum", query=query(abbey), days=9)
    Ward.objects.update(name="Abbey and Eastgate")
    assert "What Abbey and Eastgate said" in Client().get(f"/shared/{link.token}/").content.decode()
    assert BUS in as_(cast.councillor).get(f"/staff/summary/?{query(abbey)}").content.decode()
