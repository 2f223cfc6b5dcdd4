"""Writes the words of a post or a thread; what the platforms have in common, no limits of its own."""

from django.utils.translation import gettext as _

from social import wording_template
from social.publishers.base import Limits, NoticeContent, Post
from social.splitting import Fits, thread
from social.text import graphemes, printable, shorten, unprintable


def posts_of(content: NoticeContent, wording: str, limits: Limits, fits: Fits) -> list[Post]:
    """Return the posts for staff's wording or the generated text: one, or a thread where that was chosen.

    The link to the notice stands in the first one: it brings readers to the lasting page and lets us find the
    post again. A person's words are never cut: what cannot fit comes back as one post with problems.
    """
    texts = _own(content, wording, limits, fits) if wording.strip() else _generated(content, limits, fits)
    first = Post(
        text=texts[0],
        link=content.url,
        language=content.language,
        images=(content.image,) if content.image else (),
    )
    return [first, *(Post(text=text, link="", language=content.language) for text in texts[1:])]


def with_link(text: str, url: str) -> str:
    """Return the text with the link at its end, unless it is there already."""
    return text if url in text.split() else f"{text}\n\n{url}"


def _own(content: NoticeContent, wording: str, limits: Limits, fits: Fits) -> list[str]:
    words = wording.strip().replace("\r\n", "\n")
    whole = with_link(words, content.url) if content.style.includes_link else words
    if fits(whole) or not _may_split(content, limits):
        return [whole]
    return _split(words, content, limits, fits) or [whole]


def _generated(content: NoticeContent, limits: Limits, fits: Fits) -> list[str]:
    """Shorten the gist at a word until everything fits: one post, or as many as a thread may have."""
    gist = printable(content.change_note or content.summary)
    if not _may_split(content, limits) or fits(filled(content, gist)):
        return [filled(content, shorten(gist, lambda middle: fits(filled(content, middle))))]

    def split(middle: str) -> list[str] | None:
        return _split(filled(content, middle, is_linked=False), content, limits, fits)

    middle = shorten(gist, lambda middle: split(middle) is not None)
    return split(middle) or [filled(content, middle)]


def filled(content: NoticeContent, gist: str, *, is_linked: bool = True) -> str:
    """Return the account's template with the notice's words in it; the link at its end if it has no place."""
    is_linked = is_linked and content.style.includes_link
    values = {
        "headline": _headline(content),
        "text": gist,
        "link": content.url if is_linked else "",
        "reference": content.reference,
        "kind": content.kind_words or content.kind,
    }
    text = wording_template.fill(content.style.template or wording_template.USUAL, values)
    return with_link(text, content.url) if is_linked else text


def _headline(content: NoticeContent) -> str:
    headline = printable(content.title)
    if content.is_correction:
        # Whoever was told the wrong thing has to see at once that this is the right one.
        return _("Correction: %(title)s") % {"title": headline}
    if content.change_note:
        return _("Update: %(title)s") % {"title": headline}
    return headline


def _may_split(content: NoticeContent, limits: Limits) -> bool:
    return content.style.is_thread and limits.parts > 1


def _split(text: str, content: NoticeContent, limits: Limits, fits: Fits) -> list[str] | None:
    """Return the thread, with the link in its first post wherever else the text has it."""
    if not content.style.includes_link:
        return thread(text, fits, limits.parts)
    plain = thread(text, fits, limits.parts)
    if plain and content.url in plain[0].split():
        return plain
    return thread(text, fits, limits.parts, first_needs=content.url)


def common_problems(post: Post, limits: Limits, count: int) -> list[str]:
    """Return the sentences that hold for every platform."""
    found = []
    if count > limits.characters:
        over = {"over": count - limits.characters, "count": count, "limit": limits.characters}
        found.append(_("The text is too long by %(over)d: %(count)d of %(limit)d characters.") % over)
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
