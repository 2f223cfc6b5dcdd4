"""Checks where the links of a notice lead, by their addresses alone; must not touch the network."""

import ipaddress
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from markdown_it import MarkdownIt
from markdown_it.token import Token

from .. import richtext
from ..finding import BLOCK, WARN, Finding, excerpt
from .texts import Words

# Letters of other scripts that nobody can tell from Latin ones (Unicode Technical Standard 39, the plainest).
_LOOK_LATIN = set("аеорсухіјѕһӏԁԛԝвкмнтгαορνικτυχγաոսօց")
_LOOKS_LIKE_A_DOMAIN = re.compile(
    r"(?:https?://)?((?:[\w-]+\.)+[a-z]{2,24})(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE
)


@dataclass(frozen=True)
class Link:
    """One link of a text: where it leads and the words that stand for it."""

    url: str
    label: str
    where: str


def check(words: Words) -> list[Finding]:
    """Return the links that may not, or should not, leave a notice."""
    return [finding for link in links_of(words) for finding in _findings(link, words)]


def is_refused(link: Link) -> bool:
    """Say whether a notice with this link cannot be published."""
    return any(rule.level == BLOCK and rule.applies(link) for rule in _RULES)


def links_of(words: Words) -> list[Link]:
    """Return every link of a notice: those in its texts, and its fields that hold an address."""
    written = [link for where, text in words.texts.items() for link in _in_text(where, text)]
    return [*written, *(Link(url, "", where) for where, url in words.urls.items())]


def _in_text(where: str, text: str) -> Iterator[Link]:
    # Most texts hold none, and the parser is the dearest part of all checks.
    if "](" not in text and "<" not in text and "][" not in text and "]:" not in text:
        return
    parser = MarkdownIt("zero").enable(["link", "autolink", "reference"])
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    for token in parser.parse(text):
        yield from _in_line(where, token.children or [])


def _in_line(where: str, tokens: list[Token]) -> Iterator[Link]:
    url, label = "", ""
    for token in tokens:
        if token.type == "link_open":
            url, label = str(token.attrs["href"]), ""
        elif token.type == "link_close":
            yield Link(url, label, where)
            url = ""
        elif url:
            label += token.content


def _findings(link: Link, words: Words) -> list[Finding]:
    """Return the gravest thing there is to say of one link."""
    rule = next((rule for rule in _RULES if rule.applies(link)), None)
    if rule is None:
        return []
    text = words.texts.get(link.where) or words.urls.get(link.where, "")
    at = text.find(link.url)
    places = (excerpt(text, at, at + len(link.url)),) if at >= 0 else ()
    message = rule.sentence % {"url": link.url, "host": _host(link)}
    return [Finding(rule.code, rule.level, message, link.where, places)]


def _parts(link: Link) -> SplitResult | None:
    """Return the parts of a web address, or None for one that cannot be read and for other links."""
    try:
        parts = urlsplit(link.url)
        # Reading the port refuses what is none.
        return parts if parts.scheme in ("http", "https") and parts.hostname and parts.port != 0 else None
    except ValueError:
        return None


def _host(link: Link) -> str:
    parts = _parts(link)
    return (parts.hostname or "") if parts else ""


def _is_dangerous(link: Link) -> bool:
    # Two slashes at the beginning lead to another server.
    return richtext.is_dangerous(link.url) or link.url.startswith(("//", "/\\", "\\"))


def _is_broken(link: Link) -> bool:
    return link.url.lower().startswith(("http:", "https:")) and _parts(link) is None


def _is_disguised(link: Link) -> bool:
    parts = _parts(link)
    return parts is not None and parts.username is not None


def _is_unencrypted(link: Link) -> bool:
    parts = _parts(link)
    return parts is not None and parts.scheme == "http"


def _is_number(link: Link) -> bool:
    """Say whether a host is an address in any spelling browsers take ("127.1", "0x7f000001", "[::1]")."""
    host = _host(link)
    if re.fullmatch(r"(?:0x[0-9a-f]*|\d+)(?:\.(?:0x[0-9a-f]*|\d+)){0,3}\.?", host, re.IGNORECASE):
        return True
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _pretends(link: Link) -> bool:
    return any(_is_look_alike(_decoded(label)) for label in _host(link).split("."))


def _decoded(label: str) -> str:
    """Return a label of a host's name as people see it ("xn--…" in its own letters)."""
    if not label.lower().startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except (UnicodeError, ValueError):
        return label


def _is_look_alike(label: str) -> bool:
    letters = [letter for letter in label if letter.isalpha()]
    foreign = [letter for letter in letters if not _is_latin(letter)]
    if not foreign:
        return False
    return len(foreign) < len(letters) or all(letter in _LOOK_LATIN for letter in foreign)


def _is_latin(letter: str) -> bool:
    return letter.isascii() or unicodedata.name(letter, "").startswith("LATIN ")


def _says_another(link: Link) -> bool:
    """Say whether the words of a link are the name of another server than it leads to."""
    shown, host = _LOOKS_LIKE_A_DOMAIN.fullmatch(link.label.strip()), _host(link)
    if shown is None or not host:
        return False
    said, real = (name.lower().removeprefix("www.") for name in (shown[1], host))
    # To a part of what is shown is fine; from a part to the whole as well.
    return said != real and not real.endswith(f".{said}") and not said.endswith(f".{real}")


@dataclass(frozen=True)
class _Rule:
    code: str
    level: str
    sentence: str | Promise
    applies: Callable[[Link], bool]


# The gravest first; the first that applies is said.
_RULES = [
    _Rule("dangerous_link", BLOCK, _("This link is not allowed: %(url)s. Use https://."), _is_dangerous),
    _Rule("broken_link", BLOCK, _("This address is broken: %(url)s. Copy it again."), _is_broken),
    _Rule(
        "disguised_link",
        BLOCK,
        _("What stands before the @ in this address hides that it leads to %(host)s. Take it out."),
        _is_disguised,
    ),
    _Rule(
        "numeric_link",
        BLOCK,
        _("This link leads to a bare number (%(host)s) and not to a name that people can check."),
        _is_number,
    ),
    _Rule(
        "look_alike_link",
        BLOCK,
        _("This address imitates another one: it mixes in letters of other scripts (%(host)s)."),
        _pretends,
    ),
    _Rule(
        "misleading_link",
        BLOCK,
        _("The words of this link show one address, but it leads to another: %(host)s."),
        _says_another,
    ),
    _Rule(
        "unencrypted_link",
        WARN,
        _("This link is not encrypted. Try it with https://."),
        _is_unencrypted,
    ),
]
