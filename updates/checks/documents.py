"""Checks the documents of a notice, which are as public as its words; must not open the files."""

from django.utils.translation import gettext as _

from ..finding import HINT, WARN, Finding
from ..models import Document, Edition
from . import sharing
from .texts import Words


def check(edition: Edition) -> list[Finding]:
    """Return private details in the text of each document, words under boxes, and pages without any text."""
    return [
        finding
        for document in edition.documents.all()
        for finding in (*_private(document), *_covered(document), *_without_words(document))
    ]


def _private(document: Document) -> list[Finding]:
    found = sharing.check(Words({"documents": document.text}))
    return [
        Finding(each.code, each.level, f"{document.title}: {each.message}", "documents", each.excerpts[:3])
        for each in found
    ]


def _covered(document: Document) -> list[Finding]:
    if not document.covered_pages:
        return []
    pages = ", ".join(str(number) for number in document.covered_pages)
    sentence = _(
        "%(document)s: words lie under boxes on page %(pages)s, and anybody can copy them. "
        "Remove the words themselves."
    )
    values = {"document": document.title, "pages": pages}
    return [Finding("covered_words", WARN, sentence % values, "documents")]


def _without_words(document: Document) -> list[Finding]:
    if document.text.strip():
        return []
    sentence = _("%(document)s has no words that can be read out or checked: it is pictures of pages.")
    return [Finding("document_without_words", HINT, sentence % {"document": document.title}, "documents")]
