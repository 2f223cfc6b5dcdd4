"""The councillors' page as files: what is on it is in them, personal data is not, formulas do not run."""

import io
import zipfile

import pytest
from pypdf import PdfReader

from feedback import summaries, summarising
from feedback.digesting.scope import monday
from feedback.working_days import today
from tests.feedback.conftest import asked, shown, told

pytestmark = pytest.mark.django_db
WATER = "The water was off and nobody told us before the newspaper did"


@pytest.fixture
def said(cast, notice):
    """Six who say much the same, one of them with a number in it, and one question that waits."""
    for number in range(5):
        shown(told(notice, f"{WATER} {number}.", email="eva@mail.example", name="Eva"), cast.moderator)
    shown(told(notice, f"{WATER}, ring 07700 900123."), cast.moderator)
    shown(told(notice, '=HYPERLINK("http://evil.example")'), cast.moderator)
    return shown(asked(notice, "When is it back?"), cast.moderator)


def _pdf(client) -> str:
    content = client.get("/staff/summary/report.pdf?ward=").content
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


def _sheet(client) -> str:
    content = client.get("/staff/summary/words.xlsx?ward=").content
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return file.read("xl/worksheets/sheet1.xml").decode()


def test_document_holds_the_summary_its_audit_and_what_waits(cast, as_, said):
    summary = summarising.make(summaries.about_week(monday(today())))
    words = _pdf(as_(cast.councillor))
    for each in summaries.shown(summary):
        assert each.sentence.text in words
    assert "Who this leaves out" in words
    assert said.reference in words


def test_document_without_a_summary_says_what_there_is(cast, as_, notice):
    words = _pdf(as_(cast.councillor))
    assert "Nothing. Every question has its answer." in words


@pytest.mark.parametrize("private", ["07700", "eva@mail.example", "Eva "])
def test_files_leave_personal_data_out(cast, as_, said, private):
    summarising.make(summaries.about_week(monday(today())))
    client = as_(cast.councillor)
    assert private not in _pdf(client)
    assert private not in _sheet(client)


def test_formula_in_a_comment_is_text_in_the_workbook(cast, as_, said):
    sheet = _sheet(as_(cast.councillor))
    assert "<f>" not in sheet
    assert "=HYPERLINK" in sheet


@pytest.mark.parametrize("name", ["report.pdf", "words.xlsx"])
@pytest.mark.parametrize("who", ["author", "approver", "moderator", "administrator"])
def test_others_do_not_get_the_files(cast, as_, name, who):
    assert as_(getattr(cast, who)).get(f"/staff/summary/{name}").status_code == 403
