"""A link for a committee: shows what was filtered to anybody who has it, until it ends."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from audit.models import Event
from feedback import sharing, summarising
from feedback.digesting.scope import monday
from feedback.models import CommitteeLink
from feedback.moderation import Refused
from feedback.working_days import today
from tests import factories
from tests.feedback.conftest import shown, told

pytestmark = pytest.mark.django_db
WATER = "The water was off and nobody told us before the newspaper did"


@pytest.fixture
def said(cast, notice):
    for number in range(6):
        shown(told(notice, f"{WATER} {number}.", email="eva@mail.example", name="Eva"), cast.moderator)
    return summarising.make(summarising.about_week(monday(today())))


@pytest.fixture
def link(cast, said) -> CommitteeLink:
    return sharing.make(
        by=cast.councillor, name="Transport committee", query=f"ward=&week={monday(today())}", days=28
    )


def test_link_shows_the_summary_to_anybody(link):
    page = Client().get(f"/shared/{link.token}/")
    assert page.status_code == 200
    assert WATER in page.content.decode()
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"


@pytest.mark.parametrize("private", ["eva@mail.example", "Eva ", "Transport committee", "/staff/"])
def test_shared_page_says_nothing_private(link, private):
    assert private not in Client().get(f"/shared/{link.token}/").content.decode()


def test_document_comes_with_it(link):
    answer = Client().get(f"/shared/{link.token}/report.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"


@pytest.mark.parametrize("path", ["", "report.pdf"])
def test_ended_link_leads_nowhere(cast, link, path):
    sharing.end(link, by=cast.councillor)
    assert Client().get(f"/shared/{link.token}/{path}").status_code == 410
    assert Client().get(f"/shared/no-such-token/{path}").status_code == 410


def test_link_ends_at_its_moment(link):
    at = link.expires_at
    assert list(sharing.working(at - dt.timedelta(seconds=1))) == [link]
    assert list(sharing.working(at)) == []


def test_link_shows_the_ward_it_was_made_for(cast, notice, said):
    ward = factories.ward("Abbey")
    made = sharing.make(by=cast.councillor, name="Abbey forum", query=f"ward={ward.slug}", days=1)
    page = Client().get(f"/shared/{made.token}/").content.decode()
    assert "What Abbey said" in page
    assert WATER not in page


@pytest.mark.parametrize("who", ["author", "approver", "moderator", "administrator", "outsider"])
def test_others_may_not_share(cast, who):
    with pytest.raises(Refused, match="Only those who read the summary"):
        sharing.make(by=getattr(cast, who), name="x", query="", days=1)


@pytest.mark.parametrize("days", [0, 91, -1])
def test_link_lasts_a_sensible_time(cast, days):
    with pytest.raises(Refused, match="between 1 and 90 days"):
        sharing.make(by=cast.councillor, name="x", query="", days=days)


def test_page_makes_and_ends_a_link(cast, as_):
    client = as_(cast.councillor)
    client.post("/staff/summary/share/", {"name": "Planning committee", "days": "7", "query": "ward="})
    made = CommitteeLink.objects.get()
    assert made.expires_at - timezone.now() > dt.timedelta(days=6)
    assert f"/shared/{made.token}/" in client.get("/staff/summary/share/").content.decode()
    client.post(f"/staff/summary/share/{made.pk}/end/")
    assert list(sharing.working()) == []
    actions = list(Event.objects.filter(action__startswith="committee_link").values_list("action", flat=True))
    assert sorted(actions) == ["committee_link.ended", "committee_link.made"]


def test_what_was_typed_comes_back_with_the_reason(cast, as_):
    page = as_(cast.councillor).post(
        "/staff/summary/share/", {"name": "Planning", "days": "900", "query": ""}
    )
    assert page.status_code == 400
    assert 'value="Planning"' in page.content.decode()
