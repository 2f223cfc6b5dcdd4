"""Reads an edition into the plain data that publishers compose from."""

from django.conf import settings

from updates.models import Edition

from .publishers.base import NoticeContent, PostImage, Style


def content_of(edition: Edition, style: Style) -> NoticeContent:
    """Return what posts say of an edition, in `style`; from the second edition on that is the change note."""
    notice = edition.notice
    return NoticeContent(
        reference=notice.reference,
        kind=notice.kind,
        title=edition.headline,
        summary=edition.summary,
        url=notice.short_url,
        change_note=edition.change_note if edition.number > 1 else "",
        language=settings.COUNCIL.language.partition("-")[0],
        image=_image_of(edition),
        is_correction=edition.is_correction,
        kind_words=str(notice.get_kind_display()),
        style=style,
    )


def _image_of(edition: Edition) -> PostImage | None:
    if edition.picture is None:
        return None
    return PostImage(str(edition.picture.file.name), edition.alt_text, edition.picture.sha256)
