"""Turns a text into what a classifier can weigh; must not judge how people write.

Left out on purpose: capitals, exclamation marks, swearing, spelling and the script of a language. They tell
an angry or a foreign resident from a calm one, not advertising from a comment.
"""

import math
import re
import unicodedata
import zlib
from itertools import pairwise
from urllib.parse import urlsplit

from django.conf import settings

# How many weights there are. Words that meet in one by chance share it; at 2^15 few of ours do.
BUCKETS = 1 << 15
# What stands for the signs below, after the words' buckets.
SIGNS = ("foreign_link", "more_links", "messenger", "markup", "foreign_money", "disguise", "bias")
SIZE = BUCKETS + len(SIGNS)
# Pieces of words, in letters; in scripts that put no spaces between words two signs are a word.
_PIECE, _SIGN_PIECE = 4, 2
_WITHOUT_SPACES = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")

_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"'\[\]()]+", re.IGNORECASE)
_MESSENGER = re.compile(
    r"\b(?:t\.me|wa\.me)/|\b(?:telegram|whats\s?app|skype|signal|телеграм|微信|QQ)\b\W{0,3}(?:[@+\d]|live:)",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"<a\s+href|\[url[=\]]|\[b\]", re.IGNORECASE)
_MONEY = re.compile(r"[$]\s?\d|\d\s?(?:usdt?|btc|eth|dollars?)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
# Two words tell too little: fewer features than this weigh as little as if there were so many.
_FEWEST = 60
# Where residents find their evidence: an address there says nothing about who writes.
_ORDINARY = re.compile(
    r"(?:^|\.)(?:gov\.uk|nhs\.uk|police\.uk|ac\.uk|sch\.uk|parliament\.uk|legislation\.gov\.uk|bbc\.co\.uk|"
    r"bbc\.com|theguardian\.com|wikipedia\.org|youtube\.com|youtu\.be|facebook\.com|google\.com|google\.co\.uk|"
    r"goo\.gl|openstreetmap\.org|change\.org|38degrees\.org\.uk|fixmystreet\.com|whatdotheyknow\.com)$"
)
# Cyrillic and Greek letters that look like Latin ones, where they hide inside a Latin word.
_ALIKE = str.maketrans("аеорсухіјѕԁһνοαρτκ", "aeopcyxijsdhvoaptk")


def of(text: str) -> dict[int, float]:
    """Return the weights' places that `text` touches, with how strongly; time grows with its length.

    All the words together weigh the same in a text of one sentence and in a long one; in a shorter one less.
    """
    visible = unicodedata.normalize("NFKC", text).translate(_INVISIBLE)
    links = _LINK.findall(visible)
    words = [_plain(word) for word in _WORD.findall(_LINK.sub(" ", visible.casefold()))]
    found = dict.fromkeys(_buckets(words), 0.0)
    strength = 1 / math.sqrt(max(len(found), _FEWEST))
    return dict.fromkeys(found, strength) | _signs(text, visible, links)


def _buckets(words: list[str]) -> set[int]:
    """Return the places of words, of neighbours, and of the letters inside words of any script."""
    found = {_bucket(f"w {word}") for word in words}
    found |= {_bucket(f"n {one} {two}") for one, two in pairwise(words)}
    for word in words:
        framed = f"<{word}>"
        size = _SIGN_PIECE if _WITHOUT_SPACES.search(word) else _PIECE
        found |= {_bucket(f"p {framed[at : at + size]}") for at in range(max(1, len(framed) - size + 1))}
    return found


def _bucket(feature: str) -> int:
    # A sum that is the same on every machine and in every process, unlike hash().
    return zlib.crc32(feature.encode("utf-8", "replace")) % BUCKETS


def _plain(word: str) -> str:
    """Return a word with figures taken together and with Latin letters for those that only look like them."""
    if word.isdecimal():
        return f"#{len(word)}"
    folded = word.translate(_ALIKE)
    return folded if folded.isascii() else word


def _signs(text: str, visible: str, links: list[str]) -> dict[int, float]:
    foreign = sum(_is_foreign(link) for link in links)
    has = (
        foreign > 0,
        foreign > 1,
        bool(_MESSENGER.search(visible)),
        bool(_MARKUP.search(visible)),
        bool(_MONEY.search(visible)),
        _is_disguised(text),
        True,
    )
    return {BUCKETS + at: 1.0 for at, holds in enumerate(has) if holds}


def _is_foreign(link: str) -> bool:
    try:
        host = urlsplit(link if "//" in link else f"//{link}").hostname or ""
    except ValueError:
        return True
    own = urlsplit(settings.PORTAL_URL).hostname or ""
    town = settings.COUNCIL.contact_email.rpartition("@")[2]
    is_own = host in (own, town) or host.endswith(f".{town}")
    return not is_own and not _ORDINARY.search(host)


def _is_disguised(text: str) -> bool:
    """Say whether a word hides letters of another script, or signs nobody sees, to get past a reader."""
    return any(_mixes_scripts(word) for word in _WORD.findall(text)) or bool(
        re.search(r"[a-z][\u200b\u2060\ufeff\u00ad][a-z]", text, re.IGNORECASE)
    )


def _mixes_scripts(word: str) -> bool:
    if word.isascii():
        return False
    latin = any(letter.isascii() and letter.isalpha() for letter in word)
    return latin and any("\u0370" <= letter <= "\u052f" for letter in word)
