"""What is refused in a PDF, what is taken out, and what stays."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, BooleanObject, DecodedStreamObject, DictionaryObject, NameObject

from updates.documents import pdf as pdfs
from updates.documents import words
from updates.documents.jpeg import bare
from updates.documents.pdf import DocumentRefused, cleaned

from . import making


def refusal(data: bytes) -> str:
    with pytest.raises(DocumentRefused) as refused:
        cleaned(data, "Plan")
    return str(refused.value)


def test_plain_document_stays_readable():
    clean = cleaned(making.pdf(), "Plan of the works")

    assert (clean.pages, clean.text.strip()) == (1, "The water is off today.")
    assert (clean.covered_pages, clean.had_comments) == ([], False)
    assert PdfReader(io.BytesIO(clean.data)).metadata.title == "Plan of the works"


def test_who_made_it_and_when_is_gone():
    writer = PdfWriter()
    page = making.page_of(writer)
    page[NameObject("/LastModified")] = making.text("D:20260101")
    page[NameObject("/PieceInfo")] = DictionaryObject({NameObject("/App"): making.text("Dave Pullman")})
    writer.add_metadata({"/Author": "Dave Pullman", "/Creator": "Dave's PC"})
    writer.xmp_metadata = (
        b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        b'<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:publisher>Dave'
        b"</dc:publisher></rdf:Description></rdf:RDF></x:xmpmeta>"
    )

    clean = cleaned(making.written(writer), "Plan")

    assert b"Dave" not in clean.data
    assert set(PdfReader(io.BytesIO(clean.data)).metadata) <= {"/Title", "/Producer"}


def test_an_earlier_version_is_gone():
    first = making.pdf(b"BT /F1 12 Tf 72 720 Td (Secret words) Tj ET")
    writer = PdfWriter(io.BytesIO(first), incremental=True)
    stream = writer.pages[0]["/Contents"].get_object()
    stream.set_data(making.WORDS)
    both = making.written(writer)
    assert b"Secret" in both

    assert b"Secret" not in cleaned(both, "Plan").data


def test_comments_go_and_links_stay():
    writer = PdfWriter()
    page = making.page_of(writer)
    action = DictionaryObject(
        {NameObject("/S"): NameObject("/URI"), NameObject("/URI"): making.text("https://a.example")}
    )
    comment = making.note("/Text", Contents=making.text("Dave says no"), T=making.text("Dave"))
    page[NameObject("/Annots")] = ArrayObject([comment, making.note("/Link", A=action)])

    clean = cleaned(making.written(writer), "Plan")

    assert clean.had_comments
    assert b"Dave" not in clean.data
    [link] = PdfReader(io.BytesIO(clean.data)).pages[0]["/Annots"]
    assert link.get_object()["/A"]["/URI"] == "https://a.example"


def test_what_assistive_technology_reads_stays():
    writer = PdfWriter()
    making.page_of(writer)
    writer.root_object[NameObject("/Lang")] = making.text("en-GB")
    writer.root_object[NameObject("/MarkInfo")] = DictionaryObject(
        {NameObject("/Marked"): BooleanObject(True)}
    )

    root = PdfReader(io.BytesIO(cleaned(making.written(writer), "Plan").data)).trailer["/Root"]

    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("en-GB", True)


def scripted() -> bytes:
    writer = PdfWriter()
    making.page_of(writer)
    script = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): making.text("app.alert(1)")}
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(script)
    return making.written(writer)


def launching() -> bytes:
    writer = PdfWriter()
    making.page_of(writer)
    action = DictionaryObject(
        {NameObject("/S"): NameObject("/Launch"), NameObject("/F"): making.text("cmd.exe")}
    )
    writer.root_object[NameObject("/OpenAction")] = action
    return making.written(writer)


def carrying() -> bytes:
    writer = PdfWriter()
    making.page_of(writer)
    writer.add_attachment("list.csv", b"name,phone")
    return making.written(writer)


def locked() -> bytes:
    writer = PdfWriter()
    making.page_of(writer)
    writer.encrypt("secret", algorithm="RC4-128")
    return making.written(writer)


def layered() -> bytes:
    writer = PdfWriter()
    making.page_of(writer)
    layer = writer._add_object(DictionaryObject({NameObject("/Type"): NameObject("/OCG")}))
    default = DictionaryObject({NameObject("/OFF"): ArrayObject([layer])})
    writer.root_object[NameObject("/OCProperties")] = DictionaryObject({NameObject("/D"): default})
    return making.written(writer)


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: b"", "This is not a PDF."),
        (lambda: b"PK\x03\x04 a Word file", "This is not a PDF."),
        (lambda: b"%PDF-1.7 and nothing", "This PDF is broken."),
        (lambda: making.pdf()[:300], "This PDF is broken."),
        (lambda: making.written(PdfWriter()), "This PDF has no pages."),
        (locked, "This PDF is locked with a password."),
        (scripted, "This PDF runs commands"),
        (launching, "This PDF runs commands"),
        (carrying, "Other files are packed"),
        (layered, "This PDF has layers"),
        (lambda: making.with_note(making.note("/RichMedia")), "Other files are packed"),
        (lambda: making.with_note(making.note("/Square")), "Boxes or drawings lie on this PDF"),
        (lambda: making.with_note(making.note("/Redact")), "Boxes or drawings lie on this PDF"),
        # Words marked in black, or struck by a thick line.
        (lambda: making.with_note(making.note("/Highlight")), "Boxes or drawings lie on this PDF"),
        (lambda: making.with_note(making.note("/Line")), "Boxes or drawings lie on this PDF"),
    ],
)
def test_what_cannot_be_published_is_refused_with_a_sentence(make, sentence):
    assert refusal(make()).startswith(sentence)


def test_too_many_pages_and_objects_are_refused(monkeypatch):
    writer = PdfWriter()
    for _number in range(pdfs.MOST_PAGES + 1):
        writer.add_blank_page(10, 10)
    assert refusal(making.written(writer)).startswith("This PDF has more than 300 pages.")

    monkeypatch.setattr(pdfs, "_MOST_OBJECTS", 3)
    assert refusal(making.pdf()).startswith("This PDF is too complicated.")


@pytest.mark.parametrize(
    ("content", "pages"),
    [
        (making.WORDS + b" 0 g 60 700 300 40 re f", [1]),  # blacked out
        (making.WORDS + b" q 1 0 0 1 60 700 cm 0 g 0 0 300 40 re f Q", [1]),
        (b"1 0 0 rg 60 700 300 40 re f " + making.WORDS, []),  # a coloured bar under words
        (making.WORDS + b" 0 g 60 100 300 40 re f", []),  # elsewhere
        (making.WORDS + b" 60 700 300 40 re S", []),  # a frame
        (making.WORDS + b" 60 719 300 1 re f", []),  # a line
    ],
)
def test_words_under_boxes_are_found(content, pages):
    assert cleaned(making.pdf(content), "Plan").covered_pages == pages


def test_hidden_parts_of_a_photograph_go_and_its_pixels_stay():
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x013B] = "Dave Pullman"
    Image.new("RGB", (8, 8), "red").save(out, "JPEG", exif=exif, comment=b"Dave's house")
    assert b"Dave" in out.getvalue()

    data = bare(out.getvalue())

    assert b"Dave" not in data
    assert Image.open(io.BytesIO(data)).getpixel((4, 4)) == Image.open(out).getpixel((4, 4))


@given(st.binary(max_size=200))
def test_any_bytes_come_back_from_the_jpeg_reader(data):
    assert len(bare(data)) <= len(data)
    assert len(bare(b"\xff\xd8" + data)) <= len(data) + 2


@given(st.integers(min_value=0, max_value=900), st.binary(min_size=1, max_size=8))
@settings(max_examples=60, deadline=None)
def test_a_damaged_file_is_cleaned_or_refused(at, damage):
    whole = making.pdf()
    data = whole[:at] + damage + whole[at + len(damage) :]

    try:
        assert cleaned(data, "Plan").pages >= 1
    except DocumentRefused as refused:
        assert str(refused).startswith("This ")


def test_what_acts_is_refused_behind_a_reference_too():
    writer = PdfWriter()
    page = making.page_of(writer)
    launch = writer._add_object(NameObject("/Launch"))
    action = DictionaryObject({NameObject("/S"): launch, NameObject("/F"): making.text("run.exe")})
    annotation = making.note("/Link", A=action)
    page[NameObject("/Annots")] = ArrayObject([writer._add_object(annotation)])

    assert "runs commands" in refusal(making.written(writer))


def test_a_covering_box_is_refused_behind_a_reference_too():
    writer = PdfWriter()
    page = making.page_of(writer)
    annotation = making.note("/Square")
    annotation[NameObject("/Subtype")] = writer._add_object(NameObject("/Square"))
    page[NameObject("/Annots")] = ArrayObject([writer._add_object(annotation)])

    assert "what they cover would be uncovered" in refusal(making.written(writer))


def test_a_few_bytes_that_unfold_to_a_long_drawing_are_refused():
    writer = PdfWriter()
    page = making.page_of(writer, b"BT " + b"1 0 Td (a) Tj " * 300_000 + b"ET")
    page.compress_content_streams()
    data = making.written(writer)
    assert len(data) < 100_000

    assert "takes too long to read" in refusal(data)


def test_drawings_within_drawings_end_with_the_time(monkeypatch):
    monkeypatch.setattr(words, "MOST_SECONDS", 0.5)
    writer = PdfWriter()
    page = making.page_of(writer, b"/X0 Do")
    inner = writer._add_object(_drawing(making.WORDS, page["/Resources"]))
    for _level in range(20):
        drawings = DictionaryObject({NameObject("/X0"): inner})
        resources = DictionaryObject({NameObject("/XObject"): drawings})
        inner = writer._add_object(_drawing(b"/X0 Do /X0 Do", resources))
    drawings = DictionaryObject({NameObject("/X0"): inner})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): drawings})

    assert "takes too long to read" in refusal(making.written(writer))


def _drawing(content: bytes, resources: DictionaryObject) -> DecodedStreamObject:
    drawing = DecodedStreamObject()
    drawing.set_data(content)
    drawing[NameObject("/Type")] = NameObject("/XObject")
    drawing[NameObject("/Subtype")] = NameObject("/Form")
    drawing[NameObject("/Resources")] = resources
    return drawing
