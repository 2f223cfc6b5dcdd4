"""What councillors go through: a week in short, the words behind it, who is left out, files, a link."""

import datetime as dt
import io
import zipfile

import pytest
from django.utils import timezone
from playwright.sync_api import Browser
from pypdf import PdfReader

from feedback import moderation, reading, summaries, summarising, weekly
from feedback.digesting.scope import monday
from feedback.models import Voice
from feedback.working_days import today
from places.models import Seat, Ward
from tests import factories
from tests.council_portal.conftest import Run
from tests.factories import Cast
from tests.feedback.conftest import asked, shown, told
from tests.real.smtp import Sink
from tests.subscriptions.conftest import body
from updates.models import Notice

from .browsing import Faults, Person, Reader
from .mails import arrived_for

pytestmark = [pytest.mark.slow, pytest.mark.postgres, pytest.mark.timeout(400)]

BUS = "Keep the evening bus, shift workers need it to get home."
NOISE = "The pumps are so loud at night that nobody in our street can sleep."
AGAINST = "The evening bus is a terrible waste of our money, stop it."
FORMULA = '=HYPERLINK("http://evil.example")'
PRIVATE = "Ring me on 0117 496 0123 about the wall."


@pytest.fixture
def last_week(council: Cast) -> dt.date:
    """Let people of her ward write, a week ago, and the week be summarised; return its Monday."""
    ward = Ward.objects.get(name="Quayside")
    Seat.objects.create(ward=ward, councillor=council.councillor)
    notice = factories.published(council, title="Works in Quay Street").notice
    _write(council, notice, ward)
    reading.read_new()
    week = monday(today()) - dt.timedelta(weeks=1)
    Voice.objects.update(received_at=timezone.now() - dt.timedelta(weeks=1))
    summarising.make(summaries.about_week(week, ward.pk))
    return week


def _write(council: Cast, notice: Notice, ward: Ward) -> None:
    for number in range(5):
        for words in (BUS, NOISE):
            shown(told(notice, f"{words} {'Please. ' * number}", ward=ward), council.moderator)
    for words in (AGAINST, FORMULA, PRIVATE):
        shown(told(notice, words, ward=ward, name="Eva Stone", email="eva@mail.example"), council.moderator)
    shown(asked(notice, "When do the works end?", ward=ward), council.moderator)


def test_councillor_reads_a_week_in_minutes(
    council: Cast,
    last_week: dt.date,
    portal: Run,
    faults: Faults,
    chromium: Browser,
    smtp_sink: Sink,
):
    mine = f"/staff/summary/?week={last_week}"
    aisha = Reader(chromium, portal.url, faults)
    aisha.sign_in(council.councillor)
    read_in_short(aisha, mine)
    open_what_stands_behind(aisha, mine)
    compare(aisha)
    assert_files_hold_no_person(aisha, mine)
    address = share(aisha, mine)

    stranger = Person(chromium, portal.url, faults, width=390)
    assert_committee_reads(stranger, address)

    hide_all(council, NOISE)
    assert_gone(aisha, mine, stranger, address)
    end_the_link(aisha, stranger, address)

    weekly.write_digests()
    mail = body(arrived_for(smtp_sink, council.councillor.email, "Quayside"))
    assert (BUS in mail, NOISE in mail, "eva@mail.example" in mail) == (True, False, False)

    assert "\n".join(dict.fromkeys(faults.found)) == ""


def read_in_short(councillor: Person, mine: str) -> None:
    """The ward's page says what was said, by how many, what waits and who is left out."""
    page = councillor.go(mine, "What Quayside said")
    said = page.inner_text("main")
    assert [words for words in (BUS, NOISE) if words.rstrip(".") not in said] == []
    for heading in ("In short", "A smaller voice", "Who this leaves out", "Waiting for an answer"):
        assert page.get_by_role("heading", name=heading, exact=True).count() == 1, heading
    assert AGAINST in said
    assert "14 questions and comments" in said


def open_what_stands_behind(councillor: Person, mine: str) -> None:
    """One tap from a sentence to the words behind it, from the audit to the rest, and to ten at random."""
    page = councillor.go(mine)
    councillor.follow_part("behind this sentence", "Behind one sentence")
    assert page.locator("main article").count() >= 1
    councillor.go(mine)
    councillor.follow_part("no sentence stands for", "What no sentence of the summary says")
    assert page.locator("main article").count() >= 1
    assert "0117" not in page.inner_text("main")
    councillor.go(mine)
    councillor.follow_part("at random", "Ten at random")
    assert page.locator("main article").count() == 10


def compare(councillor: Person) -> None:
    """Set two weeks side by side."""
    page = councillor.go("/staff/summary/compare/", "Side by side")
    councillor.press("Compare")
    assert page.locator("main section.cp-box").count() == 2


def assert_files_hold_no_person(councillor: Person, mine: str) -> None:
    """Every file holds the words, no person, and no formula that runs."""
    query = mine.partition("?")[2]
    files = {
        name: councillor.context.request.get(f"{councillor.address}/staff/summary/{name}?{query}").body()
        for name in ("words.csv", "words.xlsx", "report.pdf")
    }
    with zipfile.ZipFile(io.BytesIO(files["words.xlsx"])) as workbook:
        sheet = workbook.read("xl/worksheets/sheet1.xml").decode()
    document = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(files["report.pdf"])).pages)
    texts = {"csv": files["words.csv"].decode(), "xlsx": sheet, "pdf": " ".join(document.split())}
    for name, text in texts.items():
        assert BUS.rstrip(".") in text, name
        assert [words for words in ("Eva Stone", "eva@mail.example", "0117 496") if words in text] == [], name
    assert "'=HYPERLINK" in texts["csv"]
    assert "<f>" not in texts["xlsx"]


def share(councillor: Person, mine: str) -> str:
    """Make a link for a committee from the page as it is filtered, and return it."""
    page = councillor.go(mine)
    councillor.follow_part("committee", "Links for a committee")
    page.get_by_label("Who gets it?").fill("Transport committee")
    councillor.press("Make the link", "Links for a committee")
    written = page.locator("main").get_by_role("link", name="/shared/").inner_text()
    return f"/shared/{written.rpartition('/shared/')[2]}"


def assert_committee_reads(stranger: Person, address: str) -> None:
    """Without an account: the same words, and no person."""
    page = stranger.go(address, "What Quayside said")
    said = page.inner_text("main")
    assert (BUS.rstrip(".") in said, AGAINST in said) == (True, True)
    assert [words for words in ("Eva Stone", "0117") if words in said] == []


def hide_all(council: Cast, words: str) -> None:
    """Let a moderator hide everything that says this."""
    for voice in Voice.objects.filter(text__startswith=words):
        moderation.hide(voice, by=council.moderator, seen_version=voice.version, reason="abusive")


def assert_gone(councillor: Person, mine: str, stranger: Person, address: str) -> None:
    """What was hidden is gone at once, wherever it stood."""
    for page in (councillor.go(mine), stranger.go(address)):
        assert "pumps are so loud" not in page.inner_text("main")


def end_the_link(councillor: Person, stranger: Person, address: str) -> None:
    """End it; whoever opens it is told so."""
    councillor.go("/staff/summary/share/", "Links for a committee")
    councillor.press_part("End it now", "Links for a committee")
    stranger.go(address, "This link has ended")
