"""Makes small PDFs by hand, each with one thing in it that matters."""

import io

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    TextStringObject,
)

WORDS = b"BT /F1 12 Tf 72 720 Td (The water is off today.) Tj ET"


def page_of(writer: PdfWriter, content: bytes = WORDS):
    """Add one page that draws `content`."""
    page = writer.add_blank_page(595, 842)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    stream = DecodedStreamObject()
    stream.set_data(content)
    page[NameObject("/Contents")] = writer._add_object(stream)
    return page


def written(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def pdf(content: bytes = WORDS) -> bytes:
    """Return a PDF of one page."""
    writer = PdfWriter()
    page_of(writer, content)
    return written(writer)


def note(subtype: str, **more: object) -> DictionaryObject:
    """Return an annotation."""
    values = {NameObject(f"/{key}"): value for key, value in more.items()}
    rect = ArrayObject([])
    return DictionaryObject(
        {NameObject("/Subtype"): NameObject(subtype), NameObject("/Rect"): rect, **values}
    )


def with_note(annotation: DictionaryObject) -> bytes:
    """Return a PDF with one annotation on its page."""
    writer = PdfWriter()
    page = page_of(writer)
    page[NameObject("/Annots")] = ArrayObject([writer._add_object(annotation)])
    return written(writer)


def text(words: str) -> TextStringObject:
    return TextStringObject(words)
