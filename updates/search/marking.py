"""Marks found words in a text that is shown; everything else is escaped."""

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

# Two characters nobody types stand for the beginning and end of a mark until the text is escaped.
START, STOP = "\x02", "\x03"


def marked(text: str) -> SafeString:
    """Return `text`, escaped, with what stands between START and STOP inside <mark>."""
    return mark_safe(str(escape(text)).replace(START, "<mark>").replace(STOP, "</mark>"))


def without_marks(text: str) -> str:
    """Return `text` without the two characters, should somebody have managed to type them."""
    return text.replace(START, "").replace(STOP, "")
