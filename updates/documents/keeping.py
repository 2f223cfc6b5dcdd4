"""Adds documents to a draft and takes them off; the words and lists are saved through drafting alone."""

import hashlib
from typing import IO, Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from accounts.models import User

from .. import drafting, lists
from ..models import Edition
from . import pdf

MOST_DOCUMENTS = 10


def add(
    edition: Edition, upload: IO[bytes], size: int, title: str, *, seen_version: int, by: User
) -> pdf.Cleaned:
    """Clean `upload` (of `size` bytes), store it by its content and list it last.

    Raises pdf.DocumentRefused, and what drafting.save_draft raises.
    """
    rows = _rows(edition)
    if len(rows) >= MOST_DOCUMENTS:
        raise pdf.DocumentRefused(_("A notice can carry ten documents. Remove one first."))
    if size > settings.DOCUMENT_MAX_BYTES:
        limit = settings.DOCUMENT_MAX_BYTES // (1024 * 1024)
        raise pdf.DocumentRefused(
            _("The document is larger than %(limit)s MB. Make its pictures smaller.") % {"limit": limit}
        )
    clean = pdf.cleaned(upload.read(), title)
    row = _row(clean, title)
    if any(row["sha256"] == each["sha256"] for each in rows):
        raise pdf.DocumentRefused(_("This document is already listed."))
    drafting.save_draft(
        edition, seen_version=seen_version, by=by, fields={}, rows={"documents": [*rows, row]}
    )
    return clean


def remove(edition: Edition, sha256: str, *, seen_version: int, by: User) -> None:
    """Take the document with this content off the draft; its file stays for older editions that show it."""
    rows = [row for row in _rows(edition) if row["sha256"] != sha256]
    drafting.save_draft(edition, seen_version=seen_version, by=by, fields={}, rows={"documents": rows})


def _rows(edition: Edition) -> list[dict[str, Any]]:
    return list(edition.documents.order_by("position", "pk").values(*lists.columns("documents")))


def _row(clean: pdf.Cleaned, title: str) -> dict[str, Any]:
    sha256 = hashlib.sha256(clean.data).hexdigest()
    name = f"documents/{sha256[:20]}.pdf"
    if not default_storage.exists(name):
        name = default_storage.save(name, ContentFile(clean.data))
    return {
        "title": title,
        "file": name,
        "sha256": sha256,
        "size": len(clean.data),
        "pages": clean.pages,
        "text": clean.text,
        "covered_pages": clean.covered_pages,
    }
