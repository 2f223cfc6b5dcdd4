"""What changed between two texts, word by word, as escaped HTML; must not decide whether a change matters."""

import difflib
import re

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

# Beyond this many words on a side the comparison gets slow, so whole paragraphs are compared instead.
_MANY_WORDS = 4000


def _pieces(text: str) -> list[str]:
    pieces = re.findall(r"\s+|[^\s]+", text)
    return pieces if len(pieces) <= _MANY_WORDS else text.splitlines(keepends=True)


def by_word(old: str, new: str) -> SafeString:
    """Return `new` with what was added in <ins> and what went in <del>, everything escaped."""
    before, after = _pieces(old), _pieces(new)
    # Spaces stand between any two words: looking each of them up makes a long text take seconds.
    matcher = difflib.SequenceMatcher(str.isspace, before, after, autojunk=False)
    return format_html_join(
        "",
        "{}",
        (
            (_change(tag, "".join(before[a:b]), "".join(after[c:d])),)
            for tag, a, b, c, d in matcher.get_opcodes()
        ),
    )


def _change(tag: str, gone: str, come: str) -> SafeString:
    if tag == "equal":
        return format_html("{}", come)
    gone_html = format_html('<del class="cp-del">{}</del>', gone) if gone.strip() else ""
    come_html = format_html('<ins class="cp-ins">{}</ins>', come) if come.strip() else format_html("{}", come)
    gap = " " if gone_html and come.strip() else ""
    return format_html("{}{}{}", gone_html, gap, come_html)
