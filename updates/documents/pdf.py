"""Makes a PDF fit to publish: refuses what acts or hides, takes out what tells on its makers.

Bytes in and out; knows neither editions nor files. The structure that assistive technology reads stays.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, StreamObject

from . import words
from .jpeg import bare

MOST_PAGES = 300
# Objects in a file; a plan of a whole town centre has some thousands.
_MOST_OBJECTS = 200_000
# ISO 32000-1, 12.6.4: actions that run, fetch or send something, unlike going to a page or a web address.
_ACTIONS = {
    "/JavaScript",
    "/Launch",
    "/SubmitForm",
    "/ImportData",
    "/GoToR",
    "/GoToE",
    "/Rendition",
    "/Movie",
    "/Sound",
}
# 12.5.6: annotations that carry files or play something.
_PLAYERS = {"/FileAttachment", "/RichMedia", "/3D", "/Screen", "/Movie", "/Sound"}
# Drawn on top of a page, so that taking them off may show what somebody meant to cover.
_COVERS = {
    "/Redact",
    "/Square",
    "/Circle",
    "/Polygon",
    "/PolyLine",
    "/Line",
    "/Highlight",
    "/Stamp",
    "/Ink",
    "/FreeText",
}
# Keys that lead from the words to who made them, when, with what, or to things that act.
_TOLD_ON = ("/Metadata", "/PieceInfo", "/LastModified", "/AF", "/AA", "/Thumb")
_OF_THE_CATALOGUE = ("/OpenAction", "/AcroForm", "/Collection", "/Threads", "/Perms", "/DSS", "/OCProperties")


class DocumentRefused(Exception):
    """The file cannot be published; its text says why and what to do."""

    def __init__(self, sentence: str | Promise) -> None:
        """Keep the sentence in the reader's language."""
        super().__init__(str(sentence))


@dataclass(frozen=True)
class Cleaned:
    """A PDF fit to publish, and what can be read in it."""

    data: bytes
    pages: int
    text: str
    # Numbers of the pages on which words lie under filled boxes.
    covered_pages: list[int]
    had_comments: bool


def cleaned(data: bytes, title: str) -> Cleaned:
    """Return `data` without comments, metadata and earlier versions, called `title`, or refuse it."""
    if b"%PDF-" not in data[:1024]:
        raise DocumentRefused(_("This is not a PDF. Save the document as PDF and choose it again."))
    try:
        return _cleaned(data, title)
    except DocumentRefused:
        raise
    except words.TooMuch as error:
        raise DocumentRefused(
            _("This PDF takes too long to read. Print it to a new PDF, or publish it in parts.")
        ) from error
    except Exception as error:
        # Whatever the reader stumbles over, other programmes will stumble over as well.
        raise DocumentRefused(_("This PDF is broken. Make it again from the original document.")) from error


def _cleaned(data: bytes, title: str) -> Cleaned:
    reader = PdfReader(io.BytesIO(data))
    _refuse(reader)
    writer = PdfWriter(clone_from=reader)
    had_comments = sum(_without_comments(page) for page in writer.pages) > 0
    _strip(writer)
    # Copied once more, from the top: what nothing leads to any more stays behind.
    bare_copy = PdfWriter(clone_from=PdfReader(io.BytesIO(_written(writer))))
    bare_copy.metadata = {"/Title": title}
    clean = _written(bare_copy)
    fresh = PdfReader(io.BytesIO(clean))
    text, covered = words.read(fresh)
    return Cleaned(clean, len(fresh.pages), text, covered, had_comments)


def _written(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _refuse(reader: PdfReader) -> None:
    if reader.is_encrypted:
        raise DocumentRefused(_("This PDF is locked with a password. Save it without one."))
    if not reader.pages:
        raise DocumentRefused(_("This PDF has no pages."))
    if len(reader.pages) > MOST_PAGES:
        raise DocumentRefused(_("This PDF has more than 300 pages. Publish it in parts."))
    if _has_hidden_layers(reader):
        raise DocumentRefused(
            _("This PDF has layers that are switched off, and anybody can switch them on. Save it without.")
        )
    for found in _dictionaries(reader.trailer):
        _refuse_object(found)


def _refuse_object(found: DictionaryObject) -> None:
    kind, action = _solid(found.get("/Subtype")), _solid(found.get("/S"))
    if kind == "/Form" and isinstance(found, StreamObject):
        words.refuse_length(found.get_data())
    if action in _ACTIONS or "/JS" in found or "/XFA" in found or "/JavaScript" in found:
        raise DocumentRefused(_("This PDF runs commands when it opens. Print it to a new PDF."))
    if kind in _PLAYERS or "/EmbeddedFiles" in found or _solid(found.get("/Type")) == "/EmbeddedFile":
        raise DocumentRefused(_("Other files are packed into this PDF. Save it without them."))
    if kind in _COVERS and "/Rect" in found:
        raise DocumentRefused(
            _(
                "Boxes or drawings lie on this PDF as comments: what they cover would be uncovered. "
                "Remove the words themselves, then print it to a new PDF."
            )
        )


def _has_hidden_layers(reader: PdfReader) -> bool:
    layers = _solid(_solid(reader.trailer["/Root"]).get("/OCProperties"))
    default = _solid(layers.get("/D")) if isinstance(layers, DictionaryObject) else None
    if not isinstance(default, DictionaryObject):
        return False
    return bool(_solid(default.get("/OFF"))) or _solid(default.get("/BaseState")) == "/OFF"


def _without_comments(page: Any) -> bool:
    """Take every annotation but links off `page`; say if there was another."""
    notes = _solid(page.get("/Annots")) or ArrayObject()
    links = ArrayObject(note for note in notes if _solid(_solid(note).get("/Subtype")) == "/Link")
    if "/Annots" in page:
        page[NameObject("/Annots")] = links
    return len(links) < len(notes)


def _strip(writer: PdfWriter) -> None:
    catalogue = writer.root_object
    for key in _OF_THE_CATALOGUE:
        catalogue.pop(NameObject(key), None)
    names = _solid(catalogue.get("/Names"))
    if isinstance(names, DictionaryObject):
        kept = {key: value for key, value in names.items() if key == "/Dests"}
        catalogue[NameObject("/Names")] = DictionaryObject(kept)
    for found in _dictionaries(catalogue):
        for key in _TOLD_ON:
            found.pop(NameObject(key), None)
        if isinstance(found, StreamObject) and _solid(found.get("/Filter")) in ("/DCTDecode", ["/DCTDecode"]):
            # A photograph keeps where and by whom it was taken inside itself.
            found._data = bare(found._data)


def _dictionaries(root: Any) -> Iterator[DictionaryObject]:
    """Yield every dictionary that can be reached from `root`, each once."""
    waiting, seen = [root], set()
    while waiting:
        found = _solid(waiting.pop())
        if id(found) in seen or not isinstance(found, DictionaryObject | ArrayObject):
            continue
        seen.add(id(found))
        if len(seen) > _MOST_OBJECTS:
            raise DocumentRefused(_("This PDF is too complicated. Print it to a new PDF and choose that."))
        if isinstance(found, DictionaryObject):
            yield found
        waiting += found.values() if isinstance(found, DictionaryObject) else found


def _solid(found: Any) -> Any:
    return found.get_object() if isinstance(found, IndirectObject) else found
