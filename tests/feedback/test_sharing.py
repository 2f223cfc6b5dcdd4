"""A link for a committee: shows what was filtered to anybody who has it, until it ends."""

import datetime as dt
import io

import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from audit.models import Event
from feedback import sharing, summaries, summarising
from feedback.answering import Words, give
from feedback.digesting.scope import monday
from feedback.models import CommitteeLink
from feedback.moderation import Refused
from feedback.working_days import today
from places.models import Seat, Ward
from tests import factories
from tests.feedback.conftest import asked, shown, told

pytestmark = pytest.mark.django_db
WATER = "The water was off and nobody told us before the newspaper did"


@pytest.fixture
def said(cast, notice):
    for number in range(6):
        shown(told(notice, f"{WATER} {number}.", email="eva@mail.example", name="Eva"), cast.moderator)
    return summarising.make(summaries.about_week(monday(today())))


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


@pytest.fixture
def of_two_wards(cast, notice):
    """A councillor of Abbey and Quayside, and words from them and from Moor."""
    for name in ("Abbey", "Quayside", "Moor"):
        ward = factories.ward(name)
        shown(told(notice, f"Said in {name}.", ward=ward), cast.moderator)
        if name != "Moor":
            Seat.objects.create(ward=ward, councillor=cast.councillor)
    return cast.councillor


def test_link_for_ones_own_wards_shows_exactly_these(of_two_wards, as_):
    form = as_(of_two_wards).get("/staff/summary/share/").context["form"]
    made = sharing.make(by=of_two_wards, name="Forum", query=form.initial["query"], days=1)
    assert "What Abbey and Quayside said" in Client().get(f"/shared/{made.token}/").content.decode()
    words = Client().get(f"/shared/{made.token}/words/").content.decode()
    assert ["Said in Abbey" in words, "Said in Quayside" in words, "Said in Moor" in words] == [1, 1, 0]
    Ward.objects.filter(name="Abbey").update(slug="gone")
    assert Client().get(f"/shared/{made.token}/").status_code == 410


def test_nonsense_in_the_filter_is_no_part_of_a_link(cast, as_):
    page = as_(cast.councillor).get("/staff/summary/share/?ward=nowhere&kind=nonsense&week=never")
    made = sharing.make(by=cast.councillor, name="x", query=page.context["form"].initial["query"], days=1)
    assert Client().get(f"/shared/{made.token}/").status_code == 200


def test_every_sentence_of_a_link_opens_the_words_behind_it(link, said):
    page = Client().get(f"/shared/{link.token}/").content.decode()
    for each in summaries.shown(said):
        assert f"/shared/{link.token}/words/?sentence={each.sentence.pk}" in page
        words = Client().get(f"/shared/{link.token}/words/?sentence={each.sentence.pk}").content.decode()
        assert words.count("<article") == each.comments
        assert "eva@mail.example" not in words


@pytest.mark.parametrize("asked", ["sentence", "left_out", "random"])
def test_link_opens_no_words_of_other_summaries(link, said, notice, asked):
    other = summarising.make(summaries.about_notice(notice.pk))
    key = summaries.shown(other)[0].sentence.pk if asked == "sentence" else other.pk
    assert Client().get(f"/shared/{link.token}/words/?{asked}={key}").status_code == 404


def test_page_and_document_tell_what_waits_and_what_was_promised(cast, notice, link):
    waits = shown(asked(notice, "When is it back?"), cast.moderator)
    answered = shown(asked(notice, "Who repairs the road?"), cast.moderator)
    said = Words("We do.", promise="The road is repaired.", promised_on=today() + dt.timedelta(days=3))
    give(answered, said, by=cast.author, seen_version=answered.version)
    page = Client().get(f"/shared/{link.token}/").content.decode()
    assert [waits.public_text in page, said.promise in page] == [True, True]
    pdf = PdfReader(io.BytesIO(Client().get(f"/shared/{link.token}/report.pdf").content))
    words = " ".join(" ".join(each.extract_text() for each in pdf.pages).split())
    assert [waits.reference in words, said.promise in words] == [True, True]


def test_words_of_an_ended_link_are_gone(cast, link):
    sharing.end(link, by=cast.councillor)
    assert Client().get(f"/shared/{link.token}/words/").status_code == 410


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
