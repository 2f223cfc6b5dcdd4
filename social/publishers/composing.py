"""Writes the words of a post; what the platforms have in common, no limits of its own."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from social.publishers.base import Limits, NoticeContent, Post
from social.text import graphemes, printable, shorten, unprintable

Fits = Callable[[str], bool]


def post_text(content: NoticeContent, wording: str, fits: Fits) -> str:
    """Return staff's wording, or the generated text; the notice's link always stands in it.

    The link is what brings readers to the lasting page and what lets us find the post again.
    """
    if wording.strip():
        return with_link(wording.strip().replace("\r\n", "\n"), content.url)
    return generated(content, fits)


def with_link(text: str, url: str) -> str:
    """Return the text with the link at its end, unless it is there already."""
    return text if url in text.split() else f"{text}\n\n{url}"


def generated(content: NoticeContent, fits: Fits) -> str:
    """Return headline, gist and link; the gist is shortened at a word when the whole does not fit."""
    headline = printable(content.title)
    gist = printable(content.change_note or content.summary)
    if content.is_correction:
        # Whoever was told the wrong thing has to see at once that this is the right one.
        headline = _("Correction: %(title)s") % {"title": headline}
    elif content.change_note:
        headline = _("Update: %(title)s") % {"title": headline}

    def whole(middle: str) -> str:
        return "\n\n".join(part for part in [headline, middle, content.url] if part)

    return whole(shorten(gist, lambda middle: fits(whole(middle))))


def common_problems(post: Post, limits: Limits, count: int) -> list[str]:
    """Return the sentences that hold for every platform."""
    found = []
    if count > limits.characters:
        over = {"count": count, "limit": limits.characters}
        found.append(_("The text is too long: %(count)d of %(limit)d characters.") % over)
    if limits.bytes and len(post.text.encode(errors="replace")) > limits.bytes:
        found.append(_("The text takes too much room for this platform. Use fewer emoji."))
    if unprintable(post.text):
        found.append(_("The text contains invisible control characters. Type it again instead of pasting."))
    return found + _image_problems(post, limits)


def _image_problems(post: Post, limits: Limits) -> list[str]:
    found = []
    if any(not image.alt.strip() for image in post.images):
        found.append(_("The picture has no description in words."))
    if any(graphemes(image.alt) > limits.alt_characters for image in post.images):
        found.append(_("The description of the picture is too long for this platform."))
    return found
