"""Turns the light Markdown of a notice into safe HTML; the only place that makes HTML from words."""

from collections.abc import Sequence
from html import unescape
from typing import Any

from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

# Raw HTML and images are not among the rules, so none can come out.
_RULES = [
    "heading",
    "list",
    "emphasis",
    "link",
    "autolink",
    "newline",
    "escape",
    "entity",
    "hr",
    "blockquote",
]
SAFE_SCHEMES = ("http://", "https://", "mailto:", "tel:", "/", "#")


def _is_safe_link(url: str) -> bool:
    return url.strip().lower().startswith(SAFE_SCHEMES)


def _parser() -> MarkdownIt:
    parser = MarkdownIt("zero").enable(_RULES)
    parser.validateLink = _is_safe_link  # type: ignore[method-assign]
    parser.add_render_rule("heading_open", _demoted_heading)
    parser.add_render_rule("heading_close", _demoted_heading)
    return parser


def _demoted_heading(self: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    """Keep the page's only h1 for the title: headings in the text start at h2."""
    token = tokens[index]
    level = max(2, min(4, int(token.tag[1])))
    return f"<h{level}>" if token.nesting == 1 else f"</h{level}>\n"


_PARSER = _parser()


def render(markdown: str) -> SafeString:
    """Return `markdown` as HTML that holds no script, image, raw HTML or link to a dangerous scheme."""
    return mark_safe(_PARSER.render(markdown))


def words(markdown: str) -> str:
    """Return what somebody reads and copies of `markdown`: its words, without marks or links' addresses."""
    return unescape(strip_tags(render(markdown)))


def links(markdown: str) -> list[str]:
    """Return every address that `markdown` means to link to, the dangerous ones included."""
    parser = MarkdownIt("zero").enable(["link", "autolink"])
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    return [
        str(child.attrs["href"])
        for token in parser.parse(markdown)
        for child in token.children or []
        if child.type == "link_open"
    ]


def is_dangerous(url: str) -> bool:
    """Say whether a link to `url` is refused (any scheme but http, https, mailto and tel)."""
    return not _is_safe_link(url)
