"""A PDF can be read: its words, its outline, its pages, whatever somebody typed."""

import io

import pytest
from pypdf import PdfReader

from look.document import Document


def read(document: Document) -> PdfReader:
    return PdfReader(io.BytesIO(document.response("report.pdf").content))


def words(document: Document) -> str:
    return "\n".join(page.extract_text() for page in read(document).pages)


def test_headings_stand_in_the_outline():
    document = Document("What Quayside said")
    document.heading("In short")
    document.heading("A smaller voice", level=3)
    document.heading("What it is about")
    outline = read(document).outline
    assert [entry.title for entry in outline if not isinstance(entry, list)] == [
        "In short",
        "What it is about",
    ]
    assert [entry.title for entry in outline[1]] == ["A smaller voice"]


def test_title_and_author_are_known_to_readers(settings):
    found = read(Document("What Quayside said")).metadata
    assert (found.title, found.author) == ("What Quayside said", settings.COUNCIL.name)


def test_table_goes_on_with_its_heading():
    document = Document("Long")
    document.table(["Theme", "Comments"], [[f"Theme {number}", number] for number in range(120)], [60, 20])
    pages = [page.extract_text() for page in read(document).pages]
    assert len(pages) > 2
    assert all("Theme" in page and "Comments" in page for page in pages)


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("Łódź and Ångström", "Łódź and Ångström"),
        ("a rocket 🚀", "a rocket *"),
        ("five * stars", "five * stars"),
        ("zero\u200bwidth", "zerowidth"),
    ],
)
def test_what_the_font_lacks_is_marked(typed, set_):
    document = Document("Words")
    document.quotation(typed, "1 comment")
    assert set_ in words(document)


def test_lacking_letters_are_explained_and_only_then():
    plain, rich = Document("Words"), Document("Words")
    plain.paragraph("plain")
    rich.paragraph("市场")
    explained = "cannot print"
    assert (explained in words(plain), explained in words(rich)) == (False, True)


def test_hundred_thousand_letters_without_a_space_are_set():
    document = Document("Long word")
    document.quotation("x" * 100_000, "1 comment")
    assert words(document).count("x") >= 100_000


def test_empty_table_has_its_heading():
    document = Document("Empty")
    document.table(["Theme", "Comments"], [], [60, 20])
    assert "Theme" in words(document)
